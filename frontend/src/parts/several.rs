//! Any of several, all in sight.

use leptos::prelude::*;

use super::choice::ChoiceOption;
use super::list::For;

/// Any of several, all in sight: native checkboxes that look like the chips of a [`Choice`](super::Choice). Put it
/// into a [`Field`](super::Field) with `group`.
#[component]
pub fn Several(
    /// What there is to choose from.
    #[prop(into)]
    options: Signal<Vec<ChoiceOption>>,
    /// The values of the chosen ones.
    #[prop(into)]
    value: Signal<Vec<String>>,
    /// The values that are chosen now, in the order of the options.
    #[prop(into)]
    on_change: Callback<Vec<String>>,
) -> impl IntoView {
    let turn = move |own: &str, on: bool| {
        let kept = |option: &ChoiceOption| {
            if option.value == own { on } else { value.with_untracked(|value| value.contains(&option.value)) }
        };
        let all = options.get_untracked().into_iter().filter(kept).map(|option| option.value).collect();
        on_change.run(all);
    };
    let draw = move |option: ChoiceOption| {
        let own = StoredValue::new(option.value.clone());
        let checked = move || own.with_value(|own| value.with(|value| value.contains(own)));
        view! {
            <label class="choice__item">
                <input
                    class="choice__radio"
                    type="checkbox"
                    value=option.value
                    prop:checked=checked
                    on:change=move |event| own.with_value(|own| turn(own, event_target_checked(&event)))
                />
                <span class="choice__face"><span class="choice__line"><span class="choice__label">{option.label}</span></span></span>
            </label>
        }
    };
    view! {
        <div class="choice choice--chips">
            <For each=move || options.get() key=|option| option.value.clone() children=draw />
        </div>
    }
}
