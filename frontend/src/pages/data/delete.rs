//! Everything deleted, after the person has typed that they mean it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Client, Failure};
use crate::pages::failure;
use crate::parts::{Button, ButtonKind, Card, Dialog, Field, IconName, Notice, TextInput, Tone, use_toasts};
use crate::state::batches::Batches;
use crate::state::book::Book;
use crate::state::soon;
use crate::state::talks::Talks;
use crate::words::use_words;

/// Deletes everything.
#[component]
pub(super) fn Delete() -> AnyView {
    let words = use_words();
    let toasts = use_toasts();
    let client = use_context::<Client>();
    let (book, talks, batches) = (Book::get(), Talks::get(), use_context::<Batches>());
    let open = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<Failure>);
    let is_meant =
        Memo::new(move |_| typed.with(|typed| typed.trim().to_lowercase() == words.texts().data.delete_word));
    let delete = Callback::new(move |()| {
        let Some(client) = client.filter(|_| is_meant.get_untracked() && !busy.get_untracked()) else {
            return;
        };
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let answer = client.delete_everything().await;
            busy.try_set(false);
            match answer {
                Ok(()) => {
                    toasts.success(words.texts_untracked().data.deleted);
                    open.try_set(false);
                    soon(move || {
                        book.clear();
                        if let Some(talks) = talks {
                            talks.clear();
                        }
                        if let Some(batches) = batches {
                            batches.clear();
                        }
                    });
                }
                Err(failure) => {
                    failed.try_set(Some(failure));
                }
            }
        });
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        delete.run(());
    };
    let refused = move || {
        failed.get().map(|failure| {
            view! { <Notice tone=Tone::Danger live=true>{move || failure::line(&failure, words.texts())}</Notice> }
        })
    };
    let press = move |_| {
        typed.set(String::new());
        failed.set(None);
        open.set(true);
    };
    let label = move || (words.texts().data.delete_type)(words.texts().data.delete_word);
    let actions = move || {
        view! {
            <Button on_click=move |_| open.set(false)>{words.text(|t| t.share.no)}</Button>
            <Button
                kind=ButtonKind::Danger
                busy
                disabled=Signal::derive(move || !is_meant.get())
                on_click=move |_| delete.run(())
            >
                {words.text(|t| t.data.delete_yes)}
            </Button>
        }
    };
    view! {
        <Card heading=words.text(|t| t.data.delete)>
            <p class="data__help">{words.text(|t| t.data.delete_help)}</p>
            <div><Button kind=ButtonKind::Danger icon=IconName::Trash on_click=press>{words.text(|t| t.data.delete_start)}</Button></div>
        </Card>
        <Dialog open title=words.text(|t| t.data.delete_title) actions>
            <p>{words.text(|t| t.data.delete_help)}</p>
            <form on:submit=submit>
                <Field label>
                    <TextInput value=typed on_input=move |text: String| typed.set(text) />
                </Field>
            </form>
            {refused}
        </Dialog>
    }
    .into_any()
}
