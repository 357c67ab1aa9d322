//! Speech that arrives while it is made: heard at once, kept by the worker, found again by the job's id.

mod feeder;

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::request::Request;
use studio_shared::transcript::Word;

use self::feeder::Feeder;
use super::book::Book;
use crate::api::{Client, Failure, SoundStream};

/// How the sound of a speech that was asked for on this page can be heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// While it arrives, from this address; it can be opened once.
    Now(String),
    /// When it is whole: the browser does not play this format in pieces.
    Whole,
}

/// The speeches of the application.
#[derive(Clone, Copy)]
pub struct Speeches {
    arrivals: RwSignal<BTreeMap<String, Arrival>>,
    words: RwSignal<BTreeMap<String, ArcRwSignal<Vec<Word>>>>,
    feeders: StoredValue<Vec<Feeder>, LocalStorage>,
}

impl Speeches {
    pub(super) fn new() -> Self {
        Self {
            arrivals: RwSignal::new(BTreeMap::new()),
            words: RwSignal::new(BTreeMap::new()),
            feeders: StoredValue::new_local(Vec::new()),
        }
    }

    /// The speeches of the application.
    #[must_use]
    pub fn get() -> Self {
        use_context().unwrap_or_else(Self::new)
    }

    /// Asks for a speech; its sound is heard while it arrives. What is answered is the job.
    pub(super) async fn speak(
        self,
        client: Client,
        book: Book,
        request: &Request,
        key: &str,
    ) -> Result<(), Failure> {
        let stream = client.speak(request, key).await?;
        let id = stream.job_id().to_owned();
        let feeder = Feeder::of(stream.media_type());
        let arrival =
            feeder.as_ref().map_or(Arrival::Whole, |feeder| Arrival::Now(feeder.address().to_owned()));
        self.arrivals.try_update(|arrivals| arrivals.insert(id.clone(), arrival));
        if let Some(feeder) = &feeder {
            self.feeders.try_update_value(|feeders| feeders.push(feeder.clone()));
        }
        spawn_local(hear(stream, feeder));
        // The live socket has told of the job already, or does so soon; whoever comes first.
        if book.find_now(&id).is_none() {
            book.put(client.job(&id).await?);
        }
        Ok(())
    }

    /// How a speech can be heard that was asked for on this page and has not been heard yet. Followed.
    #[must_use]
    pub fn arrival(self, id: &str) -> Option<Arrival> {
        self.arrivals.with(|arrivals| arrivals.get(id).cloned())
    }

    /// It is being heard: it is not begun by itself a second time.
    pub fn heard(self, id: &str) {
        self.arrivals.try_update(|arrivals| arrivals.remove(id));
    }

    /// The words of a speech as far as they are known.
    #[must_use]
    pub fn words(self, id: &str) -> ArcRwSignal<Vec<Word>> {
        let known = self.words.with_untracked(|words| words.get(id).cloned());
        known.unwrap_or_else(|| {
            let words = ArcRwSignal::new(Vec::new());
            self.words.update_untracked(|all| all.insert(id.to_owned(), words.clone()));
            words
        })
    }

    /// Forgets everything: another member may log in next.
    pub(super) fn clear(self) {
        self.arrivals.try_update(BTreeMap::clear);
        self.words.try_update(BTreeMap::clear);
        self.feeders.try_update_value(Vec::clear);
    }

    /// More words have become known.
    pub(super) fn tell(self, id: &str, more: Vec<Word>) {
        self.words(id).update(|words| words.extend(more));
    }
}

/// Takes the sound in, whether it is heard or not: the line stays open until the worker has it all.
async fn hear(mut stream: SoundStream, feeder: Option<Feeder>) {
    while let Ok(Some(piece)) = stream.next().await {
        if let Some(feeder) = &feeder {
            feeder.feed(piece);
        }
    }
    if let Some(feeder) = &feeder {
        feeder.end();
    }
}
