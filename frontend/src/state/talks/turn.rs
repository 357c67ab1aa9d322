//! One turn of a conversation: what was said, and the answer as it comes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use leptos::prelude::*;
use studio_shared::job::{Answer, Job};
use studio_shared::request::{Request, TextRequest};

use super::answer::{self, Fit};
use super::pace::Pace;
use crate::api::Failure;
use crate::clock;
use crate::state::random;

/// How a turn stands between this page and the worker. How it stands at the vendor is told by its job.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// It is on its way to the worker.
    Sending,
    /// It did not arrive; it is sent again by itself.
    Unsent,
    /// It was refused, or did not arrive however often it was sent; the person decides.
    Refused(Failure),
    /// The answer comes.
    Coming,
    /// The answer comes, but the connection is gone; it is made again by itself.
    Lost,
    /// Nothing more comes.
    Ended,
}

/// One turn. A copy of the handle is as good as the handle.
#[derive(Clone)]
pub struct Turn {
    /// What it is called on this page, also before the worker has given an id: the key that makes a repeat harmless,
    /// or the id where the turn was there before the page.
    pub key: String,
    /// The turn that it follows.
    pub after: Option<String>,
    /// What was asked for.
    pub request: Arc<TextRequest>,
    /// The worker's id, once it is known.
    pub id: ArcRwSignal<Option<String>>,
    /// The job, without its text.
    pub job: ArcRwSignal<Option<Job>>,
    /// The answer as far as it has come.
    pub text: ArcRwSignal<String>,
    /// How quickly it comes.
    pub pace: ArcRwSignal<Pace>,
    /// How it stands.
    pub step: ArcRwSignal<Step>,
    /// Characters of the answer that have come.
    seen: Arc<AtomicU32>,
    /// Whether what has come is about to be shown.
    due: Arc<AtomicBool>,
}

impl PartialEq for Turn {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Turn {
    /// Something that is said now.
    pub(super) fn new(request: TextRequest, after: Option<String>) -> Self {
        Self {
            key: random::key(),
            after,
            request: Arc::new(request),
            id: ArcRwSignal::new(None),
            job: ArcRwSignal::new(None),
            text: ArcRwSignal::new(String::new()),
            pace: ArcRwSignal::new(Pace::default()),
            step: ArcRwSignal::new(Step::Sending),
            seen: Arc::default(),
            due: Arc::default(),
        }
    }

    /// A turn that the worker knows; `None` where the job is no text.
    pub(super) fn of(job: Job) -> Option<Self> {
        let Request::Text(request) = &job.request else { return None };
        let mut turn = Self::new(request.clone(), job.after.clone());
        turn.key.clone_from(&job.id);
        turn.renew(job);
        Some(turn)
    }

    /// The turn as the worker has it now, with its whole answer so far.
    pub(super) fn renew(&self, mut job: Job) {
        let is_final = job.state.is_final();
        if let Some(text) = whole_text(&mut job) {
            self.take(0, &text);
        }
        self.know(job);
        self.step.set(if is_final { Step::Ended } else { Step::Coming });
    }

    /// What the worker says of the job; its answer is read elsewhere.
    pub(super) fn know(&self, mut job: Job) {
        if let Some(answer) = &mut job.text {
            answer.text.clear();
        }
        if self.id.with_untracked(|id| id.as_deref() != Some(job.id.as_str())) {
            self.id.set(Some(job.id.clone()));
        }
        if self.job.with_untracked(|known| known.as_ref() != Some(&job)) {
            self.job.set(Some(job));
        }
    }

    /// The answer has ended.
    pub(super) fn end(&self, mut job: Job) {
        if let Some(text) = whole_text(&mut job)
            && self.text.with_untracked(|known| *known != text)
        {
            self.seen.store(answer::count(&text), Ordering::Relaxed);
            self.text.set(text);
        }
        self.know(job);
        self.step.set(Step::Ended);
    }

    /// Characters of the answer that have come.
    pub(super) fn seen(&self) -> u32 {
        self.seen.load(Ordering::Relaxed)
    }

    /// Takes a piece of the answer in; `false` where something before it is missing.
    pub(super) fn take(&self, at: u32, piece: &str) -> bool {
        match answer::fit(self.seen(), at, piece) {
            Fit::Gap => false,
            Fit::Known => true,
            Fit::New(new) => {
                self.seen.fetch_add(answer::count(new), Ordering::Relaxed);
                self.text.try_update_untracked(|text| text.push_str(new));
                self.show_soon();
                true
            }
        }
    }

    /// So many tokens have come by now.
    pub(super) fn count(&self, tokens: Option<u32>) {
        if let Some(tokens) = tokens {
            self.pace.update(|pace| pace.note(clock::now().ms(), tokens));
        }
    }

    /// Shows what has come when the next picture is drawn: pieces come more often than that.
    fn show_soon(&self) {
        if self.due.swap(true, Ordering::Relaxed) {
            return;
        }
        let (due, text) = (Arc::clone(&self.due), self.text.clone());
        request_animation_frame(move || {
            due.store(false, Ordering::Relaxed);
            text.notify();
        });
    }

    /// Whether nothing more happens by itself.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.step.with(|step| matches!(step, Step::Ended | Step::Refused(_)))
    }
}

fn whole_text(job: &mut Job) -> Option<String> {
    let Answer { text, shortened, .. } = job.text.as_mut()?;
    (!*shortened).then(|| std::mem::take(text))
}
