//! The page: what was spent, and what may be.

mod budgets;
mod chart;
mod limits;
mod link;
mod load;
mod meter;
mod news;
mod period;
mod spending;
mod sums;
mod tables;

use leptos::prelude::*;

use self::budgets::BudgetCard;
use self::spending::SpendingCard;
use crate::api::Client;
use crate::parts::{ButtonKind, ButtonLink, ButtonSize, Page};
use crate::words::use_words;

pub(crate) use link::BudgetLink;

/// The page: usage.
#[component]
pub fn UsagePage() -> impl IntoView {
    let words = use_words();
    view! {
        <Page title=words.text(|t| t.usage.title) lead=words.text(|t| t.usage.lead)>
            {use_context::<Client>().map(|client| view! {
                <BudgetCard client />
                <SpendingCard client />
            })}
            <p><ButtonLink href="/storage" kind=ButtonKind::Quiet size=ButtonSize::Small>{words.text(|t| t.kept.storage)}</ButtonLink></p>
        </Page>
    }
}
