//! What is answered: the text in pieces, how it ends, what it costs (dashscope-api.md §3.2, §3.3).

use serde_json::{Value, json};

use super::messages::Talk;
use super::parameters::Parameters;
use super::{compose, tokens};
use crate::trigger::Triggers;

/// A piece, as a frame of a stream brings it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) tokens: u32,
}

/// A whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// Thoughts, before the answer.
    pub(crate) reasoning: Vec<Piece>,
    pub(crate) pieces: Vec<Piece>,
    /// `stop` or `length`.
    pub(crate) finish: &'static str,
    pub(crate) input_tokens: u32,
}

/// Tokens a frame holds.
const PIECE: usize = 4;
/// The first frames hold less: something is seen at once.
const FIRST: usize = 1;

impl Answer {
    /// Decides everything. `seed` is the call's own, or a random one.
    pub(crate) fn new(talk: &Talk, asked: &Parameters, triggers: &Triggers, seed: u64) -> Self {
        let subject = compose::Subject::new(talk, seed);
        let whole = match (&triggers.say, asked.json) {
            (Some(say), _) => say.clone(),
            (None, true) => subject.json(),
            (None, false) => subject.markdown(triggers.tokens),
        };
        let whole = match asked.stop.iter().filter_map(|stop| whole.find(stop.as_str())).min() {
            Some(end) => whole.get(..end).unwrap_or_default(),
            None => &whole,
        };
        let all = tokens::split(whole);
        let wanted = triggers.tokens.unwrap_or(u32::MAX).min(asked.max_tokens);
        let kept = all.len().min(usize::try_from(wanted).unwrap_or(usize::MAX));
        let cut = all.len() > kept && asked.max_tokens <= wanted;
        Self {
            reasoning: if asked.thinking { pieces(&tokens::split(&subject.thoughts())) } else { Vec::new() },
            pieces: pieces(all.get(..kept).unwrap_or(&all)),
            finish: if cut { "length" } else { "stop" },
            input_tokens: talk.tokens,
        }
    }

    /// The whole text.
    pub(crate) fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// Tokens of all pieces before this one, thoughts first.
    pub(crate) fn output_tokens(&self, pieces: usize) -> u32 {
        self.reasoning.iter().chain(&self.pieces).take(pieces).map(|piece| piece.tokens).sum()
    }

    /// Everything.
    pub(crate) fn all_output_tokens(&self) -> u32 {
        self.output_tokens(usize::MAX)
    }

    /// `usage` after so many pieces, thoughts included: cumulative.
    pub(crate) fn usage(&self, output_tokens: u32) -> Value {
        let mut usage = json!({
            "input_tokens": self.input_tokens,
            "output_tokens": output_tokens,
            "total_tokens": self.input_tokens.saturating_add(output_tokens),
            "prompt_tokens_details": { "cached_tokens": 0 },
        });
        if !self.reasoning.is_empty() {
            let thought = self.output_tokens(self.reasoning.len()).min(output_tokens);
            if let Some(usage) = usage.as_object_mut() {
                usage.insert("output_tokens_details".into(), json!({ "reasoning_tokens": thought }));
            }
        }
        usage
    }
}

/// Tokens in pieces of a frame each.
fn pieces(tokens: &[&str]) -> Vec<Piece> {
    let (first, rest) = tokens.split_at(tokens.len().min(FIRST));
    let groups = first.chunks(FIRST).chain(rest.chunks(PIECE));
    let piece = |group: &[&str]| Piece {
        text: group.concat(),
        tokens: u32::try_from(group.len()).unwrap_or(u32::MAX),
    };
    groups.map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{messages, models, parameters};
    use crate::trigger;

    fn answer(prompt: &str, given: &Value) -> Answer {
        let asked = parameters::read(given, models::find("qwen-plus").unwrap(), true).unwrap();
        let talk = messages::of_messages(&json!([{"role": "user", "content": prompt}])).unwrap();
        Answer::new(&talk, &asked, &trigger::parse(prompt).unwrap(), asked.seed.unwrap_or(5))
    }

    #[test]
    fn the_same_prompt_and_seed_give_the_same_text_and_others_another() {
        let text = |prompt: &str, seed: u64| answer(prompt, &json!({ "seed": seed })).text();
        assert_eq!(text("写一篇关于茶的文章", 1), text("写一篇关于茶的文章", 1));
        assert_ne!(text("写一篇关于茶的文章", 1), text("写一篇关于茶的文章", 2));
        assert_ne!(text("写一篇关于茶的文章", 1), text("写一篇关于书的文章", 1));
    }

    #[test]
    fn max_tokens_cuts_and_says_so_and_the_marker_sets_the_length() {
        let short = answer("写一篇关于茶的文章", &json!({"max_tokens": 20}));
        assert_eq!((short.finish, short.all_output_tokens()), ("length", 20));
        let exact = answer("茶 [[sim:tokens 700]]", &json!({}));
        assert_eq!((exact.finish, exact.all_output_tokens()), ("stop", 700));
        let both = answer("茶 [[sim:tokens 700]]", &json!({"max_tokens": 50}));
        assert_eq!((both.finish, both.all_output_tokens()), ("length", 50));
    }

    #[test]
    fn what_is_to_be_said_is_said_and_stops_where_told() {
        let said = answer("x [[sim:say <b>猫</b> & 狗]]", &json!({}));
        assert_eq!((said.text().as_str(), said.finish), ("<b>猫</b> & 狗", "stop"));
        assert_eq!(answer("x [[sim:say 一二三四]]", &json!({"stop": ["四", "三"]})).text(), "一二");
        let json = answer("给我 json", &json!({"response_format": {"type": "json_object"}})).text();
        assert!(serde_json::from_str::<Value>(&json).unwrap().is_object());
    }

    #[test]
    fn usage_is_cumulative_and_counts_the_thoughts() {
        let thinking =
            answer("为什么天是蓝的", &json!({"enable_thinking": true, "result_format": "message"}));
        let thought = thinking.output_tokens(thinking.reasoning.len());
        assert!(thought > 10);
        let usage = thinking.usage(thinking.all_output_tokens());
        assert_eq!(usage["output_tokens_details"]["reasoning_tokens"], thought);
        assert_eq!(usage["total_tokens"], thinking.input_tokens + thinking.all_output_tokens());
    }
}
