//! A speech over the socket: it is made while it is listened to, and never by a task that could be asked for again.

use studio_shared::error::{Charged, code};
use studio_shared::job::{JobError, State};
use studio_shared::request::{Request, SpeechRequest};
use studio_shared::time::Timestamp;
use studio_shared::words::Words;

use super::{Entry, Stored, VENDOR_KEEPS_MS};
use crate::dashscope::{Create, Spoke, answer_lost};

/// After so many milliseconds nobody can be making a speech any more: a driver lives 15 minutes.
const LONGEST_SPEECH_MS: u64 = 16 * 60 * 1000;

impl Entry {
    /// The vendor has begun to speak.
    pub(in crate::member) fn speaking(&mut self, now: Timestamp) {
        self.state = State::Running;
        self.started_at = Some(now);
        self.failures = 0;
        // Nothing is to be done before that: whoever finds it running without making it was preceded by a crash.
        self.due = Some(now.after(LONGEST_SPEECH_MS));
    }

    /// How it ended. `outputs` are what was kept; nothing is where the whole audio did not come, or could not be kept.
    pub(in crate::member) fn spoke(&mut self, spoke: Spoke, outputs: Option<Vec<Stored>>, now: Timestamp) {
        self.multipart = None;
        match spoke {
            Spoke::Whole { usage, request_id } => {
                self.usage = usage;
                // Where the vendor does not say what was used, the estimate stays what it costs at most.
                self.actual = usage.and_then(|usage| self.request.price_of(&usage));
                self.request_id = request_id;
                match outputs {
                    Some(outputs) => {
                        self.outputs = outputs;
                        self.finish(State::Done, now);
                    }
                    None => self.fail(not_kept(), now),
                }
            }
            Spoke::Refused(fault) => self.submitted(Create::Refused(fault), true, now),
            Spoke::Later { fault, retry_after_ms } => {
                self.started_at = None;
                self.submitted(Create::Later { fault, retry_after_ms }, true, now);
            }
            Spoke::Lost(why) => self.submitted(Create::Lost(why), true, now),
            Spoke::Broken { error, usage } => {
                self.usage = usage;
                self.actual = usage.and_then(|usage| self.request.price_of(&usage));
                self.fail(error, now);
            }
        }
    }

    /// Found in the middle of a speech by a driver that did not begin it: the worker stopped, and the rest of the
    /// audio is lost. It is not asked for again by itself, since it may have been billed.
    pub(in crate::member) fn speech_interrupted(&mut self, now: Timestamp) {
        let mut error = answer_lost("the worker stopped while the speech was being made");
        error.advice = Words::new(
            "朗读进行中服务被重启，声音不完整，未保存；可能已计费。不会自动重发，可手动重试。",
            "The studio was restarted in the middle of the speech; its sound is not whole and was not kept. It may have \
             been billed. It is not sent again by itself; retry by hand.",
        );
        self.multipart = None;
        self.fail(error, now);
    }
}

impl Stored {
    /// A result of so many bytes that is kept: in the bucket, or for a day in the object's own storage.
    pub(in crate::member) fn kept(media_type: &str, bytes: u64, here: bool, now: Timestamp) -> Self {
        Self {
            kept: !here,
            here,
            media_type: Some(media_type.to_owned()),
            bytes: Some(bytes),
            expires_at: here.then(|| now.after(VENDOR_KEEPS_MS)),
            ..Self::default()
        }
    }
}

/// The media type of the audio that is asked for. Qwen-TTS, which cannot be asked for a format, makes WAV.
pub(in crate::member) fn media_type(speech: &SpeechRequest) -> &'static str {
    match speech.format.as_deref() {
        Some("mp3") => "audio/mpeg",
        Some("pcm") => "audio/pcm",
        _ => "audio/wav",
    }
}

/// The media type that a result of a request has, where that is known better here than where it comes from.
pub(super) fn known_type(request: &Request) -> Option<&'static str> {
    match request {
        Request::Speech(speech) => Some(media_type(speech)),
        _ => None,
    }
}

fn not_kept() -> JobError {
    JobError {
        code: code::INTERNAL.to_owned(),
        message: "the audio came, but could not be stored".to_owned(),
        advice: Words::new(
            "声音已生成并计费，但保存失败。请稍后手动重试。",
            "The audio was made and billed, but could not be stored. Retry by hand later.",
        ),
        charged: Charged::Yes,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use studio_shared::money::Money;
    use studio_shared::usage::Usage;

    use super::*;
    use crate::dashscope::Fault;

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    fn speaking() -> Entry {
        let request = json!({"model": "sambert-zhichu-v1", "text": "今天天气怎么样？"});
        let mut entry =
            Entry::new("job".to_owned(), Request::from_value(request).unwrap(), Vec::new(), at(1000));
        entry.submitting(at(0));
        entry.speaking(at(2000));
        entry.multipart = Some("upload".to_owned());
        entry
    }

    fn used(characters: u32) -> Option<Usage> {
        Some(Usage { characters: Some(characters), ..Usage::default() })
    }

    fn spoke(spoke: Spoke, outputs: Option<Vec<Stored>>) -> Entry {
        let mut entry = speaking();
        entry.spoke(spoke, outputs, at(3000));
        assert_eq!(entry.multipart, None);
        entry
    }

    fn sound() -> Option<Vec<Stored>> {
        Some(vec![Stored::kept("audio/mpeg", 7, false, at(3000))])
    }

    #[test]
    fn a_speech_on_its_straight_way() {
        let entry = speaking();
        assert_eq!((entry.state, entry.started_at), (State::Running, Some(at(2000))));
        assert!(!entry.is_cancelable() && entry.due > Some(at(15 * 60 * 1000)));
        let whole = Spoke::Whole { usage: used(8), request_id: Some("r".to_owned()) };
        let entry = spoke(whole, sound());
        assert_eq!((entry.state, entry.finished_at, entry.due), (State::Done, Some(at(3000)), None));
        assert_eq!(entry.actual, entry.request.price());
        assert!(entry.outputs[0].kept && entry.outputs[0].expires_at.is_none());
    }

    #[test]
    fn what_the_vendor_does_not_count_costs_what_was_estimated_at_most() {
        let entry = spoke(Spoke::Whole { usage: None, request_id: None }, sound());
        assert_eq!((entry.state, entry.actual), (State::Done, None));
    }

    #[test]
    fn what_the_bucket_did_not_take_waits_here_until_it_does() {
        let here = || {
            Some(vec![
                Stored::kept("audio/mpeg", 7, true, at(3000)),
                Stored::kept("application/json", 2, true, at(3000)),
            ])
        };
        let mut entry = spoke(Spoke::Whole { usage: used(8), request_id: None }, here());
        assert_eq!(entry.state, State::Done, "without a bucket that is all");
        entry.wait_for_bucket(at(3000));
        assert_eq!((entry.state, entry.finished_at, entry.due), (State::Collecting, None, Some(at(4000))));
        assert_eq!(entry.error.as_ref().map(|error| error.code.as_str()), Some(code::STORAGE_REFUSED));
        assert_eq!((entry.next_to_collect(), entry.next_here().map(|(n, _)| n)), (None, Some(0)));
        let kept = |bytes| super::super::Collected::Kept { bytes, media_type: "x".to_owned() };
        entry.collected(0, kept(7), at(5000));
        assert_eq!((entry.state, entry.next_here().map(|(n, _)| n)), (State::Collecting, Some(1)));
        entry.collected(1, kept(2), at(6000));
        assert_eq!((entry.state, entry.finished_at, entry.error), (State::Done, Some(at(6000)), None));
        let mut entry = spoke(Spoke::Whole { usage: used(8), request_id: None }, sound());
        entry.wait_for_bucket(at(3000));
        assert_eq!(entry.state, State::Done, "it is in the bucket");
    }

    #[test]
    fn what_could_not_be_kept_was_billed() {
        let entry = spoke(Spoke::Whole { usage: used(8), request_id: None }, None);
        let charged = entry.error.map(|error| error.charged);
        assert_eq!((entry.state, charged, entry.outputs.len()), (State::Failed, Some(Charged::Yes), 0));
        assert!(entry.actual.is_some_and(|actual| actual > Money::ZERO));
    }

    #[test]
    fn too_fast_waits_and_the_rest_ends() {
        let fault =
            || Fault { status: 429, code: "Throttling".to_owned(), message: String::new(), request_id: None };
        let entry = spoke(Spoke::Later { fault: fault(), retry_after_ms: Some(5000) }, None);
        assert_eq!((entry.state, entry.due, entry.started_at), (State::Queued, Some(at(8000)), None));
        let entry = spoke(Spoke::Refused(fault()), None);
        assert_eq!((entry.state, entry.actual), (State::Failed, Some(Money::ZERO)));
        let entry = spoke(Spoke::Lost("x".to_owned()), None);
        assert_eq!((entry.state, entry.actual), (State::Unsure, None));
    }

    #[test]
    fn what_broke_off_is_booked_as_far_as_it_was_counted() {
        let error = JobError { charged: Charged::Yes, ..not_kept() };
        let entry = spoke(Spoke::Broken { error, usage: used(4) }, None);
        assert_eq!((entry.state, entry.actual), (State::Failed, entry.request.price_of(&used(4).unwrap())));
        let mut entry = speaking();
        entry.speech_interrupted(at(9000));
        let error = entry.error.unwrap();
        assert_eq!((entry.state, entry.actual), (State::Failed, None));
        assert_eq!((error.code.as_str(), error.charged), (code::ANSWER_LOST, Charged::Unknown));
    }

    #[test]
    fn without_a_bucket_it_is_kept_for_a_day() {
        let stored = Stored::kept("audio/wav", 7, true, at(0));
        assert!(stored.here && !stored.kept);
        assert_eq!(stored.expires_at, Some(at(24 * 60 * 60 * 1000)));
    }

    #[test]
    fn each_format_has_its_type() {
        let of = |fields: serde_json::Value| match Request::from_value(fields).unwrap() {
            Request::Speech(speech) => media_type(&speech),
            other => panic!("{other:?}"),
        };
        for (format, media) in [("mp3", "audio/mpeg"), ("wav", "audio/wav"), ("pcm", "audio/pcm")] {
            assert_eq!(of(json!({"model": "sambert-zhichu-v1", "text": "a", "format": format})), media);
        }
        assert_eq!(of(json!({"model": "qwen3-tts-flash", "text": "a"})), "audio/wav");
    }
}
