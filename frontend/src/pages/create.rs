//! The page: create. The form on one side, what it has made on the other.

pub(crate) mod entry;
mod examples;
mod form;
mod model;
mod numbers;
mod parameters;
mod pricing;
mod prompt;
mod ratio;
mod recent;
pub(crate) mod recipe;
mod recording;
mod size;
mod submission;
mod summary;
mod switches;
mod told;

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use studio_shared::kind::Kind;
use studio_shared::link;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use self::form::Form;
use self::model::ModelField;
use self::parameters::Parameters;
use self::prompt::{NegativePromptField, PromptField};
use self::recent::Recent;
use self::recording::RecordingField;
use self::summary::{Differences, Summary};
use self::switches::Switches;
use self::told::ToldNotice;
use crate::parts::Page;
use crate::place;
use crate::state::draft;
use crate::state::session::SessionState;
use crate::state::soon;
use crate::state::submissions::Submissions;
use crate::words::use_words;

/// The page: create, for one kind of work.
#[component]
pub fn CreatePage(
    /// What is made.
    kind: Kind,
) -> impl IntoView {
    let words = use_words();
    let form =
        Form::new(kind, draft::load(kind).unwrap_or_default(), SessionState::get(), Submissions::get());
    Effect::new(move |_| form.fields().with(|fields| draft::save(kind, fields)));
    let column = NodeRef::<html::Section>::new();
    take_recipe(form, column);
    view! {
        <Page title=move || (words.texts().shell.kind)(kind) quiet=true>
            <div class="create">
                <section class="create__form" node_ref=column aria-label=move || (words.texts().create.form)(kind)>
                    <Controls form />
                </section>
                <section class="create__recent" aria-labelledby="recent">
                    <Recent form />
                </section>
            </div>
        </Page>
    }
}

/// The settings of a recipe link are in the fragment; they fill the form, and the fragment goes, so that a reload
/// does not undo what is typed afterwards. A link to another kind of work opens that kind's page.
fn take_recipe(form: Form, column: NodeRef<html::Section>) {
    let hash = use_location().hash;
    let navigate = use_navigate();
    Effect::new(move |_| {
        let hash = hash.get();
        let Some(fields) = link::read(hash.trim_start_matches('#')) else { return };
        let replace = NavigateOptions { replace: true, ..NavigateOptions::default() };
        let kind = recipe::kind(&fields).unwrap_or(form.kind());
        if kind != form.kind() {
            let (navigate, address) = (navigate.clone(), format!("{}{hash}", place::of(kind)));
            soon(move || navigate(&address, replace));
            return;
        }
        form.take_recipe(fields);
        navigate(place::of(kind), replace);
        if let Some(column) = column.get_untracked() {
            column.set_scroll_top(0);
        }
    });
}

/// Everything one can set, and the button.
#[component]
fn Controls(
    /// The form.
    form: Form,
) -> impl IntoView {
    let prompt = NodeRef::<html::Textarea>::new();
    let element = NodeRef::<html::Form>::new();
    let submissions = Submissions::get();
    let submit = move || {
        match (form.press(), submissions) {
            (Some(request), Some(submissions)) => submissions.submit(request),
            // The fields say what is wrong once they are drawn; the first of them takes the focus.
            _ => request_animation_frame(move || focus_problem(element)),
        }
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.is_composing() {
            event.prevent_default();
            submit();
        }
    };
    let main = match form.kind() {
        Kind::Transcription => view! { <RecordingField form /> }.into_any(),
        Kind::Speech => view! { <PromptField form name="text" node_ref=prompt /> }.into_any(),
        Kind::Image | Kind::Video | Kind::Text => {
            view! { <PromptField form name="prompt" node_ref=prompt /> }.into_any()
        }
    };
    let negative =
        matches!(form.kind(), Kind::Image | Kind::Video).then(|| view! { <NegativePromptField form /> });
    let on_submit = move |event: SubmitEvent| event.prevent_default();
    view! {
        <form class="controls" novalidate=true node_ref=element on:submit=on_submit on:keydown=key>
            {main}
            <ToldNotice form />
            <ModelField form />
            <Parameters form />
            <Switches form />
            {negative}
            <Differences form />
            <Summary form on_submit=move |()| submit() />
        </form>
    }
}

/// Gives the focus to the first control that has a problem; one that is folded up is unfolded first.
fn focus_problem(form: NodeRef<html::Form>) {
    let Some(form) = form.get_untracked() else { return };
    let Ok(Some(field)) = form.query_selector(".field--invalid") else { return };
    if let Ok(Some(fold)) = field.closest("details") {
        // A fold that stays shut still has its problem counted beside the button.
        drop(fold.set_attribute("open", ""));
    }
    let control = field.query_selector("textarea, input, select").ok().flatten();
    if let Some(control) = control.and_then(|control| control.dyn_into::<HtmlElement>().ok()) {
        // What cannot take the focus leaves it where it is.
        drop(control.focus());
    }
}
