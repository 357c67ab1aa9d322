//! How many pictures, and the seed.

use leptos::prelude::*;
use serde_json::Value;
use studio_shared::catalogue::Rule;

use super::form::Form;
use super::prompt::{help, label};
use super::recipe;
use crate::parts::{Choice, ChoiceOption, Field, IconButton, IconName, NumberInput};
use crate::state::random;
use crate::words::use_words;

/// The whole numbers a parameter takes, where it takes any.
fn range(form: Form, name: &'static str) -> Option<(i64, i64)> {
    match form.parameter(name)?.rule {
        Rule::Integer { min, max } => Some((min, max)),
        _ => None,
    }
}

/// How many pictures; a fixed number is shown with the reason.
#[component]
pub(super) fn CountField(
    /// The form.
    form: Form,
) -> impl IntoView {
    let words = use_words();
    let range = Memo::new(move |_| range(form, "n"));
    let options = Signal::derive(move || {
        let numbers = range.get().map_or(1..=1, |(min, max)| min..=max);
        numbers.map(|number| ChoiceOption::new(number.to_string(), number.to_string())).collect::<Vec<_>>()
    });
    let help_text = move || match range.get() {
        Some((min, max)) if min == max => (words.texts().create.fixed_count)(max).into(),
        _ => help(form, "n").get(),
    };
    view! {
        <Field label=label(form, "n") help=help_text problem=form.problem("n") group=true>
            <Choice options value=form.text("n") on_change=move |text: String| form.set("n", recipe::number(&text)) />
        </Field>
    }
}

/// The seed, with a dice; where the model's reference offers none, that is said.
#[component]
pub(super) fn SeedField(
    /// The form.
    form: Form,
) -> impl IntoView {
    let words = use_words();
    let offered = Memo::new(move |_| range(form, "seed"));
    let ends = move || offered.get().unwrap_or_default();
    let none = Signal::derive(move || offered.get().is_none());
    let help_text = move || match offered.get() {
        None => words.texts().create.no_seed.into(),
        Some(_) => help(form, "seed").get(),
    };
    let throw = move |_| {
        if let Some((min, max)) = offered.get_untracked() {
            form.set("seed", Value::from(random::between(min, max)));
        }
    };
    view! {
        <Field label=words.text(|t| t.create.seed) help=help_text problem=form.problem("seed") optional=true>
            <span class="seed">
                <NumberInput
                    value=form.text("seed")
                    on_input=move |text: String| form.set("seed", recipe::number(&text))
                    min=Signal::derive(move || ends().0)
                    max=Signal::derive(move || ends().1)
                    placeholder=words.text(|t| t.create.random)
                    steppers=false
                    disabled=none
                />
                <IconButton icon=IconName::Dice label=words.text(|t| t.create.dice) on_click=throw disabled=none />
            </span>
        </Field>
    }
}
