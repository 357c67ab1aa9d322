//! A budget as a bar: what is spent, what may have been, what is held, what is left.

use leptos::prelude::*;
use studio_shared::budget::Spending;
use studio_shared::money::Money;

use super::sums::share;
use crate::format::money_short;
use crate::text::Text;
use crate::words::{Texts, use_words};

/// One part of a bar: the class that gives it its pattern, its name, its amount.
type Part = (&'static str, fn(&'static Texts) -> &'static str, fn(&Spending) -> Money);

/// The parts in their order. Each has a pattern of its own, so that colour is not needed to tell them apart.
static PARTS: [Part; 3] = [
    ("meter__part meter__part--spent", |t| t.usage.spent, |spending| spending.spent),
    ("meter__part meter__part--at-most", |t| t.usage.at_most, |spending| spending.at_most),
    ("meter__part meter__part--reserved", |t| t.usage.reserved, |spending| spending.reserved),
];

/// One budget.
#[component]
pub(crate) fn Meter(
    /// Whose, and for how long.
    #[prop(into)]
    label: Text,
    /// What is taken from it; nothing before it is known.
    #[prop(into)]
    spending: Signal<Option<Spending>>,
    /// Whether its amounts are left out, but for what is taken: in the row of a list.
    #[prop(optional)]
    brief: bool,
) -> impl IntoView {
    let words = use_words();
    let known = move || spending.get().unwrap_or_default();
    let limit = move || spending.get().and_then(|spending| spending.limit);
    let of = move || match (spending.get(), limit()) {
        (None, _) => String::new(),
        (Some(_), Some(limit)) => (words.texts().usage.of)(&money_short(limit)),
        (Some(_), None) => words.texts().usage.unlimited.to_owned(),
    };
    let is_used_up = move || known().left().is_some_and(|left| left.nano() == 0);
    let hundredths = move || limit().map(|limit| hundredths(known().taken(), limit));
    let taken = move || match hundredths() {
        Some(_) if is_used_up() => words.texts().usage.used_up.to_owned(),
        Some(hundredths) => (words.texts().usage.taken)(hundredths),
        None => String::new(),
    };
    let taken_amount = move || spending.get().filter(|_| brief).map(|spending| money_short(spending.taken()));
    let part = move |(class, _, amount): &'static Part| {
        let width = move || format!("{:.3}%", share(amount(&known()), limit().unwrap_or_default()));
        view! { <span class=*class style:width=width></span> }
    };
    let amount = move |(class, name, amount): &'static Part| {
        view! {
            <div class="meter__amount">
                <dt><span class=format!("meter__swatch {class}") aria-hidden="true"></span>{words.text(*name)}</dt>
                <dd>{move || spending.get().map(|spending| money_short(amount(&spending)))}</dd>
            </div>
        }
    };
    let left = move || known().left().map_or_else(|| "—".to_owned(), money_short);
    view! {
        <div class="meter" class:meter--used-up=is_used_up>
            <p class="meter__top">
                <span class="meter__label">{label}</span>
                {taken_amount}
                <span class="meter__of">{of}</span>
                <span class="meter__taken">{taken}</span>
            </p>
            <div
                class="meter__bar"
                class:meter__bar--without=move || limit().is_none()
                role=move || limit().map(|_| "meter")
                aria-label=move || limit().map(|_| label.get())
                aria-valuemin=move || limit().map(|_| "0")
                aria-valuemax=move || limit().map(|_| "100")
                aria-valuenow=move || hundredths().map(|hundredths| hundredths.min(100).to_string())
                aria-valuetext=move || limit().map(|_| format!("{} · {}", taken(), of()))
            >
                {PARTS.iter().map(part).collect_view()}
            </div>
            {(!brief).then(|| view! { <dl class="meter__amounts">
                {PARTS.iter().map(amount).collect_view()}
                <div class="meter__amount">
                    <dt><span class="meter__swatch" aria-hidden="true"></span>{words.text(|t| t.usage.left)}</dt>
                    <dd>{left}</dd>
                </div>
            </dl> })}
        </div>
    }
}

/// How many hundredths of a budget are taken, rounded down, so that 100 means that nothing is left.
fn hundredths(taken: Money, limit: Money) -> u64 {
    let (taken, limit) = (i128::from(taken.nano().max(0)), i128::from(limit.nano().max(0)));
    let hundredths = taken.saturating_mul(100).checked_div(limit).unwrap_or(100);
    u64::try_from(hundredths).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_means_that_nothing_is_left() {
        let fen = Money::from_fen;
        assert_eq!(hundredths(fen(0), fen(100)), 0);
        assert_eq!(hundredths(Money::from_nano(999_999_999), fen(100)), 99);
        assert_eq!(hundredths(fen(150), fen(100)), 150);
        assert_eq!(hundredths(fen(0), fen(0)), 100);
        assert_eq!(hundredths(Money::from_nano(i64::MAX), Money::from_nano(1)), u64::MAX);
    }
}
