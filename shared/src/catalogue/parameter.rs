//! One parameter of a model: what it is called, what it takes, what it is when absent.

use serde::Serialize;
use serde_json::Value;

use crate::json;
use crate::size::Size;
use crate::words::{Label, Words};

/// One parameter of a model.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Parameter {
    /// The name on the wire.
    pub name: &'static str,
    /// The label in the form.
    pub label: Label,
    /// One sentence on what it does.
    pub help: Label,
    /// Whether it must be given.
    pub required: bool,
    /// The parameter that may be given in its place: one of the two, or both with the same value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead: Option<&'static str>,
    /// What it takes.
    pub rule: Rule,
    /// What it is when absent; `null` where absence means something of its own (no negative prompt, a
    /// random seed).
    pub default: Default,
}

impl Parameter {
    /// A parameter that may be left out.
    pub(super) const fn new(
        name: &'static str,
        label: Label,
        help: Label,
        rule: Rule,
        default: Default,
    ) -> Self {
        Self { name, label, help, required: false, instead: None, rule, default }
    }

    /// The same, but it must be given.
    pub(super) const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// The same, but another may be given in its place.
    pub(super) const fn or(self, other: &'static str) -> Self {
        Self { instead: Some(other), ..self }
    }
}

/// What a parameter takes.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Rule {
    /// A text.
    Text {
        /// Characters at most, as people count them: one Chinese character, letter or mark is one
        /// (Unicode scalar values, neither bytes nor UTF-16 units; `dashscope-api.md` §10 row 19).
        max_characters: usize,
    },
    /// Width and height.
    Size(SizeRule),
    /// A whole number.
    Integer {
        /// Lowest, included.
        min: i64,
        /// Highest, included.
        max: i64,
    },
    /// A number with decimals.
    Number {
        /// Lowest, included.
        min: f64,
        /// Highest, included.
        max: f64,
    },
    /// True or false.
    Switch,
    /// One of several words.
    Choice {
        /// The words.
        of: &'static [&'static str],
    },
    /// One of several whole numbers.
    OneOf {
        /// The numbers.
        of: &'static [i64],
    },
    /// Any of several words, as a list without repeats.
    Several {
        /// The words.
        of: &'static [&'static str],
    },
    /// A name of ASCII letters, digits, `-`, `_` and `.`, such as a voice or the handle of a file.
    Name {
        /// Characters at most.
        max: usize,
    },
    /// The turns of a conversation (`dashscope-api.md` §3.1).
    Messages {
        /// Messages at most.
        max: usize,
        /// Characters of one message at most.
        max_characters: usize,
    },
    /// A public `http://` or `https://` address.
    Address,
}

impl Rule {
    /// A value that was written as plain text, in the type that the rule takes; the text itself where it is none, so
    /// that the check names it. Several words may stand with spaces or `|` between them.
    #[must_use]
    pub fn typed(&self, text: &str) -> Value {
        let plain = text.trim();
        let parsed = || json::read(plain.as_bytes()).ok();
        let value = match self {
            Self::Integer { .. } | Self::OneOf { .. } | Self::Number { .. } | Self::Messages { .. } => {
                parsed()
            }
            Self::Switch if plain.eq_ignore_ascii_case("true") => Some(Value::Bool(true)),
            Self::Switch if plain.eq_ignore_ascii_case("false") => Some(Value::Bool(false)),
            Self::Several { .. } => parsed().filter(Value::is_array).or_else(|| {
                let words = plain.split(|c: char| c == '|' || c.is_whitespace());
                Some(words.filter(|word| !word.is_empty()).map(Value::from).collect())
            }),
            Self::Text { .. } => None,
            _ => Some(Value::from(plain)),
        };
        value.unwrap_or_else(|| Value::from(text))
    }
}

/// What a size parameter takes.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(tag = "sizes", rename_all = "lowercase")]
pub enum SizeRule {
    /// One of a list.
    Fixed {
        /// The sizes that forms offer.
        of: &'static [Size],
        /// Sizes accepted beside those, because the live service has come to use them.
        also: &'static [Size],
    },
    /// Any sides within a range.
    Free {
        /// Shortest side in pixels, included.
        min_side: u32,
        /// Longest side in pixels, included.
        max_side: u32,
        /// Width times height at most.
        max_pixels: u64,
    },
    /// Any area within a range, not too long and thin.
    Area {
        /// Width times height at least.
        min_pixels: u64,
        /// Width times height at most.
        max_pixels: u64,
        /// The longer side is at most so many times the shorter.
        max_ratio: u32,
    },
}

impl SizeRule {
    /// Whether the rule takes `size`.
    #[must_use]
    pub fn takes(&self, size: Size) -> bool {
        match *self {
            Self::Fixed { of, also } => of.contains(&size) || also.contains(&size),
            Self::Free { min_side, max_side, max_pixels } => {
                let sides = min_side..=max_side;
                sides.contains(&size.width) && sides.contains(&size.height) && size.pixels() <= max_pixels
            }
            Self::Area { min_pixels, max_pixels, max_ratio } => {
                let (short, long) = (size.width.min(size.height), size.width.max(size.height));
                let pixels = min_pixels..=max_pixels;
                pixels.contains(&size.pixels()) && long <= short.saturating_mul(max_ratio)
            }
        }
    }

    /// What is allowed, in words.
    #[must_use]
    pub fn words(&self) -> Words {
        match *self {
            Self::Fixed { of, .. } => {
                let list = of.iter().map(Size::to_string).collect::<Vec<_>>();
                Words::of(list.join("、"), list.join(", "))
            }
            Self::Free { min_side, max_side, max_pixels } => Words::of(
                format!("宽和高各 {min_side}–{max_side}，总像素不超过 {}", grouped(max_pixels)),
                format!("each side {min_side} to {max_side}, at most {} pixels in all", grouped(max_pixels)),
            ),
            Self::Area { min_pixels, max_pixels, max_ratio } => {
                let (least, most) = (grouped(min_pixels), grouped(max_pixels));
                Words::of(
                    format!("总像素 {least}–{most}，宽高比 1:{max_ratio} 到 {max_ratio}:1"),
                    format!("{least} to {most} pixels in all, ratio 1:{max_ratio} to {max_ratio}:1"),
                )
            }
        }
    }
}

/// A number with a comma between groups of three digits.
#[must_use]
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut out = String::with_capacity(digits.len().saturating_add(digits.len() / 3));
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 3 == first {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// What a parameter is when absent.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Default {
    /// Nothing.
    None,
    /// A whole number.
    Integer(i64),
    /// A number with decimals.
    Number(f64),
    /// True or false.
    Switch(bool),
    /// A word.
    Choice(&'static str),
    /// Several words.
    Several(&'static [&'static str]),
    /// A size.
    Size(Size),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_read_by_the_rule() {
        let typed = |rule: Rule, text: &str| rule.typed(text).to_string();
        assert_eq!(typed(Rule::Integer { min: 1, max: 4 }, " 2 "), "2");
        assert_eq!(typed(Rule::Integer { min: 1, max: 4 }, "two"), r#""two""#);
        assert_eq!(typed(Rule::Number { min: 0.0, max: 2.0 }, "0.7"), "0.7");
        assert_eq!(typed(Rule::Switch, "TRUE"), "true", "as spreadsheets write it");
        assert_eq!(typed(Rule::Switch, "yes"), r#""yes""#);
        assert_eq!(typed(Rule::Several { of: &[] }, "zh en|ja"), r#"["zh","en","ja"]"#);
        assert_eq!(typed(Rule::Several { of: &[] }, r#"["zh","en"]"#), r#"["zh","en"]"#);
        assert_eq!(typed(Rule::Text { max_characters: 9 }, " 12 "), r#"" 12 ""#, "a text is not touched");
        assert_eq!(typed(Rule::Choice { of: &[] }, " mp3"), r#""mp3""#);
    }

    #[test]
    fn numbers_are_grouped_by_three() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(512), "512");
        assert_eq!(grouped(1_024), "1,024");
        assert_eq!(grouped(2_000_000), "2,000,000");
    }
}
