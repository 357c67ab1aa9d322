//! Writes an answer: readable Markdown about what was asked, the same for the same talk and seed.

use serde_json::json;
use sha2::{Digest, Sha256};
use std::cell::RefCell;

use super::messages::Talk;
use super::tokens;
use super::words::{CHINESE, CODE, ENGLISH, Words};
use crate::picture::chance::Chance;
use crate::trigger;

/// What an answer is about.
pub(crate) struct Subject {
    topic: String,
    words: &'static Words,
    turns: usize,
    /// One line was asked for.
    short: bool,
    code: bool,
    chance: RefCell<Chance>,
}

/// What stands in a prompt before its subject.
const OPENINGS: &[&str] = &[
    "请",
    "帮我",
    "给我",
    "写一篇",
    "写一段",
    "写一个",
    "写一句",
    "写",
    "生成",
    "介绍一下",
    "介绍",
    "解释一下",
    "解释",
    "关于",
    "一篇",
    "用",
    "please ",
    "write ",
    "explain ",
    "describe ",
    "tell me ",
    "give me ",
    "about ",
    "an ",
    "a ",
    "the ",
];

impl Subject {
    pub(crate) fn new(talk: &Talk, seed: u64) -> Self {
        let asked = trigger::strip(&talk.last);
        let lower = asked.to_lowercase();
        let has = |all: &[&str]| all.iter().any(|word| lower.contains(word));
        let digest = Sha256::digest(format!("text\0{seed}\0{asked}\0{}", talk.before));
        let entropy = digest.iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte));
        Self {
            topic: topic(&asked),
            words: if asked.chars().any(|c| !c.is_ascii() && c.is_alphabetic()) {
                &CHINESE
            } else {
                &ENGLISH
            },
            turns: talk.turns,
            short: has(&["一句", "标题", "one line", "one sentence", "slogan"]),
            code: has(&["代码", "函数", "编程", "code", "function", "program", "rust", "python"]),
            chance: RefCell::new(Chance::new(entropy)),
        }
    }

    /// At least so many tokens, or as many as it likes.
    pub(crate) fn markdown(&self, at_least: Option<u32>) -> String {
        if self.short && at_least.is_none() {
            return self.pick(self.words.lines);
        }
        let mut text = String::new();
        if self.turns > 1 {
            text.push_str(&self.words.again.replace("{n}", &self.turns.to_string()));
            text.push_str("\n\n");
        }
        text.push_str(&format!(
            "## {}\n\n{}\n\n",
            self.fill(self.words.title),
            self.pick(self.words.openings)
        ));
        let wanted = at_least.unwrap_or_else(|| 150 + (self.unit() * 200.0) as u32);
        let mut counted = tokens::count(&text);
        let mut section = 0_usize;
        while counted < wanted {
            let more = self.section(section);
            counted += tokens::count(&more);
            text.push_str(&more);
            section += 1;
        }
        text.push_str(&self.pick(self.words.endings));
        text
    }

    /// Chapter after chapter, each of another kind.
    fn section(&self, number: usize) -> String {
        let heading = match number % 2 {
            0 => format!("### {}\n\n", self.pick(self.words.headings)),
            _ => String::new(),
        };
        let kind = if self.code && number == 1 { 3 } else { (number + (self.unit() * 2.0) as usize) % 5 };
        let body = match kind {
            0 => self.list(|_| "-".into()),
            1 => format!("{}{}", self.pick(self.words.sentences), self.pick(self.words.sentences)),
            2 => self.list(|number| format!("{number}.")),
            3 if self.code || self.unit() < 0.4 => {
                self.one(CODE).replace("{t}", &self.topic.replace(['"', '\\'], ""))
            }
            3 => format!("> {}", self.pick(self.words.lines)),
            _ => self.table(),
        };
        format!("{heading}{body}\n\n")
    }

    fn list(&self, mark: impl Fn(usize) -> String) -> String {
        let item = |number| {
            let (name, more) = (self.one(self.words.names), self.pick(self.words.sentences));
            format!("{} **{name}**{}{more}", mark(number), self.words.colon)
        };
        (1..=3).map(item).collect::<Vec<_>>().join("\n")
    }

    fn table(&self) -> String {
        let [first, second, third] = self.words.columns;
        let row = |_| {
            let (name, low, high) = (self.one(self.words.names), self.unit(), self.unit());
            format!("| {name} | {:.1} | {} % |", 1.0 + low * 9.0, 5 + (high * 90.0) as u32)
        };
        let rows: Vec<String> = (0..3).map(row).collect();
        format!("| {first} | {second} | {third} |\n| --- | ---: | ---: |\n{}", rows.join("\n"))
    }

    /// A JSON object about it.
    pub(crate) fn json(&self) -> String {
        let points: Vec<&str> = (0..3).map(|_| self.one(self.words.names)).collect();
        json!({ "topic": self.topic, "points": points, "summary": self.pick(self.words.lines) }).to_string()
    }

    /// What a thinking model thinks first.
    pub(crate) fn thoughts(&self) -> String {
        let more = self.pick(self.words.sentences);
        format!("{}{more}", self.fill(self.words.thought))
    }

    fn unit(&self) -> f32 {
        self.chance.borrow_mut().unit()
    }

    fn one(&self, all: &[&'static str]) -> &'static str {
        self.chance.borrow_mut().pick(all).copied().unwrap_or_default()
    }

    fn pick(&self, all: &[&'static str]) -> String {
        self.fill(self.one(all))
    }

    fn fill(&self, text: &str) -> String {
        text.replace("{t}", &self.topic)
    }
}

/// The first line of what was asked, without courtesies, not long.
fn topic(asked: &str) -> String {
    let line = asked.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let mut rest = line;
    while let Some(shorter) = OPENINGS.iter().find_map(|opening| opened(rest, opening)) {
        rest = shorter;
    }
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    let end = |c: char| {
        matches!(
            c,
            '，' | '。'
                | '！'
                | '？'
                | '；'
                | '：'
                | ','
                | '.'
                | '!'
                | '?'
                | ';'
                | ':'
                | '#'
                | '|'
                | '`'
                | '<'
                | '['
        )
    };
    let rest = rest.split(end).next().unwrap_or_default();
    let wide = !rest.is_ascii();
    let short: String = rest.chars().take(if wide { 16 } else { 48 }).collect();
    let short = short.trim().trim_end_matches("的文章").trim_end_matches("的介绍");
    match (short.is_empty(), wide || !line.is_ascii()) {
        (false, _) => short.to_owned(),
        (true, true) => "这个话题".to_owned(),
        (true, false) => "this topic".to_owned(),
    }
}

fn opened<'a>(text: &'a str, opening: &str) -> Option<&'a str> {
    let head = text.get(..opening.len())?;
    let rest = text.get(opening.len()..)?.trim_start();
    (head.eq_ignore_ascii_case(opening) && !rest.is_empty()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn subject(asked: &str, seed: u64) -> Subject {
        Subject::new(&Talk { last: asked.into(), turns: 1, ..Talk::default() }, seed)
    }

    #[test]
    fn the_subject_is_what_the_prompt_is_about() {
        for (asked, expected) in [
            ("请帮我写一篇关于绿茶的文章", "绿茶"),
            ("给保温杯写一句广告语！", "给保温杯写一句广告语"),
            ("Write a story about the sea, please", "story about the sea"),
            ("写", "写"),
            ("??", "this topic"),
            ("。。。", "这个话题"),
        ] {
            assert_eq!(topic(asked), expected);
        }
    }

    #[test]
    fn an_answer_is_markdown_in_the_language_of_the_question() {
        let chinese = subject("介绍一下绿茶", 3).markdown(Some(1_200));
        for part in ["## ", "绿茶", "\n- **", "\n1. **", "| --- |", "### "] {
            assert!(chinese.contains(part), "{part}: {chinese}");
        }
        let english = subject("Explain this function in Rust", 3).markdown(Some(600));
        assert!(english.is_ascii() && english.contains("```"), "{english}");
        assert!(!subject("写一句广告语", 3).markdown(None).contains('\n'));
    }

    proptest! {
        #[test]
        fn any_question_is_answered(asked in "\\PC{0,40}", seed: u64) {
            prop_assert!(!subject(&asked, seed).markdown(None).is_empty());
        }
    }
}
