use proptest::prelude::*;
use studio_shared::live::{Call, Settings, call};
use studio_shared::request::Request;

use super::*;

fn sent(request: Value) -> Value {
    let request = Request::from_value(request).unwrap();
    match call(&request, Settings::default()) {
        Ok((Call::Speech(call), _)) => run_task(&call, "7f2c5e30be9641709b2c914d8f315c30"),
        other => panic!("{other:?}"),
    }
}

fn event(name: &str, payload: &Value) -> String {
    let header = json!({"task_id": "7f2c5e30be9641709b2c914d8f315c30", "event": name, "attributes": {}});
    json!({"header": header, "payload": payload}).to_string()
}

fn failed(code: &str, message: &str) -> String {
    let header =
        json!({"task_id": "t", "event": "task-failed", "error_code": code, "error_message": message});
    json!({"header": header, "payload": {}}).to_string()
}

/// What each of these leads to, one after the other.
fn told(heard: &[Heard<'_>]) -> Vec<Step> {
    let mut conversation = Conversation::default();
    heard.iter().map(|heard| conversation.hear(heard)).collect()
}

fn end(heard: &[Heard<'_>]) -> Spoke {
    match told(heard).pop() {
        Some(Step::End(spoke)) => spoke,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_documents_frame_is_sent_as_it_stands() {
    let document = json!({"header":{"action":"run-task","task_id":"7f2c5e30be9641709b2c914d8f315c30","streaming":"out"},
     "payload":{"task_group":"audio","task":"tts","function":"SpeechSynthesizer","model":"sambert-zhichu-v1",
      "parameters":{"text_type":"PlainText","format":"mp3","sample_rate":16000,"volume":50,"rate":1.0,"pitch":1.0,
       "word_timestamp_enabled":true,"phoneme_timestamp_enabled":false},
      "input":{"text":"今天天气怎么样？"}}});
    let request =
        json!({"model":"sambert-zhichu-v1","text":"今天天气怎么样？","word_timestamp_enabled":true});
    assert_eq!(sent(request), document);
}

#[test]
fn format_and_sample_rate_are_always_sent() {
    let parameters = sent(json!({"model":"sambert-en-v1","text":"Hello"}))["payload"]["parameters"].clone();
    assert_eq!((&parameters["format"], &parameters["sample_rate"]), (&json!("mp3"), &json!(16_000)));
}

#[test]
fn a_whole_synthesis() {
    let started = event("task-started", &json!({}));
    let words = event(
        "result-generated",
        &json!({"output":{"sentence":{"begin_time":0,"end_time":1440,"words":[
            {"text":"今","begin_time":0,"end_time":170,"phonemes":[]},
            {"text":"天"},
            {"text":"天","begin_time":170,"end_time":340}]}},
            "usage":{"characters":8}}),
    );
    let finished = r#"{"header":{"event":"task-finished","attributes":{"request_uuid":"0a26"}},"payload":{"output":null,"usage":{"characters":9}}}"#;
    let all = [
        Heard::Text(&started),
        Heard::Audio(0),
        Heard::Audio(100),
        Heard::Text(&words),
        Heard::Audio(20),
        Heard::Text(finished),
    ];
    let word = |text: &str, begin_ms, end_ms| Word { text: text.to_owned(), begin_ms, end_ms };
    assert_eq!(
        told(&all),
        [
            Step::Started,
            Step::Wait,
            Step::PassOn,
            Step::Words(vec![word("今", 0, 170), word("天", 170, 340)]),
            Step::PassOn,
            Step::End(Spoke::Whole { usage: Some(used(9)), request_id: Some("0a26".to_owned()) }),
        ]
    );
}

#[test]
fn what_is_lost_before_the_vendor_began_may_have_been_made() {
    for heard in [Heard::Closed, Heard::Silence] {
        assert!(matches!(end(&[heard]), Spoke::Lost(_)));
    }
}

#[test]
fn only_what_says_too_fast_may_be_sent_again() {
    let started = event("task-started", &json!({}));
    for (code, message, later) in [
        ("Throttling", "", true),
        ("Throttling.RateQuota", "Requests rate limit exceeded, please try again later.", true),
        ("Throttling.BurstRate", "", true),
        ("Throttling.AllocationQuota", "Allocated quota exceeded, please increase your quota limit.", true),
        ("Throttling.AllocationQuota", "Free allocated quota exceeded.", false),
        ("ModelUnavailable", "", true),
        ("ModelServingError", "", true),
        ("PrepaidBillOverdue", "", false),
        ("CommodityNotPurchased", "", false),
        ("InvalidParameter", "[tts:]Engine return error code: 418", false),
        ("InternalError", "", false),
        ("CLIENT_ERROR", "request timeout after 23 seconds.", false),
        ("NeverSeen", "", false),
    ] {
        let failed = failed(code, message);
        for before in [vec![], vec![Heard::Text(&started)]] {
            let mut heard = before;
            heard.push(Heard::Text(&failed));
            let spoke = end(&heard);
            assert_eq!(matches!(spoke, Spoke::Later { .. }), later, "{code}: {spoke:?}");
            assert_eq!(matches!(spoke, Spoke::Refused(_)), !later, "{code}: {spoke:?}");
        }
    }
}

#[test]
fn what_breaks_off_is_booked_as_far_as_the_vendor_counted() {
    let started = event("task-started", &json!({}));
    let counted = event("result-generated", &json!({"output":{"sentence":{}},"usage":{"characters":5}}));
    let uncounted = event("result-generated", &json!({"output":{"sentence":{}},"usage":null}));
    let throttled = failed("Throttling", "");
    let audio = || Heard::Audio(9);
    let charged = |heard: &[Heard<'_>]| match end(heard) {
        Spoke::Broken { error, usage } => (error.code, error.charged, usage),
        other => panic!("{other:?}"),
    };
    let text = |text| Heard::Text(text);
    for (last, code, billed) in [
        (Heard::Closed, "UpstreamUnreachable", Charged::Unknown),
        (Heard::Silence, "CLIENT_ERROR", Charged::Unknown),
        (Heard::Text(&throttled), "Throttling", Charged::Yes),
    ] {
        let known = [text(started.as_str()), audio(), text(&counted), last];
        assert_eq!(charged(&known), (code.to_owned(), billed, Some(used(5))));
        let [first, sound, _, last] = known;
        let unknown = [first, sound, text(&uncounted), last];
        assert_eq!(charged(&unknown), (code.to_owned(), Charged::Unknown, None));
    }
    let silence = end(&[text(&started), Heard::Silence]);
    assert!(matches!(&silence, Spoke::Broken { error, .. } if error.advice.zh == "及时发送数据或结束任务"));
}

#[test]
fn a_finish_without_sound_is_a_failure() {
    let finished = event("task-finished", &json!({"usage":{"characters":0}}));
    let spoke = end(&[Heard::Text(&finished)]);
    assert!(matches!(&spoke, Spoke::Broken { error, .. } if error.code == "TaskFailed"), "{spoke:?}");
}

#[test]
fn what_is_not_understood_says_nothing() {
    for frame in ["", "{", "[]", "7", r#"{"header":{"event":7}}"#, r#"{"header":{"event":"task-paused"}}"#] {
        assert_eq!(told(&[Heard::Text(frame)]), [Step::Wait], "{frame}");
    }
}

proptest! {
    #[test]
    fn no_frame_makes_the_reader_panic(frames in prop::collection::vec("\\PC{0,60}", 0..5)) {
        let mut conversation = Conversation::default();
        for frame in &frames {
            let _ = conversation.hear(&Heard::Text(frame));
        }
    }
}
