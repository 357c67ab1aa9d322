//! Into the clipboard.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::announcer::use_announcer;
use super::button::{Button, ButtonKind, ButtonSize};
use super::icon::{Icon, IconName};
use super::toast::use_toasts;
use crate::text::Text;
use crate::words::use_words;

/// How long it says that it has copied.
const SHOWN: Duration = Duration::from_millis(1600);

/// Copies a text, and says so in its own place.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// What it says; "copy" where nothing is given.
    #[prop(optional, into)]
    label: Option<Text>,
    /// How much it asks for; quiet where nothing is said.
    #[prop(default = ButtonKind::Quiet)]
    kind: ButtonKind,
) -> impl IntoView {
    let words = use_words();
    let toasts = use_toasts();
    let announcer = use_announcer();
    let done = RwSignal::new(false);
    let label = label.unwrap_or_else(|| words.text(|t| t.parts.copy));
    let copy = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            if write(&text).await {
                let _ = done.try_set(true);
                announcer.say(words.texts_untracked().parts.copied);
                set_timeout(
                    move || {
                        let _ = done.try_set(false);
                    },
                    SHOWN,
                );
            } else {
                toasts.danger(words.texts_untracked().parts.copy_failed);
            }
        });
    };
    view! {
        <Button kind size=ButtonSize::Small on_click=copy>
            <span class="copy-button" class:copy-button--done=done>
                {move || view! { <Icon name=if done.get() { IconName::Check } else { IconName::Copy } /> }}
                <span>{move || if done.get() { words.texts().parts.copied.into() } else { label.get() }}</span>
            </span>
        </Button>
    }
}

/// Whether the browser took the text.
async fn write(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    if !window.is_secure_context() {
        return false; // there is no clipboard at all
    }
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}
