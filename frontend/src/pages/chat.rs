//! The page: conversations. The list on one side, one of them on the other.

mod answer;
mod composer;
mod desk;
mod edit;
mod ending;
mod figures;
mod form;
mod list;
mod manage;
mod scroll;
mod settings;
mod thread;
mod turn;

use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_params_map, use_query_map};
use studio_shared::kind::Kind;
use studio_shared::link;

use self::desk::Desk;
use self::form::Form;
use self::list::Conversations;
use self::thread::ThreadView;
use crate::parts::{Button, ButtonSize, IconName, Page, use_announcer, use_toasts};
use crate::state::live::Live;
use crate::state::soon;
use crate::state::talks::Talks;
use crate::state::talks::talk::Talk;
use crate::text::Text;
use crate::words::use_words;

/// The page: conversations.
#[component]
pub fn ChatPage() -> impl IntoView {
    Talks::get().map(|talks| view! { <Chat talks /> })
}

/// The list on one side, one of them on the other.
#[component]
fn Chat(
    /// The conversations.
    talks: Talks,
) -> impl IntoView {
    let words = use_words();
    let params = use_params_map();
    let query = use_query_map();
    let current = Memo::new(move |_| params.with(|params| params.get("id")).filter(|id| !id.is_empty()));
    let focus = Memo::new(move |_| query.with(|query| query.get("turn")));
    let wanted = Memo::new(move |_| {
        current.with(|id| id.as_deref().map_or_else(|| talks.fresh(), |id| talks.open(id)))
    });
    let form = Form::kept();
    // What takes the old conversation's views away must not happen while the address changes, which they read.
    let shown = RwSignal::new(untrack(|| wanted.get()));
    let listing = RwSignal::new(false);
    // Whatever was chosen in it, the list has done its work.
    Effect::new(move |_| {
        current.track();
        listing.set(false);
    });
    let heading = NodeRef::<html::H2>::new();
    let announcer = use_announcer();
    Effect::new(move |before: Option<Talk>| {
        let talk = wanted.get();
        if before.as_ref().is_some_and(|before| *before != talk) {
            let next = talk.clone();
            soon(move || {
                announcer.say(untrack(|| title(&next, words)));
                let _ = shown.try_set(next);
                if let Some(heading) = heading.try_get_untracked().flatten() {
                    drop(heading.focus());
                }
            });
        }
        talk
    });
    take_recipe(form);
    keep_true(talks, shown);
    keep_address(shown, current);
    let name = Text::from(move || shown.with(|talk| title(talk, words)));
    view! {
        <Page title=name quiet=true>
            <div class="chat">
                <div class="chat__list" class:chat__list--open=listing>
                    <Conversations current on_chosen=move |()| listing.set(false) />
                </div>
                <section class="chat__talk" aria-label=name>
                    <header class="chat__head">
                        <span class="chat__switch">
                            <Button size=ButtonSize::Small icon=IconName::Chat on_click=move |_| listing.update(|open| *open = !*open)>
                                {words.text(|t| t.chat.conversations)}
                            </Button>
                        </span>
                        <h2 class="chat__title" tabindex="-1" dir="auto" node_ref=heading>{name}</h2>
                    </header>
                    {move || {
                        let desk = Desk::new(talks, shown.get(), focus, form);
                        view! { <ThreadView desk /> }
                    }}
                </section>
            </div>
        </Page>
    }
}

/// The settings of a recipe link are in the fragment; they fill the form, and the fragment goes.
fn take_recipe(form: Form) {
    let (words, toasts) = (use_words(), use_toasts());
    let hash = use_location().hash;
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(fields) = link::read(hash.get().trim_start_matches('#')) {
            if let Some(model) = form.take(&fields) {
                let name = model.name.get(words.language_untracked());
                toasts.info((words.texts_untracked().people.model_not_yours)(name));
            }
            navigate("/chat", NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
}

/// What it is called; before something was said, what can be done.
fn title(talk: &Talk, words: crate::words::WordsHandle) -> String {
    let known = talk.title.get();
    match (known.is_empty(), talk.id.with(Option::is_some)) {
        (false, _) => known,
        (true, true) => (words.texts().shell.kind)(Kind::Text).to_owned(),
        (true, false) => words.texts().chat.new.to_owned(),
    }
}

/// A conversation is read when it is opened, and again after each gap of the live socket.
fn keep_true(talks: Talks, shown: RwSignal<Talk>) {
    let live = Live::get();
    Effect::new(move |_| {
        live.map(|live| live.generation().get());
        shown.with(|talk| talks.ask(talk));
    });
}

/// A new conversation that has got its id gets its address.
fn keep_address(shown: RwSignal<Talk>, current: Memo<Option<String>>) {
    let navigate = use_navigate();
    Effect::new(move |_| {
        let id = shown.with(|talk| talk.id.get());
        if let (Some(id), None) = (id, current.get_untracked()) {
            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            navigate(&format!("/chat/{id}"), options);
        }
    });
}
