//! What a stream can suffer from at the vendor, and what becomes of the answer.

use std::time::{SystemTime, UNIX_EPOCH};

use futures_util::future::join_all;
use serde_json::{Value, json};
use studio_shared::error::Charged;
use studio_shared::job::{Finish, Job, State};
use studio_tests::jobs::error;
use studio_tests::talk::Heard;
use studio_tests::{Studio, text, unique};

tests![
    silence_in_the_middle_ends_the_answer,
    no_answer_within_a_minute_leaves_the_job_unsure,
    however_the_stream_is_broken_up_the_text_is_the_same,
    an_error_event_before_anything_that_says_not_now_is_waited_out,
    an_error_event_before_anything_else_ends_the_job,
    an_error_event_in_the_middle_keeps_the_text_and_is_not_sent_again,
    a_connection_cut_in_the_middle_keeps_the_text,
    a_connection_cut_before_any_text_leaves_the_job_unsure,
    too_fast_before_the_stream_is_waited_out,
    a_refusal_before_the_stream_ends_the_job,
    what_is_no_answer_of_the_vendor_leaves_the_job_unsure,
    a_failed_answer_is_asked_for_anew,
    an_answer_longer_than_any_model_gives_is_cut,
];

/// What became of a prompt with this fault, the answer read by a stream.
async fn suffers(studio: &Studio, prompt: &str, fault: Value) -> Heard {
    studio.vendor.fault("text.generate", prompt, fault).await;
    let heard = studio.ask(&text(prompt)).await;
    assert_eq!(studio.vendor.faults_left(prompt).await, 0, "the fault did not strike");
    heard
}

/// An answer that broke off: its text is kept, marked, and booked by what is known. Where the vendor did not say itself
/// that this was the end, it may bill more.
fn is_cut(heard: &Heard, code: &str) {
    let job = heard.job();
    let answer = job.text.as_ref().unwrap();
    assert_eq!((job.state, answer.finish), (State::Failed, Some(Finish::Cut)), "{job:?}");
    assert!(!answer.text.is_empty() && answer.text == heard.text());
    let error = error(job);
    let charged = if code == "AnswerCut" { Charged::Unknown } else { Charged::Yes };
    assert_eq!((error.code.as_str(), error.charged), (code, charged));
    assert_eq!(job.cost.at_most.is_some(), charged == Charged::Unknown, "{:?}", job.cost);
    assert!(!error.advice.zh.is_empty() && !error.advice.en.is_empty());
    assert_eq!(job.cost.actual, job.request.price_of(&job.usage.unwrap()));
    assert!(job.usage.unwrap().output_tokens > Some(0));
}

fn is_unsure(job: &Job) {
    let error = error(job);
    assert_eq!(
        (job.state, error.code.as_str(), error.charged),
        (State::Unsure, "AnswerLost", Charged::Unknown)
    );
    assert_eq!((job.cost.actual, job.text.as_ref(), job.cancelable), (None, None, false));
}

async fn silence_in_the_middle_ends_the_answer() {
    let studio = Studio::shared().await;
    let prompt = unique("[[sim:stall 3]] 沉默");
    let job = studio.run(&text(&prompt)).await;
    assert_eq!((job.state, error(&job).code.as_str()), (State::Failed, "AnswerCut"));
    assert!(error(&job).message.contains("silence for 60 s"), "{}", error(&job).message);
    assert!(!job.text.unwrap().text.is_empty());
    studio.vendor.settled(&prompt, 1).await;
}

async fn no_answer_within_a_minute_leaves_the_job_unsure() {
    let studio = Studio::shared().await;
    join_all([(json!({"hang": true}), 0), (json!({"hang": "after"}), 1)].map(async |(fault, creations)| {
        let prompt = unique("没有答复");
        studio.vendor.fault("text.generate", &prompt, fault).await;
        is_unsure(&studio.run(&text(&prompt)).await);
        studio.vendor.settled(&prompt, creations).await;
    }))
    .await;
}

async fn however_the_stream_is_broken_up_the_text_is_the_same() {
    let studio = Studio::shared().await;
    let said = "你好，🙂世界！\\n\"引号\" naïve — ok";
    for trouble in [
        "",
        "[[sim:split]]",
        "[[sim:no-blank-lines]]",
        "[[sim:heartbeat]]",
        "[[sim:split]] [[sim:no-blank-lines]] [[sim:heartbeat]]",
    ] {
        let prompt = format!("{trouble} [[sim:say {said}]] {}", unique("分包"));
        let heard = studio.ask(&text(&prompt)).await;
        assert_eq!((heard.text().as_str(), heard.job().state), (said, State::Done), "{trouble}");
        assert_eq!(heard.job().text.as_ref().unwrap().text, said);
    }
}

async fn an_error_event_before_anything_that_says_not_now_is_waited_out() {
    let studio = Studio::shared().await;
    join_all(["Throttling.RateQuota", "Throttling", "ModelUnavailable"].map(async |code| {
        let prompt = unique("[[sim:say 终于]] 稍候");
        let heard = suffers(&studio, &prompt, json!({"stream": {"error_after": 0, "code": code}})).await;
        assert_eq!((heard.text().as_str(), heard.job().state), ("终于", State::Done), "{code}");
        assert_eq!(heard.job().error, None);
        let waited = heard.states();
        assert!(waited.windows(2).any(|two| two == [State::Submitting, State::Queued]), "{waited:?}");
        // The simulator counts a call that is answered with an error event as accepted.
        studio.vendor.settled(&prompt, 2).await;
    }))
    .await;
}

async fn an_error_event_before_anything_else_ends_the_job() {
    let studio = Studio::shared().await;
    for code in
        ["InvalidParameter", "DataInspectionFailed", "InternalError", "Arrearage", "PrepaidBillOverdue"]
    {
        let prompt = format!("[[sim:fail {code}]] {}", unique("拒绝"));
        let heard = studio.ask(&text(&prompt)).await;
        let job = heard.job();
        let error = error(job);
        assert_eq!((job.state, error.code.as_str(), error.charged), (State::Failed, code, Charged::No));
        assert_eq!((heard.text().as_str(), job.text.as_ref()), ("", None));
        assert!(job.request_id.is_some() && job.cost.actual.is_some_and(|paid| paid.nano() == 0));
        studio.vendor.settled(&prompt, 1).await;
    }
}

async fn an_error_event_in_the_middle_keeps_the_text_and_is_not_sent_again() {
    let studio = Studio::shared().await;
    for code in ["Throttling", "InternalError", "DataInspectionFailed", "ModelUnavailable"] {
        let prompt = format!("[[sim:stream-error 3 {code}]] {}", unique("中途出错"));
        is_cut(&studio.ask(&text(&prompt)).await, code);
        studio.vendor.settled(&prompt, 1).await;
    }
}

async fn a_connection_cut_in_the_middle_keeps_the_text() {
    let studio = Studio::shared().await;
    for fault in [json!({"stream": {"cut_after": 4}}), json!({"half_body": true})] {
        let prompt = unique("中途断开");
        is_cut(&suffers(&studio, &prompt, fault).await, "AnswerCut");
        studio.vendor.settled(&prompt, 1).await;
    }
}

async fn a_connection_cut_before_any_text_leaves_the_job_unsure() {
    let studio = Studio::shared().await;
    for (fault, creations) in
        [(json!({"cut": "before"}), 0), (json!({"cut": "after"}), 1), (json!({"cut": "inside"}), 1)]
    {
        let prompt = unique("断开");
        is_unsure(suffers(&studio, &prompt, fault).await.job());
        studio.vendor.settled(&prompt, creations).await;
    }
}

async fn too_fast_before_the_stream_is_waited_out() {
    let studio = Studio::shared().await;
    join_all(
        [
            (json!({"status": 429, "code": "Throttling.RateQuota"}), 0),
            (json!({"status": 429, "code": "Throttling.RateQuota", "retry_after": 3}), 2500),
            (json!({"status": 503, "code": "ModelUnavailable"}), 0),
            (json!({"html": 503}), 0),
        ]
        .map(async |(fault, least_ms)| {
            let prompt = unique("[[sim:say 好]] 太快");
            studio.vendor.fault("text.generate", &prompt, fault.clone()).await;
            let mut talk = studio.owner.talk(&text(&prompt)).await;
            let refused =
                studio.once(&talk.id, |job| job.state == State::Queued && job.error.is_some()).await;
            assert!(refused.cancelable && refused.eta_ms.is_some() && refused.place.is_some());
            assert_eq!(error(&refused).charged, Charged::No);
            let refused_ms = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
            while talk.event().await.is_some() {}
            let heard = talk.heard;
            assert_eq!((heard.text().as_str(), heard.job().state), ("好", State::Done), "{fault}");
            let told = heard.events.iter().any(|(_, event)| {
                matches!(event, studio_shared::event::TextEvent::Job { job }
                    if job.state == State::Queued && job.error.is_some() && job.eta_ms.is_some())
            });
            assert!(told, "waiting was not told: {:?}", heard.events);
            studio.vendor.settled(&prompt, 1).await;
            let sent_ms = studio.vendor.creations(&prompt).await[0]["at_ms"].as_u64().unwrap();
            let waited_ms = sent_ms.saturating_sub(u64::try_from(refused_ms).unwrap());
            assert!(waited_ms >= least_ms, "{fault}: sent again after {waited_ms} ms");
        }),
    )
    .await;
}

async fn a_refusal_before_the_stream_ends_the_job() {
    let studio = Studio::shared().await;
    for (status, code) in
        [(500, "InternalError"), (401, "InvalidApiKey"), (429, "PrepaidBillOverdue"), (404, "ModelNotFound")]
    {
        let prompt = unique("拒绝");
        let heard = suffers(&studio, &prompt, json!({"status": status, "code": code})).await;
        let job = heard.job();
        assert_eq!((job.state, error(job).code.as_str()), (State::Failed, code));
        assert_eq!(error(job).charged, Charged::No);
        studio.vendor.settled(&prompt, 0).await;
    }
}

async fn what_is_no_answer_of_the_vendor_leaves_the_job_unsure() {
    let studio = Studio::shared().await;
    for (fault, creations) in [
        (json!({"html": 502}), 0),
        (json!({"html": 502, "processed": true}), 1),
        (json!({"html": 500}), 0),
        (json!({"not_json": true}), 0),
        (json!({"html": 200}), 0),
    ] {
        let prompt = unique("不是答复");
        is_unsure(suffers(&studio, &prompt, fault).await.job());
        studio.vendor.settled(&prompt, creations).await;
    }
}

async fn a_failed_answer_is_asked_for_anew() {
    let studio = Studio::shared().await;
    let prompt = unique("[[sim:say 一二三四五六七八九十一二三四五六七八九十]] 再来");
    let heard = suffers(&studio, &prompt, json!({"stream": {"cut_after": 3}})).await;
    is_cut(&heard, "AnswerCut");
    let id = &heard.job().id;
    let again = studio.owner.post(format!("/api/jobs/{id}/retry"), &json!({})).await.with(200).job();
    assert_eq!((again.state, again.text, again.usage, again.error), (State::Queued, None, None, None));
    let anew = studio.owner.go_on(id, 0).await.to_end().await;
    assert_eq!((anew.text().chars().count(), anew.job().state), (20, State::Done), "the text begins anew");
    assert_eq!(anew.job().conversation, heard.job().conversation);
    studio.vendor.settled(&prompt, 2).await;
}

async fn an_answer_longer_than_any_model_gives_is_cut() {
    let studio = Studio::shared().await;
    // The simulator takes a word for a token, with all the spaces before it: a mebibyte in some hundred frames.
    let word = format!("{}word", " ".repeat(4000));
    let prompt = format!("{} [[sim:endless]] [[sim:say a{}]]", unique("没完没了"), word.repeat(8));
    let job = studio.run(&text(&prompt)).await;
    assert_eq!((job.state, error(&job).code.as_str()), (State::Failed, "AnswerCut"));
    assert_eq!(error(&job).message, "the answer has no end");
    let answer = job.text.unwrap();
    assert_eq!(answer.finish, Some(Finish::Cut));
    assert!((1 << 20..3 << 19).contains(&answer.text.len()), "{} bytes", answer.text.len());
    studio.vendor.settled(&prompt, 1).await;
}
