//! What can be done with a batch.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use studio_shared::batch::{Batch, BatchState};

use crate::api::{Client, Failure, JobQuery};
use crate::pages::archive::SaveAll;
use crate::pages::failure;
use crate::parts::{Button, ButtonKind, ButtonSize, Dialog, IconName, Show, ToastsHandle, use_toasts};
use crate::state::batches::Batches;
use crate::state::fact;
use crate::state::{random, soon};
use crate::words::{WordsHandle, use_words};

/// What the actions work with.
#[derive(Clone, Copy)]
struct Actions {
    client: Option<Client>,
    batch: RwSignal<Batch>,
    batches: Batches,
    toasts: ToastsHandle,
    words: WordsHandle,
    /// What is being done.
    busy: RwSignal<Option<Act>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Pause,
    Resume,
    Cancel,
    Retry,
    Delete,
}

impl Actions {
    fn of(batch: RwSignal<Batch>) -> Self {
        Self {
            client: use_context(),
            batch,
            batches: Batches::get(),
            toasts: use_toasts(),
            words: use_words(),
            busy: RwSignal::new(None),
        }
    }

    fn is_busy(self, act: Act) -> Signal<bool> {
        Signal::derive(move || self.busy.get() == Some(act))
    }

    /// Does it; the batch follows by its answer.
    fn act(self, act: Act) {
        let Some((client, id)) = self.begin(act) else { return };
        spawn_local(async move {
            let answer = match act {
                Act::Pause => client.pause_batch(&id).await,
                Act::Resume => client.resume_batch(&id, &random::key()).await,
                Act::Cancel => client.cancel_batch(&id).await,
                Act::Retry | Act::Delete => client.retry_batch(&id, &random::key()).await,
            };
            self.busy.try_set(None);
            match answer {
                Ok(batch) => self.batches.put(batch),
                Err(failure) => self.failed(&failure),
            }
        });
    }

    /// Deletes it; `then` leaves the page that shows it. Not a callback of the view: the live socket may take the view
    /// away before the answer comes.
    fn delete(self, then: impl FnOnce() + 'static) {
        let Some((client, id)) = self.begin(Act::Delete) else { return };
        spawn_local(async move {
            let answer = client.delete_batch(&id).await;
            self.busy.try_set(None);
            match answer {
                Ok(()) => {
                    self.toasts.success(self.words.texts_untracked().job.deleted);
                    then();
                    soon(move || self.batches.remove(&id));
                }
                Err(failure) => self.failed(&failure),
            }
        });
    }

    fn begin(self, act: Act) -> Option<(Client, String)> {
        let client = self.client?;
        let id = self.batch.try_with_untracked(|batch| batch.id.clone())?;
        self.busy.set(Some(act));
        Some((client, id))
    }

    fn failed(self, failure: &Failure) {
        self.toasts.danger(failure::line(failure, self.words.texts_untracked()));
    }
}

/// Pause, resume, cancel, retry, save, delete: as far as the batch's state allows.
#[component]
pub(super) fn BatchActions(
    /// The batch.
    batch: RwSignal<Batch>,
) -> impl IntoView {
    let words = use_words();
    let actions = Actions::of(batch);
    let navigate = use_navigate();
    let state = fact(batch, |batch| batch.state);
    let counts = fact(batch, |batch| batch.counts);
    let is_open = move || matches!(state.get(), BatchState::Running | BatchState::Paused);
    let lost = fact(batch, |batch| batch.counts.failed.saturating_add(batch.counts.canceled));
    let (cancels, deletes) = (RwSignal::new(false), RwSignal::new(false));
    let name = fact(batch, |batch| batch.name.clone());
    let query = Signal::derive(move || JobQuery {
        batch: Some(batch.with(|batch| batch.id.clone())),
        ..JobQuery::default()
    });
    let cancel = move || {
        view! {
            <Button on_click=move |_| cancels.set(false)>{words.text(|t| t.job.keep)}</Button>
            <Button kind=ButtonKind::Danger on_click=move |_| { cancels.set(false); actions.act(Act::Cancel); }>
                {words.text(|t| t.batches.cancel_now)}
            </Button>
        }
    };
    let delete = move || {
        let navigate = navigate.clone();
        let delete = move |_| {
            let navigate = navigate.clone();
            deletes.set(false);
            actions.delete(move || navigate("/batches", NavigateOptions::default()));
        };
        view! {
            <Button on_click=move |_| deletes.set(false)>{words.text(|t| t.job.keep)}</Button>
            <Button kind=ButtonKind::Danger on_click=delete>{words.text(|t| t.batches.delete_now)}</Button>
        }
    };
    view! {
        <div class="batch__actions">
            <Show when=move || state.get() == BatchState::Running>
                <Button size=ButtonSize::Small icon=IconName::Pause busy=actions.is_busy(Act::Pause) on_click=move |_| actions.act(Act::Pause)>
                    {words.text(|t| t.batches.pause)}
                </Button>
            </Show>
            <Show when=move || state.get() == BatchState::Paused>
                <Button kind=ButtonKind::Primary size=ButtonSize::Small icon=IconName::Play busy=actions.is_busy(Act::Resume) on_click=move |_| actions.act(Act::Resume)>
                    {words.text(|t| t.batches.resume)}
                </Button>
            </Show>
            <Show when=move || { lost.get() > 0 }>
                <Button size=ButtonSize::Small icon=IconName::Retry busy=actions.is_busy(Act::Retry) on_click=move |_| actions.act(Act::Retry)>
                    {move || (words.texts().batches.retry)(lost.get())}
                </Button>
            </Show>
            <SaveAll title=move || name.get() query />
            <Show when=is_open>
                <Button kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Stop busy=actions.is_busy(Act::Cancel) on_click=move |_| cancels.set(true)>
                    {words.text(|t| t.batches.cancel)}
                </Button>
            </Show>
            <Show when=move || !is_open()>
                <Button kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Trash busy=actions.is_busy(Act::Delete) on_click=move |_| deletes.set(true)>
                    {words.text(|t| t.batches.delete)}
                </Button>
            </Show>
        </div>
        <Dialog open=cancels title=words.text(|t| t.batches.cancel_ask) actions=cancel>
            <p>{move || counts.with(|counts| (words.texts().batches.cancel_help)(counts.waiting, counts.active))}</p>
        </Dialog>
        <Dialog open=deletes title=words.text(|t| t.batches.delete_ask) actions=delete>
            <p>{move || counts.with(|counts| (words.texts().batches.delete_help)(counts.total))}</p>
        </Dialog>
    }
}
