//! Language and colours.

use leptos::prelude::*;
use studio_shared::words::Language;

use crate::parts::{IconButton, IconName};
use crate::text::Text;
use crate::theme::{Theme, use_theme};
use crate::words::use_words;

/// Switches between the two languages; it is written in the one that it leads to.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let words = use_words();
    let other = Signal::derive(move || match words.language() {
        Language::Zh => Language::En,
        Language::En => Language::Zh,
    });
    let name = move || match other.get() {
        Language::Zh => "中文",
        Language::En => "English",
    };
    view! {
        <button
            class="button button--quiet button--medium"
            type="button"
            lang=move || other.get().tag()
            on:click=move |_| words.set(other.get_untracked())
        >
            <span class="button__face">{name}</span>
        </button>
    }
}

/// Goes through the three themes.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let words = use_words();
    let theme = use_theme();
    let icon = Signal::derive(move || match theme.get() {
        Theme::System => IconName::System,
        Theme::Light => IconName::Light,
        Theme::Dark => IconName::Dark,
    });
    let label = Text::from(move || {
        let texts = &words.texts().shell;
        let name = match theme.get() {
            Theme::System => texts.theme_system,
            Theme::Light => texts.theme_light,
            Theme::Dark => texts.theme_dark,
        };
        format!("{}{name}", texts.theme)
    });
    let next = move |_| {
        theme.set(match theme.get() {
            Theme::System => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::System,
        });
    };
    view! { <IconButton icon label on_click=next /> }
}
