//! The frame and the addresses.

use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

use crate::clock::provide_clock;
use crate::pages::{CreatePage, HistoryPage, JobPage, LoginPage, NotFoundPage, PartsPage};
use crate::parts::{Shell, provide_announcer, provide_toasts};
use crate::theme::provide_theme;
use crate::words::provide_words;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    provide_words();
    provide_theme();
    provide_clock();
    provide_announcer();
    provide_toasts();
    view! {
        <Router>
            <Shell logged_in=true>
                <Routes fallback=NotFoundPage>
                    <Route path=path!("/") view=CreatePage />
                    <Route path=path!("/history") view=HistoryPage />
                    <Route path=path!("/jobs/:id") view=JobPage />
                    <Route path=path!("/login") view=LoginPage />
                    <Route path=path!("/parts") view=PartsPage />
                </Routes>
            </Shell>
        </Router>
    }
}
