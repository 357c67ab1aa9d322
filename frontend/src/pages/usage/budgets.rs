//! The budgets, and, for the owner, the form that sets them.

use leptos::prelude::*;
use studio_shared::budget::{Budget, Budgets};
use studio_shared::day::Day;

use super::limits::LimitsForm;
use super::load::Load;
use super::meter::Meter;
use super::news::use_news;
use crate::api::Client;
use crate::clock::use_minute;
use crate::pages::failure::FailureNotice;
use crate::parts::{Button, ButtonSize, Card, IconName, Show};
use crate::state::session::SessionState;
use crate::words::{Texts, use_words};

/// The budgets of the caller, and of the studio.
#[component]
pub(super) fn BudgetCard(
    /// The way to the worker.
    client: Client,
) -> impl IntoView {
    let words = use_words();
    let load: Load<Budgets> = Load::new();
    let again = RwSignal::new(());
    let member = SessionState::get().member();
    let is_owner =
        Memo::new(move |_| member.with(|member| member.as_ref().is_some_and(|member| member.owner)));
    let news = use_news();
    let minute = use_minute();
    let today = Memo::new(move |_| Day::of(minute.get()));
    Effect::new(move |_| {
        news.track();
        today.track();
        again.track();
        // The page hears of its member's jobs, not of what others spend of the studio's budget.
        if is_owner.get() {
            minute.track();
        }
        load.ask(client.budgets());
    });
    let open = RwSignal::new(false);
    let can_set = Memo::new(move |_| is_owner.get() && load.value.with(Option::is_some));
    let aside = move || {
        view! {
            <Show when=move || is_owner.get()>
                <Button
                    size=ButtonSize::Small
                    icon=IconName::Tune
                    disabled=Signal::derive(move || !can_set.get())
                    on_click=move |_| open.update(|open| *open = !*open)
                >
                    {words.text(|t| t.usage.set)}
                </Button>
            </Show>
        }
    };
    let own = move || load.value.with(|budgets| budgets.as_ref().map(|budgets| budgets.member));
    let studio = move || load.value.with(|budgets| budgets.as_ref().and_then(|budgets| budgets.studio));
    let failure = move || {
        load.failure.get().map(|failure| {
            view! { <FailureNotice failure on_again=move |()| again.set(()) /> }
        })
    };
    view! {
        <Card heading=words.text(|t| t.usage.budget) aside>
            {failure}
            <div class="budgets">
                <Whose name=|t| t.usage.own budget=Signal::derive(own) />
                <Show when=move || is_owner.get()>
                    <Whose name=|t| t.usage.studio budget=Signal::derive(studio) />
                </Show>
            </div>
            <p class="small muted">{words.text(|t| t.usage.budget_help)}</p>
            <Show when=move || can_set.get() && open.get()>
                <LimitsForm client load open />
            </Show>
        </Card>
    }
}

/// The budgets of one person, or of the studio.
#[component]
fn Whose(
    /// Whose they are.
    name: fn(&'static Texts) -> &'static str,
    /// The budgets.
    budget: Signal<Option<Budget>>,
) -> impl IntoView {
    let words = use_words();
    let day = Signal::derive(move || budget.get().map(|budget| budget.day));
    let month = Signal::derive(move || budget.get().map(|budget| budget.month));
    let label = move |period: fn(&'static Texts) -> &'static str| {
        move || {
            let texts = words.texts();
            format!("{} · {}", name(texts), period(texts))
        }
    };
    view! {
        <section class="budgets__whose" aria-label=words.text(name)>
            <Meter label=label(|t| t.usage.today) spending=day />
            <Meter label=label(|t| t.usage.month) spending=month />
        </section>
    }
}
