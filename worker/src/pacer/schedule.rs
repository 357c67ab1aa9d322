//! Who may call when: one call after the other at the lane's pace, members in rotation.
//!
//! A member asks for one call at a time and asks again when it has made it. So turns given in the order of asking
//! rotate among all who have work: a batch of five hundred holds one place in the line, like a neighbour's
//! single picture.

use studio_shared::time::Timestamp;

use super::Traffic;
use super::lane::Lane;

/// Longest line, in milliseconds: who would wait longer asks again instead.
const LINE: u64 = 20_000;

/// How long a member counts as waiting after it last asked, in milliseconds.
const FRESH: u64 = 30_000;

/// After so many milliseconds without a call a line is cold: the next one has to open its connection first.
const COLD_AFTER: u64 = 5_000;

/// How late such a call may reach the vendor, in milliseconds: two round trips around the world. The calls after it
/// are not late, and by the vendor's clock would come too soon.
const COLD_CALL: u64 = 500;

/// When a member may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// At this moment, which is kept for it.
    At(Timestamp),
    /// The line is too long.
    AskLater,
}

/// The lines of all lanes.
#[derive(Debug, Default)]
pub(super) struct Schedule(Vec<Line>);

#[derive(Debug)]
struct Line {
    lane: Lane,
    next_free: Timestamp,
    waiting: Vec<Waiting>,
}

#[derive(Debug)]
struct Waiting {
    member: String,
    asked: Timestamp,
}

impl Schedule {
    /// Takes up the line of an earlier life.
    pub(super) fn resume(&mut self, lane: Lane, next_free: Timestamp) {
        self.line(lane).next_free = next_free;
    }

    /// From when on the lane is free.
    pub(super) fn next_free(&self, lane: Lane) -> Timestamp {
        self.0.iter().find(|line| line.lane == lane).map(|line| line.next_free).unwrap_or_default()
    }

    /// Gives a member its turn. `waiting` is how many calls it has, this one included.
    pub(super) fn turn(&mut self, lane: Lane, member: &str, waiting: u32, now: Timestamp) -> Turn {
        let line = self.line(lane);
        line.waiting.retain(|other| other.member != member && now.since(other.asked) < FRESH);
        if waiting > 1 {
            line.waiting.push(Waiting { member: member.to_owned(), asked: now });
        }
        let moment = line.next_free.max(now);
        if moment.since(now) > LINE {
            return Turn::AskLater;
        }
        let is_cold = lane != Lane::Query && now.since(line.next_free) > COLD_AFTER;
        line.next_free = moment.after(lane.interval_ms()).after(if is_cold { COLD_CALL } else { 0 });
        Turn::At(moment)
    }

    /// Keeps the lane free for so long.
    pub(super) fn pause(&mut self, lane: Lane, pause_ms: u64, now: Timestamp) {
        let line = self.line(lane);
        line.next_free = line.next_free.max(now.after(pause_ms));
    }

    /// How busy the lane is.
    pub(super) fn traffic(&mut self, lane: Lane, now: Timestamp) -> Traffic {
        let line = self.line(lane);
        line.waiting.retain(|other| now.since(other.asked) < FRESH);
        Traffic {
            next_free: line.next_free.max(now),
            interval_ms: lane.interval_ms(),
            members: u32::try_from(line.waiting.len()).unwrap_or(u32::MAX).max(1),
        }
    }

    fn line(&mut self, lane: Lane) -> &mut Line {
        let at = match self.0.iter().position(|line| line.lane == lane) {
            Some(at) => at,
            None => {
                self.0.push(Line { lane, next_free: Timestamp::default(), waiting: Vec::new() });
                self.0.len().saturating_sub(1)
            }
        };
        #[expect(clippy::indexing_slicing, reason = "the position was found or made in the line above")]
        &mut self.0[at]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use studio_shared::kind::Kind;

    use super::*;

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    fn moment(turn: Turn) -> u64 {
        match turn {
            Turn::At(moment) => moment.ms(),
            Turn::AskLater => panic!("no turn"),
        }
    }

    #[test]
    fn the_paces_are_just_under_the_limits() {
        for (kind, calls) in [
            (Kind::Image, 2),
            (Kind::Text, 10),
            (Kind::Video, 1),
            (Kind::Speech, 3),
            (Kind::Transcription, 10),
        ] {
            let interval = Lane::of(kind).interval_ms();
            assert!(interval * calls >= 1020 && interval * calls < 1040, "{kind}: {interval}");
        }
        assert_eq!(Lane::Query.interval_ms(), 51);
        for lane in Lane::ALL {
            assert_eq!(Lane::from_name(lane.as_str()), Some(lane));
        }
    }

    #[test]
    fn two_pictures_a_second() {
        let mut schedule = Schedule::default();
        let turns: Vec<_> = (0..5).map(|_| moment(schedule.turn(Lane::Image, "a", 5, at(1000)))).collect();
        assert_eq!(turns, [1000, 1510, 2020, 2530, 3040]);
        assert_eq!(
            moment(schedule.turn(Lane::Video, "a", 1, at(1000))),
            1000,
            "lanes do not wait for each other"
        );
    }

    #[test]
    fn the_call_after_a_cold_one_waits_until_that_must_have_arrived() {
        let mut schedule = Schedule::default();
        let turns =
            |schedule: &mut Schedule, lane, now| [(); 3].map(|()| moment(schedule.turn(lane, "a", 3, now)));
        assert_eq!(turns(&mut schedule, Lane::Image, at(60_000)), [60_000, 61_010, 61_520]);
        assert_eq!(turns(&mut schedule, Lane::Image, at(62_030 + COLD_AFTER)), [67_030, 67_540, 68_050]);
        assert_eq!(turns(&mut schedule, Lane::Query, at(60_000)), [60_000, 60_051, 60_102]);
    }

    #[test]
    fn a_neighbours_single_picture_starts_within_two_permits_of_a_batch() {
        let mut schedule = Schedule::default();
        let mut now = at(0);
        for left in (490..500).rev() {
            now = at(moment(schedule.turn(Lane::Image, "batch", left, now)));
        }
        // The batch has just been given its next turn and asks at once for the one after it.
        let held = moment(schedule.turn(Lane::Image, "batch", 489, now));
        let neighbour = moment(schedule.turn(Lane::Image, "neighbour", 1, now));
        assert_eq!(neighbour, held + Lane::Image.interval_ms());
        assert!(neighbour <= now.ms() + 2 * Lane::Image.interval_ms());
    }

    #[test]
    fn a_line_that_is_too_long_keeps_no_place() {
        let mut schedule = Schedule::default();
        while let Turn::At(_) = schedule.turn(Lane::Video, "a", 9, at(0)) {}
        let free = schedule.next_free(Lane::Video);
        assert!(free.ms() > LINE && free.ms() <= LINE + 2 * Lane::Video.interval_ms());
        assert_eq!(schedule.turn(Lane::Video, "a", 9, at(0)), Turn::AskLater);
        assert_eq!(schedule.next_free(Lane::Video), free);
    }

    #[test]
    fn a_restart_keeps_the_pace() {
        let mut before = Schedule::default();
        let _ = before.turn(Lane::Image, "a", 1, at(1000));
        let mut after = Schedule::default();
        after.resume(Lane::Image, before.next_free(Lane::Image));
        assert_eq!(moment(after.turn(Lane::Image, "a", 1, at(1001))), 1510);
    }

    #[test]
    fn a_pause_moves_the_line() {
        let mut schedule = Schedule::default();
        schedule.pause(Lane::Image, 3000, at(1000));
        assert_eq!(moment(schedule.turn(Lane::Image, "a", 1, at(1001))), 4000);
    }

    #[test]
    fn expected_moments_count_the_other_members() {
        let mut schedule = Schedule::default();
        let _ = schedule.turn(Lane::Image, "a", 500, at(0));
        let _ = schedule.turn(Lane::Image, "b", 20, at(0));
        let traffic = schedule.traffic(Lane::Image, at(0));
        assert_eq!(traffic.members, 2);
        assert_eq!(traffic.expected(0), at(1020));
        assert_eq!(traffic.expected(3), at(1020 + 3 * 2 * 510));
        assert_eq!(schedule.traffic(Lane::Image, at(FRESH + 1)).members, 1, "who stops asking stops waiting");
    }

    proptest! {
        #[test]
        fn no_second_holds_more_calls_than_the_limit(
            asks in prop::collection::vec((0_usize..6, 0_u64..900, 1_u32..4), 1..80)
        ) {
            let mut schedule = Schedule::default();
            let mut now = 0;
            let mut moments = [const { Vec::new() }; 6];
            for (lane, later, waiting) in asks {
                now += later;
                if let Turn::At(moment) = schedule.turn(Lane::ALL[lane], "m", waiting, at(now)) {
                    prop_assert!(moment.ms() >= now);
                    moments[lane].push(moment.ms());
                }
            }
            for (lane, moments) in Lane::ALL.iter().zip(moments) {
                for pair in moments.windows(2) {
                    prop_assert!(pair[1] - pair[0] >= lane.interval_ms());
                }
            }
        }
    }
}
