//! What can go wrong on the speech socket: what it costs, what is kept, and that nothing is asked for twice.

use futures_util::future::join_all;
use serde_json::{Value, json};
use studio_shared::error::Charged;
use studio_shared::fault;
use studio_shared::job::{Job, State};
use studio_tests::jobs::error;
use studio_tests::order::with;
use studio_tests::{Setup, Studio, speech, unique};

tests![
    twenty_three_seconds_of_silence_end_the_speech,
    silence_before_the_vendor_begins_leaves_the_job_unsure,
    a_worker_killed_in_the_middle_of_a_speech,
    a_handshake_that_is_refused_costs_nothing,
    a_socket_closed_in_the_middle_keeps_no_half,
    a_socket_closed_before_the_vendor_begins_leaves_the_job_unsure,
    a_refusal_before_any_sound_is_an_answer_of_its_own,
    every_code_before_any_sound_ends_the_job_uncharged,
    a_failure_in_the_middle_is_booked_as_far_as_it_came,
    too_fast_is_waiting_and_not_failure,
    a_listener_learns_from_the_job_that_the_speech_broke_off,
    a_failed_speech_is_made_again_by_hand,
];

/// The end of a job that fails, which keeps nothing.
async fn fails(studio: &Studio, text: &str, state: State) -> Job {
    let job = studio.run(&speech(text)).await;
    assert_eq!(job.state, state, "{job:?}");
    assert_eq!((job.outputs.len(), job.cancelable), (0, false));
    studio.output(&job.id, 0).await.refused(404, "NotFound");
    job
}

async fn twenty_three_seconds_of_silence_end_the_speech() {
    let studio = Studio::shared().await;
    let text = unique("说到一半忽然没有声音了。[[sim:stall 2]]");
    let job = fails(&studio, &text, State::Failed).await;
    let error = error(&job);
    assert_eq!(error.code, "CLIENT_ERROR");
    assert_eq!(error.advice.zh, "及时发送数据或结束任务");
    // The vendor has said what it spoke until then, and may have spoken on.
    assert_eq!(error.charged, Charged::Unknown);
    assert_eq!(job.cost.actual, job.request.price_of(&job.usage.unwrap()));
    studio.vendor.settled(&text, 1).await;
}

async fn silence_before_the_vendor_begins_leaves_the_job_unsure() {
    let studio = Studio::shared().await;
    let text = unique("一直没有开始");
    studio.vendor.fault("speech.socket", &text, json!({"hang": true})).await;
    let job = fails(&studio, &text, State::Unsure).await;
    assert_eq!((error(&job).code.as_str(), error(&job).charged), ("AnswerLost", Charged::Unknown));
    assert_eq!(job.cost.actual, None);
    studio.vendor.settled(&text, 1).await;
}

async fn a_worker_killed_in_the_middle_of_a_speech() {
    let studio = Studio::start(Setup::default()).await;
    studio.vendor.settings(&json!({"idle_ms": 2_300_000})).await;
    let text = unique("朗读到一半，服务忽然被重启了。[[sim:slow 400]]");
    let heard = studio.hear_until(&speech(&text), None, 1).await;
    let id = heard.id();
    assert_eq!(studio.job(&id).await.state, State::Running);
    studio.kill_worker().await;
    studio.start_worker().await;
    let job = studio.ended(&id).await;
    assert_eq!(job.state, State::Failed, "{job:?}");
    assert_eq!((error(&job).code.as_str(), error(&job).charged), ("AnswerLost", Charged::Unknown));
    assert!(error(&job).advice.en.contains("not sent again by itself"), "{:?}", error(&job).advice);
    assert_eq!((job.outputs.len(), job.cost.actual), (0, None));
    // The member's next speech is not in its way, and nothing is asked for again.
    let next = studio.run(&speech(&unique("下一段"))).await;
    assert_eq!(next.state, State::Done, "{next:?}");
    assert_eq!(studio.vendor.creations(&text).await.len(), 1);
}

async fn a_handshake_that_is_refused_costs_nothing() {
    let studio = Studio::start(Setup::default()).await;
    studio.vendor.settings(&json!({"idle_ms": 2_300_000})).await;
    let plant = async |fault: &Value| {
        studio.vendor.plant(&json!({"endpoint": "speech.socket", "fault": fault})).await;
    };
    for (fault, code) in [
        (json!({"status": 401, "code": "InvalidApiKey"}), "InvalidApiKey"),
        (json!({"status": 403, "code": "AccessDenied"}), "AccessDenied"),
        (json!({"status": 500, "code": "InternalError"}), "InternalError"),
        (json!({"status": 429, "code": "PrepaidBillOverdue"}), "PrepaidBillOverdue"),
        (json!({"html": 502}), "UpstreamUnreachable"),
        (json!({"cut": "before"}), "UpstreamUnreachable"),
        (json!({"not_json": true}), "UpstreamUnreachable"),
    ] {
        let text = unique("握手");
        plant(&fault).await;
        let job = fails(&studio, &text, State::Failed).await;
        assert_eq!((error(&job).code.as_str(), error(&job).charged), (code, Charged::No), "{fault}: {job:?}");
        assert_eq!(job.cost.actual.unwrap().to_string(), "0.00", "{fault}");
        assert_eq!(studio.vendor.creations(&text).await.len(), 0, "{fault}");
    }
    for fault in [
        json!({"status": 429, "code": "Throttling.RateQuota", "retry_after": 1}),
        json!({"status": 503, "code": "ModelUnavailable"}),
        json!({"html": 503}),
    ] {
        let text = unique("稍候");
        plant(&fault).await;
        let job = studio.run(&speech(&text)).await;
        assert_eq!((job.state, job.error), (State::Done, None), "{fault}");
        assert_eq!(studio.vendor.creations(&text).await.len(), 1, "{fault}");
    }
    let studio = Studio::start(Setup { api_key: "sk-e2e-another1", ..Setup::default() }).await;
    let job = fails(&studio, &unique("密钥"), State::Failed).await;
    assert_eq!(error(&job).message, "Invalid API-key provided.");
    assert!(error(&job).advice.zh.starts_with("检查密钥、首尾空格"), "{:?}", error(&job).advice);
    // Nobody takes the vendor's 401 for the studio's own.
    let heard = studio.hear(&speech(&unique("密钥"))).await;
    heard.answer.refused(502, "InvalidApiKey");
}

async fn a_socket_closed_in_the_middle_keeps_no_half() {
    let studio = Studio::shared().await;
    // After three frames of sound, and after none.
    for (marker, counted) in [("[[sim:cut 3]]", true), ("[[sim:cut 0]]", false)] {
        let text = unique(&format!("连接在一半的地方断开了，后面的内容没有了。{marker}"));
        let job = fails(&studio, &text, State::Failed).await;
        assert_eq!(
            (error(&job).code.as_str(), error(&job).charged),
            ("UpstreamUnreachable", Charged::Unknown),
            "{marker}"
        );
        assert_eq!(job.cost.actual, job.usage.and_then(|usage| job.request.price_of(&usage)), "{marker}");
        assert_eq!(job.cost.actual.is_some(), counted, "{marker}");
        assert!(job.cost.at_most.is_some(), "{marker}: {:?}", job.cost);
        studio.vendor.settled(&text, 1).await;
    }
}

async fn a_socket_closed_before_the_vendor_begins_leaves_the_job_unsure() {
    let studio = Studio::shared().await;
    let text = unique("没有开始就断开");
    studio.vendor.fault("speech.socket", &text, json!({"cut": "after"})).await;
    let job = fails(&studio, &text, State::Unsure).await;
    assert_eq!((error(&job).code.as_str(), error(&job).charged), ("AnswerLost", Charged::Unknown));
    studio.vendor.settled(&text, 1).await;
    let text = unique("没有开始就断开");
    studio.vendor.fault("speech.socket", &text, json!({"cut": "after"})).await;
    let answer = studio.hear(&speech(&text)).await.answer;
    assert_eq!(answer.status, 502, "{}", answer.text());
    let told = answer.json()["error"].clone();
    assert_eq!((&told["code"], told.get("charged")), (&json!("AnswerLost"), Some(&Value::Null)));
}

async fn a_refusal_before_any_sound_is_an_answer_of_its_own() {
    let studio = Studio::shared().await;
    for (code, status) in [("DataInspectionFailed", 400), ("InvalidParameter", 400), ("InternalError", 502)] {
        let text = unique(&format!("拒绝。[[sim:refuse {code}]]"));
        let heard = studio.hear(&speech(&text)).await;
        let reply = heard.answer.refused(status, code);
        assert_eq!(heard.answer.header("content-type"), "application/json");
        assert!(!reply.error.advice.is_empty());
        let text = unique(&format!("失败。[[sim:fail {code}]]"));
        studio.hear(&speech(&text)).await.answer.refused(status, code);
    }
}

/// Codes of the vendor's catalogue that a synthesis may fail with, and that no waiting mends.
const CODES: [&str; 22] = [
    "InvalidParameter",
    "DataInspectionFailed",
    "IPInfringementSuspect",
    "CustomRoleBlocked",
    "FaqRuleBlocked",
    "Arrearage",
    "ClientDisconnect",
    "InvalidApiKey",
    "AccessDenied",
    "AccessDenied.Unpurchased",
    "Model.AccessDenied",
    "Workspace.AccessDenied",
    "AllocationQuota.FreeTierOnly",
    "ModelNotFound",
    "CommodityNotPurchased",
    "PrepaidBillOverdue",
    "InternalError",
    "InternalError.Algo",
    "InternalError.Timeout",
    "SystemError",
    "RequestTimeOut",
    "CLIENT_ERROR",
];

async fn every_code_before_any_sound_ends_the_job_uncharged() {
    let studio = Studio::shared().await;
    join_all(CODES.iter().map(async |code| {
        let text = unique("失败");
        studio
            .vendor
            .fault("speech.socket", &text, json!({"status": 400, "code": code, "message": "m"}))
            .await;
        let job = fails(&studio, &text, State::Failed).await;
        let error = error(&job);
        assert_eq!((error.code.as_str(), error.charged), (*code, Charged::No), "{code}");
        assert_eq!(error.advice, fault::advice(code, 0, "m"), "{code}");
        assert_eq!(job.cost.actual.unwrap().to_string(), "0.00", "{code}");
        assert_eq!(studio.vendor.faults_left(&text).await, 0, "{code}");
        studio.vendor.settled(&text, 1).await;
    }))
    .await;
}

async fn a_failure_in_the_middle_is_booked_as_far_as_it_came() {
    let studio = Studio::shared().await;
    let codes = CODES.iter().chain(&["Throttling", "Throttling.RateQuota", "ModelUnavailable"]);
    join_all(codes.map(async |code| {
        let text = unique(&format!("说到一半，失败了。[[sim:stream-error 2 {code}]]"));
        let job = fails(&studio, &text, State::Failed).await;
        let error = error(&job);
        assert_eq!((error.code.as_str(), error.charged), (*code, Charged::Yes), "{code}");
        assert_eq!(error.advice, fault::advice(code, 0, &error.message), "{code}");
        assert_eq!(job.cost.actual, job.request.price_of(&job.usage.unwrap()), "{code}");
        // Sound has come: not even "too fast" is sent again by itself.
        studio.vendor.settled(&text, 1).await;
    }))
    .await;
}

async fn too_fast_is_waiting_and_not_failure() {
    let studio = Studio::shared().await;
    for code in [
        "Throttling",
        "Throttling.RateQuota",
        "Throttling.BurstRate",
        "ModelUnavailable",
        "ModelServingError",
    ] {
        let text = unique("太快");
        studio.vendor.fault("speech.socket", &text, json!({"status": 429, "code": code})).await;
        let heard = studio.hear(&speech(&text)).await;
        assert!(heard.whole && heard.answer.status == 200, "{code}: {}", heard.answer.text());
        let job = studio.ended(&heard.id()).await;
        assert_eq!((job.state, job.error), (State::Done, None), "{code}");
        // The one that was refused, and the one that was spoken.
        studio.vendor.settled(&text, 2).await;
    }
}

async fn a_listener_learns_from_the_job_that_the_speech_broke_off() {
    let studio = Studio::shared().await;
    let text = unique("听到的声音并不完整，任务会说明原因。[[sim:cut 3]]");
    let heard = studio.hear(&with(speech(&text), &json!({"format": "pcm"}))).await;
    // The stream ends with an error; but who passes it on may end it as if it were whole.
    assert_eq!((heard.answer.status, heard.answer.bytes.len()), (200, 3 * 8192));
    let job = studio.ended(&heard.id()).await;
    assert_eq!((job.state, job.outputs.len()), (State::Failed, 0), "{job:?}");
    assert_eq!(error(&job).code, "UpstreamUnreachable");
}

async fn a_failed_speech_is_made_again_by_hand() {
    let studio = Studio::shared().await;
    let text = unique("这一次在中间断开，下一次由人手动重试。");
    let broken = json!({"stream": {"cut_after": 2}});
    studio.vendor.fault("speech.socket", &text, broken).await;
    let job = fails(&studio, &text, State::Failed).await;
    let again = studio.owner.post(format!("/api/jobs/{}/retry", job.id), &json!({})).await.with(200).job();
    assert_eq!((again.state, again.usage, again.error), (State::Queued, None, None));
    let done = studio.ended(&job.id).await;
    assert_eq!((done.state, done.outputs.len()), (State::Done, 1), "{done:?}");
    studio.vendor.settled(&text, 2).await;
}
