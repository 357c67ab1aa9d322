//! The page `/s/{id}`: what somebody shared, for a reader without an account. It stands by itself: nothing of the
//! studio is around it, and nobody is asked who they are.
//!
//! 1. `door`: whether it can be read, and the password; 2. `memory`: what was opened in this tab;
//! 3. `item`: one thing that was shared, as a job that the studio's own components draw.

mod door;
mod item;
mod memory;
mod show;

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use studio_shared::error::code;
use studio_shared::share::{Door, Shared};

use self::door::PasswordForm;
use self::show::SharedItems;
use crate::api::{Client, Failure};
use crate::pages::failure::FailureNotice;
use crate::parts::shell::preferences::{LanguageSwitch, ThemeSwitch};
use crate::parts::{Announcer, Empty, IconName, Page, Skeleton, SkeletonShape, ToastRegion};
use crate::text::Text;
use crate::words::use_words;

/// How the share stands for this reader.
#[derive(Clone, Debug, PartialEq)]
enum Phase {
    /// Not known yet.
    Asking,
    /// A password is asked for.
    Closed(Door),
    /// It is open.
    Open(Box<Shared>),
    /// There is none, or no longer.
    Gone,
    /// The worker did not say.
    Failed(Failure),
}

/// What an answer that is no share means.
fn without(failure: Failure) -> Phase {
    if failure.code() == code::NOT_FOUND { Phase::Gone } else { Phase::Failed(failure) }
}

/// How it stands: what was opened in this tab a while ago is shown again, without another view, as long as it can be.
async fn find(client: Client, id: &str) -> Phase {
    if let Some(shared) = memory::recall(id) {
        match client.door(id, Some(&shared.view)).await {
            Ok(_) => return Phase::Open(Box::new(shared)),
            Err(failure) if failure.code() == code::NOT_FOUND => memory::forget(id),
            Err(failure) => return Phase::Failed(failure),
        }
    }
    match client.door(id, None).await {
        Ok(door) if door.password => Phase::Closed(door),
        Ok(_) => match client.open_share(id, None).await {
            Ok(shared) => {
                memory::keep(id, &shared);
                Phase::Open(Box::new(shared))
            }
            Err(failure) => without(failure),
        },
        Err(failure) => without(failure),
    }
}

/// The page of a share, with the little that is around it.
#[component]
pub fn SharedPage(
    /// The share.
    id: String,
) -> AnyView {
    let words = use_words();
    let client = use_context::<Client>();
    let id = StoredValue::new(id);
    let phase = RwSignal::new(Phase::Asking);
    let attempt = RwSignal::new(0_u32);
    Effect::new(move |_| {
        attempt.track();
        let Some(client) = client else { return };
        let id = id.get_value();
        spawn_local_scoped_with_cancellation(async move {
            let found = find(client, &id).await;
            phase.try_set(found);
        });
    });
    let on_open = Callback::new(move |shared: Shared| {
        memory::keep(&id.get_value(), &shared);
        crate::state::soon(move || {
            phase.try_set(Phase::Open(Box::new(shared)));
        });
    });
    let on_gone = Callback::new(move |()| {
        crate::state::soon(move || {
            phase.try_set(Phase::Gone);
        });
    });
    let again = move |()| attempt.update(|attempt| *attempt = attempt.wrapping_add(1));
    let inside = move || {
        match phase.get() {
        Phase::Asking => view! {
            <div class="gate" aria-busy="true"><Skeleton shape=SkeletonShape::Lines(3) /></div>
        }
        .into_any(),
        Phase::Closed(_) => view! {
            <Page title=words.text(|t| t.share.ask_password) lead=words.text(|t| t.share.ask_password_help)>
                <div class="login"><PasswordForm id=id.get_value() on_open on_gone /></div>
            </Page>
        }
        .into_any(),
        Phase::Open(shared) => {
            let title = match shared.title.clone() {
                title if title.is_empty() => words.text(|t| t.share.reader),
                title => Text::from(title),
            };
            view! { <Page title><SharedItems id=id.get_value() shared=*shared /></Page> }.into_any()
        }
        Phase::Gone => view! {
            <Page title=words.text(|t| t.share.reader) quiet=true>
                <Empty icon=IconName::Link title=words.text(|t| t.share.gone)>{words.text(|t| t.share.gone_help)}</Empty>
            </Page>
        }
        .into_any(),
        Phase::Failed(failure) => view! {
            <Page title=words.text(|t| t.share.reader)><FailureNotice failure on_again=again /></Page>
        }
        .into_any(),
    }
    };
    view! {
        <div class="shell shared">
            <header class="shared__head">
                <div class="shell__tools"><LanguageSwitch /><ThemeSwitch /></div>
            </header>
            <main class="shell__main shared__main" id="main" tabindex="-1">{inside}</main>
            <footer class="shared__foot"><Mark /></footer>
            <ToastRegion />
            <Announcer />
        </div>
    }
    .into_any()
}

/// What it was made with: small, and out of the way.
#[component]
fn Mark() -> impl IntoView {
    let words = use_words();
    view! {
        <a class="shared__mark" href="/" rel="external">
            <svg class="shared__seal" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
                <rect class="brand__seal" width="32" height="32" rx="5"></rect>
                <path class="brand__cut" d="M7 8.5h18M16 8.5l-1.6 4.6M9.5 13.1h13v11h-13ZM9.5 18.6h13"></path>
            </svg>
            <span>{words.text(|t| t.share.made_with)}</span>
        </a>
    }
}
