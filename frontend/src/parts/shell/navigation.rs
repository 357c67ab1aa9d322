//! The pages, one entry each.

use leptos::prelude::*;
use leptos_router::components::A;
use studio_shared::kind::Kind;

use crate::parts::{Icon, IconName};
use crate::words::{Texts, use_words};

/// One entry.
struct Entry {
    /// Where it leads.
    path: &'static str,
    /// Its icon.
    icon: IconName,
    /// What it is called.
    name: fn(&'static Texts) -> &'static str,
}

/// All entries, in their order.
#[rustfmt::skip] // one entry, one line
static ENTRIES: &[Entry] = &[
    Entry { path: "/",           icon: IconName::Image, name: |t| (t.shell.kind)(Kind::Image) },
    Entry { path: "/chat",       icon: IconName::Chat, name: |t| (t.shell.kind)(Kind::Text) },
    Entry { path: "/video",      icon: IconName::Film, name: |t| (t.shell.kind)(Kind::Video) },
    Entry { path: "/speech",     icon: IconName::Voice, name: |t| (t.shell.kind)(Kind::Speech) },
    Entry { path: "/transcribe", icon: IconName::Script, name: |t| (t.shell.kind)(Kind::Transcription) },
    Entry { path: "/batches",    icon: IconName::Stack, name: |t| t.batches.title },
    Entry { path: "/history",    icon: IconName::Clock, name: |t| t.shell.history },
    Entry { path: "/usage",      icon: IconName::Bars, name: |t| t.usage.title },
];

/// The pages.
#[component]
pub(super) fn Navigation() -> impl IntoView {
    let words = use_words();
    let draw = |entry: &'static Entry| {
        view! {
            <A href=entry.path exact={entry.path == "/"}>
                <Icon name=entry.icon />
                <span>{words.text(entry.name)}</span>
            </A>
        }
    };
    view! {
        <nav class="shell__nav" aria-label=words.text(|t| t.shell.navigation)>
            {ENTRIES.iter().map(draw).collect_view()}
        </nav>
    }
}
