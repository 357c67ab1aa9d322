//! One job in a list.

use leptos::prelude::*;
use leptos_router::components::A;
use studio_shared::catalogue;
use studio_shared::job::{Cost, Job};
use studio_shared::request::Request;

use super::actions::JobActions;
use super::facts::name;
use super::made::{Made, Room};
use super::settings::in_short;
use super::standing::{Going, Standing};
use super::trouble::Trouble;
use crate::format;
use crate::state::book::JobSignal;
use crate::state::fact;
use crate::words::{WordsHandle, use_words};

/// One job in a list: it moves by itself.
#[component]
pub(crate) fn JobCard(
    /// The job.
    job: JobSignal,
) -> impl IntoView {
    let job = RwSignal::from(job);
    view! {
        <article class="job-card" aria-label=fact(job, |job| job.request.prompt().to_owned())>
            <Standing job />
            <Asked job />
            <Going job />
            <Made job room=Room::Card />
            <Trouble job />
            <JobActions job />
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
    let prompt = fact(job, |job| job.request.clone());
    let prompt = move || prompt.with(|request| name(request, words.texts()));
    let rest = fact(job, |job| (job.request.clone(), job.cost.clone()));
    let rest = move || rest.with(|(request, cost)| asked_rest(request, in_money(cost, words), words));
    view! {
        <div class="asked">
            <A href=move || address.get() attr:class="asked__prompt" attr:dir="auto">{prompt}</A>
            <p class="asked__rest">{rest}</p>
        </div>
    }
}

/// What it cost; else what it cost at most, else what it is expected to.
fn in_money(cost: &Cost, words: WordsHandle) -> Option<String> {
    let at_most = |amount| (words.texts().kept.at_most)(&format::money(amount));
    let known = cost.actual.map(format::money).or_else(|| cost.at_most.map(at_most));
    known.or_else(|| cost.estimate.map(format::money))
}

/// What was asked for beside the prompt, in one line.
pub(crate) fn asked_rest(request: &Request, cost: Option<String>, words: WordsHandle) -> String {
    let model = request.model();
    let known = catalogue::model(model).map_or(model, |known| known.name.get(words.language()));
    let mut facts = vec![known.to_owned()];
    facts.extend(in_short(request, words));
    facts.extend(cost);
    facts.join(" · ")
}
