//! Which model.

use leptos::prelude::*;
use studio_shared::catalogue::{self, Model, Price};
use studio_shared::kind::Kind;

use super::form::Form;
use crate::format;
use crate::parts::{Choice, ChoiceLook, ChoiceOption, Field};
use crate::text::Text;
use crate::words::use_words;

/// Which model: the catalogue's, each with what it is for and what one picture costs.
#[component]
pub(super) fn ModelField(
    /// The form.
    form: Form,
) -> impl IntoView {
    let words = use_words();
    let known = move || {
        let model = form.model()?;
        let free = model.free.map(|free| (words.texts().create.free)(free.amount, free.days));
        Some(format!("{}{}", model.id, free.unwrap_or_default()))
    };
    let known = move || known().unwrap_or_default();
    let options: Vec<_> = catalogue::models(Kind::Image).iter().map(option).collect();
    view! {
        <Field label=words.text(|t| t.create.model) help=known problem=form.problem("model") group=true>
            <Choice
                look=ChoiceLook::Cards
                options=options
                value=Signal::derive(move || form.model().map(|model| model.id.to_owned()).unwrap_or_default())
                on_change=move |id: String| form.choose(&id)
            />
        </Field>
    }
}

fn option(model: &'static Model) -> ChoiceOption {
    let words = use_words();
    ChoiceOption::new(model.id, Text::label(model.name))
        .note(Text::label(model.note))
        .aside(move || each(model.price).map(|price| (words.texts().create.each)(&price)).unwrap_or_default())
}

/// What one picture costs.
pub(super) fn each(price: Price) -> Option<String> {
    match price {
        Price::Image { cny } => Some(format::money(cny)),
        _ => None,
    }
}
