//! The way here from where a budget refused something.

use leptos::prelude::*;
use studio_shared::error::code;

use crate::parts::{ButtonKind, ButtonLink, ButtonSize, IconName, Show};
use crate::words::use_words;

/// A link to the budgets, where the error with this code is about them.
#[component]
pub(crate) fn BudgetLink(
    /// The error's code.
    #[prop(into)]
    code: Signal<String>,
) -> impl IntoView {
    let words = use_words();
    let is_about =
        move || code.with(|code| [code::BUDGET_EXCEEDED, code::PRICE_UNKNOWN].contains(&code.as_str()));
    view! {
        <Show when=is_about>
            <ButtonLink href="/usage" kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Bars>
                {words.text(|t| t.usage.open)}
            </ButtonLink>
        </Show>
    }
}
