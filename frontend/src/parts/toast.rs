//! Short messages about what has just happened.

use std::time::Duration;

use leptos::prelude::*;

use super::button::{ButtonSize, IconButton};
use super::icon::{Icon, IconName};
use super::tone::Tone;
use crate::words::use_words;

/// How long a message stays; what went wrong stays until it is closed.
const SHOWN: Duration = Duration::from_secs(6);

#[derive(Clone, Debug, PartialEq)]
struct Toast {
    id: u32,
    tone: Tone,
    text: String,
}

/// A handle for showing messages.
#[derive(Clone, Copy, Debug)]
pub struct ToastsHandle {
    list: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
}

impl ToastsHandle {
    fn new() -> Self {
        Self { list: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }

    /// Good to know.
    pub fn info(self, text: impl Into<String>) {
        self.show(Tone::Info, text.into());
    }

    /// It worked.
    pub fn success(self, text: impl Into<String>) {
        self.show(Tone::Success, text.into());
    }

    /// It went wrong.
    pub fn danger(self, text: impl Into<String>) {
        self.show(Tone::Danger, text.into());
    }

    fn show(self, tone: Tone, text: String) {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        self.list.update(|list| {
            list.retain(|toast| toast.text != text); // the same message once
            list.push(Toast { id, tone, text });
        });
        if tone != Tone::Danger {
            set_timeout(move || self.close(id), SHOWN);
        }
    }

    fn close(self, id: u32) {
        let _ = self.list.try_update(|list| list.retain(|toast| toast.id != id));
    }
}

/// Makes messages possible for everything below.
pub fn provide_toasts() {
    provide_context(ToastsHandle::new());
}

/// The handle for showing messages.
#[must_use]
pub fn use_toasts() -> ToastsHandle {
    use_context().unwrap_or_else(ToastsHandle::new)
}

/// Where the messages appear. In the page from the start, so that they are read aloud.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let words = use_words();
    let toasts = use_toasts();
    view! {
        <div class="toasts" role="status" aria-live="polite" aria-label=words.text(|t| t.parts.messages)>
            <For each=move || toasts.list.get() key=|toast| toast.id let:toast>
                <div class=format!("toast tone-{}", toast.tone.as_str())>
                    <Icon name=toast.tone.icon() />
                    <p class="toast__text">{toast.text}</p>
                    <IconButton icon=IconName::Close size=ButtonSize::Small label=words.text(|t| t.parts.close)
                        on_click=move |_| toasts.close(toast.id) />
                </div>
            </For>
        </div>
    }
}
