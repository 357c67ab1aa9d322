//! The bodies that are read by type: what was read is written and read again as the same.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use studio_fuzz::{holds, json as mutated, run};

use crate::budget::BudgetChange;
use crate::event::{LiveEvent, TextEvent};
use crate::job::{Job, JobList};
use crate::member::{CodeChange, Member, MemberChange};
use crate::session::{Login, Session};
use crate::share::{NewShare, Open, ShareChange, Shared};
use crate::storage::StorageChange;
use crate::transcript::{Spoken, Transcript};

fn there_and_back<T: Serialize + DeserializeOwned + Debug>(target: &str, examples: Vec<Value>) {
    for example in &examples {
        let read = serde_json::from_value::<T>(example.clone());
        assert!(read.is_ok(), "{target}: {example} is no right example: {read:?}");
    }
    run(target, mutated(examples), |value| {
        let Ok(first) = serde_json::from_value::<T>(value) else { return Ok(()) };
        let written = serde_json::to_value(&first).map_err(|error| error.to_string())?;
        let second =
            serde_json::from_value::<T>(written.clone()).map_err(|error| format!("{error}: {written}"))?;
        let again = serde_json::to_value(&second).map_err(|error| error.to_string())?;
        holds(written == again, || format!("{written} became {again}"))
    });
}

/// The same, and whatever the type does not know is refused rather than passed over.
fn strictly<T: Serialize + DeserializeOwned + Debug>(target: &str, examples: Vec<Value>) {
    for example in &examples {
        let mut more = example.clone();
        more["no_such_field"] = json!(1);
        assert!(serde_json::from_value::<T>(more).is_err(), "{target} passes over what it does not know");
    }
    there_and_back::<T>(target, examples);
}

fn job() -> Value {
    json!({
        "id": "0198f2a0", "kind": "image", "state": "done",
        "request": {"kind": "image", "model": "qwen-image", "prompt": "猫", "size": "1664*928", "n": 1,
            "prompt_extend": true, "watermark": false},
        "notes": [{"field": "size", "given": "1*1", "sent": "2*2", "why": {"zh": "因", "en": "why"}}],
        "created_at": "2026-11-22T10:00:00Z", "cancelable": false,
        "outputs": [{"n": 0, "type": "image/png", "bytes": 5}, {"n": 1, "error": {"code": "X", "message": "m",
            "advice": {"zh": "a", "en": "a"}, "charged": null}}],
        "usage": {"image_count": 1}, "cost": {"currency": "CNY", "estimate": "0.25", "actual": "0.25"},
        "text": {"text": "t", "finish": "stop"}, "batch": {"id": "b", "n": 3},
    })
}

#[test]
fn fuzz_logins() {
    strictly::<Login>(
        "logins",
        vec![json!({"code": "bs_abc"}), json!({"code": "bs_abc", "turnstile": "0.abc"})],
    );
}

#[test]
fn fuzz_changes_of_money_and_storage() {
    strictly::<BudgetChange>(
        "budget changes",
        vec![json!({"member": {"day": "5.00", "month": null}, "studio": {"day": null, "month": "100"}})],
    );
    strictly::<StorageChange>(
        "storage changes",
        vec![json!({"retention_days": 90}), json!({"retention_days": null})],
    );
}

#[test]
fn fuzz_members_and_codes() {
    strictly::<MemberChange>(
        "member changes",
        vec![
            json!({"name": "小明", "note": "n", "kinds": ["image"], "models": ["qwen-image"], "last_day": "2026-12-31",
                "budget": {"day": "1.00", "month": null}, "revoked": false}),
            json!({"kinds": null, "models": null, "last_day": null}),
        ],
    );
    strictly::<CodeChange>(
        "code changes",
        vec![json!({"name": "手机", "budget": {"day": null, "month": "2"}})],
    );
    let spending = json!({"spent": "1.00", "at_most": "0.00", "reserved": "0.00"});
    let budget = json!({"day": spending, "month": spending});
    there_and_back::<Member>(
        "members",
        vec![
            json!({"id": "m", "name": "n", "note": "", "created_at": "2026-11-22T10:00:00Z", "standing": "active",
            "rights": {"kinds": ["image"]}, "last_day": "2026-12-31", "budget": budget,
            "codes": [{"id": "c", "name": "n", "created_at": "2026-11-22T10:00:00Z", "budget": budget}]}),
        ],
    );
}

#[test]
fn fuzz_shares() {
    strictly::<NewShare>(
        "new shares",
        vec![
            json!({"items": [{"job": "0198", "outputs": [0, 1]}, {"job": "0199"}], "shown": "both", "title": "猫",
                "password": "geheim", "ends_at": "2026-12-31T00:00:00Z", "views": 2, "download": true}),
            json!({"conversation": {"id": "c", "last": "j"}, "shown": "result"}),
        ],
    );
    strictly::<ShareChange>(
        "share changes",
        vec![
            json!({"title": "t", "password": null, "ends_at": null, "views": null, "download": false}),
            json!({"password": "geheim", "ends_at": "2026-12-31T00:00:00Z", "views": 5}),
        ],
    );
    strictly::<Open>("openings of shares", vec![json!({"password": "geheim"}), json!({})]);
    there_and_back::<Shared>(
        "shares",
        vec![json!({"title": "t", "shown": "both", "conversation": false, "download": true, "view": "v",
            "items": [{"kind": "image", "recipe": {"model": "qwen-image"}, "said": "s",
                "outputs": [{"n": 0, "type": "image/png"}], "text": {"text": "t"}}]})],
    );
}

#[test]
fn fuzz_what_a_page_reads() {
    there_and_back::<LiveEvent>(
        "events of the socket",
        vec![
            json!({"event": "job", "job": job()}),
            json!({"event": "deleted", "id": "x"}),
            json!({"event": "words", "id": "x", "words": [{"text": "今", "begin_ms": 0, "end_ms": 170}]}),
        ],
    );
    there_and_back::<TextEvent>(
        "events of an answer",
        vec![
            json!({"event": "piece", "at": 3, "text": "你好", "output_tokens": 2}),
            json!({"event": "end", "job": job()}),
        ],
    );
    there_and_back::<JobList>("lists of jobs", vec![json!({"items": [job()], "next": "x"})]);
    there_and_back::<Session>(
        "sessions",
        vec![
            json!({"member": "owner", "owner": true, "rights": {}, "upstream": "simulator", "region": "cn-beijing",
            "keep_qwen_1140": false, "english_voice": "sambert-beth-v1", "keeps_results": true}),
        ],
    );
    there_and_back::<Job>("jobs", vec![job()]);
}

#[test]
fn fuzz_transcripts() {
    let word = json!({"text": "你好，", "begin_ms": 100, "end_ms": 596});
    let transcript = json!({"duration_ms": 4080, "tracks": [{"channel": 0, "text": "你好", "sentences": [
        {"begin_ms": 100, "end_ms": 3820, "text": "你好", "speaker": 0, "words": [word]}]}]});
    there_and_back::<Transcript>("transcripts", vec![transcript.clone()]);
    there_and_back::<Spoken>("words of a speech", vec![json!({"words": [word]})]);
    run("transcripts as subtitles", mutated(vec![transcript]), |value| {
        let size = value.to_string().len();
        let Ok(transcript) = serde_json::from_value::<Transcript>(value) else { return Ok(()) };
        for text in [transcript.to_txt(), transcript.to_srt(), transcript.to_vtt()] {
            holds(text.len() <= 200 + 20 * size, || format!("{} bytes of {size}", text.len()))?;
        }
        // A cue's text cannot end the cue and begin another one.
        let cues = transcript.to_vtt().lines().filter(|line| line.contains(" --> ")).count();
        let most: usize =
            transcript.tracks.iter().flat_map(|track| &track.sentences).map(|s| s.words.len() + 1).sum();
        holds(cues <= most, || format!("{cues} cues of {most} sentences and words"))
    });
}
