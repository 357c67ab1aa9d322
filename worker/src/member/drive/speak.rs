//! Speeches over the socket: read to their end, whoever listens. The sound goes to the listeners and to where it is
//! kept as it comes, the words to all open pages.

use futures_util::future::LocalBoxFuture;
use studio_shared::catalogue::Protocol;
use studio_shared::event::LiveEvent;
use studio_shared::job::State;
use studio_shared::live::{self as wire, Call, SpeechCall};
use studio_shared::request::Request;
use studio_shared::time::Timestamp;
use studio_shared::transcript::{Spoken, Word};
use worker::Result;

use super::{Driver, Flight, landed, pace};
use crate::dashscope::{Audience, Spoke};
use crate::member::entry::{Entry, Stored, VENDOR_KEEPS_MS, media_type};
use crate::member::keep::{Keeper, keep_small};
use crate::member::{Member, live};
use crate::{clock, media};

/// Speeches of one member at once: each holds up to one part of an upload in memory.
pub(super) const AT_ONCE: usize = 5;

impl Driver<'_> {
    /// The call of a job that is spoken over the socket; `None` for all others.
    pub(super) fn over_the_socket(&self, entry: &Entry) -> Option<SpeechCall> {
        match wire::call(&entry.request, self.config.live()) {
            Ok((Call::Speech(call), _)) if call.protocol == Protocol::Sambert => Some(call),
            _ => None,
        }
    }

    pub(super) fn speak(&self, entry: Entry, call: SpeechCall) -> LocalBoxFuture<'_, Flight> {
        self.speaking.set(self.speaking.get().saturating_add(1));
        Box::pin(async move {
            let result = self.speak_once(&entry, &call).await;
            self.speaking.set(self.speaking.get().saturating_sub(1));
            landed(entry.id, result).await
        })
    }

    async fn speak_once(&self, entry: &Entry, call: &SpeechCall) -> Result<()> {
        let Request::Speech(speech) = &entry.request else { return Ok(()) };
        let media_type = media_type(speech);
        let mut performance = Performance {
            member: self.member,
            id: &entry.id,
            keeper: Keeper::new(self.member, &entry.id, media_type, self.config.keeps_results),
            words: Vec::new(),
            started: false,
        };
        let spoke = self.client.speak(call, &mut performance).await;
        if let Spoke::Later { fault, retry_after_ms } = &spoke {
            self.tell(entry.kind(), None, Some(pace::refused(fault, *retry_after_ms))).await;
        }
        let Performance { keeper, words, .. } = performance;
        let outputs = if matches!(spoke, Spoke::Whole { .. }) {
            let words = call.word_timestamp_enabled.then_some(Spoken { words });
            self.logged(self.keep(&entry.id, keeper, media_type, words).await)
        } else {
            keeper.abandon().await;
            None
        };
        self.member.change_speech(&entry.id, |entry, now| {
            entry.spoke(spoke, outputs, now);
            if self.config.keeps_results {
                entry.wait_for_bucket(now);
            }
        })
    }

    /// Keeps the audio as output 0 and, where they were asked for, the words as output 1.
    async fn keep(
        &self,
        id: &str,
        keeper: Keeper<'_>,
        media_type: &str,
        words: Option<Spoken>,
    ) -> Result<Vec<Stored>> {
        let sound = keeper.finish().await?;
        let mut outputs = vec![Stored::kept(media_type, sound.bytes, sound.here, clock::now())];
        if let Some(words) = words {
            let bytes = serde_json::to_vec(&words)?;
            let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            let here = keep_small(self.member, id, 1, bytes, "application/json", !sound.here).await?;
            outputs.push(Stored::kept("application/json", length, here, clock::now()));
        }
        Ok(outputs)
    }

    /// Speeches that were being made when an earlier driver was killed, and results whose day is over.
    pub(super) async fn settle_speeches(&self) -> Result<()> {
        let book = self.member.book();
        for entry in book.speaking()? {
            if let Some(upload) = &entry.multipart {
                let key = media::key(&self.id, &entry.id, 0);
                self.logged(media::abort(&self.member.env, &key, upload).await);
            }
            book.drop_rows(&entry.id)?;
            self.member.change_speech(&entry.id, Entry::speech_interrupted)?;
        }
        let day_ago = clock::now().ms().saturating_sub(VENDOR_KEEPS_MS);
        book.drop_rows_before(Timestamp::from_ms(day_ago))
    }
}

/// A synthesis as this side hears it.
struct Performance<'a> {
    member: &'a Member,
    id: &'a str,
    keeper: Keeper<'a>,
    words: Vec<Word>,
    started: bool,
}

impl Audience for Performance<'_> {
    fn started(&mut self) {
        self.started = true;
        if let Err(error) = self.member.change_speech(self.id, Entry::speaking) {
            crate::log::event("speech_not_saved", &error.to_string());
        }
    }

    async fn audio(&mut self, bytes: Vec<u8>) {
        if !self.started {
            self.started();
        }
        self.member.stage.audio(self.id, &bytes);
        self.keeper.add(&bytes).await;
    }

    fn words(&mut self, words: Vec<Word>) {
        let event = LiveEvent::Words { id: self.id.to_owned(), words };
        if let Err(error) = live::push(&self.member.state, &event) {
            crate::log::event("words_not_pushed", &error.to_string());
        }
        if let LiveEvent::Words { words, .. } = event {
            self.words.extend(words);
        }
    }
}

impl Member {
    /// Changes a speech that is being made, where it still is.
    fn change_speech(&self, id: &str, change: impl FnOnce(&mut Entry, Timestamp)) -> Result<()> {
        let going_on = |entry: &Entry| matches!(entry.state, State::Submitting | State::Running);
        let Some(mut entry) = self.book().read(id)?.filter(going_on) else { return Ok(()) };
        change(&mut entry, clock::now());
        self.save(&entry).map(drop)
    }

    /// Writes down which upload a speech goes to, so that it can be given up after a crash.
    pub(in crate::member) fn uploading(&self, id: &str, upload: String) -> Result<()> {
        if let Some(mut entry) = self.book().read(id)? {
            entry.multipart = Some(upload);
            self.book().save(&entry)?;
        }
        Ok(())
    }
}
