//! Width and height: a list of sizes, or any sides within a range.

mod fixed;
mod free;

use leptos::prelude::*;
use studio_shared::catalogue::{Default, Rule, SizeRule};
use studio_shared::size::Size;

use self::fixed::FixedSizes;
use self::free::FreeSides;
use super::form::Form;
use super::prompt::label;
use crate::format;
use crate::parts::Field;
use crate::words::use_words;

/// Width and height, as the chosen model takes them.
#[component]
pub(super) fn SizeField(
    /// The form.
    form: Form,
    /// The parameter.
    name: &'static str,
) -> impl IntoView {
    let words = use_words();
    let is_free = Memo::new(move |_| {
        matches!(rule(form, name), Some((SizeRule::Free { .. } | SizeRule::Area { .. }, _)))
    });
    let help = move || match (size(form, name), rule(form, name)) {
        (Some(size), Some((SizeRule::Free { max_pixels, .. } | SizeRule::Area { max_pixels, .. }, _))) => {
            (words.texts().create.pixels)(&format::count(size.pixels()), &format::count(max_pixels))
        }
        (Some(size), _) => (words.texts().create.pixels_in_all)(&format::count(size.pixels())),
        (None, _) => String::new(),
    };
    view! {
        <Field label=label(form, name) help=help problem=form.problem(name) group=true>
            {move || if is_free.get() { view! { <FreeSides form name /> }.into_any() } else { view! { <FixedSizes form name /> }.into_any() }}
        </Field>
    }
}

/// What the chosen model takes, and its default.
fn rule(form: Form, name: &str) -> Option<(SizeRule, Size)> {
    let parameter = form.parameter(name)?;
    match (parameter.rule, parameter.default) {
        (Rule::Size(rule), Default::Size(usual)) => Some((rule, usual)),
        _ => None,
    }
}

/// The size in the form, where it is one.
fn size(form: Form, name: &'static str) -> Option<Size> {
    form.text(name).get().parse().ok()
}
