//! What is left of one's own budget, and until when one is let in: said where the price is.

use std::time::Duration;

use leptos::prelude::*;
use studio_shared::budget::{Budget, Spending};
use studio_shared::money::Money;

use crate::api::{Client, Failure};
use crate::clock::use_minute;
use crate::format::money_short;
use crate::pages::usage::Load;
use crate::state::session::SessionState;
use crate::state::submissions::Submissions;
use crate::words::use_words;

/// What was submitted has taken its money by then.
const SETTLED: Duration = Duration::from_millis(400);

/// What is left, where something is limited.
#[component]
pub(crate) fn Left() -> impl IntoView {
    let words = use_words();
    let client = use_context::<Client>();
    let session = SessionState::get();
    let member = session.member();
    let load: Load<Limited> = Load::new();
    let minute = use_minute();
    let submissions = Submissions::get();
    let is_limited =
        Memo::new(move |_| load.value.with(|limited| limited.as_ref().is_some_and(Limited::is_limited)));
    // At first, and, where something is limited, after each submission and as time goes.
    Effect::new(move |asked: Option<bool>| {
        // The end of a session wakes this as well, and takes what it reads away.
        if is_limited.try_get().unwrap_or_default() {
            minute.track();
            if let Some(submissions) = submissions {
                submissions.all().track();
            }
        } else if asked == Some(true) {
            return true;
        }
        let code = member.try_with(|member| member.as_ref().and_then(|member| member.code.clone())).flatten();
        let ask = move || {
            if let Some(client) = client {
                load.ask(Limited::ask(client, code));
            }
        };
        if let Ok(timeout) = set_timeout_with_handle(ask, SETTLED) {
            on_cleanup(move || timeout.clear());
        }
        true
    });
    let told = Memo::new(move |_| {
        let texts = &words.texts().people;
        let left = |read| {
            let limited =
                load.value.try_with(|limited| limited.as_ref().and_then(|limited| limited.left(read)));
            limited.flatten()
        };
        let mut told = Vec::new();
        told.extend(left(|budget: &Budget| budget.day).map(|left| (texts.left_day)(&money_short(left))));
        told.extend(left(|budget: &Budget| budget.month).map(|left| (texts.left_month)(&money_short(left))));
        let day = member.try_with(|member| member.as_ref().and_then(|member| member.last_day)).flatten();
        told.extend(day.map(|day| (texts.until)(&day.to_string())));
        told.join(" · ")
    });
    // A member's line is there before it is known, so that nothing jumps; the owner seldom has one. Read by `try_`: the
    // end of a session changes it and takes the line away at once.
    let is_owner = session.is_owner();
    view! {
        <Show when=move || {
            is_owner.try_get() == Some(false) || told.try_with(|told| !told.is_empty()).unwrap_or_default()
        }>
            <p class="summary__line left" data-testid="left">{move || told.try_get()}</p>
        </Show>
    }
    .into_any()
}

/// What limits this session: the member's budget, and the share of the code they came in with.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Limited {
    member: Budget,
    share: Budget,
}

impl Limited {
    async fn ask(client: Client, code: Option<String>) -> Result<Self, Failure> {
        let member = client.budgets().await?.member;
        let share = match code {
            Some(id) => {
                let codes = client.codes().await?.items;
                codes.into_iter().find(|code| code.id == id).map(|code| code.budget).unwrap_or_default()
            }
            None => Budget::default(),
        };
        Ok(Self { member, share })
    }

    fn is_limited(&self) -> bool {
        self.left(|budget| budget.day).is_some() || self.left(|budget| budget.month).is_some()
    }

    /// The least that is left of both.
    fn left(&self, read: fn(&Budget) -> Spending) -> Option<Money> {
        [self.member, self.share].iter().filter_map(|budget| read(budget).left()).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_that_is_left_counts() {
        let of = |fen: i64, spent: i64| Spending {
            limit: Some(Money::from_fen(fen)),
            spent: Money::from_fen(spent),
            ..Spending::default()
        };
        let member = Budget { day: of(100, 30), month: of(900, 30) };
        let share = Budget { day: of(50, 10), month: Spending::default() };
        let limited = Limited { member, share };
        assert_eq!(limited.left(|budget| budget.day), Some(Money::from_fen(40)));
        assert_eq!(limited.left(|budget| budget.month), Some(Money::from_fen(870)));
        assert!(limited.is_limited() && !Limited::default().is_limited());
    }
}
