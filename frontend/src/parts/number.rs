//! A whole number, with steppers.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::field::use_field;
use super::icon::{Icon, IconName};
use crate::text::Text;
use crate::words::use_words;

/// A whole number. It keeps the text as it was typed, so that the page can say what is wrong with it; the
/// steppers and the arrow keys step from the nearest allowed number.
#[component]
pub fn NumberInput(
    /// What it shows; may be empty or no number.
    #[prop(into)]
    value: Signal<String>,
    /// What was written or stepped to.
    #[prop(into)]
    on_input: Callback<String>,
    /// Lowest, included.
    #[prop(into)]
    min: Signal<i64>,
    /// Highest, included.
    #[prop(into)]
    max: Signal<i64>,
    /// How far one step goes; ten steps with Page Up and Page Down.
    #[prop(default = 1)]
    step: i64,
    /// Its name, where no [`Field`](super::Field) around it gives one.
    #[prop(optional, into)]
    label: Option<Text>,
    /// What absence means, shown while it is empty.
    #[prop(optional, into)]
    placeholder: Text,
    /// Whether it has steppers; a seed, for one, needs none.
    #[prop(default = true)]
    steppers: bool,
    /// Whether it can be used.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let words = use_words();
    let field = use_field();
    let go = move |by: i64| {
        let next = value.with_untracked(|text| stepped(text, by, min.get_untracked(), max.get_untracked()));
        on_input.run(next.to_string());
    };
    let key = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" => step,
            "ArrowDown" => -step,
            "PageUp" => step.saturating_mul(10),
            "PageDown" => step.saturating_mul(-10),
            _ => return,
        };
        event.prevent_default();
        go(by);
    };
    let number = move || value.with(|text| text.trim().parse::<i64>().ok());
    let at = move |edge: i64| disabled.get() || number() == Some(edge);
    // Steppers are for hands: keys do the same in the input, so they are no stops of their own.
    view! {
        <span class="number" class:number--bare=!steppers>
            <input
                class="input number__input"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                role="spinbutton"
                id=field.control
                disabled=disabled
                placeholder=placeholder
                aria-label=label.map(|label| move || label.get())
                aria-describedby=move || field.described_by.get()
                aria-invalid=move || field.invalid.get().then_some("true")
                aria-valuemin=move || min.get().to_string()
                aria-valuemax=move || max.get().to_string()
                aria-valuenow=move || number().map(|number| number.to_string())
                prop:value=move || value.get()
                on:input=move |event| on_input.run(event_target_value(&event))
                on:keydown=key
            />
            {steppers.then(|| view! {
                <button class="number__step" type="button" tabindex="-1" aria-label=words.text(|t| t.parts.less)
                    disabled=move || at(min.get()) on:click=move |_| go(-step)><Icon name=IconName::Minus /></button>
                <button class="number__step" type="button" tabindex="-1" aria-label=words.text(|t| t.parts.more)
                    disabled=move || at(max.get()) on:click=move |_| go(step)><Icon name=IconName::Plus /></button>
            })}
        </span>
    }
}

/// The number one step from what is written; what is no number steps to the lowest.
fn stepped(text: &str, by: i64, min: i64, max: i64) -> i64 {
    let next = text.trim().parse::<i64>().map_or(min, |number| number.saturating_add(by));
    next.max(min).min(max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_ends_inside_the_range() {
        assert_eq!(stepped("3", 1, 1, 4), 4);
        assert_eq!(stepped("4", 1, 1, 4), 4);
        assert_eq!(stepped("900", -1, 1, 4), 4);
        assert_eq!(stepped("", 1, 1, 4), 1);
        assert_eq!(stepped("abc", -1, 1, 4), 1);
        assert_eq!(stepped("9223372036854775807", 1, 0, i64::MAX), i64::MAX);
    }
}
