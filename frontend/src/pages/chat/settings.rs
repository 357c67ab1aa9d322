//! The settings that few change: folded up, with what they are by themselves.

use leptos::prelude::*;
use studio_shared::catalogue::Rule;

use super::form::{Form, usual};
use crate::parts::{Button, ButtonKind, ButtonSize, Field, Icon, IconName, NumberInput, Slider, TextArea};
use crate::text::Text;
use crate::words::use_words;

/// System message, longest answer, temperature, nucleus sampling.
#[component]
pub(super) fn Settings(
    /// What is being written.
    form: Form,
) -> impl IntoView {
    let words = use_words();
    let changed = move || match form.changed() {
        0 => String::new(),
        n => (words.texts().chat.changed)(n),
    };
    view! {
        <details class="fold composer__settings">
            <summary class="fold__summary">
                <Icon name=IconName::ChevronRight />
                {words.text(|t| t.chat.settings)}
                <span class="fold__hint">{changed}</span>
            </summary>
            <div class="composer__fields">
                <System form />
                <Number form name="max_tokens" />
                <Share form name="temperature" />
                <Share form name="top_p" />
                <div>
                    <Button kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Retry on_click=move |_| form.reset()>
                        {words.text(|t| t.chat.usual)}
                    </Button>
                </div>
            </div>
        </details>
    }
}

/// Tells the model who it is.
#[component]
fn System(
    /// What is being written.
    form: Form,
) -> impl IntoView {
    view! {
        <Field label=label(form, "system") help=help(form, "system") problem=form.problem("system") optional=true>
            <TextArea rows=2 value=form.value("system") on_input=move |text: String| form.set("system", text) />
        </Field>
    }
}

/// A whole number.
#[component]
fn Number(
    /// What is being written.
    form: Form,
    /// Its name on the wire.
    name: &'static str,
) -> impl IntoView {
    let ends = Memo::new(move |_| match form.parameter(name).map(|parameter| parameter.rule) {
        Some(Rule::Integer { min, max }) => (min, max),
        _ => (0, 0),
    });
    view! {
        <Field label=label(form, name) help=help(form, name) problem=form.problem(name)>
            <NumberInput
                value=form.value(name)
                on_input=move |text: String| form.set(name, text)
                min=Signal::derive(move || ends.get().0)
                max=Signal::derive(move || ends.get().1)
                step=100
            />
        </Field>
    }
}

/// A number with decimals.
#[component]
fn Share(
    /// What is being written.
    form: Form,
    /// Its name on the wire.
    name: &'static str,
) -> impl IntoView {
    let ends = Memo::new(move |_| match form.parameter(name).map(|parameter| parameter.rule) {
        Some(Rule::Number { min, max }) => (min, max),
        _ => (0.0, 1.0),
    });
    view! {
        <Field label=label(form, name) help=help(form, name) problem=form.problem(name)>
            <Slider
                value=form.value(name)
                on_input=move |text: String| form.set(name, text)
                min=Signal::derive(move || ends.get().0)
                max=Signal::derive(move || ends.get().1)
            />
        </Field>
    }
}

fn label(form: Form, name: &'static str) -> Text {
    let words = use_words();
    Text::from(move || form.parameter(name).map_or(name, |parameter| parameter.label.get(words.language())))
}

/// The catalogue's sentence, and within what it is.
fn help(form: Form, name: &'static str) -> Text {
    let words = use_words();
    Text::from(move || {
        let Some(parameter) = form.parameter(name) else { return String::new() };
        let sentence = parameter.help.get(words.language());
        let range = match parameter.rule {
            Rule::Integer { min, max } => format!("{min}–{max}"),
            Rule::Number { min, max } => format!("{min}–{max}"),
            _ => return sentence.to_owned(),
        };
        let usual = (words.texts().chat.usual_is)(&usual(parameter));
        format!("{sentence} · {range} · {usual}")
    })
}
