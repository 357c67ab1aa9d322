//! When a job is expected to begin and to end: pure.

use std::collections::HashMap;

use studio_shared::job::State;
use studio_shared::kind::Kind;
use studio_shared::time::Timestamp;

use super::book::Rank;
use super::entry::Entry;
use crate::pacer::{Traffic, room};

/// What copying a result takes, in milliseconds.
const COLLECTION: u64 = 1_000;

/// How long the work of a kind takes until something is known of this member's own jobs, in milliseconds
/// (`dashscope-api.md` §1.5, §4.2).
const fn typical(kind: Kind) -> u64 {
    match kind {
        Kind::Image => 60_000,
        Kind::Text => 10_000,
        Kind::Video => 180_000,
        Kind::Speech => 5_000,
        Kind::Transcription => 20_000,
    }
}

/// How long the vendor has worked on this member's recent jobs, by model: the older they are, the less they count.
#[derive(Debug, Default)]
pub(super) struct Durations(HashMap<String, u64>);

impl Durations {
    /// A job of this model took so many milliseconds.
    pub(super) fn learn(&mut self, model: &str, took_ms: u64) {
        match self.0.get_mut(model) {
            Some(usual) => *usual = usual.saturating_mul(3).saturating_add(took_ms) / 4,
            None => {
                self.0.insert(model.to_owned(), took_ms);
            }
        }
    }

    /// How long a job takes, in milliseconds.
    pub(super) fn of(&self, entry: &Entry) -> u64 {
        self.0.get(entry.request.model()).copied().unwrap_or_else(|| typical(entry.kind()))
    }
}

/// What is expected of a job.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Expected {
    /// Its place among all that wait, from 1; only while it waits here.
    pub(super) place: Option<u32>,
    /// Milliseconds until it is sent; only while it waits here.
    pub(super) eta_ms: Option<u64>,
    /// Milliseconds until it is done.
    pub(super) finish_ms: Option<u64>,
}

/// What is expected of a job that waits: `rank` is what stands before it, `traffic` what the Pacer last said of its
/// kind, `work_ms` how long such a job takes.
pub(super) fn queued(
    entry: &Entry,
    rank: Rank,
    traffic: Option<&Traffic>,
    work_ms: u64,
    now: Timestamp,
) -> Expected {
    let mut before = rank.of_kind;
    let mut eta_ms = entry.due.unwrap_or(now).since(now);
    let mut begins_ms = 0;
    if let Some(traffic) = traffic {
        before = traffic.before(rank.of_kind);
        eta_ms = eta_ms.max(traffic.moment(before).since(now));
        if let Some(model) = traffic.model(entry.request.model()) {
            let own_pace = u64::from(rank.of_model).saturating_mul(model.interval_ms);
            eta_ms = eta_ms.max(model.next_free.after(own_pace).since(now));
            if let Some(at_work) = model.at_work {
                let before = model.at_vendor.saturating_add(rank.of_model);
                // When so many tasks have ended that there is a place among `places`.
                let place_ms = |places: u32| {
                    let ended = before.saturating_add(1).saturating_sub(places);
                    let work_ms = u64::from(ended).saturating_mul(work_ms);
                    work_ms.checked_div(at_work.into()).unwrap_or(0)
                };
                eta_ms = eta_ms.max(place_ms(room(at_work)));
                begins_ms = place_ms(at_work);
            }
        }
    }
    Expected {
        place: Some(before.saturating_add(1)),
        eta_ms: Some(eta_ms),
        finish_ms: Some(eta_ms.max(begins_ms).saturating_add(work_ms).saturating_add(COLLECTION)),
    }
}

/// What is expected of a job that was sent. One that takes longer than usual is expected to take a quarter more.
pub(super) fn sent(entry: &Entry, work_ms: u64, now: Timestamp) -> Expected {
    let begun = entry.started_at.or(entry.sent_at).filter(|_| !entry.pending_there);
    let left_ms = match entry.state {
        State::Submitting | State::Running => {
            let worked = begun.map_or(0, |begun| now.since(begun));
            Some(work_ms.saturating_sub(worked).max(work_ms / 4).saturating_add(COLLECTION))
        }
        State::Collecting => Some(COLLECTION),
        _ => None,
    };
    Expected { finish_ms: left_ms, ..Expected::default() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use studio_shared::request::Request;

    use super::*;
    use crate::pacer::ModelTraffic;

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    fn entry() -> Entry {
        let request = Request::from_value(json!({"model":"wan2.2-t2i-flash","prompt":"a"})).unwrap();
        Entry::new("job".to_owned(), request, Vec::new(), at(0))
    }

    fn traffic(others: &[u32], at_vendor: u32) -> Traffic {
        let model = ModelTraffic {
            model: "wan2.2-t2i-flash".to_owned(),
            next_free: at(0),
            interval_ms: 0,
            at_vendor,
            at_work: Some(2),
        };
        Traffic {
            next_free: at(1000),
            interval_ms: 500,
            own: 0,
            others: others.to_vec(),
            models: vec![model],
        }
    }

    fn told(of_kind: u32, of_model: u32, traffic: &Traffic, work_ms: u64) -> (u32, u64, u64) {
        let expected = queued(&entry(), Rank { of_kind, of_model }, Some(traffic), work_ms, at(900));
        (expected.place.unwrap(), expected.eta_ms.unwrap(), expected.finish_ms.unwrap() - COLLECTION)
    }

    #[test]
    fn a_queued_job_knows_its_place_over_all_members_and_its_moment() {
        assert_eq!(told(0, 0, &traffic(&[], 0), 400), (1, 100, 500));
        assert_eq!(told(11, 0, &traffic(&[], 0), 400), (12, 5_600, 6_000), "第 12 位，约 6 秒");
        assert_eq!(told(0, 0, &traffic(&[500], 0), 400), (2, 600, 1_000));
        assert_eq!(told(3, 0, &traffic(&[500, 1], 0), 400), (9, 100 + 8 * 500, 4_500));
    }

    #[test]
    fn a_full_model_is_waited_for() {
        // Two at work, four wait there: six tasks are its room.
        assert_eq!(told(0, 0, &traffic(&[], 5), 10_000), (1, 100, 20_000 + 10_000));
        assert_eq!(told(0, 0, &traffic(&[], 6), 10_000), (1, 5_000, 25_000 + 10_000));
        assert_eq!(told(9, 9, &traffic(&[], 6), 10_000), (10, 50_000, 70_000 + 10_000));
    }

    #[test]
    fn a_models_own_pace_is_kept_in_mind() {
        let mut slow = traffic(&[], 0);
        slow.models[0] = ModelTraffic {
            next_free: at(20_900),
            interval_ms: 30_000,
            at_work: None,
            ..slow.models[0].clone()
        };
        assert_eq!(told(2, 2, &slow, 400), (3, 80_000, 80_400));
    }

    #[test]
    fn without_news_of_the_line_the_own_jobs_count() {
        let expected = queued(&entry(), Rank { of_kind: 4, of_model: 4 }, None, 700, at(900));
        assert_eq!((expected.place, expected.eta_ms, expected.finish_ms), (Some(5), Some(0), Some(1_700)));
    }

    #[test]
    fn a_job_at_work_ends_when_such_jobs_end() {
        let mut running = entry();
        running.state = State::Running;
        running.sent_at = Some(at(1_000));
        running.pending_there = true;
        let left = |entry: &Entry, now| sent(entry, 8_000, at(now)).finish_ms.map(|ms| ms - COLLECTION);
        assert_eq!(left(&running, 5_000), Some(8_000), "it waits there");
        running.pending_there = false;
        running.started_at = Some(at(4_000));
        assert_eq!(left(&running, 5_000), Some(7_000));
        assert_eq!(left(&running, 60_000), Some(2_000), "nobody knows");
        running.state = State::Done;
        assert_eq!(left(&running, 60_000), None);
    }

    #[test]
    fn what_was_measured_counts_for_less_the_older_it_is() {
        let mut durations = Durations::default();
        assert_eq!(durations.of(&entry()), 60_000);
        durations.learn("wan2.2-t2i-flash", 8_000);
        assert_eq!(durations.of(&entry()), 8_000);
        durations.learn("wan2.2-t2i-flash", 12_000);
        assert_eq!(durations.of(&entry()), 9_000);
    }
}
