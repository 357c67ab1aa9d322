//! Every text of the page, in Chinese and English.
//!
//! A text is a field of [`Texts`], so that one that is missing in a language does not compile. Each area has a
//! file of its own with the fields, and one a language with the texts. Texts that come from `studio-shared`
//! (labels, problems, advice) carry both languages themselves: see [`crate::text::Text::label`].

pub mod archive;
pub mod batches;
pub mod chat;
pub mod create;
pub mod data;
pub mod en;
pub mod failure;
pub mod history;
pub mod job;
pub mod kept;
pub mod login;
pub mod parts;
pub mod people;
pub mod share;
pub mod shell;
pub mod usage;
pub mod zh;

use leptos::prelude::*;
use studio_shared::words::Language;

use crate::prefer;
use crate::text::Text;

/// All texts in one language.
#[derive(Debug)]
pub struct Texts {
    /// Frame, start-up, what every page needs.
    pub shell: shell::Texts,
    /// What parts say by themselves.
    pub parts: parts::Texts,
    /// Logging in.
    pub login: login::Texts,
    /// ZIP files.
    pub archive: archive::Texts,
    /// Many entries as one.
    pub batches: batches::Texts,
    /// Conversations.
    pub chat: chat::Texts,
    /// Making something.
    pub create: create::Texts,
    /// Data of one's own.
    pub data: data::Texts,
    /// What was made.
    pub history: history::Texts,
    /// One piece of work.
    pub job: job::Texts,
    /// What is kept, and for how long.
    pub kept: kept::Texts,
    /// What did not work.
    pub failure: failure::Texts,
    /// Members, their codes, and what they may.
    pub people: people::Texts,
    /// Share links.
    pub share: share::Texts,
    /// What was spent.
    pub usage: usage::Texts,
}

/// All texts in `language`.
#[must_use]
pub const fn texts(language: Language) -> &'static Texts {
    match language {
        Language::Zh => &zh::TEXTS,
        Language::En => &en::TEXTS,
    }
}

/// The language of the page; a copy of the handle is as good as the handle.
#[derive(Clone, Copy, Debug)]
pub struct WordsHandle(RwSignal<Language>);

impl WordsHandle {
    /// The language, followed.
    #[must_use]
    pub fn language(self) -> Language {
        self.0.get()
    }

    /// The language now, for use outside what is reactive.
    #[must_use]
    pub fn language_untracked(self) -> Language {
        self.0.get_untracked()
    }

    /// All texts in the language, followed.
    #[must_use]
    pub fn texts(self) -> &'static Texts {
        texts(self.language())
    }

    /// All texts in the language now, for use outside what is reactive.
    #[must_use]
    pub fn texts_untracked(self) -> &'static Texts {
        texts(self.language_untracked())
    }

    /// One text as a prop: `words.text(|t| t.shell.history)`.
    #[must_use]
    pub fn text(self, pick: fn(&'static Texts) -> &'static str) -> Text {
        Text::from(move || pick(self.texts()))
    }

    /// Chooses, keeps and shows a language.
    pub fn set(self, language: Language) {
        prefer::write(prefer::LANGUAGE, language.tag());
        prefer::mark_root("lang", Some(language.tag()));
        self.0.set(language);
    }
}

/// Makes the language known to everything below.
pub fn provide_words() {
    let language = chosen();
    prefer::mark_root("lang", Some(language.tag()));
    provide_context(WordsHandle(RwSignal::new(language)));
}

/// The language of the page.
#[must_use]
pub fn use_words() -> WordsHandle {
    use_context().unwrap_or_else(|| WordsHandle(RwSignal::new(Language::default())))
}

/// What was chosen before; else the browser's, by the rule of `Accept-Language`.
fn chosen() -> Language {
    prefer::read(prefer::LANGUAGE).and_then(|tag| Language::from_tag(&tag)).unwrap_or_else(|| {
        let listed = web_sys::window().map(|window| window.navigator().languages().join(","));
        listed.map(|list| Language::accepted(&String::from(list))).unwrap_or_default()
    })
}
