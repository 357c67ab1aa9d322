//! The frame and the addresses.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;
use studio_shared::kind::Kind;
use studio_shared::share;

use crate::api::Client;
use crate::clock::provide_clock;
use crate::pages::{
    BatchPage, BatchesPage, ChatPage, CodesPage, ConnectionNotice, CreatePage, DataPage, Gate, HistoryPage,
    JobPage, LoginPage, MemberPage, MembersPage, NewBatchPage, NotFoundPage, RiskNotice, SharedPage,
    SharesPage, StoragePage, UsagePage, specimens,
};
use crate::parts::{Shell, provide_announcer, provide_toasts};
use crate::state::{
    self,
    session::{Ending, SessionState},
};
use crate::theme::provide_theme;
use crate::words::{provide_words, use_words};

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    provide_words();
    provide_theme();
    provide_clock();
    provide_announcer();
    provide_toasts();
    let words = use_words();
    // What was shared stands by itself: nobody is asked who they are.
    let path = window().location().pathname().unwrap_or_default();
    let shared = share::of_page(&path).map(ToOwned::to_owned);
    state::provide(Signal::derive(move || words.language()), shared.is_some());
    let inside = move || match shared.clone() {
        Some(id) => view! { <SharedPage id /> }.into_any(),
        None => view! { <Pages /> }.into_any(),
    };
    view! { <Router>{inside()}</Router> }
}

/// The studio's own pages, in their frame.
#[component]
fn Pages() -> impl IntoView {
    view! {
            <Frame>
                <FlatRoutes fallback=NotFoundPage>
                    <Route path=path!("/") view=|| view! { <Gate kind=Kind::Image><CreatePage kind=Kind::Image /></Gate> } />
                    <Route path=path!("/video") view=|| view! { <Gate kind=Kind::Video><CreatePage kind=Kind::Video /></Gate> } />
                    <Route path=path!("/speech") view=|| view! { <Gate kind=Kind::Speech><CreatePage kind=Kind::Speech /></Gate> } />
                    <Route path=path!("/transcribe") view=|| view! { <Gate kind=Kind::Transcription><CreatePage kind=Kind::Transcription /></Gate> } />
                    <Route path=path!("/chat/:id?") view=|| view! { <Gate kind=Kind::Text><ChatPage /></Gate> } />
                    <Route path=path!("/batches") view=|| view! { <Gate><BatchesPage /></Gate> } />
                    <Route path=path!("/batches/new") view=|| view! { <Gate><NewBatchPage /></Gate> } />
                    <Route path=path!("/batches/:id") view=|| view! { <Gate><BatchPage /></Gate> } />
                    <Route path=path!("/history") view=|| view! { <Gate><HistoryPage /></Gate> } />
                    <Route path=path!("/storage") view=|| view! { <Gate><StoragePage /></Gate> } />
                    <Route path=path!("/shares") view=|| view! { <Gate><SharesPage /></Gate> } />
                    <Route path=path!("/data") view=|| view! { <Gate><DataPage /></Gate> } />
                    <Route path=path!("/usage") view=|| view! { <Gate><UsagePage /></Gate> } />
                    <Route path=path!("/jobs/:id") view=|| view! { <Gate><JobPage /></Gate> } />
                    <Route path=path!("/codes") view=|| view! { <Gate><CodesPage /></Gate> } />
                    <Route path=path!("/members") view=|| view! { <Gate owner=true><MembersPage /></Gate> } />
                    <Route path=path!("/members/:id") view=|| view! { <Gate owner=true><MemberPage /></Gate> } />
                    <Route path=path!("/login") view=LoginPage />
                    <Route path=path!("/parts") view=specimens />
                </FlatRoutes>
            </Frame>
    }
}

/// The shell, with what it has to know of the session.
#[component]
fn Frame(
    /// The page.
    children: Children,
) -> impl IntoView {
    let session = SessionState::get();
    let client = use_context::<Client>();
    let member = session.member();
    let upstream =
        Signal::derive(move || member.with(|member| member.as_ref().map(|member| member.upstream)));
    let log_out = move |()| {
        if let Some(client) = client {
            spawn_local(async move {
                // The cookie goes with the answer; without one the person is shown as still logged in.
                if client.log_out().await.is_ok() {
                    session.ended(Ending::Left);
                }
            });
        }
    };
    view! {
        <Shell upstream logged_in=session.is_member() on_log_out=log_out>
            <ConnectionNotice />
            <RiskNotice />
            {children()}
        </Shell>
    }
}
