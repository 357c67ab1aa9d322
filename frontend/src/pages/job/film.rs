//! The film of a job, in its place before it is there.

use std::cmp::Ordering;

use leptos::prelude::*;
use studio_shared::job::{Job, Output, State};
use studio_shared::size::Size;

use super::facts::{is_there, size_sent};
use super::trouble::Lost;
use crate::api::Shelf;
use crate::parts::{Show, Skeleton, SkeletonShape};
use crate::state::fact;
use crate::words::use_words;

/// The film of a job. It plays when asked to and never by itself; until then it shows its first frame.
#[component]
pub(crate) fn Film(
    /// The job.
    job: RwSignal<Job>,
) -> impl IntoView {
    let shape = fact(job, size_sent);
    let output = fact(job, |job| job.outputs.first().cloned());
    let hopeless = fact(job, |job| {
        matches!(job.state, State::Failed | State::Canceled | State::Unsure) && job.outputs.is_empty()
    });
    let inside = move || {
        let Size { width, height } = shape.get();
        match output.get() {
            Some(Output { error: Some(error), .. }) => view! { <Lost error /> }.into_any(),
            Some(output) if is_there(&output) => view! { <Player job n=output.n shape /> }.into_any(),
            Some(_) | None => view! { <Skeleton shape=SkeletonShape::Picture(width, height) /> }.into_any(),
        }
    };
    view! {
        <Show when=move || !hopeless.get()>
            <div class=move || film_class(shape.get())>{inside}</div>
        </Show>
    }
}

/// How the place of a film looks.
pub(crate) fn film_class(shape: Size) -> &'static str {
    match shape.width.cmp(&shape.height) {
        Ordering::Greater => "film film--wide",
        Ordering::Less => "film film--tall",
        Ordering::Equal => "film",
    }
}

/// The film itself.
#[component]
fn Player(
    /// The job.
    job: RwSignal<Job>,
    /// Which result.
    n: u32,
    /// Its shape.
    shape: Memo<Size>,
) -> impl IntoView {
    let words = use_words();
    let about = fact(job, |job| (job.id.clone(), job.request.prompt().to_owned()));
    let shelf = Shelf::get();
    let broken = RwSignal::new(false);
    view! {
        <video
            class="film__player"
            controls=true
            playsinline=true
            preload="metadata"
            // A moment after the beginning: so every browser draws the first frame before it plays.
            src=move || about.with(|(id, _)| format!("{}#t=0.001", shelf.address(id, n)))
            aria-label=move || about.with(|(_, prompt)| (words.texts().job.film)(prompt))
            width=move || shape.get().width.to_string()
            height=move || shape.get().height.to_string()
            on:error=move |_| broken.set(true)
            on:loadedmetadata=move |_| broken.set(false)
        ></video>
        <Show when=move || broken.get()><p class="picture__broken">{words.text(|t| t.job.film_gone)}</p></Show>
    }
}
