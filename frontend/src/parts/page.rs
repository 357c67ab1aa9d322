//! The frame of every page: title, heading, focus, announcement, and what happens when it fails.

use leptos::html;
use leptos::prelude::*;

use super::announcer::use_announcer;
use super::button::Button;
use super::notice::Notice;
use super::tone::Tone;
use crate::text::Text;
use crate::words::use_words;

/// Whether some page has been shown before: the first one takes no focus.
#[derive(Clone, Copy)]
pub(super) struct Visited(pub(super) StoredValue<bool>);

/// The frame of every page. It sets the document's title, gives the focus to the heading and announces it after
/// each navigation, and shows a notice in place of what could not be shown.
#[component]
pub fn Page(
    /// The heading, and the document's title.
    #[prop(into)]
    title: Text,
    /// Whether the heading is only heard: where the page shows by itself what it is.
    #[prop(optional)]
    quiet: bool,
    /// One sentence below the heading.
    #[prop(optional, into)]
    lead: Option<Text>,
    /// At the end of the heading's line.
    #[prop(optional, into)]
    aside: Option<ViewFn>,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let words = use_words();
    let heading = NodeRef::<html::H1>::new();
    Effect::new(move |_| {
        let name = format!("{} · {}", title.get(), words.texts().shell.product);
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            document.set_title(&name);
        }
    });
    arrive(heading, title);
    view! {
        <article class="page">
            <header class="page__head" class:page__head--quiet=quiet>
                <div>
                    <h1 class="page__title" tabindex="-1" node_ref=heading>{title}</h1>
                    {lead.map(|lead| view! { <p class="page__lead">{lead}</p> })}
                </div>
                {aside.map(|aside| view! { <div class="page__aside">{aside.run()}</div> })}
            </header>
            <ErrorBoundary fallback=|errors| view! { <Failed errors /> }>{children()}</ErrorBoundary>
        </article>
    }
}

/// What stands in place of a page that could not be shown.
#[component]
fn Failed(
    /// What went wrong; cleared to try again.
    errors: ArcRwSignal<Errors>,
) -> impl IntoView {
    let words = use_words();
    let errors = RwSignal::from(errors);
    let again = move |_| errors.set(Errors::default());
    let actions = move || view! { <Button on_click=again>{words.text(|t| t.shell.again)}</Button> };
    view! {
        <Notice tone=Tone::Danger live=true title=words.text(|t| t.shell.page_failed) actions>
            {words.text(|t| t.shell.page_failed_help)}
        </Notice>
    }
}

/// After a navigation, but not on the first page, those who listen are told where they are, and those who use
/// keys begin at the heading.
fn arrive(heading: NodeRef<html::H1>, title: Text) {
    let announcer = use_announcer();
    let visited = use_context::<Visited>();
    Effect::new(move |done: Option<bool>| {
        let Some(element) = heading.get() else { return false };
        if done == Some(true) {
            return true;
        }
        if let Some(Visited(visited)) = visited {
            if visited.get_value() {
                let _ = element.focus();
                announcer.say(title.get_untracked());
            }
            visited.set_value(true);
        }
        true
    });
}
