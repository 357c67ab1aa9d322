//! What is read aloud without being seen.

use leptos::prelude::*;

/// A handle for saying something to those who listen.
#[derive(Clone, Copy, Debug)]
pub struct AnnouncerHandle(RwSignal<String>);

impl AnnouncerHandle {
    /// Says something, after what is being read has ended.
    pub fn say(self, text: impl Into<String>) {
        let mut text = text.into();
        // The same words twice would be no change, and not be read again: a space without width makes one.
        if self.0.with_untracked(|last| *last == text) {
            text.push('\u{200b}');
        }
        self.0.set(text);
    }
}

/// Makes the announcer known to everything below.
pub fn provide_announcer() {
    provide_context(AnnouncerHandle(RwSignal::new(String::new())));
}

/// The announcer.
#[must_use]
pub fn use_announcer() -> AnnouncerHandle {
    use_context().unwrap_or_else(|| AnnouncerHandle(RwSignal::new(String::new())))
}

/// The region that is read aloud. It is in the page from the start: a region that comes with its text is not read.
#[component]
pub fn Announcer() -> impl IntoView {
    let AnnouncerHandle(text) = use_announcer();
    view! { <div class="visually-hidden" aria-live="polite" aria-atomic="true" data-announcer="">{move || text.get()}</div> }
}
