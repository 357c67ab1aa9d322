//! What stands beside the jobs of a list that the worker pages: why it could not be read, and the way to more of it.

use leptos::prelude::*;

use crate::pages::failure::FailureNotice;
use crate::pages::history::reach::Reach;
use crate::parts::{Button, Show};
use crate::state::feed::{Feed, Phase};
use crate::words::use_words;

/// Why the list could not be read the last time.
#[component]
pub(super) fn FeedFailure(
    /// The list.
    feed: Feed,
) -> impl IntoView {
    let phase = feed.phase();
    move || match phase.get() {
        Phase::Failed(failure) => Some(view! { <FailureNotice failure on_again=move |()| feed.again() /> }),
        Phase::First | Phase::Ready | Phase::Asking => None,
    }
}

/// The way to more of the list: a button, and its end coming into sight.
#[component]
pub(super) fn More(
    /// The list.
    feed: Feed,
    /// Whether an answer is awaited.
    is_asking: Memo<bool>,
) -> impl IntoView {
    let words = use_words();
    let more = Callback::new(move |()| feed.more());
    view! {
        <Show when=move || feed.has_more()>
            <div class="history__more">
                <Button busy=is_asking on_click=move |_| more.run(())>{words.text(|t| t.history.more)}</Button>
                <Reach on_reach=more />
            </div>
        </Show>
    }
}
