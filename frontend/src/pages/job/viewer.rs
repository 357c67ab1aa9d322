//! A picture in full size, over the page.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use studio_shared::job::Job;

use super::facts::{file_name, is_there, size_sent};
use crate::api::Shelf;
use crate::parts::{ButtonKind, ButtonLink, ButtonSize, Dialog, IconButton, IconName, Show};
use crate::state::fact;
use crate::words::use_words;

/// Which picture is shown in full size.
#[derive(Clone, Copy)]
pub(crate) struct Viewed {
    open: RwSignal<bool>,
    n: RwSignal<u32>,
}

impl Viewed {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self { open: RwSignal::new(false), n: RwSignal::new(0) }
    }

    /// Shows one.
    pub(crate) fn show(self) -> Callback<u32> {
        Callback::new(move |n| {
            self.n.set(n);
            self.open.set(true);
        })
    }
}

/// A picture in full size: arrow keys go through the job's pictures, Escape closes.
#[component]
pub(crate) fn Viewer(
    /// The job.
    job: RwSignal<Job>,
    /// Which picture.
    viewed: Viewed,
) -> impl IntoView {
    let words = use_words();
    let Viewed { open, n } = viewed;
    let there = fact(job, |job| {
        job.outputs.iter().filter(|output| is_there(output)).map(|output| output.n).collect::<Vec<_>>()
    });
    let step = move |forward: bool| {
        let next = there.with_untracked(|there| neighbour(there, n.get_untracked(), forward));
        if let Some(next) = next {
            n.set(next);
        }
    };
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowLeft" => step(false),
        "ArrowRight" => step(true),
        _ => {}
    };
    let title = move || {
        (words.texts().job.picture_of)(n.get().saturating_add(1), super::facts::count(&job.read().request))
    };
    let several = Signal::derive(move || there.with(|there| there.len() > 1));
    let actions = move || view! { <ViewerActions job n /> };
    view! {
        <Dialog open title wide=true actions>
            <div class="viewer" on:keydown=key>
                <Show when=move || several.get()>
                    <IconButton icon=IconName::ChevronLeft label=words.text(|t| t.job.previous) on_click=move |_| step(false) />
                </Show>
                <FullSize job n />
                <Show when=move || several.get()>
                    <IconButton icon=IconName::ChevronRight label=words.text(|t| t.job.next) on_click=move |_| step(true) />
                </Show>
            </div>
        </Dialog>
    }
}

/// The picture itself.
#[component]
fn FullSize(
    /// The job.
    job: RwSignal<Job>,
    /// Which picture.
    n: RwSignal<u32>,
) -> impl IntoView {
    let words = use_words();
    let shelf = Shelf::get();
    let shape = fact(job, size_sent);
    let about = fact(job, |job| (job.id.clone(), job.request.prompt().to_owned()));
    view! {
        <img
            class="viewer__image"
            // Arrow keys work as soon as the dialog is open.
            tabindex="0"
            autofocus=true
            src=move || about.with(|(id, _)| shelf.address(id, n.get()))
            alt=move || about.with(|(_, prompt)| (words.texts().job.picture)(n.get().saturating_add(1), prompt))
            width=move || shape.get().width.to_string()
            height=move || shape.get().height.to_string()
        />
    }
}

/// Download, and open by itself.
#[component]
fn ViewerActions(
    /// The job.
    job: RwSignal<Job>,
    /// Which picture.
    n: RwSignal<u32>,
) -> impl IntoView {
    let words = use_words();
    let shelf = Shelf::get();
    let is_offered = shelf.offers_download();
    let file = Memo::new(move |_| {
        job.with(|job| {
            let output = job.outputs.iter().find(|output| output.n == n.get())?;
            let name = file_name(&job.id, output);
            Some((shelf.address(&job.id, output.n), shelf.download_address(&job.id, output.n, &name), name))
        })
        .unwrap_or_default()
    });
    view! {
        <ButtonLink
            kind=ButtonKind::Plain
            size=ButtonSize::Small
            icon=IconName::External
            new_tab=true
            href=Signal::derive(move || file.get().0)
        >
            {words.text(|t| t.job.open_in_tab)}
        </ButtonLink>
        {is_offered.then(|| view! {
            <ButtonLink
                kind=ButtonKind::Primary
                size=ButtonSize::Small
                icon=IconName::Download
                download=move || file.get().2
                href=Signal::derive(move || file.get().1)
            >
                {words.text(|t| t.job.download)}
            </ButtonLink>
        })}
    }
}

/// The picture before or after `n` that is there, round at the ends.
fn neighbour(there: &[u32], n: u32, forward: bool) -> Option<u32> {
    if forward {
        there.iter().find(|other| **other > n).or(there.first()).copied()
    } else {
        there.iter().rev().find(|other| **other < n).or(there.last()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_go_round_and_over_what_was_lost() {
        assert_eq!(neighbour(&[0, 2, 3], 0, true), Some(2));
        assert_eq!(neighbour(&[0, 2, 3], 3, true), Some(0));
        assert_eq!(neighbour(&[0, 2, 3], 0, false), Some(3));
        assert_eq!(neighbour(&[], 0, true), None);
    }
}
