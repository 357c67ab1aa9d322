//! What each member has spent; for the owner.

use leptos::prelude::*;
use leptos_router::components::A;
use studio_shared::day::Day;
use studio_shared::spend::{EverybodysSpend, Spend};

use super::load::Load;
use super::period::Period;
use super::spending::period_of_address;
use super::sums::{Sum, Sums, by_member, sums};
use super::tables::{Row, Table, Tables};
use crate::api::{Client, everybodys_table_address};
use crate::clock::use_minute;
use crate::format::money_short;
use crate::pages::failure::FailureNotice;
use crate::parts::{ButtonLink, ButtonSize, Card, IconName, Skeleton, SkeletonShape};
use crate::words::use_words;

/// The name of the owner among members.
const OWNER: &str = "owner";

/// What each member has spent in the period.
#[component]
pub(super) fn MembersCard(
    /// The way to the worker.
    client: Client,
) -> impl IntoView {
    let words = use_words();
    let minute = use_minute();
    let period = period_of_address();
    let today = Memo::new(move |_| Day::of(minute.get()));
    let days = Memo::new(move |_| period.get().days(today.get()));
    let load: Load<EverybodysSpend> = Load::new();
    let again = RwSignal::new(());
    Effect::new(move |_| {
        minute.track();
        again.track();
        let (from, to) = days.get();
        load.ask(client.everybodys_spend(from, to));
    });
    let members =
        Memo::new(move |_| load.value.with(|spend| spend.as_ref().map(|spend| by_member(&spend.rows))));
    let failure = move || {
        load.failure.get().map(|failure| view! { <FailureNotice failure on_again=move |()| again.set(()) /> })
    };
    let address = move || {
        let (from, to) = days.get();
        everybodys_table_address(from, to)
    };
    let file = move || {
        let (from, to) = days.get();
        format!("bailian-members-{from}-{to}.csv")
    };
    let aside = move || {
        view! {
            <ButtonLink href=Signal::derive(address) size=ButtonSize::Small icon=IconName::Download download=file>
                {words.text(|t| t.usage.csv)}
            </ButtonLink>
        }
    };
    let table = move || {
        let Some((members, sum)) = members.get() else {
            return view! { <Skeleton shape=SkeletonShape::Lines(3) /> }.into_any();
        };
        let rows = members.into_iter().map(|(id, name, sum)| view! { <Row name=who(&id, name) sum /> });
        view! {
            <Table caption=|t| t.people.by_member quiet=true head=|t| t.people.member sum>{rows.collect_view()}</Table>
        }
        .into_any()
    };
    view! {
        <Card heading=words.text(|t| t.people.by_member) aside>
            {failure}
            {table}
        </Card>
    }
    .into_any()
}

/// A member's name, leading to them.
fn who(id: &str, name: String) -> AnyView {
    let words = use_words();
    if id == OWNER {
        return view! { {words.text(|t| t.people.owner)} }.into_any();
    }
    view! { <A href=format!("/members/{id}")><bdi>{name}</bdi></A> }.into_any()
}

/// What one member has spent in this month.
#[component]
pub(crate) fn MemberSpending(
    /// The way to the worker.
    client: Client,
    /// Who.
    id: String,
) -> impl IntoView {
    let words = use_words();
    let minute = use_minute();
    let load: Load<EverybodysSpend> = Load::new();
    let again = RwSignal::new(());
    Effect::new(move |_| {
        again.track();
        let (from, to) = Period::ThisMonth.days(Day::of(minute.get()));
        load.ask(client.everybodys_spend(from, to));
    });
    let own = Memo::new(move |_| load.value.with(|spend| spend.as_ref().map(|spend| sums(&of(spend, &id)))));
    let failure = move || {
        load.failure.get().map(|failure| view! { <FailureNotice failure on_again=move |()| again.set(()) /> })
    };
    let shown = move || match own.get() {
        None => view! { <Skeleton shape=SkeletonShape::Lines(4) /> }.into_any(),
        Some(Sums { sum: Sum { jobs: 0, .. }, .. }) => {
            view! { <p class="muted">{words.text(|t| t.usage.nothing)}</p> }.into_any()
        }
        Some(sums) => {
            let sum = sums.sum;
            view! {
                <p class="spending__sum">
                    <strong>{money_short(sum.spent)}</strong>
                    <span>{move || (words.texts().usage.jobs_in_all)(sum.jobs)}</span>
                </p>
                <Tables sums />
            }
            .into_any()
        }
    };
    view! { <Card heading=words.text(|t| t.people.usage)>{failure}{shown}</Card> }.into_any()
}

/// What one member has spent.
fn of(all: &EverybodysSpend, id: &str) -> Spend {
    let own = all.rows.iter().filter(|row| row.member == id);
    Spend {
        currency: all.currency.clone(),
        from: all.from,
        to: all.to,
        rows: own.map(|row| row.row.clone()).collect(),
    }
}
