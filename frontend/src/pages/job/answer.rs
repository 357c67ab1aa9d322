//! The answer of a text job.

use leptos::prelude::*;
use studio_shared::job::Job;

use super::facts::fact;
use super::made::Room;
use crate::parts::{CopyButton, Markdown};

/// The answer of a text job: whole on its own page, its beginning in lists.
#[component]
pub(crate) fn Answer(
    /// The job.
    job: RwSignal<Job>,
    /// Where it is shown.
    room: Room,
) -> impl IntoView {
    let text = fact(job, |job| job.text.as_ref().map(|answer| answer.text.clone()).unwrap_or_default());
    if room == Room::Page {
        view! {
            <div class="prompt-text">
                <div><Markdown text=Signal::derive(move || text.get()) /></div>
                <CopyButton text=text />
            </div>
        }
        .into_any()
    } else {
        view! { <p class="excerpt clamp" dir="auto">{text}</p> }.into_any()
    }
}
