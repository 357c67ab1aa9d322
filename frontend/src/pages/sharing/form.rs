//! What is shared, and on which terms, as a person chooses them.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::share::{MOST_ITEMS, NewShare, Share, Shown};

use super::fields::TermsFields;
use super::link::{LinkOut, origin};
use super::subject::Subject;
use super::terms::Terms;
use crate::api::{Client, Failure};
use crate::pages::failure;
use crate::parts::{
    Button, ButtonKind, Choice, ChoiceLook, ChoiceOption, Field, IconName, Notice, Several, Tone,
};
use crate::state::random;
use crate::words::use_words;

/// The way of sharing that has no server part.
const FRAGMENT: &str = "fragment";

/// What is shared, and on which terms.
#[component]
pub(super) fn ShareForm(
    /// What is shared.
    subject: Subject,
    /// The link is made: the share, and its password as it was typed.
    on_made: Callback<(Share, String)>,
) -> AnyView {
    let words = use_words();
    match subject.count() {
        0 => return view! { <Notice live=true>{words.text(|t| t.share.nothing)}</Notice> }.into_any(),
        count if count > MOST_ITEMS => {
            let told = move || (words.texts().share.too_many)(MOST_ITEMS);
            return view! { <Notice tone=Tone::Warning live=true>{told}</Notice> }.into_any();
        }
        _ => {}
    }
    let client = use_context::<Client>();
    let terms = Terms::new(subject.title.clone());
    let way = RwSignal::new(name_of(Shown::Result).to_owned());
    let outputs = RwSignal::new(subject.outputs.clone());
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<Failure>);
    // A repeat of the very same makes no second share.
    let last = StoredValue::new(None::<(NewShare, String)>);
    let recipe = subject.recipe.clone();
    let which = Which { all: subject.outputs.clone(), outputs, way, pressed: terms.pressed };
    let ways = ways(&subject);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let shown = shown_of(&way.get_untracked());
        let Some(shown) = shown.filter(|_| !busy.get_untracked()) else { return };
        let chosen = outputs.get_untracked();
        let is_none = shown.results() && !subject.outputs.is_empty() && chosen.is_empty();
        let new = terms.put(subject.share(shown, &chosen)).filter(|_| !is_none);
        let (Some(client), Some(new)) = (client, new) else { return };
        let key = last.get_value().filter(|(before, _)| *before == new);
        let key = key.map_or_else(random::key, |(_, key)| key);
        last.set_value(Some((new.clone(), key.clone())));
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let answer = client.share(&new, &key).await;
            busy.try_set(false);
            match answer {
                Ok(share) => {
                    on_made.try_run((share, new.password.unwrap_or_default()));
                }
                Err(failure) => {
                    failed.try_set(Some(failure));
                }
            }
        });
    };
    let refused = move || {
        failed.get().map(|failure| {
            view! { <Notice tone=Tone::Danger live=true>{move || failure::line(&failure, words.texts())}</Notice> }
        })
    };
    let is_fragment = Memo::new(move |_| way.with(|way| way == FRAGMENT));
    let inside = move || {
        match recipe.clone().filter(|_| is_fragment.get()) {
        Some(recipe) => view! {
            <p class="small muted">{words.text(|t| t.share.fragment_more)}</p>
            <LinkOut address=format!("{}{recipe}", origin()) title=String::new() />
        }
        .into_any(),
        None => view! {
            <ChooseResults which=which.clone() />
            <TermsFields terms />
            {refused}
            <div class="dialog__actions">
                <Button kind=ButtonKind::Primary icon=IconName::Link submit=true busy>{words.text(|t| t.share.make)}</Button>
            </div>
        }
        .into_any(),
    }
    };
    view! {
        <form class="sharing" novalidate=true on:submit=submit>
            <Field label=words.text(|t| t.share.what) group=true>
                <Choice options=ways value=way look=ChoiceLook::Cards on_change=move |value: String| way.set(value) />
            </Field>
            {inside}
        </form>
    }
    .into_any()
}

const fn name_of(shown: Shown) -> &'static str {
    match shown {
        Shown::Result => "result",
        Shown::Both => "both",
        Shown::Recipe => "recipe",
    }
}

fn shown_of(name: &str) -> Option<Shown> {
    [Shown::Result, Shown::Both, Shown::Recipe].into_iter().find(|shown| name_of(*shown) == name)
}

/// The ways of sharing it.
fn ways(subject: &Subject) -> Vec<ChoiceOption> {
    let words = use_words();
    let way = |shown: &'static Shown| {
        ChoiceOption::new(name_of(*shown), move || (words.texts().share.shown)(*shown))
            .note(move || (words.texts().share.shown_help)(*shown))
    };
    let fragment = subject.recipe.as_ref().map(|_| {
        ChoiceOption::new(FRAGMENT, words.text(|t| t.share.fragment))
            .note(words.text(|t| t.share.fragment_help))
    });
    subject.ways().iter().map(way).chain(fragment).collect()
}

/// Which results of the only job are shown.
#[derive(Clone)]
struct Which {
    all: Vec<u32>,
    outputs: RwSignal<Vec<u32>>,
    way: RwSignal<String>,
    pressed: RwSignal<bool>,
}

/// The results of the only job, where there are several.
#[component]
fn ChooseResults(
    /// Which.
    which: Which,
) -> AnyView {
    let words = use_words();
    let Which { all, outputs, way, pressed } = which;
    if all.is_empty() {
        return ().into_any();
    }
    let option = |n: &u32| ChoiceOption::new(n.to_string(), n.saturating_add(1).to_string());
    let options = Signal::stored(all.iter().map(option).collect::<Vec<_>>());
    let value = Signal::derive(move || {
        outputs.with(|outputs| outputs.iter().map(u32::to_string).collect::<Vec<_>>())
    });
    let change = move |chosen: Vec<String>| {
        outputs.set(chosen.iter().filter_map(|n| n.parse().ok()).collect());
    };
    let problem = Signal::derive(move || {
        (pressed.get() && outputs.with(Vec::is_empty)).then(|| words.texts().share.which_none.to_owned())
    });
    let shows_results = move || way.with(|way| shown_of(way).is_some_and(Shown::results));
    view! {
        <Show when=shows_results>
            <Field label=words.text(|t| t.share.which) group=true problem>
                <Several options value on_change=change />
            </Field>
        </Show>
    }
    .into_any()
}
