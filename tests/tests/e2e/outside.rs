//! Where the worker calls: the vendor and its result hosts, never where an answer, a redirect or a caller points.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::join_all;
use serde_json::{Value, json};
use studio_shared::job::State;
use studio_tests::jobs::error;
use studio_tests::{Studio, picture, text, unique};
use tokio::net::TcpListener;

tests![
    a_result_that_is_said_to_lie_elsewhere_is_not_fetched,
    a_redirect_is_never_followed,
    an_address_from_a_caller_is_passed_on_and_never_opened,
];

/// Somebody on this machine whom nobody should call; counts who does.
struct Stranger {
    address: String,
    calls: Arc<AtomicUsize>,
}

impl Stranger {
    async fn listen() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let calls = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&calls);
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::Relaxed);
                drop(socket);
            }
        });
        Self { address, calls }
    }

    fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    /// Addresses that lead here, to this machine or to a cloud's own services, in every notation that readers of
    /// addresses know.
    fn corpus(&self) -> Vec<String> {
        let (_, port) = self.address.split_once(':').unwrap();
        let here = [
            "localhost",
            "127.1",
            "2130706433",
            "0x7f.0.0.1",
            "0177.0.0.1",
            "0.0.0.0",
            "[::1]",
            "[::ffff:127.0.0.1]",
        ];
        let here = here.map(|host| format!("http://{host}:{port}/a.png"));
        let vendors = "dashscope-result-bj.oss-cn-beijing.aliyuncs.com";
        let elsewhere = [
            format!("http://{}/a.png", self.address),
            format!("http://{vendors}@{}/a.png", self.address),
            format!("http://{}\\@{vendors}/a.png", self.address),
            format!("http://{}#@{vendors}/a.png", self.address),
            format!("http://{}?x=.aliyuncs.com", self.address),
            format!("//{}/a.png", self.address),
            "http://169.254.169.254/latest/meta-data/".to_owned(),
            "http://[fd00:ec2::254]/latest/meta-data/".to_owned(),
            "http://100.100.100.200/latest/meta-data/".to_owned(),
            "http://metadata.google.internal/computeMetadata/v1/".to_owned(),
            "https://dashscope-x.aliyuncs.com.evil.example/a.png".to_owned(),
            "https://dashscope-x.aliyuncs.com:8443/a.png".to_owned(),
            "https://user:pass@dashscope-x.aliyuncs.com/a.png".to_owned(),
            "https://dashscope\u{ff0d}x.aliyuncs.com/a.png".to_owned(),
            "https://dashscope-x.aliyuncs.com\r\nHost: evil.example/a.png".to_owned(),
            "file:///etc/passwd".to_owned(),
            "data:image/png;base64,AAAA".to_owned(),
            "gopher://127.0.0.1:6379/_INFO".to_owned(),
            "a.png".to_owned(),
            String::new(),
        ];
        here.into_iter().chain(elsewhere).collect()
    }
}

async fn a_result_that_is_said_to_lie_elsewhere_is_not_fetched() {
    let studio = Studio::shared().await;
    let stranger = Stranger::listen().await;
    let corpus = stranger.corpus();
    assert!(corpus.len() > 25);
    join_all(corpus.iter().map(async |address| {
        let prompt = unique("别处的结果");
        studio.vendor.faults("task.get", &prompt, 0, json!({ "elsewhere": address })).await;
        let job = studio.run(&picture(&prompt)).await;
        assert_eq!(job.state, State::Failed, "{address}: {job:?}");
        assert!(["ResultExpired", "TaskFailed"].contains(&error(&job).code.as_str()), "{address}: {job:?}");
        let answer = studio.output(&job.id, 0).await;
        assert!(matches!(answer.status, 404 | 410), "{address}: {}", answer.text());
        assert!(!serde_json::to_string(&job).unwrap().contains(&stranger.address), "{address}: {job:?}");
    }))
    .await;
    assert_eq!(stranger.calls(), 0);
}

/// Makes a request of a prompt.
type Ask<'a> = &'a dyn Fn(&str) -> Value;

async fn a_redirect_is_never_followed() {
    let studio = Studio::shared().await;
    let stranger = Stranger::listen().await;
    let redirect = json!({"redirect": format!("http://{}/", stranger.address)});
    let film = |prompt: &str| json!({"kind": "video", "model": "wanx2.1-t2v-turbo", "prompt": prompt});
    let speech = |text: &str| json!({"kind": "speech", "model": "sambert-zhichu-v1", "text": text});
    let newer = |text: &str| json!({"kind": "speech", "model": "qwen3-tts-flash", "text": text});
    let cases: [(&str, Ask<'_>); 7] = [
        ("image.create", &picture),
        ("task.get", &picture),
        ("result.get", &picture),
        ("text.generate", &text),
        ("video.create", &film),
        ("speech.socket", &speech),
        ("tts.http", &newer),
    ];
    join_all(cases.iter().map(async |(endpoint, request)| {
        let prompt = unique("改道");
        studio.vendor.fault(endpoint, &prompt, redirect.clone()).await;
        let job = studio.run(&request(&prompt)).await;
        assert!(job.state.is_final(), "{endpoint}: {job:?}");
        assert_eq!(studio.vendor.faults_left(&prompt).await, 0, "the redirect of {endpoint} did not strike");
    }))
    .await;
    assert_eq!(stranger.calls(), 0);
}

async fn an_address_from_a_caller_is_passed_on_and_never_opened() {
    let studio = Studio::shared().await;
    let stranger = Stranger::listen().await;
    join_all(stranger.corpus().iter().map(async |address| {
        for request in [
            json!({"kind": "transcription", "model": "paraformer-v2", "url": address}),
            json!({"kind": "video", "model": "wan2.6-t2v", "prompt": unique("配乐"), "audio_url": address}),
        ] {
            let quote = studio.owner.post("/api/quote", &request).await;
            assert!(matches!(quote.status, 200 | 400), "{address}: {}", quote.text());
            let submitted = studio.owner.post("/api/jobs", &request).await;
            assert_eq!(submitted.status, if quote.status == 200 { 202 } else { 400 }, "{address}");
            if submitted.status == 202 {
                let job = studio.ended(&submitted.job().id).await;
                let _ = studio.output(&job.id, 0).await;
            } else {
                submitted.refused(400, "InvalidParameter");
            }
        }
    }))
    .await;
    assert_eq!(stranger.calls(), 0);
}
