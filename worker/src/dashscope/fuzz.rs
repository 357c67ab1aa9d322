//! What the readers of the vendor's answers promise, tried on mutations of its documented ones (`tests/fuzz`): no
//! answer, whatever it is, is more than "not understood", and none leads a call elsewhere.

use serde_json::{Value, json};
use studio_fuzz::proptest::collection::vec;
use studio_fuzz::proptest::prelude::*;
use studio_fuzz::proptest::sample::Index;
use studio_fuzz::{bytes, holds, json as mutated, run, text};
use studio_shared::catalogue::Region;
use worker::Url;

use super::endpoint::Endpoint;
use super::fault::Fault;
use super::speech::{Conversation, Heard, Spoke, Step};
use super::sse::{Event, Events};
use super::task::{Item, Task};
use super::upload::{Policy, store_fault};
use super::{transcript, used};

const STREAM: &str = concat!(
    "id:1\nevent:result\n:HTTP_STATUS/200\n",
    r#"data:{"output":{"choices":[{"message":{"content":"一路"},"finish_reason":"null"}]},"usage":{"input_tokens":21,"output_tokens":2},"request_id":"r"}"#,
    "\n\nid:2\nevent:error\n:HTTP_STATUS/429\n",
    r#"data:{"code":"Throttling","message":"m","request_id":"r"}"#,
    "\n\n",
);

fn events(parts: &[&[u8]]) -> Vec<Event> {
    let mut events = Events::default();
    let mut all: Vec<Event> = parts.iter().flat_map(|part| events.take(part)).collect();
    all.extend(events.end());
    all
}

#[test]
fn fuzz_streams_of_events() {
    let pieces: [&[u8]; 6] = [b"data:", b"\n\n", b"event:error\n", b":HTTP_STATUS/", b"\r\n", b"\xe4\xb8"];
    let cuts = vec(any::<Index>(), 0..8);
    run("streams of events", (bytes(&[STREAM.as_bytes()], &pieces), cuts), |(stream, cuts)| {
        let whole = events(&[&stream]);
        let mut places: Vec<usize> = cuts.iter().map(|cut| cut.index(stream.len() + 1)).collect();
        places.extend([0, stream.len()]);
        places.sort_unstable();
        let parts: Vec<&[u8]> = places.windows(2).filter_map(|pair| stream.get(pair[0]..pair[1])).collect();
        let broken = events(&parts);
        holds(whole == broken, || format!("{whole:?} in one piece, {broken:?} in parts at {places:?}"))?;
        let lines = stream.iter().filter(|byte| **byte == b'\n').count() + 1;
        holds(whole.len() <= lines, || format!("{} events of {lines} lines", whole.len()))
    });
}

#[test]
fn fuzz_frames_of_speech() {
    let frames = vec![
        json!({"header": {"event": "task-started", "attributes": {}}, "payload": {}}),
        json!({"header": {"event": "result-generated"}, "payload": {"output": {"sentence": {"words": [
            {"text": "今", "begin_time": 0, "end_time": 170}]}}, "usage": {"characters": 8}}}),
        json!({"header": {"event": "task-finished", "attributes": {"request_uuid": "u"}},
            "payload": {"usage": {"characters": 9}}}),
        json!({"header": {"event": "task-failed", "error_code": "Throttling", "error_message": "m"}}),
    ];
    let frame = prop_oneof![
        6 => mutated(frames).prop_map(|frame| Some(frame.to_string())),
        1 => text(&["{}"], &["\0"]).prop_map(Some),
        3 => Just(None),
    ];
    run("frames of speech", vec(frame, 0..12), |frames| {
        let mut conversation = Conversation::default();
        let mut sounded = false;
        for frame in &frames {
            sounded |= frame.is_none();
            let step = conversation.hear(&frame.as_deref().map_or(Heard::Audio(7), Heard::Text));
            match step {
                // What is told as whole has been heard; what is sent again has not begun.
                Step::End(Spoke::Whole { .. }) => {
                    return holds(sounded, || "whole without a sound".to_owned());
                }
                Step::End(Spoke::Refused(_) | Spoke::Later { .. }) => {
                    return holds(!sounded, || "refused after it had sounded".to_owned());
                }
                Step::End(_) => return Ok(()),
                Step::PassOn => holds(frame.is_none(), || "words are passed on as sound".to_owned())?,
                _ => {}
            }
        }
        let end = conversation.hear(&Heard::Closed);
        let closed = matches!(end, Step::End(Spoke::Broken { .. } | Spoke::Lost(_)));
        holds(closed, || format!("a closed socket leads to {end:?}"))
    });
}

fn answers() -> Vec<Value> {
    vec![
        json!({"request_id": "r", "output": {"task_id": "t", "task_status": "SUCCEEDED",
            "results": [{"orig_prompt": "a", "actual_prompt": "b", "url": "https://dashscope-x.aliyuncs.com/a.png"},
                {"code": "InternalError", "message": "m"}], "task_metrics": {"TOTAL": 2}},
            "usage": {"image_count": 1}}),
        json!({"output": {"task_status": "FAILED", "code": "DataInspectionFailed", "message": "m"}}),
        json!({"output": {"task_status": "SUCCEEDED", "video_url": "u", "orig_prompt": "p"},
            "usage": {"video_duration": 5, "SR": 720}}),
        json!({"output": {"choices": [{"message": {"content": [{"image": "a"}]}}]}, "usage": {"image_count": 1}}),
        json!({"output": {"audio": {"url": "u"}}, "usage": {"characters": 9}}),
        json!({"error": {"code": "invalid_api_key", "message": "m"}}),
        json!({"code": "Throttling.RateQuota", "message": "m", "request_id": "r"}),
    ]
}

#[test]
fn fuzz_answers_about_tasks() {
    run("answers about tasks", (mutated(answers()), any::<u16>()), |(answer, status)| {
        let size = answer.to_string().len();
        for task in [Task::read(&answer), Task::at_once(&answer)].into_iter().flatten() {
            let told = format!("{task:?}").len();
            holds(told <= 2000 + 20 * size, || format!("{told} bytes of {size}"))?;
            for item in &task.items {
                if let Item::Lost(fault) = item {
                    holds(!fault.code.is_empty(), || "a lost result without a code".to_owned())?;
                }
            }
        }
        if let Some(usage) = answer.get("usage") {
            let _ = used::read(usage);
        }
        if let Some(fault) = Fault::read(status, &answer) {
            holds(fault.status == status, || format!("{fault:?}"))?;
            let shown = fault.job_error(studio_shared::error::Charged::No);
            holds(!shown.advice.zh.is_empty() && !shown.advice.en.is_empty(), || format!("{shown:?}"))?;
        }
        Ok(())
    });
}

#[test]
fn fuzz_transcripts_of_the_vendor() {
    let document = json!({"file_url": "https://example.com/a.mp3", "properties": {
        "original_duration_in_milliseconds": 4080}, "transcripts": [{"channel_id": 0, "text": "你好", "sentences": [
        {"begin_time": 100, "end_time": 3820, "text": "你好", "speaker_id": 0, "words": [
            {"begin_time": 100, "end_time": 596, "text": "你好", "punctuation": "，"}]}]}]});
    run("transcripts of the vendor", mutated(vec![document]), |document| {
        let Some(transcript) = transcript::read(document.to_string().as_bytes()) else { return Ok(()) };
        for sentence in transcript.tracks.iter().flat_map(|track| &track.sentences) {
            holds(sentence.begin_ms <= sentence.end_ms, || format!("{sentence:?} ends before it begins"))?;
            let late = sentence.words.iter().find(|word| word.begin_ms > word.end_ms);
            holds(late.is_none(), || format!("{late:?} ends before it begins"))?;
        }
        let written = serde_json::to_value(&transcript).map_err(|error| error.to_string())?;
        let again = serde_json::from_value(written).map_err(|error| error.to_string())?;
        holds(transcript == again, || format!("{transcript:?} is read again as {again:?}"))
    });
}

#[test]
fn fuzz_upload_policies() {
    let answer = json!({"data": {"policy": "p", "signature": "s", "upload_dir": "dashscope-instant/x",
        "upload_host": "https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com", "max_file_size_mb": 100,
        "oss_access_key_id": "k", "x_oss_object_acl": "private", "x_oss_forbid_overwrite": "true"}});
    run("upload policies", mutated(vec![answer]), |answer| {
        let Some(policy) = Policy::read(&answer) else { return Ok(()) };
        let form = policy.form("a.mp3", "audio/mpeg", "boundary-1");
        let before = String::from_utf8_lossy(&form.before).into_owned();
        // No value of the answer ends its line and begins a part, or a header, of its own.
        holds(before.matches("\r\nContent-Disposition: ").count() == 9, || before.clone())?;
        holds(!form.address.contains(['\r', '\n']), || form.address.clone())
    });
    let xml = ["<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>a &lt; b</Message></Error>"];
    run("errors of the store", text(&xml, &["<Code>", "</Code>", "&amp;", "<!--"]), |body| {
        let Some(fault) = store_fault(403, &body) else { return Ok(()) };
        holds(!fault.code.is_empty() && fault.message.len() <= body.len(), || format!("{fault:?}"))
    });
}

/// Addresses that are no result of the vendor, in the forms that readers of addresses disagree about.
const PIECES: [&str; 40] = [
    "127.0.0.1",
    "0",
    "0x7f000001",
    "2130706433",
    "0177.0.0.1",
    "127.1",
    "[::1]",
    "[::ffff:169.254.169.254]",
    "localhost",
    "169.254.169.254",
    "metadata.google.internal",
    "100.100.100.200",
    "@",
    "user:pass@",
    ":80",
    ":443",
    ":22",
    "\\",
    "/\\",
    "//",
    "///",
    "#",
    "?",
    "%2f",
    "%40",
    "%00",
    "\r\nHost: evil",
    "\t",
    "。",
    "．",
    "ａliyuncs.com",
    ".",
    "..",
    "evil.example",
    ".evil.example",
    "file://",
    "gopher://",
    "data:",
    "javascript:",
    "xn--",
];

#[test]
fn fuzz_result_addresses() {
    let right = [
        "https://dashscope-result-wlcb.oss-cn-wulanchabu.aliyuncs.com/1d/a.png?Expires=1&Signature=x%3D",
        "http://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/a.mp3",
        "https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com",
    ];
    run("result addresses", text(&right, &PIECES), |address| {
        let live = Endpoint::new(Region::Beijing, None, None);
        for (taken, what) in [(live.result(&address), "result"), (live.upload_host(&address), "upload")] {
            let Some(taken) = taken else { continue };
            // Judged by hand, not by the reader that has let it pass.
            let host = taken.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
            let host = host.unwrap_or_default();
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
            let vendors =
                host.starts_with("dashscope-") && host.ends_with(".aliyuncs.com") && host.chars().all(plain);
            holds(vendors && !host.contains(".."), || {
                format!("{address:?} is taken as the {what} {taken:?}")
            })?;
            let same =
                Url::parse(&taken).is_ok_and(|url| url.host_str() == Some(host) && url.port().is_none());
            holds(same, || format!("{taken:?} is read in two ways"))?;
            holds(!taken.contains(['\r', '\n', '\t', ' ']), || format!("{taken:?}"))?;
        }
        let simulator = Endpoint::new(Region::Beijing, None, Some("http://127.0.0.1:9000"));
        let taken = simulator.result(&address);
        let own = taken.as_deref().is_none_or(|taken| taken.starts_with("http://127.0.0.1:9000/"));
        holds(own, || format!("{address:?} is taken as {taken:?}"))
    });
}
