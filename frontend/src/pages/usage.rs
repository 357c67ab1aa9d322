//! The page: what was spent, and what may be.

mod budgets;
mod chart;
mod limits;
mod link;
mod load;
mod meter;
mod period;
mod spending;
mod sums;
mod tables;

use leptos::prelude::*;

use self::budgets::BudgetCard;
use self::spending::SpendingCard;
use crate::api::Client;
use crate::parts::Page;
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
        </Page>
    }
}
