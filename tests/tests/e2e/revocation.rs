//! Shut out: pages are closed at once, what was not sent is called back with its money, what was sent is collected.

use serde_json::{Value, json};
use studio_shared::error::code;
use studio_shared::job::{Job, State};
use studio_shared::money::Money;
use studio_tests::client::send;
use studio_tests::live::Socket;
use studio_tests::wait::until;
use studio_tests::{Client, Setup, Studio, picture, unique};

tests![
    who_is_shut_out_is_logged_out_and_called_back_and_works_again_when_let_in,
    a_revoked_code_takes_its_own_pages_and_jobs_along_and_no_others,
    a_batch_of_who_is_shut_out_pauses_and_can_be_resumed,
    nothing_outlives_the_last_day,
];

/// A studio whose vendor takes two pictures a second: of many, most wait.
async fn slow() -> Studio {
    let studio = Studio::start(Setup { clock_scale: 10.0, ..Setup::default() }).await;
    studio.vendor.settings(&json!({"running_cap": 1000, "rates": {"task.get": 9999}})).await;
    studio
}

async fn submit(member: &Client, count: usize) -> Vec<String> {
    let mut ids = Vec::new();
    for _ in 0..count {
        ids.push(member.post("/api/jobs", &picture(&unique("排队"))).await.with(202).job().id);
    }
    ids
}

fn is_called_back(job: &Job) -> bool {
    job.state == State::Canceled && job.error.as_ref().is_some_and(|error| error.code == code::SHUT_OUT)
}

async fn who_is_shut_out_is_logged_out_and_called_back_and_works_again_when_let_in() {
    let studio = slow().await;
    let issued = studio.issue(&json!({"name": "客人", "budget": {"day": "9.00"}})).await;
    let path = format!("/api/admin/members/{}", issued.member.unwrap().id);
    let member = studio.log_in(&issued.secret).await;
    let (mut one, mut two) = tokio::join!(Socket::of(&member), Socket::of(&member));
    let mut owners = Socket::of(&studio.owner).await;
    let ids = submit(&member, 30).await;
    let _ = studio.owner.patch(&path, &json!({"revoked": true})).await.with(200);
    assert_eq!((one.closed().await, two.closed().await), (4401, 4401));
    owners.say("ping").await;
    while owners.hear().await != "pong" {} // nobody else's is closed
    member.get("/api/jobs").await.refused(401, "SessionRevoked");
    assert_eq!(Socket::open(&studio.nobody, &[("cookie", member.proof().unwrap().1)]).await.err(), Some(401));
    let read = async || -> Value { studio.owner.get(&path).await.with(200).json()["budget"]["day"].clone() };
    until("the money of what was not sent", async || {
        (read().await["reserved"] == "0.00" || read().await["reserved"] == "0").then_some(())
    })
    .await;
    let spent: Money = serde_json::from_value(read().await["spent"].clone()).unwrap();
    let _ = studio.owner.patch(&path, &json!({"revoked": false})).await.with(200);
    let jobs = studio.all_ended(&member).await;
    let (back, sent): (Vec<&Job>, Vec<&Job>) = jobs.iter().partition(|job| is_called_back(job));
    assert_eq!(jobs.len(), ids.len());
    assert!(back.len() > 10 && sent.iter().all(|job| job.state == State::Done), "{jobs:#?}");
    assert!(back.iter().all(|job| job.cost.actual == Some(Money::ZERO)));
    assert_eq!(spent, Money::from_fen(14).times(u32::try_from(sent.len()).unwrap()));
    let creations = studio.vendor.figures().await["creations"].as_array().unwrap().len();
    assert_eq!(creations, sent.len(), "nothing was sent after it was called back");
    let again = format!("/api/jobs/{}/retry", back[0].id);
    let _ = member.post(again, &json!({})).await.with(200);
    assert_eq!(
        studio.all_ended(&member).await.iter().filter(|job| is_called_back(job)).count(),
        back.len() - 1
    );
    println!("of 30 jobs {} were sent, {} called back", sent.len(), back.len());
}

async fn a_revoked_code_takes_its_own_pages_and_jobs_along_and_no_others() {
    let studio = slow().await;
    let issued = studio.issue(&json!({"name": "两台设备"})).await;
    let page = studio.log_in(&issued.secret).await;
    let phone = page.post("/api/codes", &json!({"name": "手机"})).await.with(201).issued();
    let handset = studio.log_in(&phone.secret).await;
    let (mut here, mut there) = (Socket::of(&page).await, Socket::of(&handset).await);
    submit(&page, 10).await;
    let of_the_phone = submit(&handset, 10).await;
    let _ = page.delete(format!("/api/codes/{}", phone.code.id)).await.with(204);
    assert_eq!(there.closed().await, 4401);
    here.say("ping").await;
    while here.hear().await != "pong" {}
    let jobs = studio.all_ended(&page).await;
    let back = jobs.iter().filter(|job| is_called_back(job));
    let back: Vec<&str> = back.map(|job| job.id.as_str()).collect();
    assert!(!back.is_empty() && back.iter().all(|id| of_the_phone.iter().any(|of| of == id)), "{back:?}");
}

async fn a_batch_of_who_is_shut_out_pauses_and_can_be_resumed() {
    let studio = slow().await;
    let issued = studio.issue(&json!({"name": "批量客人"})).await;
    let path = format!("/api/admin/members/{}", issued.member.unwrap().id);
    let member = studio.bearer(&issued.secret);
    let lines = (0..40).map(|_| unique("批")).collect::<Vec<_>>().join("\n");
    let settings = "%7B%22kind%22%3A%22image%22%2C%22model%22%3A%22wan2.2-t2i-flash%22%7D";
    let request = member.request("POST", format!("/api/batches?settings={settings}"));
    let batch = send(request.header("content-type", "text/plain").body(lines)).await.with(202).json();
    let batch = format!("/api/batches/{}", batch["id"].as_str().unwrap());
    until("the first entries", async || {
        (member.get(&batch).await.with(200).json()["counts"]["active"] != 0).then_some(())
    })
    .await;
    let _ = studio.owner.patch(&path, &json!({"revoked": true})).await.with(200);
    until("the money of what was not sent", async || {
        let seen = studio.owner.get(&path).await.with(200).json();
        (seen["budget"]["day"]["reserved"] == "0.00" || seen["budget"]["day"]["reserved"] == "0")
            .then_some(())
    })
    .await;
    let _ = studio.owner.patch(&path, &json!({"revoked": false})).await.with(200);
    let paused = member.get(&batch).await.with(200).json();
    assert_eq!(
        (&paused["state"], &paused["error"]["code"]),
        (&json!("paused"), &json!("ShutOut")),
        "{paused}"
    );
    assert_eq!(paused["counts"]["canceled"], 0);
    assert!(paused["counts"]["waiting"].as_u64().unwrap() > 10, "{paused}");
    let before = studio.vendor.figures().await["creations"].as_array().unwrap().len();
    let _ = member.post(format!("{batch}/resume"), &json!({})).await.with(200);
    until("more entries to be sent", async || {
        let now = studio.vendor.figures().await["creations"].as_array().unwrap().len();
        (now > before).then_some(())
    })
    .await;
    let _ = member.post(format!("{batch}/cancel"), &json!({})).await.with(200);
}

async fn nothing_outlives_the_last_day() {
    let studio = slow().await;
    let issued = studio.issue(&json!({"name": "到期", "last_day": "2099-01-01"})).await;
    let member = studio.log_in(&issued.secret).await;
    let mut page = Socket::of(&member).await;
    submit(&member, 20).await;
    let path = format!("/api/admin/members/{}", issued.member.unwrap().id);
    let _ = studio.owner.patch(&path, &json!({"last_day": "2001-01-01"})).await.with(200);
    assert_eq!(page.closed().await, 4401);
    studio.bearer(&issued.secret).get("/api/jobs").await.refused(401, "WrongCode");
    let _ = studio.owner.patch(&path, &json!({"last_day": null})).await.with(200);
    let jobs = studio.all_ended(&member).await;
    assert!(jobs.iter().filter(|job| is_called_back(job)).count() > 5, "{jobs:#?}");
}
