//! Short messages about what has just happened.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::button::{Button, ButtonSize, IconButton};
use super::icon::{Icon, IconName};
use super::list::For;
use super::tone::Tone;
use crate::state::soon;
use crate::text::Text;
use crate::words::use_words;

/// How long a message stays; what went wrong stays until it is closed.
const SHOWN: Duration = Duration::from_secs(6);

/// How long one stays that something can be done about; and as long as the pointer or the focus is on it.
const SHOWN_WITH_ACTION: Duration = Duration::from_secs(10);

/// What can be done about a message.
#[derive(Clone)]
struct Action {
    label: Text,
    act: Arc<dyn Fn() + Send + Sync>,
}

#[derive(Clone)]
struct Toast {
    id: u32,
    tone: Tone,
    text: String,
    action: Option<Action>,
}

/// A handle for showing messages.
#[derive(Clone, Copy, Debug)]
pub struct ToastsHandle {
    list: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
    /// The message that the pointer or the focus is on.
    held: StoredValue<Option<u32>>,
}

impl ToastsHandle {
    fn new() -> Self {
        Self { list: RwSignal::new(Vec::new()), next: StoredValue::new(0), held: StoredValue::new(None) }
    }

    /// Good to know.
    pub fn info(self, text: impl Into<String>) {
        self.show(Tone::Info, text.into(), None);
    }

    /// It worked.
    pub fn success(self, text: impl Into<String>) {
        self.show(Tone::Success, text.into(), None);
    }

    /// It went wrong.
    pub fn danger(self, text: impl Into<String>) {
        self.show(Tone::Danger, text.into(), None);
    }

    /// It worked, and can be undone, or whatever else `label` says.
    pub fn with_action(self, text: impl Into<String>, label: Text, act: impl Fn() + Send + Sync + 'static) {
        self.show(Tone::Success, text.into(), Some(Action { label, act: Arc::new(act) }));
    }

    fn show(self, tone: Tone, text: String, action: Option<Action>) {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        let shown = if action.is_some() { SHOWN_WITH_ACTION } else { SHOWN };
        self.list.update(|list| {
            // The same message once; what can be done about one is done about its own thing.
            list.retain(|toast| toast.text != text || toast.action.is_some());
            list.push(Toast { id, tone, text, action });
        });
        if tone != Tone::Danger {
            self.close_later(id, shown);
        }
    }

    fn close_later(self, id: u32, after: Duration) {
        let close = move || {
            if self.held.try_get_value().flatten() == Some(id) {
                self.close_later(id, SHOWN);
            } else {
                self.close(id);
            }
        };
        set_timeout(close, after);
    }

    fn hold(self, id: Option<u32>) {
        self.held.try_set_value(id);
    }

    /// Takes all messages away.
    pub fn clear(self) {
        let _ = self.list.try_update(Vec::clear);
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
                <div
                    class=format!("toast tone-{}", toast.tone.as_str())
                    on:pointerenter=move |_| toasts.hold(Some(toast.id))
                    on:pointerleave=move |_| toasts.hold(None)
                    on:focusin=move |_| toasts.hold(Some(toast.id))
                    on:focusout=move |_| toasts.hold(None)
                >
                    <Icon name=toast.tone.icon() />
                    <p class="toast__text">{toast.text}</p>
                    {toast.action.map(|Action { label, act }| view! {
                        <Button size=ButtonSize::Small on_click=move |_| {
                            act();
                            soon(move || toasts.close(toast.id));
                        }>{label}</Button>
                    })}
                    <IconButton icon=IconName::Close size=ButtonSize::Small label=words.text(|t| t.parts.close)
                        on_click=move |_| toasts.close(toast.id) />
                </div>
            </For>
        </div>
    }
}
