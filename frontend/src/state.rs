//! What the whole application knows, whichever page is open. Each part is a small `Copy` handle in context.
//!
//! 1. [`session`]: who is logged in;
//! 2. [`book`]: every job the page has heard of, each in a signal of its own;
//! 3. [`live`]: the socket that keeps the book true;
//! 4. [`feed`]: a list of jobs that the worker filters and pages; [`batches`]: many entries as one;
//! 5. [`submissions`]: requests on their way to the worker;
//! 6. [`speeches`]: sound that is heard while it is made;
//! 7. [`talks`]: conversations, and the answers that come in them;
//! 8. [`draft`], [`random`]: what was typed and not sent, and chance;
//! 9. `fact`: what is read of a job or a batch, followed by itself.
//!
//! One rule holds here and for every callback: **what takes a view away and what changes a signal which that view
//! reads do not happen in the same breath**. An effect that was woken before its view went, and sits two views
//! deep, still runs once, finds its signals gone, and ends the program. So: signals of the view first, then what
//! takes it away; and where that cannot be told, the latter by `soon`.

pub mod batches;
pub mod book;
pub mod draft;
mod fact;
pub mod feed;
pub mod files;
pub mod live;
pub mod random;
#[cfg(test)]
pub(crate) mod sample;
pub mod session;
pub mod speeches;
pub mod submissions;
pub mod talks;

use std::time::Duration;

use leptos::prelude::*;
use studio_shared::words::Language;

use crate::api::{Client, Told};
use crate::parts::use_toasts;
pub(crate) use fact::fact;

/// Makes the application's state and hands it down the tree. To be called once, in the root component. Who is logged in
/// is asked unless nobody has to be: `is_public`.
pub fn provide(language: Signal<Language>, is_public: bool) {
    let session = session::SessionState::new();
    let told = StoredValue::new(None::<Client>);
    let client = Client::new(
        language,
        Callback::new(move |what| match what {
            Told::LoggedOut => session.ended(session::Ending::Expired),
            Told::ShutOut => session.ended(session::Ending::Taken),
            Told::NotAllowed => {
                if let Some(client) = told.get_value() {
                    session.ask_again(client);
                }
            }
        }),
    );
    told.set_value(Some(client));
    let book = book::Book::new();
    provide_context(session);
    provide_context(client);
    provide_context(book);
    let batches = batches::Batches::new();
    provide_context(batches);
    let speeches = speeches::Speeches::new();
    provide_context(speeches);
    let submissions = submissions::Submissions::new(client, book, speeches);
    provide_context(submissions);
    let talks = talks::Talks::new(client);
    provide_context(talks);
    let others = live::Others { batches, talks, speeches, submissions, toasts: use_toasts() };
    provide_context(live::Live::start(client, session, book, others));
    if !is_public {
        session.ask(client);
    }
}

/// Does something after everything that is under way has settled.
pub(crate) fn soon(act: impl FnOnce() + 'static) {
    set_timeout(act, Duration::ZERO);
}

/// What `read` says, one breath later: for the list whose rows read the same things as it does, so that a row is
/// taken away only after it has read them. To be called in a component.
pub(crate) fn settled<T: Clone + PartialEq + Send + Sync + 'static>(
    read: impl Fn() -> T + Send + Sync + 'static,
) -> ReadSignal<T> {
    let shown = RwSignal::new(untrack(&read));
    Effect::new(move |_| {
        let next = read();
        if shown.with_untracked(|shown| *shown != next) {
            soon(move || {
                shown.try_set(next);
            });
        }
    });
    shown.read_only()
}

/// Waits so long.
pub(crate) async fn sleep(time: Duration) {
    let milliseconds = i32::try_from(time.as_millis()).unwrap_or(i32::MAX);
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            // Where no timer can be set, nothing is waited for.
            drop(window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds));
        }
    });
    drop(wasm_bindgen_futures::JsFuture::from(promise).await);
}
