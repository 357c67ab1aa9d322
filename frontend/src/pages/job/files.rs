//! Results as files to keep.

use leptos::prelude::*;
use studio_shared::job::Job;

use super::facts::{file_name, is_there};
use crate::api::Shelf;
use crate::format;
use crate::parts::{ButtonKind, ButtonLink, ButtonSize, IconName};
use crate::state::fact;
use crate::words::use_words;

/// The way to keep the film or the sound of a job as a file.
#[component]
pub(crate) fn Download(
    /// The job.
    job: RwSignal<Job>,
) -> impl IntoView {
    let words = use_words();
    let shelf = Shelf::get();
    let file = fact(job, move |job| {
        let output = job.outputs.first().filter(|output| is_there(output) && shelf.offers_download())?;
        let name = file_name(&job.id, output);
        Some((shelf.download_address(&job.id, output.n, &name), name, output.bytes))
    });
    move || {
        file.get().map(|(href, name, bytes)| {
            view! {
                <div class="job-actions"><ButtonLink
                    kind=ButtonKind::Quiet
                    size=ButtonSize::Small
                    icon=IconName::Download
                    download=name
                    href=Signal::stored(href)
                >
                    {words.text(|t| t.job.download)}
                    {bytes.map(|bytes| format!(" {}", format::bytes(bytes)))}
                </ButtonLink></div>
            }
        })
    }
}
