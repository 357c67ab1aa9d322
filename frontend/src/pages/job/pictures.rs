//! The pictures of a job, each in its place before it is there.

use leptos::prelude::*;
use studio_shared::job::{Job, Output, State};
use studio_shared::size::Size;

use super::expires::Expires;
use super::facts::{count, is_there, size_sent};
use super::trouble::Lost;
use crate::api::Shelf;
use crate::parts::{For, Show, Skeleton, SkeletonShape};
use crate::state::fact;
use crate::words::use_words;

/// The pictures of a job. Each place has its shape from the start, so nothing moves when a picture comes.
#[component]
pub(crate) fn Pictures(
    /// The job.
    job: RwSignal<Job>,
    /// So many at most; the first ones.
    #[prop(optional)]
    most: Option<u32>,
    /// Opens one.
    #[prop(into)]
    on_open: Callback<u32>,
) -> impl IntoView {
    let shape = fact(job, size_sent);
    let places = fact(job, move |job| {
        let hopeless = matches!(job.state, State::Failed | State::Canceled | State::Unsure);
        let wanted = if hopeless && job.outputs.is_empty() { 0 } else { count(&job.request) };
        wanted.min(most.unwrap_or(u32::MAX))
    });
    let numbers = move || (0..places.get()).collect::<Vec<_>>();
    view! {
        <ul
            class="pictures"
            class:pictures--one=move || places.get() == 1
            class:pictures--none=move || places.get() == 0
        >
            <For each=numbers key=|n| *n let:n><Place job n shape on_open /></For>
        </ul>
    }
}

/// One place: still empty, a picture, or the reason why there is none.
#[component]
fn Place(
    /// The job.
    job: RwSignal<Job>,
    /// Which one, from 0.
    n: u32,
    /// Its shape.
    shape: Memo<Size>,
    /// Opens it.
    on_open: Callback<u32>,
) -> impl IntoView {
    let output = fact(job, move |job| job.outputs.iter().find(|output| output.n == n).cloned());
    let inside = move || {
        let Size { width, height } = shape.get();
        match output.get() {
            Some(Output { error: Some(error), .. }) => view! { <Lost error /> }.into_any(),
            Some(output) if is_there(&output) => view! { <Picture job n shape on_open /> }.into_any(),
            Some(_) | None => view! { <Skeleton shape=SkeletonShape::Picture(width, height) /> }.into_any(),
        }
    };
    view! { <li class="pictures__place">{inside}<Expires job n /></li> }
}

/// One picture; a press shows it large.
#[component]
fn Picture(
    /// The job.
    job: RwSignal<Job>,
    /// Which one, from 0.
    n: u32,
    /// Its shape.
    shape: Memo<Size>,
    /// Opens it.
    on_open: Callback<u32>,
) -> impl IntoView {
    let words = use_words();
    let about = fact(job, |job| (job.id.clone(), job.request.prompt().to_owned()));
    let shelf = Shelf::get();
    let broken = RwSignal::new(false);
    let label = move || (words.texts().job.open_picture)(n.saturating_add(1));
    let name = move || about.with(|(_, prompt)| (words.texts().job.picture)(n.saturating_add(1), prompt));
    view! {
        <button class="picture" type="button" aria-label=label on:click=move |_| on_open.run(n)>
            <img
                class="picture__image"
                src=move || about.with(|(id, _)| shelf.address(id, n))
                alt=name
                width=move || shape.get().width.to_string()
                height=move || shape.get().height.to_string()
                loading="lazy"
                decoding="async"
                on:error=move |_| broken.set(true)
                on:load=move |_| broken.set(false)
            />
            <Show when=move || broken.get()><span class="picture__broken">{words.text(|t| t.job.picture_gone)}</span></Show>
        </button>
    }
}
