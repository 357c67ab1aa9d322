//! Result files: real PNGs behind signed addresses that expire.

use serde_json::json;

use crate::support::Bench;

async fn links(bench: &Bench, prompt: &str, parameters: serde_json::Value) -> Vec<String> {
    let id = bench.task(prompt, parameters).await;
    bench.advance(60.0).await;
    let body = bench.poll(&id).await;
    let url = |result: &serde_json::Value| result["url"].as_str().unwrap().to_owned();
    body["output"]["results"].as_array().unwrap().iter().map(url).collect()
}

fn size(png: &[u8]) -> (u32, u32) {
    let info = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    (info.info().width, info.info().height)
}

#[tokio::test]
async fn a_result_is_a_png_of_the_exact_size_and_the_same_seed_gives_the_same_bytes() {
    let bench = Bench::start().await;
    let parameters = json!({"n": 2, "size": "512*640", "seed": 7, "prompt_extend": false});
    let mut files = Vec::new();
    for _ in 0..2 {
        for link in links(&bench, "可爱猫咪", parameters.clone()).await {
            assert!(link.starts_with(&bench.url("/result/1d/")), "the origin is the one that was asked");
            let response = bench.client().get(link).send().await.unwrap();
            assert_eq!(
                (response.status().as_u16(), &response.headers()["content-type"]),
                (200, &"image/png".parse().unwrap())
            );
            let length: usize = response.headers()["content-length"].to_str().unwrap().parse().unwrap();
            let bytes = response.bytes().await.unwrap();
            assert_eq!((bytes.len(), size(&bytes)), (length, (512, 640)));
            files.push(bytes);
        }
    }
    assert_eq!((&files[0], &files[1]), (&files[2], &files[3]), "two tasks, same inputs");
    assert_ne!(files[0], files[1], "seed and seed + 1");
}

#[tokio::test]
async fn the_origin_is_what_the_caller_called_it() {
    let bench = Bench::start().await;
    let id = bench.task("猫", json!({"n": 1})).await;
    bench.advance(60.0).await;
    for (host, origin) in [("vendor.test:81", "http://vendor.test:81/"), ("a b/\"", "http://127.0.0.1:")] {
        let request =
            bench.client().get(bench.url(&format!("/api/v1/tasks/{id}"))).bearer_auth("sk-simulator");
        let body: serde_json::Value =
            request.header("host", host).send().await.unwrap().json().await.unwrap();
        let url = body["output"]["results"][0]["url"].as_str().unwrap();
        assert!(url.starts_with(origin), "{url}");
    }
}

#[tokio::test]
async fn an_address_that_is_changed_or_old_is_refused_in_xml() {
    let bench = Bench::start().await;
    let link = links(&bench, "猫", json!({"n": 1, "size": "512*512"})).await.remove(0);
    let refused = async |link: &str| {
        let response = bench.client().get(link).send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "application/xml");
        (response.status().as_u16(), response.text().await.unwrap())
    };
    for changed in
        [link.replace("-1.png", "-2.png"), link.replace("Expires=1", "Expires=2"), link.replace('?', "?x")]
    {
        let (status, body) = refused(&changed).await;
        assert!(status == 403 && body.contains("<Code>SignatureDoesNotMatch</Code>"), "{body}");
    }
    bench.advance(24.0 * 3600.0 - 120.0).await;
    assert_eq!(bench.client().get(&link).send().await.unwrap().status(), 200, "nearly a day later");
    bench.advance(120.0).await;
    let (status, body) = refused(&link).await;
    assert!(
        status == 403 && body.contains("<Code>AccessDenied</Code>") && body.contains("Request has expired.")
    );
    let posted = bench.client().post(&link).send().await.unwrap();
    assert_eq!(posted.status(), 405);
}

#[tokio::test]
async fn an_address_of_a_task_that_is_gone_has_no_file() {
    let bench = Bench::start().await;
    let link = links(&bench, "猫", json!({"n": 1})).await.remove(0);
    bench.control("reset", &json!({})).await;
    let response = bench.client().get(link).send().await.unwrap();
    assert_eq!(response.status(), 404);
    assert!(response.text().await.unwrap().contains("<Code>NoSuchKey</Code>"));
}
