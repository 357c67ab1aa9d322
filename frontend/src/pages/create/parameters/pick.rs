//! One, or several, of a list of words or numbers.

use leptos::prelude::*;
use serde_json::Value;
use studio_shared::catalogue::Rule;

use super::super::form::Form;
use super::super::prompt::{help, label};
use super::super::recipe;
use crate::parts::{Choice, ChoiceLook, ChoiceOption, Field, Several};
use crate::words::use_words;

/// More options than these wrap.
const IN_A_ROW: usize = 4;

/// What there is to choose from, as it stands on the wire.
pub(super) fn offered(rule: Rule) -> Vec<String> {
    match rule {
        Rule::Choice { of } | Rule::Several { of } => of.iter().map(|word| (*word).to_owned()).collect(),
        Rule::OneOf { of } => of.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

/// What there is to choose from, as people call it. Made once: what an option shows must not end before the option.
fn options(name: &'static str, of: Vec<String>) -> Vec<ChoiceOption> {
    let words = use_words();
    let named = |word: String| {
        let shown = word.clone();
        ChoiceOption::new(word, move || {
            (words.texts().create.option)(name, &shown).map_or_else(|| shown.clone(), str::to_owned)
        })
    };
    of.into_iter().map(named).collect()
}

/// One of a list of words or numbers.
#[component]
pub(super) fn OneField(
    /// The form.
    form: Form,
    /// The parameter.
    name: &'static str,
    /// What there is to choose from.
    of: Vec<String>,
) -> impl IntoView {
    let is_number =
        move || form.parameter(name).is_some_and(|parameter| matches!(parameter.rule, Rule::OneOf { .. }));
    let choose = move |chosen: String| {
        form.set(name, if untrack(is_number) { recipe::number(&chosen) } else { Value::from(chosen) });
    };
    let many = of.len() > IN_A_ROW;
    view! {
        <Field label=label(form, name) help=help(form, name) problem=form.problem(name) group=true>
            <Choice
                look=if many { ChoiceLook::Chips } else { ChoiceLook::Segments }
                options=options(name, of)
                value=form.text(name)
                on_change=choose
            />
        </Field>
    }
}

/// Any of a list of words.
#[component]
pub(super) fn SeveralField(
    /// The form.
    form: Form,
    /// The parameter.
    name: &'static str,
    /// What there is to choose from.
    of: Vec<String>,
) -> impl IntoView {
    let chosen = Signal::derive(move || match form.value(name) {
        Value::Array(items) => items.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect(),
        _ => Vec::new(),
    });
    let choose = move |chosen: Vec<String>| form.set(name, Value::from(chosen));
    view! {
        <Field label=label(form, name) help=help(form, name) problem=form.problem(name) group=true>
            <Several
                options=options(name, of)
                value=chosen
                on_change=choose
            />
        </Field>
    }
}
