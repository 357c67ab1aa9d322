//! Who may call when, and which model: pure.
//!
//! Who asks waits in the line of their kind of call, and looks again whenever they are told to. Whoever is first in line
//! among those who have a model with room is next, and asks again behind all others; who was not served for a while joins
//! in front. So members take turns, a batch of five hundred waits for a neighbour's single picture, and a model that is full holds back nobody
//! who wants another one.

mod models;
#[cfg(test)]
mod tests;

use studio_shared::catalogue::Region;
use studio_shared::time::Timestamp;

use super::Traffic;
use super::lane::Lane;
use super::share::Share;
use super::window::Window;
use models::Models;

/// Longest wait, in milliseconds: who would wait longer asks again.
const LONGEST: u64 = 20_000;

/// How long a member counts as waiting after it last asked, in milliseconds.
const FRESH: u64 = 30_000;

/// Who has not looked again so long after they were to is gone, in milliseconds.
const GONE: u64 = 1_000;

/// How late a timer may ring for its moment to be kept, in milliseconds.
const LATE: u64 = 10;

/// How soon to look again whether a model has room, in milliseconds.
const ROOM: u64 = 100;

/// How soon to look again whether whoever is first has called, in milliseconds.
const AFTER_YOU: u64 = 5;

/// What is said to one who waits.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Turn {
    /// Call now. The permit is for this moment, and for this model where models were named.
    Now { at: Timestamp, model: Option<String> },
    /// Look again at this moment.
    Look(Timestamp),
    /// Ask again another time.
    Later,
}

/// One who asks for a permit.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    /// Who.
    pub(super) member: String,
    /// How many calls they have to make, this one included.
    pub(super) waiting: u32,
    /// The models they could call, what they want first in front; none where the call is not about a model.
    pub(super) models: Vec<String>,
}

/// A place in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ticket(u64);

/// The lines of all lanes.
#[derive(Debug)]
pub(super) struct Schedule {
    lines: Vec<Line>,
    models: Models,
    tickets: u64,
}

#[derive(Debug)]
struct Line {
    lane: Lane,
    window: Window,
    share: Share,
    /// The vendor asked for a pause until then.
    not_before: Timestamp,
    /// Whose last permit is longest ago stands first.
    asks: Vec<Place>,
    waiting: Vec<Waiting>,
    /// Who was given a permit lately, and when.
    served: Vec<(String, Timestamp)>,
}

#[derive(Debug)]
struct Place {
    ticket: Ticket,
    ask: Ask,
    asked: Timestamp,
    /// When the member was last given a permit; long ago is never.
    served: Timestamp,
    /// When they will look again.
    looks: Timestamp,
}

#[derive(Debug)]
struct Waiting {
    member: String,
    calls: u32,
    asked: Timestamp,
}

impl Line {
    fn new(lane: Lane, now: Timestamp) -> Self {
        // Of the calls that are not kept nobody knows whether the second before this life was full of them.
        let window =
            if lane.kind().is_some() { Window::new(lane.rate()) } else { Window::full(lane.rate(), now) };
        let (share, not_before) = (Share::default(), Timestamp::default());
        let (asks, waiting, served) = (Vec::new(), Vec::new(), Vec::new());
        Self { lane, window, share, not_before, asks, waiting, served }
    }

    fn next_free(&self, now: Timestamp) -> Timestamp {
        self.not_before.max(self.window.next(self.share.at(now)))
    }

    /// Notes how many calls a member has to make.
    fn waits(&mut self, member: &str, calls: u32, now: Timestamp) {
        self.waiting.retain(|other| other.member != member && now.since(other.asked) < FRESH);
        if calls > 0 {
            self.waiting.push(Waiting { member: member.to_owned(), calls, asked: now });
        }
    }
}

impl Schedule {
    /// No calls so far; `now` is when this life begins.
    pub(super) fn new(region: Region, now: Timestamp) -> Self {
        let lines = Lane::ALL.map(|lane| Line::new(lane, now)).into();
        Self { lines, models: Models::new(region), tickets: 0 }
    }

    /// Takes up a lane or a model where an earlier life left it.
    pub(super) fn resume(&mut self, name: &str, last: Timestamp, share: Share) {
        match Lane::from_name(name) {
            Some(lane) => {
                let line = self.line(lane);
                line.window = Window::full(lane.rate(), last);
                line.share = share;
                line.not_before = share.since.max(last);
            }
            None => self.models.resume(name, last),
        }
    }

    /// What a later life is to know: the last call of a lane and its share, and the last call of a model that has a
    /// rate of its own.
    pub(super) fn kept(&self, lane: Lane, model: Option<&str>) -> Vec<(String, Timestamp, Share)> {
        let line = self.lines.iter().find(|line| line.lane == lane && lane.kind().is_some());
        let line = line.map(|line| (lane.as_str().to_owned(), line.window.last(), line.share));
        let model = model.and_then(|model| self.models.last(model));
        line.into_iter().chain(model.map(|(name, last)| (name, last, Share::default()))).collect()
    }

    /// Joins a line. Where models are named, the member's earlier place in it is given up.
    pub(super) fn ask(&mut self, lane: Lane, ask: Ask, now: Timestamp) -> Ticket {
        self.tickets = self.tickets.wrapping_add(1);
        let ticket = Ticket(self.tickets);
        self.models.heard(&ask.member, now);
        let line = self.line(lane);
        line.waits(&ask.member, ask.waiting, now);
        line.asks.retain(|place| place.ask.models.is_empty() || place.ask.member != ask.member);
        line.served.retain(|(_, at)| now.since(*at) < FRESH);
        let served = line.served.iter().find(|(member, _)| *member == ask.member);
        let served = served.map(|(_, at)| *at).unwrap_or_default();
        let place = line.asks.partition_point(|place| place.served <= served);
        line.asks.insert(place, Place { ticket, ask, asked: now, served, looks: now });
        ticket
    }

    /// Whether it is one's turn.
    pub(super) fn turn(&mut self, lane: Lane, ticket: Ticket, now: Timestamp) -> Turn {
        let Some(line) = self.lines.iter_mut().find(|line| line.lane == lane) else { return Turn::Later };
        line.asks.retain(|place| place.ticket == ticket || now.since(place.looks) < GONE);
        let Some(own) = line.asks.iter().position(|place| place.ticket == ticket) else { return Turn::Later };
        if line.asks.get(own).is_some_and(|place| now.since(place.asked) >= LONGEST) {
            line.asks.remove(own);
            return Turn::Later;
        }
        let free = line.next_free(now);
        let wanted = |place: &Place| {
            let models = &place.ask.models;
            let fits = || {
                models
                    .iter()
                    .find(|model| self.models.next_room(model, now).is_some_and(|room| room <= free.max(now)))
            };
            if models.is_empty() { Some(None) } else { fits().map(|model| Some(model.clone())) }
        };
        let first = line.asks.iter().enumerate().find_map(|(n, place)| Some((n, wanted(place)?)));
        match first {
            Some((n, model)) if n == own && free <= now => {
                // For the moment it was due at, so that timers that ring late do not add up.
                let at = if now.since(free) <= LATE { free } else { now };
                let place = line.asks.remove(own);
                line.window.call(at);
                line.served.retain(|(member, _)| *member != place.ask.member);
                line.served.push((place.ask.member.clone(), now));
                line.waits(&place.ask.member, place.ask.waiting.saturating_sub(1), now);
                if let Some(model) = &model {
                    self.models.call(model, &place.ask.member, lane, at);
                }
                Turn::Now { at, model }
            }
            first => {
                let looks = match first {
                    Some((n, _)) if n == own => free,
                    Some((n, _)) if n < own => free.max(now.after(AFTER_YOU)),
                    // Nothing that is wanted here has room.
                    _ => {
                        let models = line.asks.get(own).map(|place| place.ask.models.as_slice());
                        let rooms = models.into_iter().flatten().map(|model| {
                            match self.models.next_room(model, now) {
                                Some(moment) => moment.max(free),
                                None => now.after(ROOM),
                            }
                        });
                        rooms.min().unwrap_or(now).max(now.after(AFTER_YOU))
                    }
                };
                if let Some(place) = line.asks.get_mut(own) {
                    place.looks = looks;
                }
                Turn::Look(looks)
            }
        }
    }

    /// A call had reached the vendor within so many milliseconds of its moment.
    pub(super) fn arrived(&mut self, lane: Lane, model: &str, at: Timestamp, within_ms: u64) {
        self.line(lane).window.arrived(at, within_ms);
        self.models.arrived(model, at, within_ms);
    }

    /// The vendor refused a call for now: nobody calls for so long, and, where it said "too fast", more slowly then.
    pub(super) fn refused(&mut self, lane: Lane, pause_ms: u64, too_fast: bool, now: Timestamp) {
        let line = self.line(lane);
        line.not_before = line.not_before.max(now.after(pause_ms));
        if too_fast {
            line.share.refuse(now, pause_ms);
        }
    }

    /// A member's tasks of a kind that have not ended, by model.
    pub(super) fn told(&mut self, lane: Lane, member: &str, at_vendor: &[(String, u32)], now: Timestamp) {
        self.models.told(lane, member, at_vendor, now);
    }

    /// How busy a lane is for a member who wants these models.
    pub(super) fn traffic(&self, lane: Lane, member: &str, models: &[String], now: Timestamp) -> Traffic {
        let line = self.lines.iter().find(|line| line.lane == lane);
        let all = line.map(|line| line.waiting.as_slice()).unwrap_or_default();
        let waiting = || all.iter().filter(|one| now.since(one.asked) < FRESH);
        let own = waiting().find(|one| one.member == member).map_or(0, |one| one.calls);
        let others = waiting().filter(|one| one.member != member).map(|one| one.calls).collect();
        Traffic {
            next_free: line.map(|line| line.next_free(now)).unwrap_or_default().max(now),
            interval_ms: line.map_or(0, |line| line.window.interval_ms(line.share.at(now))),
            own,
            others,
            models: models.iter().map(|model| self.models.traffic(model, now)).collect(),
        }
    }

    fn line(&mut self, lane: Lane) -> &mut Line {
        #[expect(
            clippy::indexing_slicing,
            reason = "every lane has its line from the beginning, in their order"
        )]
        &mut self.lines[lane as usize]
    }
}
