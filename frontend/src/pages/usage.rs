//! The page: what was spent, and what may be.

mod budgets;
mod chart;
mod limits;
mod link;
mod load;
mod members;
mod meter;
mod news;
mod period;
mod spending;
mod sums;
mod tables;

use leptos::prelude::*;

use self::budgets::BudgetCard;
use self::members::MembersCard;
use self::spending::SpendingCard;
use crate::api::Client;
use crate::parts::{ButtonKind, ButtonLink, ButtonSize, Page};
use crate::state::session::SessionState;
use crate::words::use_words;

pub(crate) use limits::amount;
pub(crate) use link::BudgetLink;
pub(crate) use load::Load;
pub(crate) use members::MemberSpending;
pub(crate) use meter::Meter;

/// The page: usage.
#[component]
pub fn UsagePage() -> impl IntoView {
    let words = use_words();
    let is_owner = SessionState::get().is_owner();
    view! {
        <Page title=words.text(|t| t.usage.title) lead=words.text(|t| t.usage.lead)>
            {use_context::<Client>().map(|client| view! {
                <BudgetCard client />
                <SpendingCard client />
                <Show when=move || is_owner.try_get().unwrap_or_default()><MembersCard client /></Show>
            })}
            <p class="cluster">
                <ButtonLink href="/storage" kind=ButtonKind::Quiet size=ButtonSize::Small>{words.text(|t| t.kept.storage)}</ButtonLink>
                <ButtonLink href="/codes" kind=ButtonKind::Quiet size=ButtonSize::Small>{words.text(|t| t.people.codes)}</ButtonLink>
            </p>
        </Page>
    }
}
