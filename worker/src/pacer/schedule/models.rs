//! The models that have limits of their own: their rates, and how many of their tasks have not ended
//! (`dashscope-api.md` §9.1).

use std::collections::HashMap;

use studio_shared::catalogue::{self, Region};
use studio_shared::time::Timestamp;

use crate::pacer::lane::Lane;
use crate::pacer::share::WHOLE;
use crate::pacer::traffic::{ModelTraffic, room};
use crate::pacer::window::{Rate, Window};

/// How long a member's tasks count after it was last heard of, in milliseconds: longer than between two polls.
const HEARD: u64 = 120_000;

/// All models, by the names that the region calls them: those are what the vendor counts.
#[derive(Debug)]
pub(super) struct Models {
    region: Region,
    windows: HashMap<&'static str, Window>,
    at_vendor: Vec<AtVendor>,
    heard: HashMap<String, Timestamp>,
}

/// A member's tasks of one model.
#[derive(Debug)]
struct AtVendor {
    member: String,
    lane: Lane,
    model: &'static str,
    tasks: u32,
}

impl Models {
    pub(super) fn new(region: Region) -> Self {
        let windows = HashMap::new();
        Self { region, windows, at_vendor: Vec::new(), heard: HashMap::new() }
    }

    /// What the vendor calls a model, and the data about it.
    fn known(&self, model: &str) -> Option<(&'static str, &'static catalogue::Model)> {
        let model = catalogue::model(model)?;
        Some((model.live_name(self.region).unwrap_or(model.id), model))
    }

    /// The strictest of a model's own rates, where it is stricter than its kind's: the pace of the kind keeps the others.
    fn rate(&self, model: &catalogue::Model) -> Option<Rate> {
        let rates = model.limits.rates(self.region).map(|(calls, window_ms)| Rate { calls, window_ms });
        let strictest = rates.max_by_key(|rate| rate.interval_ms())?;
        (strictest.interval_ms() > Lane::of(model.kind).rate().interval_ms()).then_some(strictest)
    }

    fn window(&mut self, model: &str) -> Option<&mut Window> {
        let (name, model) = self.known(model)?;
        let rate = self.rate(model)?;
        Some(self.windows.entry(name).or_insert_with(|| Window::new(rate)))
    }

    fn next_free(&self, name: &str) -> Timestamp {
        self.windows.get(name).map(|window| window.next(WHOLE)).unwrap_or_default()
    }

    /// Tasks of a model that have not ended, over all members.
    fn tasks(&self, name: &str, now: Timestamp) -> u32 {
        let lives = |member: &String| self.heard.get(member).is_some_and(|heard| now.since(*heard) < HEARD);
        let tasks = self.at_vendor.iter().filter(|there| there.model == name && lives(&there.member));
        tasks.fold(0, |all, there| all.saturating_add(there.tasks))
    }

    /// From when on a model may be called by its own rate; `None` where too many of its tasks have not ended.
    pub(super) fn next_room(&self, model: &str, now: Timestamp) -> Option<Timestamp> {
        let Some((name, model)) = self.known(model) else { return Some(now) };
        let is_full = model.limits.at_work.is_some_and(|at_work| self.tasks(name, now) >= room(at_work));
        (!is_full).then(|| self.next_free(name))
    }

    /// Counts a call.
    pub(super) fn call(&mut self, model: &str, member: &str, lane: Lane, at: Timestamp) {
        if let Some(window) = self.window(model) {
            window.call(at);
        }
        let Some((name, _)) = self.known(model) else { return };
        match self.at_vendor.iter_mut().find(|there| there.model == name && there.member == member) {
            Some(there) => there.tasks = there.tasks.saturating_add(1),
            None => self.at_vendor.push(AtVendor { member: member.to_owned(), lane, model: name, tasks: 1 }),
        }
    }

    /// A call had reached the vendor within so many milliseconds.
    pub(super) fn arrived(&mut self, model: &str, at: Timestamp, within_ms: u64) {
        if let Some(window) = self.window(model) {
            window.arrived(at, within_ms);
        }
    }

    /// A member lives.
    pub(super) fn heard(&mut self, member: &str, now: Timestamp) {
        self.heard.retain(|_, heard| now.since(*heard) < HEARD);
        self.at_vendor.retain(|there| there.member == member || self.heard.contains_key(&there.member));
        self.heard.insert(member.to_owned(), now);
    }

    /// A member's tasks of a kind.
    pub(super) fn told(&mut self, lane: Lane, member: &str, at_vendor: &[(String, u32)], now: Timestamp) {
        self.heard(member, now);
        self.at_vendor.retain(|there| there.lane != lane || there.member != member);
        for (model, tasks) in at_vendor {
            if let Some((model, _)) = self.known(model) {
                self.at_vendor.push(AtVendor { member: member.to_owned(), lane, model, tasks: *tasks });
            }
        }
    }

    /// Takes up a model where an earlier life left it.
    pub(super) fn resume(&mut self, model: &str, last: Timestamp) {
        if let Some(window) = self.window(model) {
            *window = Window::full(window.rate(), last);
        }
    }

    /// The last call of a model that has a rate of its own.
    pub(super) fn last(&self, model: &str) -> Option<(String, Timestamp)> {
        let (name, _) = self.known(model)?;
        self.windows.get(name).map(|window| (name.to_owned(), window.last()))
    }

    /// How busy a model is.
    pub(super) fn traffic(&self, model: &str, now: Timestamp) -> ModelTraffic {
        let known = self.known(model);
        let name = known.map_or(model, |(name, _)| name);
        ModelTraffic {
            model: model.to_owned(),
            next_free: self.next_free(name),
            interval_ms: known.and_then(|(_, model)| self.rate(model)).map_or(0, Rate::interval_ms),
            at_vendor: self.tasks(name, now),
            at_work: known.and_then(|(_, model)| model.limits.at_work),
        }
    }
}
