//! What stands at an address of its own, `/jobs/{id}` or `/batches/{id}`: asked for, there, or gone.

use std::future::Future;

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos_router::hooks::use_params_map;
use studio_shared::error::code;

use crate::api::{Client, Failure};
use crate::state::live::Live;

/// How it stands with what is looked for.
pub(super) enum Found<T> {
    /// It is not known yet.
    Asking,
    /// It is there.
    There(T),
    /// It was there until just now; this was its id.
    Deleted(String),
    /// There is none.
    Missing,
    /// It cannot be told.
    Failed(Failure),
}

/// The question for what the address names by its `id`.
#[derive(Clone, Copy)]
pub(super) struct Lookup {
    id: Memo<String>,
    attempt: RwSignal<u32>,
    failed: RwSignal<Option<Failure>>,
}

impl Lookup {
    /// Asks: when the address is opened, after each gap of the live socket, and on request. `ask` writes the answer down
    /// where [`Lookup::found`] finds it.
    pub(super) fn new<A>(ask: impl Fn(Client, String) -> A + 'static) -> Self
    where
        A: Future<Output = Result<(), Failure>> + 'static,
    {
        let params = use_params_map();
        let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
        let lookup = Self { id, attempt: RwSignal::new(0), failed: RwSignal::new(None) };
        let client = use_context::<Client>();
        let live = Live::get();
        Effect::new(move |_| {
            live.map(|live| live.generation().get());
            lookup.attempt.track();
            let (Some(client), id) = (client, id.get()) else { return };
            lookup.failed.set(None);
            let answer = ask(client, id);
            spawn_local_scoped_with_cancellation(async move {
                if let Err(failure) = answer.await {
                    lookup.failed.try_set(Some(failure));
                }
            });
        });
        lookup
    }

    /// What is looked for.
    pub(super) const fn id(self) -> Memo<String> {
        self.id
    }

    /// Asks once more.
    pub(super) fn again(self) {
        self.attempt.update(|attempt| *attempt = attempt.wrapping_add(1));
    }

    /// How it stands with it; `there` is what the page knows of it. To be called once, where the view is made.
    pub(super) fn found<T>(
        self,
        there: Memo<Option<T>>,
    ) -> impl Fn() -> Found<T> + Copy + Send + Sync + 'static
    where
        T: Clone + PartialEq + Send + Sync + 'static,
    {
        // Which one was there: when it goes, it was deleted, perhaps on another page. Read each time, since a memo that
        // nobody reads remembers nothing.
        let was_there = Memo::new(move |was: Option<&Option<String>>| match there.with(Option::is_some) {
            true => Some(self.id.get()),
            false => was.cloned().flatten(),
        });
        move || match (there.get(), self.failed.get(), was_there.get() == Some(self.id.get())) {
            (Some(there), ..) => Found::There(there),
            (None, None, true) => Found::Deleted(self.id.get_untracked()),
            (None, Some(failure), _) if failure.code() == code::NOT_FOUND => Found::Missing,
            (None, Some(failure), _) => Found::Failed(failure),
            (None, None, false) => Found::Asking,
        }
    }
}
