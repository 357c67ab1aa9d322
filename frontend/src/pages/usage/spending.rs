//! What was spent in a period: the choice of it, the chart, the tables.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use studio_shared::day::Day;
use studio_shared::spend::Spend;

use super::chart::Chart;
use super::load::Load;
use super::news::use_news;
use super::period::Period;
use super::sums::{Sums, sums};
use super::tables::Tables;
use crate::api::{Client, spend_table_address};
use crate::clock::use_minute;
use crate::format::money_short;
use crate::pages::failure::FailureNotice;
use crate::parts::{
    ButtonLink, ButtonSize, Card, Choice, ChoiceLook, ChoiceOption, Empty, IconName, Skeleton, SkeletonShape,
};
use crate::words::use_words;

/// What was spent in a period.
#[component]
pub(super) fn SpendingCard(
    /// The way to the worker.
    client: Client,
) -> impl IntoView {
    let words = use_words();
    let period = period_of_address();
    let minute = use_minute();
    let today = Memo::new(move |_| Day::of(minute.get()));
    let days = Memo::new(move |_| period.get().days(today.get()));
    let load: Load<Spend> = Load::new();
    let again = RwSignal::new(());
    let news = use_news();
    Effect::new(move |_| {
        news.track();
        again.track();
        let (from, to) = days.get();
        load.ask(client.spend(from, to));
    });
    let sums = Memo::new(move |_| load.value.with(|spend| spend.as_ref().map(sums)));
    let failure = move || {
        load.failure.get().map(|failure| {
            view! { <FailureNotice failure on_again=move |()| again.set(()) /> }
        })
    };
    let navigate = use_navigate();
    let choose = move |name: String| {
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate(&format!("/usage?period={}", Period::of_name(&name).name()), options);
    };
    let options: Vec<_> = Period::ALL.into_iter().enumerate().map(option).collect();
    let table = move || {
        let (from, to) = days.get();
        spend_table_address(from, to)
    };
    let file = move || {
        let (from, to) = days.get();
        format!("bailian-{from}-{to}.csv")
    };
    let aside = move || {
        view! {
            <ButtonLink href=Signal::derive(table) size=ButtonSize::Small icon=IconName::Download download=file>
                {words.text(|t| t.usage.csv)}
            </ButtonLink>
        }
    };
    view! {
        <Card heading=words.text(|t| t.usage.spending) aside>
            <div class="spending__period">
                <Choice
                    label=words.text(|t| t.usage.period)
                    look=ChoiceLook::Segments
                    options
                    value=Signal::derive(move || period.get().name().to_owned())
                    on_change=choose
                />
            </div>
            {failure}
            <div class="spending" aria-busy=move || load.is_asking.get().to_string()>
                {move || match sums.get() {
                    Some(sums) if sums.sum.jobs == 0 => view! { <Nothing /> }.into_any(),
                    Some(sums) => view! { <Shown sums /> }.into_any(),
                    None => view! { <Skeleton shape=SkeletonShape::Lines(8) /> }.into_any(),
                }}
            </div>
        </Card>
    }
}

fn option((at, period): (usize, Period)) -> ChoiceOption {
    let words = use_words();
    let label = move || words.texts().usage.periods.get(at).copied().unwrap_or_default();
    ChoiceOption::new(period.name(), label)
}

/// What the address asks for.
pub(super) fn period_of_address() -> Memo<Period> {
    let query = use_location().query;
    Memo::new(move |_| query.with(|query| Period::of_name(query.get_str("period").unwrap_or_default())))
}

/// What was spent.
#[component]
fn Shown(
    /// The sums.
    sums: Sums,
) -> impl IntoView {
    let words = use_words();
    let sum = sums.sum;
    let unsettled = move || {
        let more = money_short(sum.at_most);
        (sum.at_most.nano() > 0).then(|| format!("+ {} {more}", words.texts().usage.at_most))
    };
    view! {
        <p class="spending__sum">
            <strong>{money_short(sum.spent)}</strong>
            <span>{unsettled}</span>
            <span>{move || (words.texts().usage.jobs_in_all)(sum.jobs)}</span>
        </p>
        <Chart sums=sums.clone() />
        <Tables sums />
    }
}

/// Nothing was made in the period.
#[component]
fn Nothing() -> impl IntoView {
    let words = use_words();
    view! {
        <Empty icon=IconName::Bars title=words.text(|t| t.usage.nothing)>
            {words.text(|t| t.usage.nothing_help)}
        </Empty>
    }
}
