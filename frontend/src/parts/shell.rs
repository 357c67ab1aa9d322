//! The frame around all pages: name, navigation, what it talks to, language, colours.

pub mod brand;
mod navigation;
pub mod preferences;

use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;
use leptos_router::components::A;
use studio_shared::session::Upstream;

use self::brand::Brand;
use self::navigation::Navigation;
use self::preferences::{LanguageSwitch, ThemeSwitch};
use super::announcer::Announcer;
use super::badge::Badge;
use super::button::IconButton;
use super::icon::{Icon, IconName};
use super::page::Visited;
use super::show::Show;
use super::toast::ToastRegion;
use super::tone::Tone;
use crate::words::use_words;

/// The frame around all pages. On a narrow screen the navigation is at the foot, in reach of a thumb.
#[component]
pub fn Shell(
    /// What the worker talks to, once it is known.
    #[prop(optional, into)]
    upstream: Signal<Option<Upstream>>,
    /// Whether somebody is logged in: only then there is something to navigate to, and to leave.
    #[prop(optional, into)]
    logged_in: Signal<bool>,
    /// Logs out.
    #[prop(optional, into)]
    on_log_out: Option<Callback<()>>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let words = use_words();
    provide_context(Visited(StoredValue::new(false)));
    let log_out = move |_| {
        if let Some(on_log_out) = on_log_out {
            on_log_out.run(());
        }
    };
    let main = NodeRef::<html::Main>::new();
    // Not by the address: the fragment of the first page is a recipe, which must stay.
    let skip = move |event: MouseEvent| {
        event.prevent_default();
        if let Some(main) = main.get_untracked() {
            let _ = main.focus();
        }
    };
    view! {
        <div class="shell" class:shell--outside=move || !logged_in.get()>
            <a class="skip" href="#main" rel="external" on:click=skip>{words.text(|t| t.shell.skip)}</a>
            <header class="shell__head">
                <Brand />
                <Show when=move || logged_in.get()><Navigation /></Show>
                <div class="shell__tools">
                    <UpstreamBadge upstream />
                    <LanguageSwitch />
                    <ThemeSwitch />
                    <Show when=move || logged_in.get()>
                        <CodesLink />
                        <IconButton icon=IconName::LogOut label=words.text(|t| t.shell.log_out) on_click=log_out />
                    </Show>
                </div>
            </header>
            <main class="shell__main" id="main" tabindex="-1" node_ref=main>{children()}</main>
            <ToastRegion />
            <Announcer />
        </div>
    }
}

/// Leads to one's own codes.
#[component]
fn CodesLink() -> impl IntoView {
    let label = use_words().text(|t| t.people.codes);
    view! {
        <A href="/codes" attr:class="button button--quiet button--medium button--icon shell__codes" attr:aria-label=label attr:title=label>
            <span class="button__face"><Icon name=IconName::Key /></span>
        </A>
    }
}

/// Whether anything is billed.
#[component]
fn UpstreamBadge(
    /// What the worker talks to.
    upstream: Signal<Option<Upstream>>,
) -> impl IntoView {
    let words = use_words();
    move || {
        upstream.get().map(|upstream| match upstream {
            Upstream::Simulator => view! {
                <Badge tone=Tone::Warning title=words.text(|t| t.shell.simulator_help)>{words.text(|t| t.shell.simulator)}</Badge>
            },
            Upstream::Live => view! {
                <Badge tone=Tone::Success title=words.text(|t| t.shell.live_help)>{words.text(|t| t.shell.live)}</Badge>
            },
        })
    }
}
