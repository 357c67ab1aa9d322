//! Any sides within a range: by ratio and extent, or by hand.

use leptos::prelude::*;
use serde_json::Value;
use studio_shared::catalogue::SizeRule;
use studio_shared::size::Size;

use super::super::form::Form;
use super::super::ratio::{Extent, RATIOS, Ratio};
use super::{rule, size};
use crate::parts::{Choice, ChoiceLook, ChoiceOption, IconButton, IconName, NumberInput};
use crate::words::{create, use_words};

/// Any sides within a range. The form holds the size as one text; ratio, extent and sides are all read from it.
#[component]
pub(super) fn FreeSides(
    /// The form.
    form: Form,
    /// The parameter.
    name: &'static str,
) -> impl IntoView {
    let words = use_words();
    let offered = Memo::new(move |_| {
        let (rule, usual) = rule(form, name)?;
        Ratio::offered(size(form, name)?, rule, usual)
    });
    let ratios = RATIOS.map(|ratio| {
        ChoiceOption::new(ratio_name(ratio), ratio_name(ratio)).shape(Size::new(ratio.0, ratio.1))
    });
    let extents = Signal::derive(move || {
        Extent::ALL
            .map(|extent| ChoiceOption::new(key(extent), move || called(extent, &words.texts().create)))
            .to_vec()
    });
    // Kept even when the sides were written by hand, so that a press on a ratio gives what one expects.
    let extent = Memo::new(move |last: Option<&Extent>| {
        offered.get().map_or_else(|| last.copied().unwrap_or(Extent::Usual), |(_, extent)| extent)
    });
    let set = move |ratio: Ratio, extent: Extent| {
        let sides = rule(form, name).and_then(|(rule, usual)| ratio.sides(rule, extent, usual));
        if let Some(size) = sides {
            form.set(name, Value::from(size.to_string()));
        }
    };
    let choose_ratio = move |chosen: String| {
        if let Some(ratio) = RATIOS.into_iter().find(|ratio| ratio_name(*ratio) == chosen) {
            set(ratio, extent.get_untracked());
        }
    };
    let choose_extent = move |chosen: String| {
        let ratio = offered
            .get_untracked()
            .map_or_else(|| untrack(|| size(form, name)).map_or(Ratio(1, 1), Ratio::of), |(ratio, _)| ratio);
        if let Some(extent) = Extent::ALL.into_iter().find(|extent| key(*extent) == chosen) {
            set(ratio, extent);
        }
    };
    view! {
        <div class="sides">
            <Choice
                look=ChoiceLook::Tiles
                label=words.text(|t| t.create.ratio)
                options=ratios.to_vec()
                value=Signal::derive(move || offered.get().map(|(ratio, _)| ratio_name(ratio)).unwrap_or_default())
                on_change=choose_ratio
            />
            <Choice
                label=words.text(|t| t.create.extent_label)
                options=extents
                value=Signal::derive(move || offered.get().map(|(_, extent)| key(extent).to_owned()).unwrap_or_default())
                on_change=choose_extent
            />
            <SidesByHand form name />
        </div>
    }
}

/// Width and height as numbers.
#[component]
fn SidesByHand(
    /// The form.
    form: Form,
    /// The parameter.
    name: &'static str,
) -> impl IntoView {
    let words = use_words();
    let sides = Memo::new(move |_| split(&form.text(name).get()));
    let ends = Signal::derive(move || match rule(form, name) {
        Some((rule, _)) => sides_of(rule),
        None => (0, 0),
    });
    let put = move |width: &str, height: &str| form.set(name, Value::from(format!("{width}*{height}")));
    let turn = move |_| sides.with_untracked(|(width, height)| put(height, width));
    view! {
        <div class="sides__numbers">
            <NumberInput
                label=words.text(|t| t.create.width)
                value=Signal::derive(move || sides.get().0)
                on_input=move |width: String| put(&width, &sides.get_untracked().1)
                min=Signal::derive(move || ends.get().0)
                max=Signal::derive(move || ends.get().1)
                step=8
                steppers=false
            />
            <IconButton icon=IconName::Turn label=words.text(|t| t.create.turn) on_click=turn />
            <NumberInput
                label=words.text(|t| t.create.height)
                value=Signal::derive(move || sides.get().1)
                on_input=move |height: String| put(&sides.get_untracked().0, &height)
                min=Signal::derive(move || ends.get().0)
                max=Signal::derive(move || ends.get().1)
                step=8
                steppers=false
            />
            <Shape form name />
        </div>
    }
}

/// The picture's shape at a glance, drawn within the largest square.
#[component]
fn Shape(
    /// The form.
    form: Form,
    /// The parameter.
    name: &'static str,
) -> impl IntoView {
    move || {
        let size = size(form, name).filter(|size| size.width > 0 && size.height > 0)?;
        let max_side = u32::try_from(sides_of(rule(form, name)?.0).1).ok()?;
        let (width, height) = (size.width.min(max_side), size.height.min(max_side));
        Some(view! {
            <svg class="sides__shape" viewBox=format!("0 0 {max_side} {max_side}") aria-hidden="true">
                <rect
                    x=(max_side.saturating_sub(width) / 2).to_string()
                    y=(max_side.saturating_sub(height) / 2).to_string()
                    width=width.to_string()
                    height=height.to_string()
                ></rect>
            </svg>
        })
    }
}

fn ratio_name(ratio: Ratio) -> String {
    format!("{}:{}", ratio.0, ratio.1)
}

/// The shortest and the longest side that a rule takes.
fn sides_of(rule: SizeRule) -> (i64, i64) {
    match rule {
        SizeRule::Free { min_side, max_side, .. } => (i64::from(min_side), i64::from(max_side)),
        SizeRule::Area { min_pixels, max_pixels, max_ratio } => {
            let ratio = u64::from(max_ratio.max(1));
            let whole = |square: u64| i64::try_from(square.isqrt()).unwrap_or(i64::MAX);
            (whole(min_pixels / ratio), whole(max_pixels.saturating_mul(ratio)))
        }
        SizeRule::Fixed { .. } => (0, 0),
    }
}

const fn called(extent: Extent, texts: &create::Texts) -> &'static str {
    match extent {
        Extent::Smallest => texts.extent_smallest,
        Extent::Usual => texts.extent_usual,
        Extent::Largest => texts.extent_largest,
    }
}

const fn key(extent: Extent) -> &'static str {
    match extent {
        Extent::Smallest => "smallest",
        Extent::Usual => "usual",
        Extent::Largest => "largest",
    }
}

/// The two sides as they were typed, right or wrong.
fn split(text: &str) -> (String, String) {
    let (width, height) = text.split_once(['*', 'x', 'X', '×']).unwrap_or((text, ""));
    (width.trim().to_owned(), height.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_that_is_being_typed_keeps_both_sides() {
        for (text, sides) in [("1024*768", ("1024", "768")), ("*768", ("", "768")), ("1024*", ("1024", ""))] {
            let (width, height) = split(text);
            assert_eq!((width.as_str(), height.as_str()), sides);
        }
    }
}
