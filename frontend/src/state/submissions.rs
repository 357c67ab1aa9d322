//! Requests on their way to the worker: shown at once, sent again by themselves when the network fails.

use std::time::Duration;

use leptos::leptos_dom::helpers::set_timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::job::Job;
use studio_shared::kind::Kind;
use studio_shared::problem::Problem;
use studio_shared::request::Request;
use studio_shared::time::Timestamp;

use super::book::{Book, JobSignal};
use super::random;
use super::speeches::Speeches;
use crate::api::{Client, Failure};
use crate::clock;

/// The pauses between attempts that the page makes by itself, in milliseconds.
const PAUSES: [u64; 3] = [1_000, 3_000, 8_000];

/// How a submission stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// It is being sent.
    Sending,
    /// It did not arrive, or was turned away for now; it is sent again after a pause.
    Waiting,
    /// It did not arrive; the person decides.
    Stopped(Failure),
}

/// One request on its way.
#[derive(Clone)]
pub struct Submission {
    /// Given with every attempt, so that no repeat is billed.
    pub key: String,
    /// What is asked for.
    pub request: Request,
    /// When the button was pressed.
    pub pressed_at: Timestamp,
    /// Jobs that asked for the same and were there before.
    earlier: Vec<String>,
    /// How it stands.
    pub step: ArcRwSignal<Step>,
}

impl Submission {
    /// Whether this job came of it: the live socket may tell of a job before the answer to its submission is there.
    #[must_use]
    pub fn became(&self, job: &Job) -> bool {
        job.request == self.request && !self.earlier.contains(&job.id)
    }
}

impl PartialEq for Submission {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

/// The requests on their way, newest first.
#[derive(Clone, Copy)]
pub struct Submissions {
    client: Client,
    book: Book,
    speeches: Speeches,
    all: RwSignal<Vec<Submission>>,
    refused: RwSignal<Vec<Problem>>,
}

impl Submissions {
    pub(super) fn new(client: Client, book: Book, speeches: Speeches) -> Self {
        Self { client, book, speeches, all: RwSignal::new(Vec::new()), refused: RwSignal::new(Vec::new()) }
    }

    /// The submissions of the application, where it runs.
    #[must_use]
    pub fn get() -> Option<Self> {
        use_context()
    }

    /// The requests on their way, newest first.
    #[must_use]
    pub fn all(self) -> ReadSignal<Vec<Submission>> {
        self.all.read_only()
    }

    /// What the worker found wrong with the last submission; the page did not, or it would not have been sent.
    #[must_use]
    pub fn refused(self) -> RwSignal<Vec<Problem>> {
        self.refused
    }

    /// Submits a request.
    pub fn submit(self, request: Request) {
        let same = |_: &str, _, job: &JobSignal| job.with_untracked(|job| job.request == request);
        let earlier = untrack(|| self.book.select(same)).into_iter().map(|(id, _)| id).collect();
        let submission = Submission {
            key: random::key(),
            request,
            earlier,
            pressed_at: clock::now(),
            step: ArcRwSignal::new(Step::Sending),
        };
        self.refused.try_set(Vec::new());
        self.all.try_update(|all| all.insert(0, submission.clone()));
        self.send(submission, 0);
    }

    /// Sends a stopped submission again, with its first key.
    pub fn again(self, submission: &Submission) {
        self.send(submission.clone(), 0);
    }

    /// Takes a submission out of the list.
    pub fn forget(self, key: &str) {
        self.all.try_update(|all| all.retain(|submission| submission.key != key));
    }

    /// Forgets everything: another member may log in next.
    pub(super) fn clear(self) {
        self.all.try_set(Vec::new());
        self.refused.try_set(Vec::new());
    }

    /// Speech is answered with its sound, everything else with its job.
    async fn deliver(self, submission: &Submission) -> Result<(), Failure> {
        let Submission { request, key, .. } = submission;
        if request.kind() == Kind::Speech {
            return self.speeches.speak(self.client, self.book, request, key).await;
        }
        self.book.put(self.client.submit(request, key).await?);
        Ok(())
    }

    fn send(self, submission: Submission, attempt: usize) {
        // Forgotten while it waited: nobody asks for it any more.
        if self.all.try_with_untracked(|all| all.contains(&submission)) != Some(true) {
            return;
        }
        submission.step.set(Step::Sending);
        spawn_local(async move {
            match self.deliver(&submission).await {
                Ok(()) => self.forget(&submission.key),
                Err(failure) if !failure.problems().is_empty() => {
                    self.refused.try_set(failure.problems().to_vec());
                    self.forget(&submission.key);
                }
                Err(failure) => match pause(&failure, attempt) {
                    Some(pause) => {
                        submission.step.set(Step::Waiting);
                        set_timeout(move || self.send(submission, attempt.saturating_add(1)), pause);
                    }
                    None => submission.step.set(Step::Stopped(failure)),
                },
            }
        });
    }
}

/// How long to wait before the next attempt; `None` where the person decides.
fn pause(failure: &Failure, attempt: usize) -> Option<Duration> {
    let usual = *PAUSES.get(attempt)?;
    failure.is_passing().then(|| Duration::from_millis(failure.retry_after_ms().unwrap_or(usual)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_pass_is_sent_again_and_not_for_ever() {
        assert_eq!(pause(&Failure::Unreachable, 0), Some(Duration::from_secs(1)));
        assert_eq!(pause(&Failure::Unreachable, 3), None);
        assert_eq!(pause(&Failure::Strange { status: 500 }, 0), None);
    }
}
