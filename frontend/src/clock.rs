//! The time of day as a signal. This is the only place that asks for it.

use std::time::Duration;

use leptos::leptos_dom::helpers::{IntervalHandle, set_interval_with_handle};
use leptos::prelude::*;
use studio_shared::time::Timestamp;

/// One clock for the whole page.
#[derive(Clone, Copy)]
struct Clock(RwSignal<Timestamp>);

/// The moment it is.
#[must_use]
pub fn now() -> Timestamp {
    // Whole and positive: a date of this age of the world fits many times over.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Timestamp::from_ms(js_sys::Date::now() as u64)
}

/// How far the person's own time is ahead of UTC, in minutes.
#[must_use]
pub fn ahead_min() -> i32 {
    // As the browser tells it, a whole number below a day.
    #[allow(clippy::cast_possible_truncation)]
    let behind_min = js_sys::Date::new_0().get_timezone_offset() as i32;
    -behind_min
}

/// Starts the clock for everything below.
pub fn provide_clock() {
    let time = RwSignal::new(now());
    let ticking = set_interval_with_handle(move || time.set(now()), Duration::from_secs(1));
    on_cleanup(move || {
        let _ = ticking.map(|handle: IntervalHandle| handle.clear());
    });
    provide_context(Clock(time));
}

/// The time, moving once a second. Follow it only where seconds are shown; see [`use_minute`].
#[must_use]
pub fn use_second() -> Signal<Timestamp> {
    use_context::<Clock>().map_or_else(|| Signal::stored(now()), |clock| clock.0.into())
}

/// The time, moving about twice a minute: for "3 minutes ago".
#[must_use]
pub fn use_minute() -> Signal<Timestamp> {
    const STEP: u64 = 30_000;
    let second = use_second();
    let step = Memo::new(move |_| second.get().ms() / STEP);
    Signal::derive(move || {
        step.track();
        second.get_untracked()
    })
}
