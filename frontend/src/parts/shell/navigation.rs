//! The pages, one entry each.

use leptos::prelude::*;
use leptos_router::components::A;
use studio_shared::kind::Kind;

use crate::parts::{Icon, IconName};
use crate::state::session::SessionState;
use crate::words::{Texts, use_words};

/// One entry.
struct Entry {
    /// Where it leads.
    path: &'static str,
    /// Its icon.
    icon: IconName,
    /// What it is called.
    name: fn(&'static Texts) -> &'static str,
    /// Who it is for.
    of: Of,
}

/// Who a page is for.
#[derive(Clone, Copy)]
enum Of {
    /// Everybody.
    All,
    /// Those who may make this kind of work.
    Kind(Kind),
    /// The owner.
    Owner,
}

/// All entries, in their order.
#[rustfmt::skip] // one entry, one line
static ENTRIES: &[Entry] = &[
    Entry { path: "/",           icon: IconName::Image, name: |t| (t.shell.kind)(Kind::Image), of: Of::Kind(Kind::Image) },
    Entry { path: "/chat",       icon: IconName::Chat, name: |t| (t.shell.kind)(Kind::Text), of: Of::Kind(Kind::Text) },
    Entry { path: "/video",      icon: IconName::Film, name: |t| (t.shell.kind)(Kind::Video), of: Of::Kind(Kind::Video) },
    Entry { path: "/speech",     icon: IconName::Voice, name: |t| (t.shell.kind)(Kind::Speech), of: Of::Kind(Kind::Speech) },
    Entry { path: "/transcribe", icon: IconName::Script, name: |t| (t.shell.kind)(Kind::Transcription), of: Of::Kind(Kind::Transcription) },
    Entry { path: "/batches",    icon: IconName::Stack, name: |t| t.batches.title, of: Of::All },
    Entry { path: "/history",    icon: IconName::Clock, name: |t| t.shell.history, of: Of::All },
    Entry { path: "/usage",      icon: IconName::Bars, name: |t| t.usage.title, of: Of::All },
    Entry { path: "/members",    icon: IconName::People, name: |t| t.people.members, of: Of::Owner },
];

/// The pages.
#[component]
pub(super) fn Navigation() -> impl IntoView {
    let words = use_words();
    let draw = move |entry: &'static Entry| {
        view! {
            <A href=entry.path exact={entry.path == "/"}>
                <Icon name=entry.icon />
                <span>{words.text(entry.name)}</span>
            </A>
        }
    };
    let session = SessionState::get();
    let is_owner = session.is_owner();
    let rights = Memo::new(move |_| session.rights());
    // The end of a session changes these and takes the navigation away at once.
    let shown = move |entry: &&'static Entry| match entry.of {
        Of::All => true,
        Of::Kind(kind) => rights.try_with(|rights| rights.allow_kind(kind)).unwrap_or_default(),
        Of::Owner => is_owner.try_get().unwrap_or_default(),
    };
    view! {
        <nav class="shell__nav" aria-label=words.text(|t| t.shell.navigation)>
            {move || ENTRIES.iter().filter(shown).map(draw).collect_view()}
        </nav>
    }
}
