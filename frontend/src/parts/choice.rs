//! One of several, all in sight.

use leptos::prelude::*;
use studio_shared::size::Size;

use super::field::use_field;
use super::id::unique_id;
use super::list::For;
use crate::text::Text;

/// How the options look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChoiceLook {
    /// A row of segments: two to five short words.
    #[default]
    Segments,
    /// Cards with a note each: things to be weighed against each other.
    Cards,
    /// Small marks that wrap: filters, presets.
    Chips,
    /// Small squares, each with a shape drawn in it: sizes, ratios.
    Tiles,
}

/// One option of a [`Choice`].
#[derive(Clone, Debug)]
pub struct ChoiceOption {
    /// What is reported when it is chosen.
    pub value: String,
    /// What it is called.
    pub label: Text,
    /// One line on when to choose it (cards), or a few characters more.
    pub note: Option<Text>,
    /// At the end of the first line of a card: a price, say.
    pub aside: Option<Text>,
    /// The shape drawn above its name.
    pub shape: Option<Size>,
    /// Whether it cannot be chosen.
    pub disabled: bool,
}

impl ChoiceOption {
    /// An option with a name alone.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<Text>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            note: None,
            aside: None,
            shape: None,
            disabled: false,
        }
    }

    /// With one line on when to choose it.
    #[must_use]
    pub fn note(mut self, note: impl Into<Text>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// With something at the end of its first line.
    #[must_use]
    pub fn aside(mut self, aside: impl Into<Text>) -> Self {
        self.aside = Some(aside.into());
        self
    }

    /// With its shape drawn above its name.
    #[must_use]
    pub fn shape(mut self, shape: Size) -> Self {
        self.shape = Some(shape);
        self
    }

    /// As one that cannot be chosen.
    #[must_use]
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }
}

/// One of several, all in sight: native radio buttons, so arrow keys and forms work. Put it into a
/// [`Field`](super::Field) with `group`, or give it a `label`.
#[component]
pub fn Choice(
    /// What there is to choose from.
    #[prop(into)]
    options: Signal<Vec<ChoiceOption>>,
    /// The value of the chosen one.
    #[prop(into)]
    value: Signal<String>,
    /// The value that was chosen.
    #[prop(into)]
    on_change: Callback<String>,
    /// How the options look.
    #[prop(optional)]
    look: ChoiceLook,
    /// Its name, where no field around it gives one.
    #[prop(optional, into)]
    label: Option<Text>,
    /// Whether it can be used.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let field = use_field();
    let name = unique_id("choice");
    let class = match look {
        ChoiceLook::Segments => "choice choice--segments",
        ChoiceLook::Cards => "choice choice--cards",
        ChoiceLook::Chips => "choice choice--chips",
        ChoiceLook::Tiles => "choice choice--tiles",
    };
    view! {
        <div
            class=class
            role=label.map(|_| "radiogroup")
            aria-label=label.map(|label| move || label.get())
            aria-describedby=move || if label.is_some() { field.described_by.get() } else { None }
        >
            <For each=move || options.get() key=|option| option.value.clone() let:option>
                <ChoiceItem option name=name.clone() value on_change disabled />
            </For>
        </div>
    }
}

/// One option.
#[component]
fn ChoiceItem(
    /// The option.
    option: ChoiceOption,
    /// What its radio buttons share.
    name: String,
    /// The value of the chosen one.
    value: Signal<String>,
    /// The value that was chosen.
    on_change: Callback<String>,
    /// Whether the whole choice cannot be used.
    disabled: Signal<bool>,
) -> impl IntoView {
    let ChoiceOption { value: own, label, note, aside, shape, disabled: never } = option;
    let reported = own.clone();
    let checked = {
        let own = own.clone();
        move || value.with(|value| *value == own)
    };
    view! {
        <label class="choice__item">
            <input
                class="choice__radio"
                type="radio"
                name=name
                value=own
                disabled=move || never || disabled.get()
                prop:checked=checked
                on:change=move |_| on_change.run(reported.clone())
            />
            <span class="choice__face">
                {shape.map(|shape| view! { <Shape shape /> })}
                <span class="choice__line">
                    <span class="choice__label">{label}</span>
                    {aside.map(|aside| view! { <span class="choice__aside">{aside}</span> })}
                </span>
                {note.map(|note| view! { <span class="choice__note">{note}</span> })}
            </span>
        </label>
    }
}

/// A shape of these sides, as large as the square it is drawn in.
#[component]
fn Shape(
    /// Its sides.
    shape: Size,
) -> impl IntoView {
    let longest = shape.width.max(shape.height);
    let share = |side: u32| 16_u32.saturating_mul(side).checked_div(longest).unwrap_or_default().max(2);
    let (width, height) = (share(shape.width), share(shape.height));
    view! {
        <svg class="choice__shape" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <rect
                x=(20_u32.saturating_sub(width) / 2).to_string()
                y=(20_u32.saturating_sub(height) / 2).to_string()
                width=width.to_string()
                height=height.to_string()
                rx="1.5"
            ></rect>
        </svg>
    }
}
