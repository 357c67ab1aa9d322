use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::pacer::traffic::room;

const FLASH: &str = "wan2.2-t2i-flash";
const PLUS: &str = "wan2.2-t2i-plus";
const MAX: &str = "qwen-image-max";

fn at(ms: u64) -> Timestamp {
    Timestamp::from_ms(ms)
}

/// A schedule whose first second is over.
fn schedule() -> Schedule {
    Schedule::new(Region::Beijing, at(0))
}

fn ask(member: &str, waiting: u32, models: &[&str]) -> Ask {
    Ask {
        member: member.to_owned(),
        waiting,
        models: models.iter().map(|model| (*model).to_owned()).collect(),
    }
}

/// Members who ask as the driver does: for one permit at a time and again when it came, until their jobs are made.
/// Tasks end after `work_ms`, told at once; answers come `way_ms` after a permit.
struct Studio {
    schedule: Schedule,
    now: u64,
    way_ms: u64,
    work_ms: u64,
    /// Jobs left, by member, in order, each the name of its model.
    left: BTreeMap<&'static str, Vec<&'static str>>,
    /// Tasks that have not ended: member, model, end.
    there: Vec<(&'static str, &'static str, u64)>,
    /// Permits: moment, member, model.
    given: Vec<(u64, &'static str, String)>,
}

impl Studio {
    fn new(left: &[(&'static str, Vec<&'static str>)]) -> Self {
        let left = left.iter().cloned().collect();
        Self { schedule: schedule(), now: 100_000, way_ms: 3, work_ms: 0, left, there: vec![], given: vec![] }
    }

    fn at_vendor(&self, member: &str) -> Vec<(String, u32)> {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for (_, model, _) in self.there.iter().filter(|(other, ..)| *other == member) {
            *counts.entry(model).or_default() += 1;
        }
        counts.into_iter().map(|(model, count)| (model.to_owned(), count)).collect()
    }

    /// Runs until nothing is left, or until a moment.
    fn run(&mut self, until: u64) {
        let lane = Lane::Image;
        let mut tickets: BTreeMap<&'static str, (Ticket, u64)> = BTreeMap::new();
        while self.now < until && self.left.values().any(|jobs| !jobs.is_empty()) {
            let now = at(self.now);
            let ended: Vec<_> = self.there.extract_if(.., |(.., end)| *end <= self.now).collect();
            for (member, ..) in ended {
                self.schedule.told(lane, member, &self.at_vendor(member), now);
            }
            for member in self.left.keys().copied().collect::<Vec<_>>() {
                let jobs = self.left.get(member).cloned().unwrap_or_default();
                if jobs.is_empty() {
                    continue;
                }
                let (ticket, looks) = *tickets.entry(member).or_insert_with(|| {
                    let mut models = jobs.clone();
                    models.dedup();
                    self.schedule.told(lane, member, &self.at_vendor(member), now);
                    (self.schedule.ask(lane, ask(member, jobs.len() as u32, &models), now), 0)
                });
                if looks > self.now {
                    continue;
                }
                match self.schedule.turn(lane, ticket, now) {
                    Turn::Now { at, model } => {
                        let model = model.unwrap();
                        let place = jobs.iter().position(|job| *job == model).unwrap();
                        let job = self.left.get_mut(member).unwrap().remove(place);
                        self.there.push((member, job, self.now + self.work_ms));
                        self.given.push((self.now, member, model.clone()));
                        self.schedule.arrived(lane, &model, at, now.since(at) + self.way_ms);
                        tickets.remove(member);
                    }
                    Turn::Look(moment) => {
                        tickets.insert(member, (ticket, moment.ms()));
                    }
                    Turn::Later => {
                        tickets.remove(member);
                    }
                }
            }
            self.now += 1;
        }
    }

    fn moments(&self) -> Vec<u64> {
        self.given.iter().map(|(moment, ..)| *moment).collect()
    }
}

#[test]
fn two_hundred_pictures_leave_in_just_over_a_hundred_seconds() {
    let mut studio = Studio::new(&[("batch", vec![FLASH; 200])]);
    studio.run(u64::MAX);
    let moments = studio.moments();
    let took = moments.last().unwrap() - moments[0];
    assert_eq!(moments.len(), 200);
    assert!((99_500..=100_600).contains(&took), "{took} ms");
    assert!(moments.windows(3).all(|three| three[2] - three[0] >= 1000 + 3));
}

#[test]
fn a_neighbours_single_picture_starts_within_two_permits_of_a_batch_of_500() {
    for joins in [100_001, 103_000, 103_250, 103_499] {
        let mut studio = Studio::new(&[("batch", vec![FLASH; 500])]);
        studio.run(joins);
        let before = studio.given.len();
        studio.left.insert("neighbour", vec![FLASH]);
        studio.run(joins + 5_000);
        let permits =
            studio.given[before..].iter().position(|(_, member, _)| *member == "neighbour").unwrap() + 1;
        assert_eq!(permits, 1, "the next one is theirs, who join at {joins}");
    }
}

#[test]
fn members_take_turns_whatever_they_have() {
    let mut studio = Studio::new(&[("a", vec![FLASH; 500]), ("b", vec![FLASH; 30]), ("c", vec![PLUS; 500])]);
    studio.run(100_000 + 40_000);
    let count = |member| studio.given.iter().filter(|(_, other, _)| *other == member).count();
    assert!(studio.given.len() >= 78, "{}", studio.given.len());
    assert!(
        count("a").abs_diff(count("c")) <= 1 && count("b").abs_diff(count("a")) <= 1,
        "{:?}",
        ["a", "b", "c"].map(count)
    );
}

#[test]
fn a_model_has_so_many_tasks_at_the_vendor_and_no_more() {
    let mut studio = Studio::new(&[("a", vec![FLASH; 60]), ("b", vec![FLASH; 60])]);
    studio.work_ms = 20_000;
    let mut most = 0;
    while studio.now < 180_000 {
        studio.run(studio.now + 100);
        most = most.max(studio.there.len());
    }
    assert_eq!(most, room(2) as usize, "over all members");
    assert!(studio.given.len() >= 24, "places that become free are used: {}", studio.given.len());
}

#[test]
fn a_full_model_holds_back_neither_its_own_member_nor_a_neighbour() {
    let mut jobs = vec![FLASH; 50];
    jobs.push(PLUS);
    let mut studio = Studio::new(&[("a", jobs), ("b", vec![PLUS; 2])]);
    studio.work_ms = 600_000;
    studio.run(100_000 + 15_000);
    let given =
        |member, model| studio.given.iter().filter(|given| given.1 == member && given.2 == model).count();
    assert_eq!((given("a", FLASH), given("a", PLUS), given("b", PLUS)), (6, 1, 2));
}

#[test]
fn a_model_with_a_pace_of_its_own_keeps_it_beside_the_others() {
    let mut studio = Studio::new(&[("a", [vec![MAX; 5], vec![FLASH; 300]].concat())]);
    studio.run(100_000 + 100_000);
    let slow = studio.given.iter().filter(|(.., model)| model == MAX).map(|(moment, ..)| *moment);
    let slow: Vec<u64> = slow.collect();
    assert_eq!(slow.len(), 4, "{slow:?}");
    assert!(slow.windows(2).all(|pair| pair[1] - pair[0] >= 30_000), "{slow:?}");
    assert!(slow.windows(3).all(|three| three[2] - three[0] >= 60_000), "{slow:?}");
    assert!(studio.given.len() >= 195, "the others go on: {}", studio.given.len());
}

#[test]
fn after_a_restart_the_pace_is_kept_also_that_of_a_model() {
    let mut before = Studio::new(&[("a", vec![MAX])]);
    before.run(u64::MAX);
    let last = before.moments()[0];
    let mut after = schedule();
    for (name, last, share) in before.schedule.kept(Lane::Image, Some(MAX)) {
        after.resume(&name, last, share);
    }
    let look = |schedule: &mut Schedule, models| {
        let ticket = schedule.ask(Lane::Image, ask("a", 1, models), at(last + 1));
        schedule.turn(Lane::Image, ticket, at(last + 1))
    };
    assert_eq!(look(&mut after, &[FLASH]), Turn::Look(at(last + 1_022)));
    assert_eq!(look(&mut after, &[MAX]), Turn::Look(at(last + 60_022)));
}

#[test]
fn the_first_second_of_a_life_may_hold_the_polls_of_the_life_before() {
    let mut schedule = Schedule::new(Region::Beijing, at(5_000));
    let ticket = schedule.ask(Lane::Query, ask("a", 1, &[]), at(5_010));
    assert_eq!(schedule.turn(Lane::Query, ticket, at(5_010)), Turn::Look(at(6_022)));
    assert_eq!(schedule.turn(Lane::Query, ticket, at(6_022)), Turn::Now { at: at(6_022), model: None });
}

#[test]
fn who_is_refused_pauses_goes_on_slowly_and_comes_back() {
    let mut studio = Studio::new(&[("a", vec![FLASH; 200])]);
    studio.run(103_000);
    studio.schedule.refused(Lane::Image, 2_000, true, at(studio.now));
    let refused = studio.now;
    studio.run(130_000);
    let after: Vec<u64> = studio.moments().into_iter().filter(|moment| *moment > refused).collect();
    assert!(after[0] >= refused + 2_000);
    let pauses: Vec<u64> = after.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(pauses[0] >= 800, "{pauses:?}");
    assert!(pauses.windows(2).take(5).all(|pair| pair[0] >= pair[1]), "{pauses:?}");
    assert!(pauses.iter().skip(8).all(|pause| *pause <= 520), "{pauses:?}");
}

#[test]
fn one_who_is_gone_holds_nobody_up_for_longer_than_a_second() {
    let mut schedule = schedule();
    let gone = schedule.ask(Lane::Image, ask("gone", 9, &[FLASH]), at(100_000));
    assert!(matches!(schedule.turn(Lane::Image, gone, at(100_000)), Turn::Now { .. }));
    let _ = schedule.ask(Lane::Image, ask("gone", 8, &[FLASH]), at(100_001));
    let ticket = schedule.ask(Lane::Image, ask("here", 1, &[FLASH]), at(100_002));
    let mut now = at(100_002);
    loop {
        match schedule.turn(Lane::Image, ticket, now) {
            Turn::Look(moment) => now = moment,
            Turn::Now { .. } => break,
            Turn::Later => panic!("no turn"),
        }
    }
    assert!(now.ms() <= 101_010, "{now:?}");
}

#[test]
fn expected_moments_count_the_other_members_while_they_ask() {
    let mut schedule = schedule();
    for (member, waiting) in [("a", 500), ("b", 20)] {
        let _ = schedule.ask(Lane::Image, ask(member, waiting, &[FLASH]), at(100_000));
    }
    let others = |schedule: &Schedule, now| schedule.traffic(Lane::Image, "a", &[], at(now)).others;
    assert_eq!(others(&schedule, 100_000), [20]);
    assert_eq!(others(&schedule, 100_000 + FRESH), [0_u32; 0]);
    let traffic = schedule.traffic(Lane::Image, "c", &[MAX.to_owned(), FLASH.to_owned()], at(100_000));
    assert_eq!((traffic.others.len(), traffic.interval_ms), (2, 500));
    let models: Vec<_> = traffic.models.iter().map(|model| (model.interval_ms, model.at_work)).collect();
    assert_eq!(models, [(30_000, None), (0, Some(2))]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn whoever_asks_for_whatever_the_limits_hold_and_nobody_starves(
        jobs in prop::collection::vec((0_usize..4, 0_usize..4, 1_usize..12), 1..10),
        way_ms in 0_u64..60, work_ms in 0_u64..4_000, refusals in prop::collection::vec(0_u64..30_000, 0..4),
    ) {
        let (members, models) = (["a", "b", "c", "d"], [FLASH, PLUS, "qwen-image", "wan2.6-t2i"]);
        let mut studio = Studio::new(&[]);
        for (member, model, count) in &jobs {
            studio.left.entry(members[*member]).or_default().extend(vec![models[*model]; *count]);
        }
        let all: usize = jobs.iter().map(|(.., count)| count).sum();
        (studio.way_ms, studio.work_ms) = (way_ms, work_ms);
        let mut refusals = refusals;
        refusals.sort_unstable();
        for refusal in refusals {
            studio.run(100_000 + refusal);
            studio.schedule.refused(Lane::Image, 1_000, true, at(studio.now));
        }
        studio.run(100_000 + 900_000);
        prop_assert_eq!(studio.given.len(), all, "all are made in the end");
        // What is told to have taken so long arrives at the latest then.
        let arrivals: Vec<u64> = studio.moments().iter().map(|moment| moment + way_ms).collect();
        prop_assert!(studio.moments().iter().skip(2).zip(&arrivals).all(|(third, first)| third - first >= 1000));
        let slow: Vec<u64> = studio.given.iter().filter(|given| given.2 == "wan2.6-t2i").map(|given| given.0).collect();
        prop_assert!(slow.windows(2).all(|pair| pair[1] - pair[0] >= 1000), "{:?}", slow);
    }
}
