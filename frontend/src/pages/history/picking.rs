//! Picking jobs of the history, to save or to share them together.

use std::collections::BTreeSet;

use leptos::prelude::*;
use studio_shared::job::Job;

use crate::pages::archive::SaveAll;
use crate::pages::job::facts::name;
use crate::pages::sharing::ShareButton;
use crate::pages::sharing::subject::Subject;
use crate::parts::{Button, ButtonKind, ButtonSize, IconName, Show};
use crate::state::book::{Book, JobSignal};
use crate::state::fact;
use crate::words::use_words;

/// Which jobs are picked.
#[derive(Clone, Copy)]
pub(super) struct Picking {
    on: RwSignal<bool>,
    ids: RwSignal<BTreeSet<String>>,
}

impl Picking {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { on: RwSignal::new(false), ids: RwSignal::new(BTreeSet::new()) }
    }

    fn end(self) {
        self.ids.update(BTreeSet::clear);
        self.on.set(false);
    }

    fn pick(self, id: &str, is: bool) {
        self.ids.update(|ids| {
            if is {
                ids.insert(id.to_owned());
            } else {
                ids.remove(id);
            }
        });
    }
}

/// Begins and ends picking, saves and shares what is picked.
#[component]
pub(super) fn PickingBar(
    /// Which jobs are picked.
    picking: Picking,
    /// The jobs that are listed.
    jobs: Memo<Vec<(String, JobSignal)>>,
) -> impl IntoView {
    let words = use_words();
    let book = Book::get();
    let count = move || (words.texts().kept.picked)(picking.ids.with(BTreeSet::len));
    let all = move |_| {
        let ids = jobs.with_untracked(|jobs| jobs.iter().map(|(id, _)| id.clone()).collect());
        picking.ids.set(ids);
    };
    let picked = move |()| -> Vec<Job> {
        let ids = picking.ids.get_untracked();
        // Ids are ordered by time: the newest first, as they are listed.
        ids.iter().rev().filter_map(|id| book.find_now(id)).map(|job| job.get_untracked()).collect()
    };
    view! {
        <div class="picking">
            <Show
                when=move || picking.on.get()
                fallback=move || view! {
                    <Button kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Check on_click=move |_| picking.on.set(true)>
                        {words.text(|t| t.kept.pick)}
                    </Button>
                }
            >
                <span role="status">{count}</span>
                <Button kind=ButtonKind::Quiet size=ButtonSize::Small on_click=all>{words.text(|t| t.kept.pick_all)}</Button>
                <SaveAll title=words.text(|t| t.shell.history) jobs=Callback::new(picked) />
                <ShareButton subject=Callback::new(move |()| Subject::jobs(&picked(()))) />
                <Button kind=ButtonKind::Quiet size=ButtonSize::Small on_click=move |_| picking.end()>
                    {words.text(|t| t.kept.pick_end)}
                </Button>
            </Show>
        </div>
    }
}

/// Picks one job.
#[component]
pub(super) fn Pick(
    /// Which jobs are picked.
    picking: Picking,
    /// The job.
    job: JobSignal,
) -> impl IntoView {
    let words = use_words();
    let job = RwSignal::from(job);
    let id = StoredValue::new(job.with_untracked(|job| job.id.clone()));
    let request = fact(job, |job| job.request.clone());
    let label = move || request.with(|request| (words.texts().kept.pick_one)(&name(request, words.texts())));
    let is_picked = Memo::new(move |_| picking.ids.with(|ids| id.with_value(|id| ids.contains(id))));
    view! {
        <Show when=move || picking.on.get()>
            <label class="pick">
                <input
                    type="checkbox"
                    class="pick__box"
                    aria-label=label
                    prop:checked=is_picked
                    on:change=move |event| id.with_value(|id| picking.pick(id, event_target_checked(&event)))
                />
            </label>
        </Show>
    }
}
