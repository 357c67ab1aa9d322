//! The form that sets budgets.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::budget::{BudgetChange, Budgets, Limits};
use studio_shared::money::Money;

use super::load::Load;
use crate::api::{Client, Failure};
use crate::pages::failure;
use crate::parts::{Button, ButtonKind, Field, Notice, TextInput, Tone, focus_again, focused, use_toasts};
use crate::state::soon;
use crate::words::{Texts, use_words};

/// The fields, as problems name them, in the order of their labels.
const FIELDS: [&str; 4] = ["member.day", "member.month", "studio.day", "studio.month"];

/// The form that sets budgets.
#[component]
pub(super) fn LimitsForm(
    /// The way to the worker.
    client: Client,
    /// The budgets as they are.
    load: Load<Budgets>,
    /// Whether the form is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let words = use_words();
    let toasts = use_toasts();
    let fields = load.value.with_untracked(written).map(RwSignal::new);
    // Whether each is wrong, by its own look or the worker's.
    let wrong = RwSignal::new([false; 4]);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    // What had the focus when the form came: it gets it back.
    let opener = StoredValue::new_local(focused());
    let shut = move || {
        let opener = opener.try_get_value().flatten();
        soon(move || {
            open.try_set(false);
        });
        focus_again(opener);
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let amounts = fields.map(|field| field.with_untracked(|text| amount(text)));
        wrong.set(amounts.map(|amount| amount.is_err()));
        failure.set(None);
        let [Ok(day), Ok(month), Ok(studio_day), Ok(studio_month)] = amounts else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let change = BudgetChange {
            member: Some(Limits { day, month }),
            studio: Some(Limits { day: studio_day, month: studio_month }),
        };
        spawn_local(async move {
            let answer = client.change_budget(&change).await;
            busy.try_set(false);
            match answer {
                Ok(budgets) => {
                    load.value.try_set(Some(budgets));
                    toasts.success(words.texts_untracked().usage.saved);
                    shut();
                }
                Err(refused) => {
                    let problems = refused.problems();
                    let named = FIELDS.map(|field| problems.iter().any(|problem| problem.field == field));
                    // What belongs to no field is told below them.
                    failure.try_set((!named.contains(&true)).then_some(refused));
                    wrong.try_set(named);
                }
            }
        });
    };
    // Who has opened it goes on writing.
    let first = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = first.get() {
            let _ = input.focus();
        }
    });
    let row = move |at: usize| {
        let value = fields.get(at).copied()?;
        let name: fn(&'static Texts) -> &'static str = match at {
            0 => |t| t.usage.limits[0],
            1 => |t| t.usage.limits[1],
            2 => |t| t.usage.limits[2],
            _ => |t| t.usage.limits[3],
        };
        let is_wrong = move || wrong.with(|wrong| wrong.get(at).copied().unwrap_or_default());
        let problem = move || is_wrong().then(|| words.texts().usage.not_money.to_owned());
        Some(view! {
            <Field label=words.text(name) help=words.text(|t| t.usage.limit_help) problem=Signal::derive(problem)>
                <TextInput
                    value
                    on_input=move |text| value.set(text)
                    node_ref=if at == 0 { first } else { NodeRef::new() }
                />
            </Field>
        })
    };
    let notice = move || {
        failure.get().map(|failure| {
            let line = move || failure::line(&failure, words.texts());
            view! { <Notice tone=Tone::Danger live=true title=line /> }
        })
    };
    view! {
        <form class="limits" aria-label=words.text(|t| t.usage.form) novalidate on:submit=submit>
            <div class="limits__fields">{(0..FIELDS.len()).map(row).collect_view()}</div>
            {notice}
            <div class="cluster">
                <Button kind=ButtonKind::Primary submit=true busy>{words.text(|t| t.usage.save)}</Button>
                <Button kind=ButtonKind::Quiet on_click=move |_| shut()>
                    {words.text(|t| t.usage.cancel)}
                </Button>
            </div>
        </form>
    }
}

/// The limits as they are, to be written over.
fn written(budgets: &Option<Budgets>) -> [String; 4] {
    let limit = |limit: Option<Money>| limit.map(|money| money.to_string()).unwrap_or_default();
    let both = |budget: studio_shared::budget::Budget| [limit(budget.day.limit), limit(budget.month.limit)];
    let own = budgets.as_ref().map(|budgets| budgets.member).unwrap_or_default();
    let studio = budgets.as_ref().and_then(|budgets| budgets.studio).unwrap_or_default();
    let ([day, month], [studio_day, studio_month]) = (both(own), both(studio));
    [day, month, studio_day, studio_month]
}

/// What was written: an amount, or nothing for no limit.
pub(crate) fn amount(text: &str) -> Result<Option<Money>, ()> {
    let text = text.trim().trim_start_matches(['¥', '￥']).trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse::<Money>().ok().filter(|money| money.nano() >= 0).map(Some).ok_or(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_or_nothing_is_taken() {
        assert_eq!(amount(" ¥20 "), Ok(Some(Money::from_fen(2000))));
        assert_eq!(amount("0.5"), Ok(Some(Money::from_fen(50))));
        assert_eq!(amount("0"), Ok(Some(Money::ZERO)));
        assert_eq!(amount("  "), Ok(None));
        for text in ["-1", "1e3", "二十", "1,000", "20 元"] {
            assert_eq!(amount(text), Err(()), "{text}");
        }
    }
}
