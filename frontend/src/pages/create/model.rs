//! Which model.

use leptos::html;
use leptos::prelude::*;
use studio_shared::catalogue::{Group, Model, Price};
use studio_shared::kind::Kind;
use studio_shared::money::Money;

use super::form::Form;
use crate::format;
use crate::parts::{Choice, ChoiceLook, ChoiceOption, Field, Icon, IconName, Show};
use crate::text::Text;
use crate::words::{WordsHandle, use_words};

/// Which model: those that the region offers, each with what it is for and what it costs. The newer ones are folded
/// up until one of them is chosen.
#[component]
pub(super) fn ModelField(
    /// The form.
    form: Form,
) -> impl IntoView {
    let words = use_words();
    let known = move || {
        let model = form.model()?;
        let free = model.free.map(|free| (words.texts().create.free)(model.kind, free.amount, free.days));
        Some(format!("{}{}", model.id, free.unwrap_or_default()))
    };
    let known = move || known().unwrap_or_default();
    view! {
        <Field label=words.text(|t| t.create.model) help=known problem=form.problem("model") group=true>
            <div class="models">
                <Models form group=Group::Reference label=words.text(|t| t.create.reference_models) />
                <Newer form />
            </div>
        </Field>
    }
}

/// The newer models.
#[component]
fn Newer(
    /// The form.
    form: Form,
) -> impl IntoView {
    let words = use_words();
    let fold = NodeRef::<html::Details>::new();
    let is_newer = Memo::new(move |_| form.model().is_some_and(|model| model.group == Group::Newer));
    // Opened for one that is chosen; the person folds as they like.
    Effect::new(move |_| {
        if let Some(fold) = fold.get().filter(|_| is_newer.get()) {
            fold.set_open(true);
        }
    });
    let count = move || form.offered().iter().filter(|model| model.group == Group::Newer).count();
    view! {
        <Show when=move || count() != 0>
            <details class="fold" node_ref=fold>
                <summary class="fold__summary">
                    <Icon name=IconName::ChevronRight />
                    {words.text(|t| t.create.newer_models)}
                    <span class="fold__hint">{count}</span>
                </summary>
                <Models form group=Group::Newer label=words.text(|t| t.create.newer_models) />
            </details>
        </Show>
    }
}

/// The models of a group.
#[component]
fn Models(
    /// The form.
    form: Form,
    /// The group.
    group: Group,
    /// Its name.
    label: Text,
) -> impl IntoView {
    // Made once: what a row shows must not end before the row.
    let offered = untrack(|| form.offered()).into_iter().filter(|model| model.group == group);
    let options: Vec<_> = offered.map(option).collect();
    view! {
        <Choice
            look=ChoiceLook::Cards
            label
            options=options
            value=Signal::derive(move || form.model().map(|model| model.id.to_owned()).unwrap_or_default())
            on_change=move |id: String| form.choose(&id)
        />
    }
}

fn option(model: &'static Model) -> ChoiceOption {
    let words = use_words();
    ChoiceOption::new(model.id, Text::label(model.name))
        .note(Text::label(model.note))
        .aside(move || each(model.kind, model.price, words))
}

/// What a picture, a second or so many characters cost.
fn each(kind: Kind, price: Price, words: WordsHandle) -> String {
    let texts = &words.texts().create;
    let (low, high) = match price {
        Price::Image { cny }
        | Price::VideoSecond { cny }
        | Price::TenThousandCharacters { cny }
        | Price::AudioSecond { cny } => (cny, cny),
        Price::VideoSecondByTier { p480, p720, p1080 } => {
            let all: Vec<Money> = [p480, p720, p1080].into_iter().flatten().collect();
            match (all.iter().min(), all.iter().max()) {
                (Some(low), Some(high)) => (*low, *high),
                _ => return texts.unlisted.to_owned(),
            }
        }
        Price::MillionTokens { .. } | Price::Unlisted => return texts.unlisted.to_owned(),
    };
    (texts.each)(kind, &format::money_range(low, high))
}
