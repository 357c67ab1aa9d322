//! When what was spent may have changed.

use std::time::Duration;

use leptos::prelude::*;

use crate::state::live::Live;

/// From a change of a job until it is asked for: many come at once, and the money of a job is settled just after its end.
const PAUSE: Duration = Duration::from_secs(2);

/// Goes up when what was spent may have changed: a while after jobs have, and after each gap of the live socket.
pub(super) fn use_news() -> ReadSignal<u32> {
    let news = RwSignal::new(0_u32);
    let tell = move || {
        news.try_update(|news| *news = news.wrapping_add(1));
    };
    let waits = StoredValue::new(false);
    let live = Live::get();
    Effect::new(move |was: Option<u32>| {
        let generation = live.map_or(0, |live| live.generation().get());
        if was.is_some_and(|was| was != generation) {
            tell();
        }
        generation
    });
    Effect::new(move |was: Option<u32>| {
        let changes = live.map_or(0, |live| live.changes().get());
        if was.is_some_and(|was| was != changes) && waits.try_get_value() == Some(false) {
            waits.set_value(true);
            let ask = move || {
                waits.try_set_value(false);
                tell();
            };
            set_timeout(ask, PAUSE);
        }
        changes
    });
    news.read_only()
}
