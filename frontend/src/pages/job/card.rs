//! One job in a list.

use leptos::prelude::*;
use leptos_router::components::A;
use studio_shared::catalogue;
use studio_shared::job::Job;

use super::actions::JobActions;
use super::facts::{count, fact, size};
use super::pictures::Pictures;
use super::standing::{Going, Standing};
use super::trouble::Trouble;
use super::viewer::{Viewed, Viewer};
use crate::format;
use crate::state::book::JobSignal;
use crate::words::use_words;

/// One job in a list: it moves by itself.
#[component]
pub(crate) fn JobCard(
    /// The job.
    job: JobSignal,
) -> impl IntoView {
    let job = RwSignal::from(job);
    let viewed = Viewed::new();
    view! {
        <article class="job-card" aria-label=fact(job, |job| job.request.prompt().to_owned())>
            <Standing job />
            <Asked job />
            <Going job />
            <Pictures job on_open=viewed.show() />
            <Trouble job />
            <JobActions job />
            <Viewer job viewed />
        </article>
    }
}

/// What was asked for: the prompt, and in one line the rest. Leads to the job's own page.
#[component]
pub(crate) fn Asked(
    /// The job.
    job: RwSignal<Job>,
) -> impl IntoView {
    let words = use_words();
    let address = fact(job, |job| format!("/jobs/{}", job.id));
    let prompt = fact(job, |job| job.request.prompt().to_owned());
    let rest = fact(job, |job| {
        let Job { request, cost, .. } = job;
        (request.model().to_owned(), size(request), count(request), cost.actual.or(cost.estimate))
    });
    let rest = move || {
        let (model, size, count, cost) = rest.get();
        let name = catalogue::model(&model).map_or(model.as_str(), |known| known.name.get(words.language()));
        format!(
            "{name} · {}×{} · {} · {}",
            size.width,
            size.height,
            (words.texts().job.count)(count),
            cost.map(format::money).unwrap_or_default()
        )
    };
    view! {
        <div class="asked">
            <A href=move || address.get() attr:class="asked__prompt" attr:dir="auto">{prompt}</A>
            <p class="asked__rest">{rest}</p>
        </div>
    }
}
