//! Wrong requests for text: each is refused with the field named, and nothing is sent.

use serde_json::{Value, json};
use studio_shared::route::{JSON_CAP, TEXT_CAP};
use studio_tests::client::send;
use studio_tests::order::with;
use studio_tests::{Studio, text, unique};

tests![
    what_is_wrong_is_named_and_nothing_is_sent,
    what_belongs_to_the_stream_alone_is_checked_too,
    a_body_over_the_cap_is_refused_and_one_under_it_is_taken,
    events_of_what_is_no_answer_are_not_found,
    a_place_that_is_none_is_refused,
];

fn turns(turns: &[(&str, &str)]) -> Value {
    let turns: Vec<_> =
        turns.iter().map(|(role, content)| json!({"role": role, "content": content})).collect();
    json!({"model": "qwen-turbo", "messages": turns})
}

async fn what_is_wrong_is_named_and_nothing_is_sent() {
    let studio = Studio::shared().await;
    let prompt = unique("不该发送");
    let said = prompt.as_str();
    let given = |fields: Value| with(text(said), &fields);
    let table = [
        (turns(&[("robot", said)]), "messages[0].role"),
        (turns(&[("tool", said)]), "messages[0].role"),
        (turns(&[("user", said), ("assistant", "a"), ("system", "b"), ("user", said)]), "messages[2].role"),
        (turns(&[("user", "")]), "messages[0].content"),
        (turns(&[("user", " \n")]), "messages[0].content"),
        (turns(&[]), "messages"),
        (turns(&[("user", said); 201]), "messages"),
        (turns(&[("user", said), ("assistant", "a")]), "messages[1].role"),
        (turns(&[("system", said)]), "messages[0].role"),
        (json!({"model": "qwen-turbo", "messages": [said]}), "messages[0]"),
        (json!({"model": "qwen-turbo", "messages": [{"role": "user"}]}), "messages[0].content"),
        (json!({"model": "qwen-turbo", "messages": [{"role": "user", "content": 7}]}), "messages[0].content"),
        (
            json!({"model": "qwen-turbo", "messages": [{"role": "user", "content": said, "name": "x"}]}),
            "messages[0].name",
        ),
        (json!({"model": "qwen-turbo", "messages": said}), "messages"),
        (given(json!({"messages": [{"role": "user", "content": "另一句"}]})), "messages"),
        (json!({"kind": "text", "model": "qwen-turbo"}), "prompt"),
        (given(json!({"prompt": ""})), "prompt"),
        (given(json!({"prompt": 7})), "prompt"),
        (given(json!({"prompt": "长".repeat(60_001)})), "prompt"),
        (turns(&[("user", &"长".repeat(60_001))]), "messages[0].content"),
        (given(json!({"max_tokens": 0})), "max_tokens"),
        (given(json!({"max_tokens": 16_385})), "max_tokens"),
        (given(json!({"max_tokens": 1.5})), "max_tokens"),
        (given(json!({"temperature": 2.01})), "temperature"),
        (given(json!({"temperature": "hot"})), "temperature"),
        (given(json!({"top_p": -0.1})), "top_p"),
        (given(json!({"top_p": true})), "top_p"),
        (given(json!({"stream": true})), "stream"),
        (given(json!({"incremental_output": false})), "incremental_output"),
        (given(json!({"model": "qwen-turbo-2"})), "model"),
        (given(json!({"kind": "image"})), "model"),
    ];
    for (request, field) in table {
        // Only the stream's route takes bodies as long as these.
        let is_long = request.to_string().len() > JSON_CAP;
        for path in ["/api/text", "/api/jobs"].into_iter().take(if is_long { 1 } else { 2 }) {
            let reply = studio.owner.post(path, &request).await.refused(400, "InvalidParameter");
            let fields: Vec<_> = reply.error.problems.iter().map(|problem| problem.field.as_str()).collect();
            assert!(fields.contains(&field), "{field} is not among {fields:?}: {}", reply.error.message);
        }
    }
    studio.vendor.settled(&prompt, 0).await;
}

async fn what_belongs_to_the_stream_alone_is_checked_too() {
    let studio = Studio::shared().await;
    let prompt = unique("不该发送");
    for (fields, field) in [
        (json!({"conversation": 7}), "conversation"),
        (json!({"conversation": "a b"}), "conversation"),
        (json!({"after": "0198"}), "after"),
        (json!({"conversation": "0198", "after": ["a"]}), "after"),
    ] {
        let request = with(text(&prompt), &fields);
        let reply = studio.owner.post("/api/text", &request).await.refused(400, "InvalidParameter");
        assert_eq!(reply.error.field.as_deref(), Some(field), "{fields}");
        studio.owner.post("/api/jobs", &request).await.refused(400, "InvalidParameter");
    }
    let picture = json!({"model": "qwen-image", "prompt": prompt});
    studio.owner.post("/api/text", &picture).await.refused(400, "InvalidParameter");
    for key in ["", "two words"] {
        let request = studio.owner.request("POST", "/api/text").header("idempotency-key", key);
        send(request.json(&text(&prompt))).await.refused(400, "InvalidParameter");
    }
    studio.nobody.post("/api/text", &text(&prompt)).await.refused(401, "NotLoggedIn");
    studio.vendor.settled(&prompt, 0).await;
}

async fn a_body_over_the_cap_is_refused_and_one_under_it_is_taken() {
    let studio = Studio::shared().await;
    let prompt = unique("[[sim:say 好]] 大");
    let long = "长".repeat(50_000);
    let mut said = vec![("user", long.as_str()), ("assistant", "嗯")];
    said.push(("user", prompt.as_str()));
    let request = turns(&said);
    assert!(request.to_string().len() > 64 * 1024, "larger than other routes take");
    assert_eq!(studio.ask(&request).await.text(), "好");
    let post = |body: String| {
        let request = studio.owner.request("POST", "/api/text").header("content-type", "application/json");
        send(request.body(body))
    };
    post(" ".repeat(TEXT_CAP + 1)).await.refused(413, "BodyTooLarge");
    post("{".to_owned()).await.refused(400, "InvalidParameter");
    let request = studio.owner.request("POST", "/api/text").header("content-type", "text/plain");
    send(request.body("{}")).await.refused(415, "UnsupportedMediaType");
}

async fn events_of_what_is_no_answer_are_not_found() {
    let studio = Studio::shared().await;
    let picture = studio.run(&studio_tests::picture(&unique("[[sim:fail InternalError]]"))).await;
    for id in ["0198", picture.id.as_str()] {
        studio.owner.get(format!("/api/text/{id}/events?after=0")).await.refused(404, "NotFound");
    }
    studio.nobody.get("/api/text/0198/events").await.refused(401, "NotLoggedIn");
    studio.owner.post("/api/text/0198/events", &json!({})).await.refused(405, "MethodNotAllowed");
    let answered = studio.run(&text(&unique("[[sim:say 好]]"))).await;
    let path = format!("/api/text/{}/events", answered.id);
    let head = send(studio.owner.request("HEAD", path)).await.with(200);
    assert_eq!((head.bytes.len(), head.header("content-type")), (0, "text/event-stream"));
}

async fn a_place_that_is_none_is_refused() {
    let studio = Studio::shared().await;
    let job = studio.run(&text(&unique("[[sim:say 好]]"))).await;
    let path = format!("/api/text/{}/events", job.id);
    for (query, field) in
        [("?after=-1", "after"), ("?after=x", "after"), ("?after=99999999999", "after"), ("?from=1", "from")]
    {
        let reply = studio.owner.get(format!("{path}{query}")).await.refused(400, "InvalidParameter");
        assert_eq!(reply.error.field.as_deref(), Some(field));
    }
    let request = studio.owner.request("GET", &path).header("last-event-id", "x");
    let reply = send(request).await.refused(400, "InvalidParameter");
    assert_eq!(reply.error.field.as_deref(), Some("last-event-id"));
}
