//! The numbers: by kind, by model, by day.

use leptos::prelude::*;
use studio_shared::catalogue;
use studio_shared::kind::Kind;

use super::chart::class;
use super::sums::{Sum, Sums};
use crate::format::{count, money_short};
use crate::text::Text;
use crate::words::{Texts, use_words};

/// The three tables.
#[component]
pub(super) fn Tables(
    /// The sums.
    sums: Sums,
) -> impl IntoView {
    let words = use_words();
    let Sums { days, kinds, models, sum } = sums;
    let kind_name = move |kind: Kind| move || (words.texts().shell.kind)(kind);
    let kinds = kinds.into_iter().map(move |(kind, sum)| {
        let name = view! {
            <span class="row"><span class=format!("swatch {}", class(kind)) aria-hidden="true"></span>{kind_name(kind)}</span>
        };
        view! { <Row name=name.into_any() sum /> }
    });
    let models = models.into_iter().map(move |(id, kind, sum)| {
        let name = catalogue::model(&id).map(|model| Text::label(model.name));
        let name = view! {
            <span>{name.unwrap_or_else(|| Text::from(id.clone()))}</span>
            <span class="usage-table__rest"><code>{id}</code>" · "{kind_name(kind)}</span>
        };
        view! { <Row name=name.into_any() sum /> }
    });
    // The newest first; days without anything say nothing.
    let days = days.into_iter().rev().filter(|day| day.sum != Sum::default());
    let days = days.map(|day| view! { <Row name=day.day.to_string().into_any() sum=day.sum /> });
    view! {
        <div class="usage-tables">
            <Table caption=|t| t.usage.by_kind head=|t| t.usage.kind sum>{kinds.collect_view()}</Table>
            <Table caption=|t| t.usage.by_model head=|t| t.usage.model sum>{models.collect_view()}</Table>
        </div>
        <details class="usage-days">
            <summary>{words.text(|t| t.usage.by_day)}</summary>
            <Table caption=|t| t.usage.by_day quiet=true head=|t| t.usage.day sum>{days.collect_view()}</Table>
        </details>
    }
}

/// A table with its sum.
#[component]
pub(super) fn Table(
    /// What it shows.
    caption: fn(&'static Texts) -> &'static str,
    /// Whether that is only heard: where it is written already.
    #[prop(optional)]
    quiet: bool,
    /// What its rows are.
    head: fn(&'static Texts) -> &'static str,
    /// In all.
    sum: Sum,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let words = use_words();
    view! {
        <table class="usage-table">
            <caption class:visually-hidden=quiet>{words.text(caption)}</caption>
            <thead>
                <tr>
                    <th scope="col">{words.text(head)}</th>
                    <th scope="col">{words.text(|t| t.usage.jobs)}</th>
                    <th scope="col">{words.text(|t| t.usage.spent)}</th>
                    <th scope="col">{words.text(|t| t.usage.at_most)}</th>
                </tr>
            </thead>
            <tbody>{children()}</tbody>
            <tfoot><Row name=view! { {words.text(|t| t.usage.sum)} }.into_any() sum /></tfoot>
        </table>
    }
}

/// One row.
#[component]
pub(super) fn Row(
    /// What it is about.
    name: AnyView,
    /// What was spent on it.
    sum: Sum,
) -> impl IntoView {
    let at_most = if sum.at_most.nano() == 0 { "—".to_owned() } else { money_short(sum.at_most) };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>{count(sum.jobs.into())}</td>
            <td>{money_short(sum.spent)}</td>
            <td>{at_most}</td>
        </tr>
    }
}
