//! A speech over the socket: it is made while it is listened to, and never by a task that could be asked for again.

use studio_shared::error::{Charged, code};
use studio_shared::job::{JobError, State};
use studio_shared::request::{Request, SpeechRequest};
use studio_shared::time::Timestamp;
use studio_shared::words::Words;

use super::{Entry, Stored, VENDOR_KEEPS_MS};
use crate::dashscope::{Create, Spoke, answer_lost};

impl Entry {
    /// The vendor has begun to speak.
    pub(in crate::member) fn speaking(&mut self, now: Timestamp) {
        self.state = State::Running;
        self.started_at = Some(now);
        self.due = None;
        self.failures = 0;
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
