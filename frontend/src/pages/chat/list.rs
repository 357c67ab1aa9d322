//! The list of conversations: search, the newest first, and what can be done with each.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use studio_shared::conversation::Conversation;

use super::manage::{Manage, Managed, RowTools};
use crate::api::{Client, Failure};
use crate::pages::failure::FailureNotice;
use crate::parts::{
    Ago, Button, ButtonKind, ButtonLink, ButtonSize, For, IconName, Show, Skeleton, SkeletonShape, TextInput,
    TextInputKind,
};
use crate::state::live::Live;
use crate::state::talks::Talks;
use crate::words::use_words;

/// A pause in typing, or in changes, after which the worker is asked.
const PAUSE: Duration = Duration::from_millis(250);

/// What the worker has listed.
#[derive(Clone, Copy)]
struct Listed {
    client: Client,
    search: RwSignal<String>,
    items: RwSignal<Option<Vec<Conversation>>>,
    next: RwSignal<Option<String>>,
    failure: RwSignal<Option<Failure>>,
    /// The newest question; answers to older ones are dropped.
    question: StoredValue<u32>,
}

impl Listed {
    fn new(client: Client, talks: Talks) -> Self {
        let listed = Self {
            client,
            search: RwSignal::new(String::new()),
            items: RwSignal::new(None),
            next: RwSignal::new(None),
            failure: RwSignal::new(None),
            question: StoredValue::new(0),
        };
        let live = Live::get();
        Effect::new(move |again: Option<()>| {
            live.map(|live| live.generation().get());
            talks.moves().track();
            listed.search.track();
            let pause = if again.is_some() { PAUSE } else { Duration::ZERO };
            if let Ok(timeout) = set_timeout_with_handle(move || listed.ask(None), pause) {
                on_cleanup(move || timeout.clear());
            }
        });
        listed
    }

    fn ask(self, cursor: Option<String>) {
        let Some(question) = self.question.try_update_value(|question| {
            *question = question.wrapping_add(1);
            *question
        }) else {
            return;
        };
        let text = self.search.try_get_untracked().unwrap_or_default();
        spawn_local(async move {
            let answer = self.client.conversations(&text, cursor.as_deref()).await;
            if self.question.try_get_value() != Some(question) {
                return;
            }
            match answer {
                Ok(mut list) => {
                    if cursor.is_some() {
                        let mut all = self.items.try_get_untracked().flatten().unwrap_or_default();
                        all.append(&mut list.items);
                        list.items = all;
                    }
                    self.next.try_set(list.next);
                    self.failure.try_set(None);
                    self.items.try_set(Some(list.items));
                }
                Err(failure) => {
                    self.failure.try_set(Some(failure));
                }
            }
        });
    }

    fn ids(self) -> Vec<String> {
        self.items.with(|items| items.iter().flatten().map(|item| item.id.clone()).collect())
    }

    /// The conversation of that id, as it is now. It may be gone when this is asked for the last time.
    fn find(self, id: String) -> Memo<Option<Conversation>> {
        Memo::new(move |_| {
            let is_it = |item: &&Conversation| item.id == id;
            self.items.try_with(|items| items.iter().flatten().find(is_it).cloned()).flatten()
        })
    }

    fn more(self) {
        let next = self.next.get_untracked();
        if next.is_some() {
            self.ask(next);
        }
    }
}

/// The list of conversations.
#[component]
pub(super) fn Conversations(
    /// The one that is shown.
    current: Memo<Option<String>>,
    /// One was chosen.
    #[prop(into)]
    on_chosen: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let listed = use_context::<Client>().zip(Talks::get()).map(|(client, talks)| Listed::new(client, talks));
    let managed = RwSignal::new(None);
    let list = move |listed: Listed| {
        let failure = move || {
            listed
                .failure
                .get()
                .map(|failure| view! { <FailureNotice failure on_again=move |()| listed.ask(None) /> })
        };
        let is_first = move || listed.items.with(Option::is_none) && listed.failure.with(Option::is_none);
        let nothing = move || {
            listed.items.with(|items| items.as_ref().is_some_and(Vec::is_empty)).then(|| {
                let searched = listed.search.with(|text| !text.trim().is_empty());
                let texts = &words.texts().chat;
                view! { <p class="talks__none">{if searched { texts.no_match } else { texts.none }}</p> }
            })
        };
        view! {
            <TextInput
                kind=TextInputKind::Search
                label=words.text(|t| t.chat.search)
                placeholder=words.text(|t| t.chat.search)
                value=listed.search
                on_input=move |text: String| listed.search.set(text)
            />
            {failure}
            <ul class="talks__list" aria-busy=move || is_first().to_string()>
                <For each=move || listed.ids() key=|id| id.clone() let:id>
                    <Row id listed current on_chosen managed />
                </For>
            </ul>
            <Show when=is_first><Skeleton shape=SkeletonShape::Lines(4) /></Show>
            {nothing}
            <Show when=move || listed.next.with(Option::is_some)>
                <Button size=ButtonSize::Small kind=ButtonKind::Quiet on_click=move |_| listed.more()>
                    {words.text(|t| t.chat.more)}
                </Button>
            </Show>
        }
    };
    view! {
        <nav class="talks" aria-label=words.text(|t| t.chat.conversations)>
            <ButtonLink href="/chat" icon=IconName::Plus>{words.text(|t| t.chat.new)}</ButtonLink>
            {listed.map(list)}
            <Manage managed current />
        </nav>
    }
}

/// One conversation.
#[component]
fn Row(
    /// Its id.
    id: String,
    /// The list.
    listed: Listed,
    /// The one that is shown.
    current: Memo<Option<String>>,
    /// It was chosen.
    on_chosen: Callback<()>,
    /// The one that something is done with.
    managed: RwSignal<Option<Managed>>,
) -> impl IntoView {
    let words = use_words();
    let item = listed.find(id.clone());
    let address = format!("/chat/{id}");
    let is_current = move || current.try_get().flatten().is_some_and(|current| current == id);
    let title = move || item.try_get().flatten().map(|item| item.title).unwrap_or_default();
    let turns = move || {
        item.try_get().flatten().map(|item| (words.texts().chat.turns)(item.turns)).unwrap_or_default()
    };
    let updated_at =
        Signal::derive(move || item.try_get().flatten().map(|item| item.updated_at).unwrap_or_default());
    view! {
        <li class="talks__row" class:talks__row--current=is_current>
            <A href=address attr:class="talks__link" on:click=move |_| { on_chosen.try_run(()); }>
                <span class="talks__title" dir="auto">{title}</span>
                <span class="talks__facts">{turns}" · "<Ago at=updated_at /></span>
            </A>
            <RowTools item managed />
        </li>
    }
}
