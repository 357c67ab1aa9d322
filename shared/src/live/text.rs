//! Text.

use super::{Note, Settings, renamed};
use crate::request::{Message, Role, TextRequest};
use crate::words::Words;

/// A call for text as the live service takes it. Every parameter is always sent: the live defaults differ from the
/// reference page's (`dashscope-api.md` §10 rows 22 to 25).
#[derive(Clone, Debug, PartialEq)]
pub struct TextCall {
    /// The region's own name of the model.
    pub model: &'static str,
    /// The turns, `system` first where there is one.
    pub messages: Vec<Message>,
    /// Longest answer, in tokens.
    pub max_tokens: u32,
    /// From 0 to under 2.
    pub temperature: f64,
    /// From over 0 to 1.
    pub top_p: f64,
}

/// The live service takes temperatures under 2 only (row 24).
const HIGHEST_TEMPERATURE: f64 = 1.999;

/// The live service takes shares over 0 only (row 25).
const LOWEST_TOP_P: f64 = 0.01;

pub(super) fn call(
    text: &TextRequest,
    live: &'static str,
    settings: Settings,
    notes: &mut Vec<Note>,
) -> TextCall {
    renamed(&text.model, live, settings.region, notes);
    let system = text.system.iter().map(|content| Message { role: Role::System, content: content.clone() });
    TextCall {
        model: live,
        messages: system.chain(text.messages.iter().cloned()).collect(),
        max_tokens: text.max_tokens,
        temperature: temperature(text.temperature, notes),
        top_p: top_p(text.top_p, notes),
    }
}

fn temperature(given: f64, notes: &mut Vec<Note>) -> f64 {
    if given < 2.0 {
        return given;
    }
    let why = Words::of(
        format!("服务只接受小于 2 的 temperature，按 {HIGHEST_TEMPERATURE} 发送。"),
        format!("The live service takes temperatures under 2; {HIGHEST_TEMPERATURE} is sent."),
    );
    notes.push(Note::new("temperature", &given, &HIGHEST_TEMPERATURE, why));
    HIGHEST_TEMPERATURE
}

fn top_p(given: f64, notes: &mut Vec<Note>) -> f64 {
    if given > 0.0 {
        return given;
    }
    let why = Words::of(
        format!("服务只接受大于 0 的 top_p，按 {LOWEST_TOP_P} 发送。"),
        format!("The live service takes top_p over 0; {LOWEST_TOP_P} is sent."),
    );
    notes.push(Note::new("top_p", &given, &LOWEST_TOP_P, why));
    LOWEST_TOP_P
}
