//! Renaming and deleting a conversation.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use studio_shared::conversation::{Conversation, TITLE_CAP};

use crate::pages::failure;
use crate::parts::{
    Button, ButtonKind, ButtonSize, Dialog, Field, IconButton, IconName, TextInput, use_toasts,
};
use crate::state::soon;
use crate::state::talks::Talks;
use crate::words::use_words;

/// What is done with which conversation.
#[derive(Clone, PartialEq)]
pub(super) enum Managed {
    /// It gets another title.
    Renamed(Conversation),
    /// It goes.
    Deleted(Conversation),
}

/// What can be done with a conversation of the list.
#[component]
pub(super) fn RowTools(
    /// The conversation.
    item: Memo<Option<Conversation>>,
    /// The one that something is done with.
    managed: RwSignal<Option<Managed>>,
) -> impl IntoView {
    let words = use_words();
    let rename = move |_| managed.set(item.get_untracked().map(Managed::Renamed));
    let delete = move |_| managed.set(item.get_untracked().map(Managed::Deleted));
    view! {
        <span class="talks__tools">
            <IconButton size=ButtonSize::Small icon=IconName::Pencil label=words.text(|t| t.chat.rename) on_click=rename />
            <IconButton size=ButtonSize::Small icon=IconName::Trash label=words.text(|t| t.chat.delete) on_click=delete />
        </span>
    }
}

/// The dialogs of both.
#[component]
pub(super) fn Manage(
    /// The one that something is done with.
    managed: RwSignal<Option<Managed>>,
    /// The one that is shown.
    current: Memo<Option<String>>,
) -> impl IntoView {
    let words = use_words();
    let toasts = use_toasts();
    let talks = Talks::get();
    let navigate = use_navigate();
    let navigate = StoredValue::new_local(navigate);
    let renaming = RwSignal::new(false);
    let deleting = RwSignal::new(false);
    let title = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    Effect::new(move |_| match managed.get() {
        Some(Managed::Renamed(talk)) => {
            title.set(talk.title);
            renaming.set(true);
        }
        Some(Managed::Deleted(_)) => deleting.set(true),
        None => {}
    });
    let id = move || {
        managed.with_untracked(|managed| match managed {
            Some(Managed::Renamed(talk) | Managed::Deleted(talk)) => Some(talk.id.clone()),
            None => None,
        })
    };
    let fits = move || title.with(|title| (1..=TITLE_CAP).contains(&title.trim().chars().count()));
    let rename = Callback::new(move |()| {
        let (Some(talks), Some(id)) = (talks, id()) else { return };
        let wanted = title.get_untracked().trim().to_owned();
        if !untrack(fits) {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = talks.rename(&id, &wanted).await;
            busy.try_set(false);
            match answer {
                Ok(_) => {
                    renaming.try_set(false);
                }
                Err(failure) => toasts.danger(failure::line(&failure, words.texts_untracked())),
            }
        });
    });
    let delete = move |_| {
        let (Some(talks), Some(id)) = (talks, id()) else { return };
        busy.set(true);
        spawn_local(async move {
            let answer = talks.delete(&id).await;
            busy.try_set(false);
            deleting.try_set(false);
            match answer {
                Ok(()) => {
                    toasts.success(words.texts_untracked().chat.deleted);
                    if current.try_get_untracked().flatten() == Some(id) {
                        soon(move || {
                            navigate.try_with_value(|navigate| {
                                navigate("/chat", leptos_router::NavigateOptions::default());
                            });
                        });
                    }
                }
                Err(failure) => toasts.danger(failure::line(&failure, words.texts_untracked())),
            }
        });
    };
    let rename_actions = move || {
        view! {
            <Button on_click=move |_| renaming.set(false)>{words.text(|t| t.chat.keep)}</Button>
            <Button kind=ButtonKind::Primary busy disabled=Signal::derive(move || !fits()) on_click=move |_| rename.run(())>
                {words.text(|t| t.chat.save)}
            </Button>
        }
    };
    let delete_actions = move || {
        view! {
            <Button on_click=move |_| deleting.set(false)>{words.text(|t| t.chat.keep)}</Button>
            <Button kind=ButtonKind::Danger busy on_click=delete>{words.text(|t| t.chat.delete)}</Button>
        }
    };
    // The same one may be chosen again after its dialog was shut.
    Effect::new(move |_| {
        if !renaming.get() && !deleting.get() && managed.with_untracked(Option::is_some) {
            soon(move || {
                managed.try_set(None);
            });
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        rename.run(());
    };
    let counter = Signal::derive(move || Some((title.with(|title| title.trim().chars().count()), TITLE_CAP)));
    view! {
        <Dialog open=renaming title=words.text(|t| t.chat.rename_title) actions=rename_actions>
            <form on:submit=submit>
                <Field label=words.text(|t| t.chat.title) counter>
                    <TextInput value=title on_input=move |text: String| title.set(text) />
                </Field>
            </form>
        </Dialog>
        <Dialog open=deleting title=words.text(|t| t.chat.delete_title) actions=delete_actions>
            <p>{words.text(|t| t.chat.delete_help)}</p>
        </Dialog>
    }
}
