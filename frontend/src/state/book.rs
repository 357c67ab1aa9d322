//! Every job the page has heard of. Lists and pages read it; the live socket and every answer write it.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use studio_shared::error::code;
use studio_shared::job::{Job, State};
use studio_shared::time::Timestamp;

/// A job in a signal of its own: what shows it moves by itself.
pub type JobSignal = ArcRwSignal<Job>;

/// A point in the book's history, see [`Book::mark`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark(u64);

struct Entry {
    job: JobSignal,
    created_at: Timestamp,
    written: Mark,
}

impl Entry {
    /// Takes note that the job is written anew, if what is known is not newer than `asked`.
    fn renew(&mut self, asked: Mark, written: Mark) -> bool {
        let due = self.written <= asked;
        if due {
            self.written = written;
        }
        due
    }
}

/// Every job the page has heard of.
#[derive(Clone, Copy)]
pub struct Book {
    entries: RwSignal<BTreeMap<String, Entry>>,
    written: StoredValue<Mark>,
    /// The jobs whose results may be lost.
    risks: RwSignal<BTreeSet<String>>,
    /// Goes up when a deleted job was brought back.
    returns: RwSignal<u32>,
}

/// Whether a job's results may be lost: they could not be kept for long.
#[must_use]
pub fn is_at_risk(job: &Job) -> bool {
    !job.state.is_final() && job.error.as_ref().is_some_and(|error| error.code == code::RESULT_AT_RISK)
}

impl Book {
    pub(super) fn new() -> Self {
        Self {
            entries: RwSignal::new(BTreeMap::new()),
            written: StoredValue::new(Mark::default()),
            risks: RwSignal::new(BTreeSet::new()),
            returns: RwSignal::new(0),
        }
    }

    /// The book of the application.
    #[must_use]
    pub fn get() -> Self {
        use_context().unwrap_or_else(Self::new)
    }

    /// The job of that id. Runs again when jobs come or go, not when one changes.
    #[must_use]
    pub fn find(self, id: &str) -> Option<JobSignal> {
        self.entries.with(|entries| entries.get(id).map(|entry| entry.job.clone()))
    }

    /// The same at this moment, not followed.
    #[must_use]
    pub fn find_now(self, id: &str) -> Option<JobSignal> {
        self.entries.try_with_untracked(|entries| entries.get(id).map(|entry| entry.job.clone())).flatten()
    }

    /// The jobs for which `keep` holds, newest first. Runs again when jobs come or go.
    #[must_use]
    pub fn select(self, keep: impl Fn(&str, Timestamp, &JobSignal) -> bool) -> Vec<(String, JobSignal)> {
        self.entries.with(|entries| {
            let mut kept: Vec<_> =
                entries.iter().filter(|(id, entry)| keep(id, entry.created_at, &entry.job)).collect();
            kept.sort_by(|(a, x), (b, y)| y.created_at.cmp(&x.created_at).then_with(|| b.cmp(a)));
            kept.into_iter().map(|(id, entry)| (id.clone(), entry.job.clone())).collect()
        })
    }

    /// How long the vendor usually takes for a model, by what the page has seen of it: the middle one of the times
    /// from begin to end, in milliseconds.
    #[must_use]
    pub fn usual_ms(self, model: &str) -> Option<u64> {
        let time = |job: &Job| {
            let took = job.finished_at?.since(job.started_at?);
            (job.state == State::Done && job.request.model() == model).then_some(took)
        };
        let mut times: Vec<_> = self
            .entries
            .with(|entries| entries.values().filter_map(|entry| entry.job.with_untracked(time)).collect());
        times.sort_unstable();
        times.get(times.len() / 2).copied()
    }

    /// The point the book has reached. Taken before a question is sent, it lets [`Book::merge`] see that the
    /// live socket has told something newer while the answer was on its way.
    #[must_use]
    pub fn mark(self) -> Mark {
        self.written.try_get_value().unwrap_or_default()
    }

    /// Writes a job down as it is now.
    pub fn put(self, job: Job) {
        self.merge([job], Mark(u64::MAX));
    }

    /// Writes jobs down as they were at `asked`, except where something newer has been written since. Those that are
    /// known change first, then the others come, all at once.
    pub fn merge(self, jobs: impl IntoIterator<Item = Job>, asked: Mark) {
        let written = Mark(self.mark().0.saturating_add(1));
        self.written.try_set_value(written);
        let mut others = Vec::new();
        for mut job in jobs {
            let known = self.entries.try_update_untracked(|entries| {
                entries.get_mut(&job.id).map(|entry| (entry.job.clone(), entry.renew(asked, written)))
            });
            match known {
                Some(Some((signal, true))) => {
                    self.weigh(&job);
                    signal.with_untracked(|old| keep_whole(old, &mut job));
                    if signal.with_untracked(|old| *old != job) {
                        signal.set(job);
                    }
                }
                Some(None) => others.push(job),
                // Something newer is known, or the application has gone.
                Some(Some((_, false))) | None => {}
            }
        }
        if others.is_empty() {
            return;
        }
        self.entries.try_update(|entries| {
            for job in others {
                self.weigh(&job);
                let entry = Entry { created_at: job.created_at, job: JobSignal::new(job.clone()), written };
                entries.insert(job.id, entry);
            }
        });
    }

    /// A job is no more.
    pub fn remove(self, id: &str) {
        self.entries.try_update(|entries| entries.remove(id));
        self.set_risk(id, false);
    }

    /// A deleted job was brought back.
    pub fn put_back(self, job: Job) {
        self.put(job);
        self.returns.try_update(|returns| *returns = returns.wrapping_add(1));
    }

    /// Goes up when a deleted job was brought back: lists that were read without it are read anew.
    #[must_use]
    pub fn returns(self) -> ReadSignal<u32> {
        self.returns.read_only()
    }

    /// The jobs whose results may be lost, by their ids.
    #[must_use]
    pub fn risks(self) -> ReadSignal<BTreeSet<String>> {
        self.risks.read_only()
    }

    fn weigh(self, job: &Job) {
        self.set_risk(&job.id, is_at_risk(job));
    }

    fn set_risk(self, id: &str, is: bool) {
        if self.risks.try_with_untracked(|risks| risks.contains(id)) == Some(!is) {
            self.risks.try_update(|risks| if is { risks.insert(id.to_owned()) } else { risks.remove(id) });
        }
    }

    /// Forgets everything: another member may log in next.
    pub fn clear(self) {
        self.entries.try_update(BTreeMap::clear);
        self.risks.try_update(BTreeSet::clear);
    }
}

/// Lists and pushes hold only the beginning of an answer: where all of it is known, it stays.
fn keep_whole(known: &Job, new: &mut Job) {
    if let (Some(whole), Some(beginning)) = (&known.text, &mut new.text)
        && beginning.shortened
        && !whole.shortened
        && whole.finish == beginning.finish
        && whole.text.starts_with(&beginning.text)
    {
        beginning.clone_from(whole);
    }
}

#[cfg(test)]
mod tests {
    use studio_shared::job::{Answer, Finish};

    use super::*;
    use crate::state::sample;

    #[test]
    fn an_answer_that_is_known_whole_stays_whole() {
        let owner = Owner::new();
        owner.set();
        let book = Book::new();
        let with = |text: &str, shortened, finish| Job {
            text: Some(Answer { text: text.to_owned(), shortened, finish }),
            ..sample::job("a", State::Done)
        };
        let text = || book.find("a").and_then(|job| job.with_untracked(|job| job.text.clone())).unwrap().text;
        book.put(with("begin", true, None));
        book.put(with("beginning and end", false, Some(Finish::Stop)));
        book.put(with("begin", true, Some(Finish::Stop)));
        assert_eq!(text(), "beginning and end");
        book.put(with("another", true, Some(Finish::Stop)));
        assert_eq!(text(), "another", "a retry has answered otherwise");
    }

    fn state(book: Book, id: &str) -> Option<State> {
        book.find(id).map(|job| job.with_untracked(|job| job.state))
    }

    #[test]
    fn an_answer_that_was_overtaken_by_the_socket_is_dropped() {
        let owner = Owner::new();
        owner.set();
        let book = Book::new();
        book.put(sample::job("a", State::Queued));
        let asked = book.mark();
        book.put(sample::job("a", State::Done));
        book.merge([sample::job("a", State::Running)], asked);
        assert_eq!(state(book, "a"), Some(State::Done));
        book.merge([sample::job("a", State::Queued)], book.mark());
        assert_eq!(state(book, "a"), Some(State::Queued));
    }

    #[test]
    fn a_job_is_at_risk_until_it_is_kept_or_gone() {
        let owner = Owner::new();
        owner.set();
        let book = Book::new();
        let at_risk = |id: &str| {
            let error = serde_json::json!({"code": code::RESULT_AT_RISK, "message": "", "advice": {"zh": "", "en": ""}, "charged": true});
            Job { error: serde_json::from_value(error).unwrap(), ..sample::job(id, State::Collecting) }
        };
        let risks = || book.risks().get_untracked().into_iter().collect::<Vec<_>>();
        book.put(at_risk("a"));
        book.put(at_risk("b"));
        book.put(sample::job("c", State::Collecting));
        assert_eq!(risks(), ["a", "b"]);
        book.put(sample::job("a", State::Done));
        assert_eq!(risks(), ["b"]);
        book.remove("b");
        assert_eq!(risks(), [""; 0]);
    }

    #[test]
    fn jobs_come_newest_first_and_go() {
        let owner = Owner::new();
        owner.set();
        let book = Book::new();
        for (id, ms) in [("a", 1), ("c", 3), ("b", 2)] {
            book.put(Job { created_at: Timestamp::from_ms(ms), ..sample::job(id, State::Done) });
        }
        book.remove("c");
        let ids: Vec<_> = book.select(|_, _, _| true).into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, ["b", "a"]);
    }
}
