//! That the page is cut off, said over every page.

use std::time::Duration;

use leptos::prelude::*;

use crate::parts::{Button, ButtonSize, IconName, Notice, Show, Tone};
use crate::state::live::{Live, Status};
use crate::words::use_words;

/// A socket that comes back within this time was never missed.
const PATIENCE: Duration = Duration::from_secs(3);

/// Said over every page while changes do not arrive; goes by itself when they do.
#[component]
pub fn ConnectionNotice() -> impl IntoView {
    let words = use_words();
    let live = Live::get();
    let is_broken = Memo::new(move |_| live.is_some_and(|live| live.status().get() == Status::Broken));
    let shown = RwSignal::new(false);
    Effect::new(move |_| {
        if !is_broken.get() {
            return;
        }
        let show = move || {
            shown.try_set(true);
        };
        let timeout = set_timeout_with_handle(show, PATIENCE).ok();
        on_cleanup(move || {
            if let Some(timeout) = timeout {
                timeout.clear();
            }
            shown.try_set(false);
        });
    });
    let now = move |_| {
        if let Some(live) = live {
            live.reopen();
        }
    };
    let actions = move || {
        view! {
            <Button size=ButtonSize::Small icon=IconName::Retry on_click=now>{words.text(|t| t.failure.reconnect)}</Button>
        }
    };
    view! {
        <div class="connection" role="status">
            <Show when=move || shown.get()>
                <Notice tone=Tone::Warning title=words.text(|t| t.failure.cut_off) actions>
                    {words.text(|t| t.failure.cut_off_help)}
                </Notice>
            </Show>
        </div>
    }
}
