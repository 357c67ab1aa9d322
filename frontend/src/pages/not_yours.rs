//! What stands at the address of work that this member may not have made.

use leptos::prelude::*;
use studio_shared::kind::Kind;

use crate::parts::{ButtonLink, Notice, Page, Tone};
use crate::place;
use crate::state::session::SessionState;
use crate::words::use_words;

/// Says that this kind of work is not among what this member may have made, who decides that, and what can be used
/// instead.
#[component]
pub(crate) fn NotYoursPage(
    /// The kind.
    kind: Kind,
) -> impl IntoView {
    let words = use_words();
    let session = SessionState::get();
    let name = move |kind: Kind| move || (words.texts().shell.kind)(kind);
    let title = move || (words.texts().people.not_yours)(name(kind)());
    let way = move |kind: Kind| view! { <ButtonLink href=place::of(kind)>{name(kind)}</ButtonLink> };
    let ways = move || Kind::ALL.into_iter().filter(|kind| session.allows(*kind)).map(way).collect_view();
    let has_ways = Memo::new(move |_| Kind::ALL.into_iter().any(|kind| session.allows(kind)));
    view! {
        <Page title=name(kind)>
            <Notice tone=Tone::Info title>{words.text(|t| t.people.not_yours_help)}</Notice>
            <Show when=move || has_ways.get()>
                <p class="cluster">{words.text(|t| t.people.instead)}{ways}</p>
            </Show>
        </Page>
    }
    .into_any()
}
