//! A job's settings to take along: as a link, as JSON, as a command line; and the way to be rid of it.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use studio_shared::job::Job;
use studio_shared::route::Path;

use super::actions::Actions;
use super::facts::curl;
use crate::parts::{Button, ButtonKind, ButtonSize, CopyButton, IconName};
use crate::place;
use crate::state::fact;
use crate::state::random;
use crate::words::use_words;

/// A job's settings to take along.
#[component]
pub(crate) fn Copies(
    /// The job.
    job: RwSignal<Job>,
) -> impl IntoView {
    let words = use_words();
    let origin = window().location().origin().unwrap_or_default();
    let key = random::key();
    let recipe = {
        let origin = origin.clone();
        fact(job, move |job| format!("{origin}{}", place::recipe(&job.request)))
    };
    let json = fact(job, |job| serde_json::to_string_pretty(&job.request).unwrap_or_default());
    let command = fact(job, move |job| curl(&origin, &Path::Jobs.to_string(), &job.request, &key));
    view! {
        <CopyButton text=recipe label=words.text(|t| t.job.copy_link) />
        <CopyButton text=json label=words.text(|t| t.job.copy_json) />
        <CopyButton text=command label=words.text(|t| t.job.copy_curl) />
    }
}

/// Deletes the job: at once, since that can be undone.
#[component]
pub(crate) fn Delete(
    /// The job.
    job: RwSignal<Job>,
) -> impl IntoView {
    let words = use_words();
    let actions = Actions::of(job);
    let navigate = use_navigate();
    let delete = move |_| {
        let navigate = navigate.clone();
        actions.delete(move || navigate("/history", leptos_router::NavigateOptions::default()));
    };
    view! {
        <Button
            kind=ButtonKind::Quiet
            size=ButtonSize::Small
            icon=IconName::Trash
            busy=actions.busy()
            on_click=delete
        >
            {words.text(|t| t.job.delete)}
        </Button>
    }
}
