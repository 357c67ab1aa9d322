//! A list of jobs that the worker filters and pages, kept true by the [`Book`].

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use studio_shared::job::{Job, JobList};
use studio_shared::time::Timestamp;

use super::book::{Book, JobSignal, Mark};
use super::live::Live;
use crate::api::{Client, Failure, JobQuery};

/// How a list stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// Nothing has come yet.
    First,
    /// It is there.
    Ready,
    /// It is there, and more, or the same anew, is on its way.
    Asking,
    /// The last question failed; what came before stays.
    Failed(Failure),
}

/// What the worker has answered so far.
#[derive(Clone, Debug, Default, PartialEq)]
struct Given {
    query: JobQuery,
    ids: BTreeSet<String>,
    newest: Timestamp,
    next: Option<String>,
}

impl Given {
    /// Nothing yet of what is asked for.
    fn nothing_of(query: JobQuery) -> Self {
        Self { query, ..Self::default() }
    }

    /// Whether a job is on the list: it was answered, or, where a list has its newest first, came since and matches.
    fn holds(&self, id: &str, created_at: Timestamp, matches: impl FnOnce() -> bool) -> bool {
        self.ids.contains(id) || (self.query.batch.is_none() && created_at > self.newest && matches())
    }

    /// Takes a page of answers in: the first one, a further one, or the first one anew after a gap.
    fn take(&mut self, query: &JobQuery, list: &JobList, further: bool) {
        let meets = list.items.iter().any(|job| self.ids.contains(&job.id));
        if self.query != *query || !(further || meets) {
            *self = Self { query: query.clone(), next: list.next.clone(), ..Self::default() };
        } else if further {
            self.next.clone_from(&list.next);
        }
        for job in &list.items {
            self.newest = self.newest.max(job.created_at);
            self.ids.insert(job.id.clone());
        }
    }
}

/// A list of jobs.
#[derive(Clone, Copy)]
pub struct Feed {
    client: Client,
    book: Book,
    query: Signal<JobQuery>,
    given: RwSignal<Given>,
    phase: RwSignal<Phase>,
    /// The newest question; answers to older ones are dropped.
    question: StoredValue<u32>,
}

impl Feed {
    /// The list of `query`: asked for now, when the query changes, and after each gap of the live socket.
    #[must_use]
    pub fn new(client: Client, query: Signal<JobQuery>) -> Self {
        let feed = Self {
            client,
            book: Book::get(),
            query,
            given: RwSignal::new(Given::nothing_of(query.get_untracked())),
            phase: RwSignal::new(Phase::First),
            question: StoredValue::new(0),
        };
        let live = Live::get();
        Effect::new(move |_| {
            live.map(|live| live.generation().get());
            feed.query.track();
            feed.book.returns().track();
            feed.ask(None);
        });
        feed
    }

    /// The jobs, newest first; entries of a batch in their order. What was submitted since the answer came stands on
    /// top, where it matches.
    #[must_use]
    pub fn jobs(self) -> Memo<Vec<(String, JobSignal)>> {
        Memo::new(move |_| {
            self.given.with(|given| {
                let is_batch = given.query.batch.is_some();
                let mut jobs = self.book.select(|id, created_at, job| {
                    // Not followed: a job that no longer matches stays in its place until the list is read anew.
                    given.holds(id, created_at, || job.with_untracked(|job| matches(&given.query, job)))
                });
                if is_batch {
                    jobs.sort_by_key(|(_, job)| {
                        job.with_untracked(|job| job.batch.as_ref().map(|batch| batch.n))
                    });
                }
                jobs
            })
        })
    }

    /// How the list stands.
    #[must_use]
    pub fn phase(self) -> ReadSignal<Phase> {
        self.phase.read_only()
    }

    /// Whether there is more than was read.
    #[must_use]
    pub fn has_more(self) -> bool {
        self.given.with(|given| given.next.is_some())
    }

    /// Asks for the next page, unless an answer is awaited already.
    pub fn more(self) {
        let next = self.given.with_untracked(|given| given.next.clone());
        if next.is_some() && self.phase.with_untracked(|phase| !matches!(phase, Phase::First | Phase::Asking))
        {
            self.ask(next);
        }
    }

    /// Asks for the first page anew.
    pub fn again(self) {
        self.ask(None);
    }

    fn ask(self, cursor: Option<String>) {
        let further = cursor.is_some();
        let query = self.query.get_untracked();
        let asked = self.book.mark();
        let question = self.question.with_value(|question| question.wrapping_add(1));
        self.question.set_value(question);
        self.phase.update(|phase| {
            if *phase != Phase::First {
                *phase = Phase::Asking;
            }
        });
        spawn_local_scoped_with_cancellation(async move {
            let answer = self.client.jobs(&JobQuery { cursor, ..query.clone() }).await;
            if self.question.try_get_value() == Some(question) {
                self.take(&query, answer, further, asked);
            }
        });
    }

    fn take(self, query: &JobQuery, answer: Result<JobList, Failure>, further: bool, asked: Mark) {
        match answer {
            Ok(list) => {
                let mut given = self.given.try_get_untracked().unwrap_or_default();
                given.take(query, &list, further);
                self.book.merge(list.items, asked);
                self.given.try_set(given);
                self.phase.try_set(Phase::Ready);
            }
            Err(failure) => {
                self.phase.try_set(Phase::Failed(failure));
            }
        }
    }
}

/// Whether the worker would list `job` for `query`.
fn matches(query: &JobQuery, job: &Job) -> bool {
    query.kind.is_none_or(|kind| kind == job.kind)
        && query.state.is_none_or(|state| state == job.state)
        && query.model.as_deref().is_none_or(|model| model == job.request.model())
        && query
            .text
            .as_deref()
            .is_none_or(|text| job.request.prompt().to_lowercase().contains(&text.trim().to_lowercase()))
}

#[cfg(test)]
mod tests {
    use studio_shared::job::State;

    use super::*;
    use crate::state::sample;

    fn list(ids: &[&str], next: Option<&str>) -> JobList {
        let items = ids.iter().map(|id| sample::job(id, State::Done)).collect();
        JobList { items, next: next.map(ToOwned::to_owned) }
    }

    #[test]
    fn after_a_gap_older_pages_stay_if_the_new_first_page_meets_them() {
        let query = JobQuery::default();
        let mut given = Given::default();
        given.take(&query, &list(&["d", "c"], Some("1")), false);
        given.take(&query, &list(&["b", "a"], None), true);
        given.take(&query, &list(&["e", "d"], Some("1")), false);
        assert_eq!(given.ids.len(), 5);
        assert_eq!(given.next, None);
        given.take(&query, &list(&["z", "y"], Some("2")), false);
        assert_eq!(given.ids.len(), 2);
        assert_eq!(given.next.as_deref(), Some("2"));
    }

    #[test]
    fn before_its_first_answer_a_list_holds_nothing_that_was_not_asked_for() {
        let (job, at) = (sample::job("a", State::Done), Timestamp::from_ms(1));
        let holds = |query: JobQuery| {
            let given = Given::nothing_of(query);
            given.holds("a", at, || matches(&given.query, &job))
        };
        assert!(holds(JobQuery::default()));
        assert!(!holds(JobQuery { state: Some(State::Failed), ..JobQuery::default() }));
        assert!(!holds(JobQuery { batch: Some("b".to_owned()), ..JobQuery::default() }));
    }

    #[test]
    fn another_query_begins_anew() {
        let mut given = Given::default();
        given.take(&JobQuery::default(), &list(&["a"], None), false);
        let failed = JobQuery { state: Some(State::Failed), ..JobQuery::default() };
        given.take(&failed, &list(&["a"], None), false);
        assert_eq!(given.query, failed);
    }

    #[test]
    fn a_query_matches_what_the_worker_would_list() {
        let job = sample::job("a", State::Done);
        let query = |text: &str| JobQuery { text: Some(text.to_owned()), ..JobQuery::default() };
        assert!(matches(&query(" 猫 "), &job));
        assert!(!matches(&query("狗"), &job));
        assert!(!matches(&JobQuery { state: Some(State::Failed), ..JobQuery::default() }, &job));
    }
}
