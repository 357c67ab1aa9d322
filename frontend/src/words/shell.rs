//! The texts of the frame.

use studio_shared::kind::Kind;

/// The texts of the frame, and what every page needs.
#[derive(Debug)]
pub struct Texts {
    /// The product's name.
    pub product: &'static str,
    /// The product's other name, in the other language.
    pub product_other: &'static str,
    /// What it is, in one line.
    pub lead: &'static str,
    /// Link past the header.
    pub skip: &'static str,
    /// Name of the navigation.
    pub navigation: &'static str,
    /// Page: one kind of work, and the kind itself.
    pub kind: fn(Kind) -> &'static str,
    /// Page: history.
    pub history: &'static str,
    /// Page: log in.
    pub login: &'static str,
    /// Page: one job.
    pub job: &'static str,
    /// Page: all parts.
    pub parts: &'static str,
    /// Log out.
    pub log_out: &'static str,
    /// Label of the language switch.
    pub language: &'static str,
    /// Label of the theme switch.
    pub theme: &'static str,
    /// Theme: as the system.
    pub theme_system: &'static str,
    /// Theme: light.
    pub theme_light: &'static str,
    /// Theme: dark.
    pub theme_dark: &'static str,
    /// Badge: talks to the simulator.
    pub simulator: &'static str,
    /// What that means.
    pub simulator_help: &'static str,
    /// Badge: talks to the live service.
    pub live: &'static str,
    /// What that means.
    pub live_help: &'static str,
    /// Title of the page for unknown addresses.
    pub not_found: &'static str,
    /// What to do there.
    pub not_found_help: &'static str,
    /// Link from there.
    pub to_create: &'static str,
    /// A page could not be shown.
    pub page_failed: &'static str,
    /// What to do.
    pub page_failed_help: &'static str,
    /// Try again.
    pub again: &'static str,
}
