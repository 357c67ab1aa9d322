//! A number within a range, with decimals.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::field::use_field;
use crate::text::Text;

/// Decimals that are kept while sliding and stepping; what is typed is kept as it is.
const DECIMALS: i32 = 3;

/// A number within a range: typed exactly, or slid. It keeps the text as it was typed, so that the page can say
/// what is wrong with it. The slider is for hands; the keys do the same in the input.
#[component]
pub fn Slider(
    /// What it shows; may be empty or no number.
    #[prop(into)]
    value: Signal<String>,
    /// What was written or slid to.
    #[prop(into)]
    on_input: Callback<String>,
    /// Lowest, included.
    #[prop(into)]
    min: Signal<f64>,
    /// Highest, included.
    #[prop(into)]
    max: Signal<f64>,
    /// How far one step goes; ten steps with Page Up and Page Down.
    #[prop(default = 0.1)]
    step: f64,
    /// Its name, where no [`Field`](super::Field) around it gives one.
    #[prop(optional, into)]
    label: Option<Text>,
) -> impl IntoView {
    let field = use_field();
    let number = move || value.with(|text| read(text));
    let key = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" => step,
            "ArrowDown" => -step,
            "PageUp" => step * 10.0,
            "PageDown" => -step * 10.0,
            _ => return,
        };
        event.prevent_default();
        let (min, max) = (min.get_untracked(), max.get_untracked());
        on_input.run(value.with_untracked(|text| stepped(text, by, min, max)));
    };
    view! {
        <span class="slider">
            <input
                class="slider__range"
                type="range"
                tabindex="-1"
                aria-hidden="true"
                min=move || min.get().to_string()
                max=move || max.get().to_string()
                step="any"
                prop:value=move || number().unwrap_or_else(|| min.get()).to_string()
                on:input=move |event| {
                    let slid = event_target_value(&event);
                    on_input.run(read(&slid).map_or(slid, |number| written(on_grid(number, step))));
                }
            />
            <input
                class="input slider__number"
                type="text"
                inputmode="decimal"
                autocomplete="off"
                role="spinbutton"
                id=field.control
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
        </span>
    }
}

/// A finite number.
fn read(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

/// The nearest whole number of steps.
fn on_grid(number: f64, step: f64) -> f64 {
    (number / step).round() * step
}

/// Without the noise of binary fractions.
fn written(number: f64) -> String {
    let scale = 10_f64.powi(DECIMALS);
    let rounded = (number * scale).round() / scale;
    // Minus zero is zero.
    (rounded + 0.0).to_string()
}

/// The number one step from what is written, within the range; what is no number steps to the lowest.
fn stepped(text: &str, by: f64, min: f64, max: f64) -> String {
    written(read(text).map_or(min, |number| (number + by).max(min).min(max)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_exact_and_ends_inside_the_range() {
        assert_eq!(stepped("0.7", 0.1, 0.0, 2.0), "0.8");
        assert_eq!(stepped("1.999", 0.1, 0.0, 2.0), "2");
        assert_eq!(stepped("0.05", -0.1, 0.0, 2.0), "0");
        assert_eq!(stepped("", 0.1, 0.0, 2.0), "0");
        assert_eq!(stepped("NaN", 0.1, 0.5, 2.0), "0.5");
        assert_eq!(written(on_grid(1.234, 0.1)), "1.2");
        assert_eq!(written(-0.000_01), "0");
    }
}
