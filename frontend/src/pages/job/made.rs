//! What a job has made, whatever its kind.

use leptos::prelude::*;
use studio_shared::job::Job;
use studio_shared::kind::Kind;

use super::answer::Answer;
use super::expires::Expires;
use super::film::Film;
use super::pictures::Pictures;
use super::sound::Sound;
use super::transcript::{Beginning, Transcription};
use super::viewer::{Viewed, Viewer};

/// Where the result is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    /// In a dense grid.
    Tile,
    /// In a list.
    Card,
    /// On the job's own page.
    Page,
}

/// What a job has made. Its place is kept from the start.
#[component]
pub(crate) fn Made(
    /// The job.
    job: RwSignal<Job>,
    /// Where it is shown.
    room: Room,
) -> impl IntoView {
    match job.with_untracked(|job| job.kind) {
        Kind::Image => {
            let viewed = Viewed::new();
            let most = if room == Room::Tile { 4 } else { u32::MAX };
            view! {
                <Pictures job most on_open=viewed.show() />
                <Viewer job viewed />
            }
            .into_any()
        }
        Kind::Video => view! { <Film job /><Expires job n=0 /> }.into_any(),
        Kind::Speech => view! { <Sound job room /><Expires job n=0 /> }.into_any(),
        Kind::Transcription if room == Room::Page => {
            view! { <Transcription job /><Expires job n=0 /> }.into_any()
        }
        Kind::Transcription => view! { <Beginning job room /><Expires job n=0 /> }.into_any(),
        Kind::Text => view! { <Answer job room /> }.into_any(),
    }
}
