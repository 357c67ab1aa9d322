//! What the whole application knows, whichever page is open. Each part is a small `Copy` handle in context.
//!
//! 1. [`session`]: who is logged in;
//! 2. [`book`]: every job the page has heard of, each in a signal of its own;
//! 3. [`live`]: the socket that keeps the book true;
//! 4. [`feed`]: a list of jobs that the worker filters and pages;
//! 5. [`submissions`]: requests on their way to the worker;
//! 6. [`draft`], [`random`]: what was typed and not sent, and chance.

pub mod book;
pub mod draft;
pub mod feed;
pub mod live;
pub mod random;
#[cfg(test)]
pub(crate) mod sample;
pub mod session;
pub mod submissions;

use leptos::prelude::*;
use studio_shared::words::Language;

use crate::api::Client;

/// Makes the application's state and hands it down the tree. To be called once, in the root component.
pub fn provide(language: Signal<Language>) {
    let session = session::SessionState::new();
    let client = Client::new(language, Callback::new(move |()| session.ended()));
    let book = book::Book::new();
    provide_context(session);
    provide_context(client);
    provide_context(book);
    provide_context(submissions::Submissions::new(client, book));
    provide_context(live::Live::start(client, session, book));
    session.ask(client);
}
