//! English.

mod chat;
mod create;
mod failure;
mod history;
mod job;
mod login;
mod parts;
mod shell;

use super::Texts;

/// All texts in English.
pub static TEXTS: Texts = Texts {
    chat: chat::TEXTS,
    create: create::TEXTS,
    failure: failure::TEXTS,
    history: history::TEXTS,
    job: job::TEXTS,
    login: login::TEXTS,
    parts: parts::TEXTS,
    shell: shell::TEXTS,
};
