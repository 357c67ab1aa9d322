//! The recording a transcript was made of.

use leptos::html;
use leptos::prelude::*;
use studio_shared::job::Job;
use studio_shared::request::{Recording as Source, Request};
use studio_shared::route::Path;

use crate::parts::{Button, ButtonSize, IconName, Show};
use crate::words::use_words;

/// The recording. One that lies elsewhere on the internet is opened only after a press.
#[component]
pub(super) fn Recording(
    /// The job.
    job: RwSignal<Job>,
    /// The player, once it is there.
    element: NodeRef<html::Audio>,
    /// Whether it was pressed.
    armed: RwSignal<bool>,
) -> impl IntoView {
    let words = use_words();
    let broken = RwSignal::new(false);
    let (address, is_ours) = job.with_untracked(|job| match &job.request {
        Request::Transcription(request) => match &request.recording {
            Source::File { file } => (Path::File(file).to_string(), true),
            Source::Url { url } => (url.clone(), false),
        },
        _ => (String::new(), true),
    });
    let player = move || {
        if !is_ours && !armed.get() {
            return view! {
                <Button size=ButtonSize::Small icon=IconName::Play on_click=move |_| armed.set(true)>
                    {words.text(|t| t.job.open_recording)}
                </Button>
            }
            .into_any();
        }
        view! {
            <audio
                class="sound__player"
                node_ref=element
                controls=true
                preload="metadata"
                src=address.clone()
                aria-label=words.text(|t| t.job.recording)
                on:error=move |_| broken.set(true)
                on:loadedmetadata=move |_| broken.set(false)
            ></audio>
        }
        .into_any()
    };
    view! {
        <div class="sound">
            {player}
            <Show when=move || broken.get()><p class="sound__broken">{words.text(|t| t.job.recording_gone)}</p></Show>
        </div>
    }
}
