//! One of a list of sizes.

use leptos::prelude::*;
use serde_json::Value;
use studio_shared::catalogue::SizeRule;
use studio_shared::size::Size;

use super::super::form::Form;
use super::{rule, size};
use crate::parts::{Choice, ChoiceLook, ChoiceOption};
use crate::words::use_words;

/// One of a list of sizes, drawn as tiles of their shape.
#[component]
pub(super) fn FixedSizes(
    /// The form.
    form: Form,
    /// The parameter.
    name: &'static str,
) -> impl IntoView {
    let words = use_words();
    let options = Signal::derive(move || match rule(form, name) {
        Some((SizeRule::Fixed { of, also }, _)) => {
            // One that is taken but not offered shows when it is set.
            let set = size(form, name).filter(|size| also.contains(size) && !of.contains(size));
            of.iter().copied().chain(set).map(option).collect()
        }
        _ => Vec::new(),
    });
    view! {
        <Choice
            look=ChoiceLook::Tiles
            label=words.text(|t| t.create.sizes)
            options
            value=form.text(name)
            on_change=move |size: String| form.set(name, Value::from(size))
        />
    }
}

fn option(size: Size) -> ChoiceOption {
    ChoiceOption::new(size.to_string(), near(size))
        .note(format!("{}×{}", size.width, size.height))
        .shape(size)
}

/// The common name of a shape: the small ratio that comes within four hundredths of it.
fn near(size: Size) -> String {
    const KNOWN: [(u64, u64); 9] = [(1, 1), (4, 3), (3, 4), (3, 2), (2, 3), (16, 9), (9, 16), (2, 1), (1, 2)];
    let (width, height) = (u64::from(size.width), u64::from(size.height));
    let close = |(a, b): &(u64, u64)| {
        let (across, down) = (width.saturating_mul(*b), height.saturating_mul(*a));
        across.abs_diff(down).saturating_mul(25) <= across.max(down)
    };
    KNOWN.iter().find(|ratio| close(ratio)).map_or_else(|| size.to_string(), |(a, b)| format!("{a}:{b}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_called_by_the_ratio_they_come_near() {
        let names: Vec<_> = [(1328, 1328), (1664, 928), (1472, 1140), (1140, 1472), (928, 1664), (1000, 10)]
            .map(|(width, height)| near(Size::new(width, height)))
            .into();
        assert_eq!(names, ["1:1", "16:9", "4:3", "3:4", "9:16", "1000*10"]);
    }
}
