//! Where an `<audio>` stands while it plays.

use std::time::Duration;

use leptos::html;
use leptos::leptos_dom::helpers::set_interval_with_handle;
use leptos::prelude::*;

/// How often it is looked at: short words are spoken in less than a fifth of a second.
const LOOK: Duration = Duration::from_millis(60);

/// Where an `<audio>` stands.
#[derive(Clone, Copy)]
pub(crate) struct Playing {
    element: NodeRef<html::Audio>,
    at_ms: RwSignal<Option<u64>>,
}

impl Playing {
    /// Follows an element, as long as the view that asks is there.
    pub(crate) fn of(element: NodeRef<html::Audio>) -> Self {
        let at_ms = RwSignal::new(None);
        let look = move || {
            let at = element.try_get_untracked().flatten().and_then(|audio| {
                let at = audio.current_time() * 1000.0;
                // Whole and positive, and far below what would not fit.
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                (at > 0.0 && !audio.ended()).then_some(at as u64)
            });
            if at_ms.try_get_untracked().is_some_and(|was| was != at) {
                at_ms.set(at);
            }
        };
        let looking = set_interval_with_handle(look, LOOK).ok();
        on_cleanup(move || {
            if let Some(looking) = looking {
                looking.clear();
            }
        });
        Self { element, at_ms }
    }

    /// Milliseconds from the beginning; `None` before it has begun and after it has ended.
    pub(crate) fn at_ms(self) -> ReadSignal<Option<u64>> {
        self.at_ms.read_only()
    }

    /// Plays from there.
    pub(crate) fn play_from(self, ms: u64) {
        if let Some(audio) = self.element.get_untracked() {
            // Times of recordings are exact in a double.
            #[allow(clippy::cast_precision_loss)]
            audio.set_current_time(ms as f64 / 1000.0);
            // Where the browser does not let it play, its own controls are there.
            drop(audio.play());
        }
    }
}

/// The place of what is spoken at a moment, among begins and ends in their order.
pub(crate) fn spoken_at(times: impl Iterator<Item = (u64, u64)>, at: u64) -> Option<usize> {
    let begun = times.enumerate().take_while(|(_, (begin, _))| *begin <= at);
    begun.last().filter(|(_, (_, end))| at < *end).map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spoken_is_found_and_pauses_are_nobodys() {
        let times = [(0, 200), (200, 500), (700, 900)];
        let at = |ms| spoken_at(times.into_iter(), ms);
        assert_eq!(
            [at(0), at(199), at(200), at(600), at(700), at(900)],
            [Some(0), Some(0), Some(1), None, Some(2), None]
        );
    }
}
