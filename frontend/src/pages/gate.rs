//! Who may see a page.

use leptos::prelude::*;
use studio_shared::kind::Kind;

use super::failure::FailureNotice;
use super::login::LoginPage;
use super::not_found::NotFoundPage;
use super::not_yours::NotYoursPage;
use crate::api::{Client, Failure};
use crate::parts::{Page, Skeleton, SkeletonShape};
use crate::state::session::{SessionState, Who};
use crate::words::use_words;

/// Shows a page to whoever is logged in. To others it shows the login in the page's place, so that after it one is
/// where one wanted to be; also when the session ends in the midst of things.
#[component]
pub fn Gate(
    /// The kind of work that is done on it: shown to those who may.
    #[prop(optional, into)]
    kind: Option<Kind>,
    /// Whether it is the owner's; for others there is no such page.
    #[prop(optional)]
    owner: bool,
    /// The page.
    children: ChildrenFn,
) -> impl IntoView {
    let words = use_words();
    let session = SessionState::get();
    let client = use_context::<Client>();
    let who = session.who();
    // One answer to who sees what: with two, the login would be drawn anew just before it goes. The page stays as it
    // is when only the member's details change.
    let shown = Memo::new(move |_| {
        who.with(|who| match who {
            Who::Member(session) if owner && !session.owner => Shown::Nothing,
            Who::Member(session) => match kind.filter(|kind| !session.rights.allow_kind(*kind)) {
                Some(kind) => Shown::NotYours(kind),
                None => Shown::Page,
            },
            Who::Nobody => Shown::Login,
            Who::Asking => Shown::Waiting,
            Who::Unknown(failure) => Shown::Failure(failure.clone()),
        })
    });
    let again = move |()| {
        if let Some(client) = client {
            session.ask(client);
        }
    };
    move || match shown.get() {
        Shown::Page => children().into_any(),
        Shown::Nothing => view! { <NotFoundPage /> }.into_any(),
        Shown::NotYours(kind) => view! { <NotYoursPage kind /> }.into_any(),
        Shown::Login => view! { <LoginPage /> }.into_any(),
        Shown::Waiting => view! {
            <div class="gate" aria-busy="true"><Skeleton shape=SkeletonShape::Lines(3) /></div>
        }
        .into_any(),
        Shown::Failure(failure) => view! {
            <Page title=words.text(|t| t.failure.title)><FailureNotice failure on_again=again /></Page>
        }
        .into_any(),
    }
}

/// What stands at a page's address.
#[derive(Clone, Debug, PartialEq)]
enum Shown {
    Page,
    Nothing,
    NotYours(Kind),
    Login,
    Waiting,
    Failure(Failure),
}
