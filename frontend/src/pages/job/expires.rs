//! Until when a result can be had that is not kept.

use leptos::prelude::*;
use studio_shared::job::Job;
use studio_shared::time::Timestamp;

use crate::clock::{use_minute, use_second};
use crate::format;
use crate::parts::{Icon, IconName};
use crate::state::fact;
use crate::words::use_words;

/// In the last hour the clock is marked.
const SOON_MS: u64 = 60 * 60 * 1000;

/// Counts down until the vendor deletes a result; nothing where it is kept, or about to be.
#[component]
pub(crate) fn Expires(
    /// The job.
    job: RwSignal<Job>,
    /// Which result.
    n: u32,
) -> impl IntoView {
    let end = fact(job, move |job| end(job, n));
    move || end.get().map(|end| view! { <p class="expires"><Left end /></p> })
}

/// A clock that counts down. Seen it moves each second; heard it is hours and minutes, and says nothing by itself.
#[component]
pub(crate) fn Left(
    /// When nothing is left.
    end: Timestamp,
) -> impl IntoView {
    let words = use_words();
    let (second, minute) = (use_second(), use_minute());
    let left = move || end.since(second.get());
    let is_soon = Memo::new(move |_| left() < SOON_MS);
    let clock = move || match left() {
        0 => words.texts().kept.expired.to_owned(),
        ms => (words.texts().kept.left)(&format::elapsed(ms)),
    };
    let spoken = move || {
        let minutes = end.since(minute.get()) / 60_000;
        (words.texts().kept.left_spoken)(minutes / 60, minutes % 60)
    };
    view! {
        <span class="left" class:left--soon=is_soon title=move || format::absolute(end, words.language())>
            <Icon name=IconName::Clock />
            <span aria-hidden="true">{clock}</span>
            <span class="visually-hidden">{spoken}</span>
        </span>
    }
}

/// When a result is deleted at the vendor. While it is being kept all is well, unless something stands in the way.
fn end(job: &Job, n: u32) -> Option<Timestamp> {
    let is_told = job.state.is_final() || job.error.is_some();
    let output = job.outputs.iter().find(|output| output.n == n && output.error.is_none());
    output.filter(|_| is_told).and_then(|output| output.expires_at)
}

#[cfg(test)]
mod tests {
    use studio_shared::job::State;

    use super::*;
    use crate::state::sample;

    #[test]
    fn a_clock_runs_only_where_nobody_keeps_the_result() {
        let end_of = |state, at: Option<u64>| {
            let mut job = sample::job("a", state);
            job.outputs = serde_json::from_value(serde_json::json!([{"n": 0, "type": "image/png"}])).unwrap();
            job.outputs.iter_mut().for_each(|output| output.expires_at = at.map(Timestamp::from_ms));
            (end(&job, 0), end(&job, 1))
        };
        assert_eq!(end_of(State::Done, Some(5)), (Some(Timestamp::from_ms(5)), None));
        assert_eq!(end_of(State::Done, None), (None, None));
        assert_eq!(end_of(State::Collecting, Some(5)), (None, None), "it is kept in a moment");
    }
}
