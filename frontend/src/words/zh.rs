//! 中文。

mod archive;
mod batches;
mod chat;
mod create;
mod data;
mod failure;
mod history;
mod job;
mod kept;
mod login;
mod parts;
mod people;
mod share;
mod shell;
mod usage;

use super::Texts;

/// All texts in Chinese.
pub static TEXTS: Texts = Texts {
    archive: archive::TEXTS,
    batches: batches::TEXTS,
    chat: chat::TEXTS,
    create: create::TEXTS,
    data: data::TEXTS,
    failure: failure::TEXTS,
    history: history::TEXTS,
    job: job::TEXTS,
    kept: kept::TEXTS,
    login: login::TEXTS,
    parts: parts::TEXTS,
    people: people::TEXTS,
    share: share::TEXTS,
    shell: shell::TEXTS,
    usage: usage::TEXTS,
};
