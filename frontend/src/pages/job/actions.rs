//! What can be done with a job.

use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::error::code;
use studio_shared::job::{Job, State};

use crate::api::{Client, Failure};
use crate::format;
use crate::pages::failure;
use crate::parts::{
    Button, ButtonKind, ButtonLink, ButtonSize, Dialog, IconName, Show, ToastsHandle, use_toasts,
};
use crate::place;
use crate::state::book::Book;
use crate::state::fact;
use crate::state::{random, soon};
use crate::words::{WordsHandle, use_words};

/// What the actions of a job work with.
#[derive(Clone, Copy)]
pub(crate) struct Actions {
    job: RwSignal<Job>,
    client: Option<Client>,
    book: Book,
    toasts: ToastsHandle,
    words: WordsHandle,
    busy: RwSignal<bool>,
}

impl Actions {
    /// The actions of `job`; to be made in a component.
    pub(crate) fn of(job: RwSignal<Job>) -> Self {
        Self {
            job,
            client: use_context(),
            book: Book::get(),
            toasts: use_toasts(),
            words: use_words(),
            busy: RwSignal::new(false),
        }
    }

    /// Calls the job back.
    fn cancel(self) {
        let Some((client, id)) = self.begin() else { return };
        spawn_local(async move {
            let answer = client.cancel(&id).await;
            self.busy.try_set(false);
            match answer {
                Ok(job) => self.book.put(job),
                Err(failure) if failure.code() == code::WRONG_STATE => {
                    self.toasts.info(self.words.texts_untracked().job.too_late);
                }
                Err(failure) => self.failed(&failure),
            }
        });
    }

    /// Queues the job once more; `then` gets the id of the job that came of it.
    fn retry(self, then: Callback<String>) {
        let Some((client, id)) = self.begin() else { return };
        spawn_local(async move {
            let answer = client.retry(&id, &random::key()).await;
            self.busy.try_set(false);
            match answer {
                Ok(job) => {
                    let id = job.id.clone();
                    self.book.put(job);
                    then.try_run(id);
                }
                Err(failure) => self.failed(&failure),
            }
        });
    }

    /// Has the job looked for at the vendor once more.
    fn look(self) {
        let Some((client, id)) = self.begin() else { return };
        spawn_local(async move {
            let answer = client.look(&id).await;
            self.busy.try_set(false);
            match answer {
                Ok(job) => self.book.put(job),
                Err(failure) => self.failed(&failure),
            }
        });
    }

    /// Deletes the job with its pictures, which can be undone; `then` leaves the page that shows it. Not a callback of the view: the live
    /// socket may say that the job is gone, and so take the view away, before the answer comes.
    pub(crate) fn delete(self, then: impl FnOnce() + 'static) {
        let Some((client, id)) = self.begin() else { return };
        spawn_local(async move {
            let answer = client.delete(&id).await;
            self.busy.try_set(false);
            match answer {
                Ok(()) => {
                    let Self { book, toasts, words, .. } = self;
                    let deleted = id.clone();
                    let undo = move || restore(client, id.clone(), book, toasts, words);
                    let text = words.texts_untracked().job.deleted;
                    toasts.with_action(text, words.text(|t| t.kept.undo), undo);
                    then();
                    soon(move || book.remove(&deleted));
                }
                Err(failure) => self.failed(&failure),
            }
        });
    }

    /// Whether something is being done.
    pub(crate) fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    fn begin(self) -> Option<(Client, String)> {
        let client = self.client?;
        let id = self.job.try_with_untracked(|job| job.id.clone())?;
        self.busy.set(true);
        Some((client, id))
    }

    fn failed(self, failure: &Failure) {
        self.toasts.danger(failure::line(failure, self.words.texts_untracked()));
    }
}

/// Brings a deleted job back.
pub(crate) fn restore(client: Client, id: String, book: Book, toasts: ToastsHandle, words: WordsHandle) {
    spawn_local(async move {
        match client.restore(&id).await {
            Ok(job) => {
                book.put_back(job);
                toasts.success(words.texts_untracked().kept.restored);
            }
            Err(failure) => toasts.danger(failure::line(&failure, words.texts_untracked())),
        }
    });
}

/// Cancel and retry, as far as the job's state allows, and its settings once more.
#[component]
pub(crate) fn JobActions(
    /// The job.
    job: RwSignal<Job>,
    /// What happens with the id of the job that a retry made.
    #[prop(default = Callback::new(|_| ()))]
    on_retried: Callback<String>,
    /// Whether it is one of many rows, where only what the state asks for is offered.
    #[prop(optional)]
    brief: bool,
) -> impl IntoView {
    let words = use_words();
    let actions = Actions::of(job);
    let asked = RwSignal::new(false);
    let state = fact(job, |job| job.state);
    let cancelable = fact(job, |job| job.cancelable && !job.state.is_final());
    let again = move || matches!(state.get(), State::Failed | State::Canceled);
    let unsure = move || state.get() == State::Unsure;
    let amount = fact(job, |job| job.cost.at_most.or(job.cost.estimate).map(format::money));
    let warning = move || (words.texts().kept.send_again_help)(amount.get().as_deref());
    let recipe = fact(job, |job| place::recipe(&job.request));
    let confirm = move || {
        view! {
            <Button on_click=move |_| asked.set(false)>{words.text(|t| t.job.keep)}</Button>
            <Button kind=ButtonKind::Danger on_click=move |_| { asked.set(false); actions.retry(on_retried); }>
                {words.text(|t| t.kept.send_again)}
            </Button>
        }
    };
    view! {
        <div class="job-actions">
            <Show when=move || cancelable.get()>
                <Button size=ButtonSize::Small icon=IconName::Stop busy=actions.busy() on_click=move |_| actions.cancel()>
                    {words.text(|t| t.job.cancel)}
                </Button>
            </Show>
            <Show when=again>
                <Button size=ButtonSize::Small icon=IconName::Retry busy=actions.busy() on_click=move |_| actions.retry(on_retried)>
                    {words.text(|t| t.job.retry)}
                </Button>
            </Show>
            // It may have been billed: what happens next is the person's decision.
            <Show when=unsure>
                <Button size=ButtonSize::Small icon=IconName::Search busy=actions.busy() on_click=move |_| actions.look()>
                    {words.text(|t| t.kept.look_again)}
                </Button>
                <Button size=ButtonSize::Small icon=IconName::Retry busy=actions.busy() on_click=move |_| asked.set(true)>
                    {words.text(|t| t.kept.send_again)}
                </Button>
            </Show>
            {(!brief).then(|| view! {
                <ButtonLink kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Tune href=recipe>
                    {words.text(|t| t.job.use_again)}
                </ButtonLink>
            })}
        </div>
        <Dialog open=asked title=words.text(|t| t.job.retry_unsure) actions=confirm>
            <p>{warning}</p>
        </Dialog>
    }
}
