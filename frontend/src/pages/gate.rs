//! Who may see a page.

use leptos::prelude::*;

use super::failure::FailureNotice;
use super::login::LoginPage;
use crate::api::Client;
use crate::parts::{Page, Skeleton, SkeletonShape};
use crate::state::session::{SessionState, Who};
use crate::words::use_words;

/// Shows a page to whoever is logged in. To others it shows the login in the page's place, so that after it one is
/// where one wanted to be; also when the session ends in the midst of things.
#[component]
pub fn Gate(
    /// The page.
    children: ChildrenFn,
) -> impl IntoView {
    let words = use_words();
    let session = SessionState::get();
    let client = use_context::<Client>();
    let who = session.who();
    // The page stays as it is when only the member's details change.
    let is_member = session.is_member();
    let again = move |()| {
        if let Some(client) = client {
            session.ask(client);
        }
    };
    let outside = move || {
        match who.get() {
        Who::Asking => view! {
            <div class="gate" aria-busy="true"><Skeleton shape=SkeletonShape::Lines(3) /></div>
        }
        .into_any(),
        Who::Unknown(failure) => view! {
            <Page title=words.text(|t| t.failure.title)><FailureNotice failure=failure.clone() on_again=again /></Page>
        }
        .into_any(),
        Who::Nobody | Who::Member(_) => view! { <LoginPage /> }.into_any(),
    }
    };
    view! { <Show when=move || is_member.get() fallback=outside>{children()}</Show> }
}
