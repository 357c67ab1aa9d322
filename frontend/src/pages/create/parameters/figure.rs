//! Numbers within a range.

use leptos::prelude::*;
use studio_shared::catalogue::{Default, Rule};

use super::super::form::Form;
use super::super::prompt::{help, label};
use super::super::recipe;
use crate::parts::{Field, NumberInput, Slider};
use crate::words::use_words;

/// A whole number within a range; one without a default may stay empty.
#[component]
pub(super) fn FigureField(
    /// The form.
    form: Form,
    /// The parameter.
    name: &'static str,
) -> impl IntoView {
    let words = use_words();
    let ends = move || match form.parameter(name).map(|parameter| parameter.rule) {
        Some(Rule::Integer { min, max }) => (min, max),
        _ => (0, 0),
    };
    let is_optional = Signal::derive(move || {
        form.parameter(name).is_some_and(|parameter| matches!(parameter.default, Default::None))
    });
    view! {
        <Field label=label(form, name) help=help(form, name) problem=form.problem(name) optional=is_optional>
            <NumberInput
                value=form.text(name)
                on_input=move |text: String| form.set(name, recipe::number(&text))
                min=Signal::derive(move || ends().0)
                max=Signal::derive(move || ends().1)
                placeholder=move || if is_optional.get() { words.texts().create.automatic } else { "" }
            />
        </Field>
    }
}

/// A number with decimals, on a slider.
#[component]
pub(super) fn DecimalField(
    /// The form.
    form: Form,
    /// The parameter.
    name: &'static str,
) -> impl IntoView {
    let ends = move || match form.parameter(name).map(|parameter| parameter.rule) {
        Some(Rule::Number { min, max }) => (min, max),
        _ => (0.0, 1.0),
    };
    view! {
        <Field label=label(form, name) help=help(form, name) problem=form.problem(name)>
            <Slider
                value=form.text(name)
                on_input=move |text: String| form.set(name, recipe::decimal(&text))
                min=Signal::derive(move || ends().0)
                max=Signal::derive(move || ends().1)
            />
        </Field>
    }
}
