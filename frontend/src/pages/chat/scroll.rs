//! Follows an answer that grows, but only for who is at its end.

use leptos::leptos_dom::helpers::{window, window_event_listener_untyped};
use leptos::prelude::*;
use web_sys::{ScrollBehavior, ScrollToOptions};

/// So near to the end counts as at the end, in pixels.
const NEAR: f64 = 64.0;

/// Whether the reader is at the end of the page.
#[derive(Clone, Copy)]
pub(super) struct Scroll {
    at_end: RwSignal<bool>,
}

impl Scroll {
    /// To be made in a component.
    pub(super) fn new() -> Self {
        let scroll = Self { at_end: RwSignal::new(true) };
        let seen = StoredValue::new(above());
        let listeners = ["scroll", "resize"].map(|name| {
            window_event_listener_untyped(name, move |_| {
                let (above, below) = (above(), below());
                let before = seen.try_get_value().unwrap_or_default();
                seen.try_set_value(above);
                // The first step upwards is near the end still, and would be undone by the next piece.
                let leaves = above < before && below > 1.0;
                let _ = scroll.at_end.try_set(below < NEAR && !leaves);
            })
        });
        on_cleanup(move || listeners.into_iter().for_each(WindowListenerHandle::remove));
        scroll
    }

    /// Whether the reader is at the end.
    pub(super) fn at_end(self) -> Signal<bool> {
        self.at_end.into()
    }

    /// Goes to the end once what is new is drawn.
    pub(super) fn to_end(self) {
        let _ = self.at_end.try_set(true);
        request_animation_frame(jump);
    }

    /// Something has grown: goes to the end if the reader was there.
    pub(super) fn follow(self) {
        request_animation_frame(move || {
            if self.at_end.try_get_untracked() == Some(true) {
                jump();
            }
        });
    }
}

/// Pixels above the window.
fn above() -> f64 {
    window().scroll_y().unwrap_or_default()
}

/// Pixels below the window.
fn below() -> f64 {
    let Some(root) = window().document().and_then(|document| document.document_element()) else { return 0.0 };
    let shown = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    f64::from(root.scroll_height()) - shown - above()
}

fn jump() {
    let Some(root) = window().document().and_then(|document| document.document_element()) else { return };
    let options = ScrollToOptions::new();
    options.set_top(f64::from(root.scroll_height()));
    options.set_behavior(ScrollBehavior::Instant);
    window().scroll_to_with_scroll_to_options(&options);
}
