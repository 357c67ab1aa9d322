//! Everything that is wrong with it, with the way to each place.

use leptos::prelude::*;
use serde_json::Value;
use studio_shared::batch::BatchProblem;

use super::desk::{Desk, Outcome};
use super::editor;
use crate::pages::create::recipe;
use crate::parts::{Button, ButtonKind, ButtonSize, Show};
use crate::words::use_words;

/// Everything that is wrong with it. What was wrong stays in sight while it is checked anew.
#[component]
pub(super) fn Problems(
    /// What the batch is made of.
    desk: Desk,
) -> impl IntoView {
    let words = use_words();
    let all = Memo::new(move |_| match desk.outcome.get() {
        Outcome::Known(quote) | Outcome::Asking(Some(quote)) => (quote.problems, quote.wrong),
        _ => (Vec::new(), 0),
    });
    let shown = move || all.with(|(problems, _)| !problems.is_empty());
    let more = move || {
        let more = all.with(|(problems, wrong)| {
            wrong.saturating_sub(u32::try_from(problems.len()).unwrap_or(u32::MAX))
        });
        (more > 0).then(|| (words.texts().batches.more_wrong)(more))
    };
    let rows = move || {
        all.with(|(problems, _)| problems.clone())
            .into_iter()
            .map(move |problem| view! { <Row desk problem /> })
    };
    view! {
        <Show when=shown>
            <h2 class="new-batch__title" id="problems">{move || (words.texts().batches.wrong)(all.with(|(_, wrong)| *wrong))}</h2>
            <div class="problems" role="region" aria-labelledby="problems" tabindex="0">
                <table class="problems__table">
                    <thead>
                        <tr>
                            <th scope="col">{words.text(|t| t.batches.place)}</th>
                            <th scope="col">{words.text(|t| t.batches.field)}</th>
                            <th scope="col">{words.text(|t| t.batches.given)}</th>
                            <th scope="col">{words.text(|t| t.batches.allowed)}</th>
                        </tr>
                    </thead>
                    <tbody>{move || rows().collect_view()}</tbody>
                </table>
            </div>
            {move || more().map(|more| view! { <p class="muted">{more}</p> })}
        </Show>
    }
}

/// One thing that is wrong.
#[component]
fn Row(
    /// What the batch is made of.
    desk: Desk,
    /// What is wrong.
    problem: BatchProblem,
) -> impl IntoView {
    let words = use_words();
    let BatchProblem { line, column, entry, problem } = problem;
    let field = problem.field.clone();
    let given = match &problem.given {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    let told = problem.clone();
    let message = move || recipe::say(&told, words.language());
    // Most messages name what is allowed by themselves.
    let allowed = move || {
        let language = words.language();
        let allowed = problem.allowed.get(language);
        (!problem.message.get(language).contains(allowed)).then(|| allowed.to_owned())
    };
    let given = move || {
        given.clone().map_or_else(
            || view! { <span class="muted">{words.text(|t| t.batches.nothing_given)}</span> }.into_any(),
            |given| view! { <bdi>{given}</bdi> }.into_any(),
        )
    };
    let label = move || (words.texts().batches.jump)(line, column);
    view! {
        <tr>
            <td class="problems__place">
                <Button kind=ButtonKind::Quiet size=ButtonSize::Small on_click=move |_| editor::show(desk, line, column)>
                    <span aria-hidden="true">{format!("{line}:{column}")}</span>
                    <span class="visually-hidden">{label}</span>
                </Button>
            </td>
            <td class="problems__field">
                {entry.map(|entry| view! { <code>{entry}</code>" " })}
                <code>{field}</code>
            </td>
            <td class="problems__given">{given}</td>
            <td class="problems__allowed">
                <p>{message}</p>
                {move || allowed().map(|allowed| view! { <p class="muted">{allowed}</p> })}
            </td>
        </tr>
    }
}
