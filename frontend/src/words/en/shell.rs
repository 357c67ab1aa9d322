//! The frame.

use studio_shared::kind::Kind;

use crate::words::shell::Texts;

pub(super) const TEXTS: Texts = Texts {
    product: "Bailian Studio",
    product_other: "百炼工坊",
    lead: "One key, one workshop: pictures, text and film, priced before you press, kept after.",
    skip: "Skip to content",
    navigation: "Main",
    kind: |kind| match kind {
        Kind::Image => "Pictures",
        Kind::Text => "Chat",
        Kind::Video => "Films",
        Kind::Speech => "Speech",
        Kind::Transcription => "Transcripts",
    },
    history: "History",
    login: "Log in",
    job: "Job",
    parts: "Parts",
    log_out: "Log out",
    language: "Language",
    theme: "Theme: ",
    theme_system: "System",
    theme_light: "Light",
    theme_dark: "Dark",
    simulator: "Simulator",
    simulator_help: "Connected to the built-in simulator: everything works and nothing is billed.",
    live: "Live",
    live_help: "Connected to the live service: what you submit is billed.",
    not_found: "There is no such page",
    not_found_help: "The address may be mistyped, or what was here has been deleted.",
    to_create: "Go to Pictures",
    page_failed: "This page could not be shown",
    page_failed_help: "The other pages still work. Try again; if it keeps happening, reload.",
    again: "Try again",
};
