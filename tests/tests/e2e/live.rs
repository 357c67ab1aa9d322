//! The live socket: every change of a job, to every open page.

use serde_json::json;
use studio_shared::job::State;
use studio_tests::live::{Socket, states};
use studio_tests::{Setup, Studio, picture, unique};

tests![
    each_change_of_a_job_is_pushed_in_order_to_every_page,
    a_ping_is_answered,
    a_page_needs_a_session,
    another_sites_page_gets_no_socket,
    a_plain_call_is_told_what_the_address_takes,
];

async fn socket(studio: &Studio) -> Socket {
    let code = format!("Bearer {}", Setup::default().owner_code);
    Socket::open(&studio.nobody, &[("authorization", &code)]).await.unwrap()
}

async fn each_change_of_a_job_is_pushed_in_order_to_every_page() {
    let studio = Studio::shared().await;
    let (mut one, mut other) = tokio::join!(socket(&studio), socket(&studio));
    let job = studio.submit(&picture(&unique("推送"))).await;
    let (heard, also) = tokio::join!(one.story(&job.id), other.story(&job.id));
    assert_eq!(heard, also);
    let all = [State::Queued, State::Submitting, State::Running, State::Collecting, State::Done];
    assert_eq!(states(&heard), all);
    assert_eq!(heard.last(), Some(&studio.job(&job.id).await));
}

async fn a_ping_is_answered() {
    let studio = Studio::shared().await;
    let mut socket = socket(&studio).await;
    socket.say("ping").await;
    while socket.hear().await != "pong" {}
}

async fn a_page_needs_a_session() {
    let studio = Studio::shared().await;
    assert_eq!(Socket::open(&studio.nobody, &[]).await.err(), Some(401));
    assert_eq!(Socket::open(&studio.nobody, &[("authorization", "Bearer wrong")]).await.err(), Some(401));
}

async fn another_sites_page_gets_no_socket() {
    let studio = Studio::shared().await;
    let login = json!({"code": Setup::default().owner_code});
    let answer = studio.nobody.post("/api/session", &login).await.with(200);
    let cookie = answer.header("set-cookie").split(';').next().unwrap();
    let with_origin = async |origin: &str| {
        Socket::open(&studio.nobody, &[("cookie", cookie), ("origin", origin)]).await.err()
    };
    assert_eq!(with_origin("https://evil.example").await, Some(403));
    assert_eq!(with_origin(studio.nobody.base_url()).await, None);
}

async fn a_plain_call_is_told_what_the_address_takes() {
    let reply = Studio::shared().await.owner.get("/api/live").await.refused(400, "InvalidParameter");
    assert_eq!(reply.error.field.as_deref(), Some("upgrade"));
}
