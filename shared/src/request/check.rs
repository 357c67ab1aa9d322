//! One field against one rule of the catalogue.

use serde_json::Value;

use super::fields::{Field, Fields};
use super::messages::{self, Message};
use crate::catalogue::{Default, Model, Parameter, Rule};
use crate::problem::Problem;
use crate::size::Size;
use crate::words::Words;

/// Longest address, in bytes.
const LONGEST_ADDRESS: usize = 2048;

/// A value that its rule takes.
enum Taken {
    Text(String),
    Size(Size),
    Integer(i64),
    Number(f64),
    Switch(bool),
    Several(Vec<String>),
    Messages(Vec<Message>),
}

/// The fields that were given and taken, beside the model's defaults for the others.
pub(super) struct Checked {
    model: &'static Model,
    taken: Vec<(&'static str, Taken)>,
}

impl Checked {
    /// Checks every parameter of the model, then refuses by name what is left.
    pub(super) fn read(model: &'static Model, mut fields: Fields, problems: &mut Vec<Problem>) -> Self {
        let mut taken = Vec::new();
        let alternatives = |parameter: &&Parameter| parameter.instead.is_some();
        for parameter in model.parameters.iter().filter(alternatives) {
            one_of_two(parameter, &fields, problems);
        }
        let given = |name: &str, fields: &Fields| fields.find(name).is_some();
        let excused: Vec<_> = model
            .parameters
            .iter()
            .filter(|parameter| parameter.instead.is_some_and(|other| given(other, &fields)))
            .map(|parameter| parameter.name)
            .collect();
        for parameter in model.parameters {
            match fields.take(parameter.name) {
                Some(field) => match check(parameter, &field) {
                    Ok(value) => taken.push((parameter.name, value)),
                    Err(mut found) => problems.append(&mut found),
                },
                None if parameter.required && !excused.contains(&parameter.name) => {
                    problems.push(Problem::missing(parameter.name, parameter.rule.words()));
                }
                None => {}
            }
        }
        problems.extend(fields.rest().into_iter().map(|field| unknown(model, field)));
        Self { model, taken }
    }

    fn find(&self, name: &str) -> Option<&Taken> {
        self.taken.iter().find(|(taken, _)| *taken == name).map(|(_, value)| value)
    }

    fn default(&self, name: &str) -> Default {
        self.model.parameter(name).map_or(Default::None, |parameter| parameter.default)
    }

    /// Whether the field was given and taken.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        match (self.find(name), self.default(name)) {
            (Some(Taken::Text(text)), _) => Some(text.clone()),
            (None, Default::Choice(word)) => Some(word.to_owned()),
            _ => None,
        }
    }

    pub(super) fn several(&self, name: &str) -> Vec<String> {
        match (self.find(name), self.default(name)) {
            (Some(Taken::Several(words)), _) => words.clone(),
            (None, Default::Several(words)) => words.iter().map(|word| (*word).to_owned()).collect(),
            _ => Vec::new(),
        }
    }

    pub(super) fn messages(&self, name: &str) -> Option<Vec<Message>> {
        match self.find(name) {
            Some(Taken::Messages(messages)) => Some(messages.clone()),
            _ => None,
        }
    }

    pub(super) fn number(&self, name: &str) -> Option<f64> {
        match (self.find(name), self.default(name)) {
            (Some(Taken::Number(number)), _) => Some(*number),
            (None, Default::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// A whole number that its rule keeps within `u32`.
    pub(super) fn count(&self, name: &str) -> Option<u32> {
        self.integer(name).and_then(|number| u32::try_from(number).ok())
    }

    pub(super) fn size(&self, name: &str) -> Option<Size> {
        match (self.find(name), self.default(name)) {
            (Some(Taken::Size(size)), _) => Some(*size),
            (None, Default::Size(size)) => Some(size),
            _ => None,
        }
    }

    fn integer(&self, name: &str) -> Option<i64> {
        match (self.find(name), self.default(name)) {
            (Some(Taken::Integer(number)), _) => Some(*number),
            (None, Default::Integer(number)) => Some(number),
            _ => None,
        }
    }

    pub(super) fn switch(&self, name: &str) -> bool {
        match (self.find(name), self.default(name)) {
            (Some(Taken::Switch(on)), _) => *on,
            (None, Default::Switch(on)) => on,
            _ => false,
        }
    }
}

/// Both of two parameters that stand for each other, with different values, say two things at once.
fn one_of_two(parameter: &Parameter, fields: &Fields, problems: &mut Vec<Problem>) {
    let Some(other) = parameter.instead else { return };
    let (Some(one), Some(two)) = (fields.find(parameter.name), fields.find(other)) else { return };
    if one.value != two.value {
        let message = Words::of(
            format!("{} 与 {} 只能给一个，请去掉其中一个。", two.path, one.path),
            format!("{} stands for {}; leave one of them out.", two.path, one.path),
        );
        let allowed = Words::of(
            format!("{} 或 {other}", parameter.name),
            format!("either {} or {other}", parameter.name),
        );
        problems.push(Problem::new(two.path.clone(), &two.value, allowed, message));
    }
}

fn check(parameter: &Parameter, field: &Field) -> Result<Taken, Vec<Problem>> {
    let rule = parameter.rule;
    let taken = match (rule, &field.value) {
        (Rule::Text { max_characters }, Value::String(text)) => {
            return check_text(parameter, field, text, max_characters).map_err(|problem| vec![problem]);
        }
        (Rule::Messages { max, max_characters }, Value::Array(items)) => {
            return messages::check(&field.path, items, max, max_characters).map(Taken::Messages);
        }
        (Rule::Size(sizes), Value::String(text)) => {
            text.parse().ok().filter(|size| sizes.takes(*size)).map(Taken::Size)
        }
        (Rule::Integer { min, max }, Value::Number(number)) => {
            number.as_i64().filter(|number| (min..=max).contains(number)).map(Taken::Integer)
        }
        (Rule::OneOf { of }, Value::Number(number)) => {
            number.as_i64().filter(|number| of.contains(number)).map(Taken::Integer)
        }
        (Rule::Number { min, max }, Value::Number(number)) => {
            number.as_f64().filter(|number| (min..=max).contains(number)).map(Taken::Number)
        }
        (Rule::Switch, Value::Bool(on)) => Some(Taken::Switch(*on)),
        (Rule::Choice { of }, Value::String(text)) => {
            of.contains(&text.as_str()).then(|| Taken::Text(text.clone()))
        }
        (Rule::Several { of }, Value::Array(items)) => several(of, items).map(Taken::Several),
        (Rule::Name { max }, Value::String(text)) => is_name(text, max).then(|| Taken::Text(text.clone())),
        (Rule::Address, Value::String(text)) => is_address(text).then(|| Taken::Text(text.clone())),
        _ => None,
    };
    taken.ok_or_else(|| vec![refuse(parameter, field)])
}

/// At least one of the words, none of them twice.
fn several(of: &[&str], items: &[Value]) -> Option<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    for item in items {
        let word = item.as_str().filter(|word| of.contains(word))?;
        if words.iter().any(|known| known == word) {
            return None;
        }
        words.push(word.to_owned());
    }
    (!words.is_empty()).then_some(words)
}

fn is_name(text: &str, max: usize) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=max).contains(&text.len()) && text.bytes().all(plain)
}

/// An address that the vendor may be given: the worker never opens it itself.
fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let plain = |c: char| !c.is_whitespace() && !c.is_control();
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['))
        && text.len() <= LONGEST_ADDRESS
        && text.chars().all(plain)
}

fn check_text(parameter: &Parameter, field: &Field, text: &str, max: usize) -> Result<Taken, Problem> {
    let count = text.chars().count();
    if count > max {
        return Err(Problem::new(
            field.path.clone(),
            &field.value,
            parameter.rule.words(),
            Words::of(
                format!("{} 有 {count} 字，最多 {max} 字，请缩短。", field.path),
                format!("{} has {count} characters, at most {max} are allowed; shorten it.", field.path),
            ),
        ));
    }
    if let Some(control) = text.chars().find(|&c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        let code = u32::from(control);
        return Err(Problem::new(
            field.path.clone(),
            &field.value,
            Words::new("不含控制字符的文字", "text without control characters"),
            Words::of(
                format!("{} 含有控制字符 U+{code:04X}，请删除。", field.path),
                format!("{} contains the control character U+{code:04X}; remove it.", field.path),
            ),
        ));
    }
    if parameter.required && text.trim().is_empty() {
        return Err(Problem::missing(field.path.clone(), parameter.rule.words()));
    }
    Ok(Taken::Text(text.to_owned()))
}

fn refuse(parameter: &Parameter, field: &Field) -> Problem {
    let mut problem =
        Problem::new(field.path.clone(), &field.value, parameter.rule.words(), Words::new("", ""));
    let Problem { field, given, allowed, .. } = &problem;
    let (zh, en) =
        if is_quoted(parameter.rule, given) { ("，且不加引号", ", without quotes") } else { ("", "") };
    problem.message = Words::of(
        format!("{field} 不能是 {given}，允许：{}{zh}。", allowed.zh),
        format!("{field} cannot be {given}; allowed: {}{en}.", allowed.en),
    );
    problem
}

/// Whether a number, true or false was given as a text.
fn is_quoted(rule: Rule, given: &Value) -> bool {
    given.as_str().is_some_and(|text| matches!(rule.typed(text), Value::Number(_) | Value::Bool(_)))
}

fn unknown(model: &Model, field: Field) -> Problem {
    let names = model.parameters.iter().map(|parameter| parameter.name).collect::<Vec<_>>().join(", ");
    let message = if field.name == "seed" && model.id == "qwen-image" {
        Words::new(
            "按参考文档，qwen-image 不支持 seed，请去掉。",
            "The reference does not offer seed for qwen-image; leave it out.",
        )
    } else {
        Words::of(
            format!("{} 没有 {} 这个参数，请去掉。", model.id, field.path),
            format!("{} takes no parameter {}; leave it out.", model.id, field.path),
        )
    };
    Problem::new(field.path, &field.value, Words::of(names.clone(), names), message)
}

impl Rule {
    /// What is allowed, in words.
    #[must_use]
    pub fn words(&self) -> Words {
        match *self {
            Self::Text { max_characters } => Words::of(
                format!("文字，最多 {max_characters} 字"),
                format!("text of at most {max_characters} characters"),
            ),
            Self::Size(sizes) => sizes.words(),
            Self::Integer { min, max } if min == max => Words::of(min.to_string(), min.to_string()),
            Self::Integer { min, max } => {
                Words::of(format!("{min} 到 {max} 的整数"), format!("a whole number from {min} to {max}"))
            }
            Self::Number { min, max } => {
                Words::of(format!("{min} 到 {max} 的数"), format!("a number from {min} to {max}"))
            }
            Self::Switch => Words::new("true 或 false", "true or false"),
            Self::Choice { of } => Words::of(of.join("、"), of.join(", ")),
            Self::OneOf { of } => {
                let numbers: Vec<_> = of.iter().map(i64::to_string).collect();
                Words::of(numbers.join("、"), numbers.join(", "))
            }
            Self::Several { of } => Words::of(
                format!("列表，取自 {}，不重复", of.join("、")),
                format!("a list of {}, none twice", of.join(", ")),
            ),
            Self::Name { max } => Words::of(
                format!("字母、数字和 - _ .，最多 {max} 个字符"),
                format!("letters, digits and - _ . , at most {max} characters"),
            ),
            Self::Messages { max, max_characters } => Words::of(
                format!(
                    "1 到 {max} 条消息，每条 {{\"role\":\"user\"或\"assistant\",\"content\":文字}}，\
                     最多 {max_characters} 字；首条可为 system，最后一条为 user"
                ),
                format!(
                    "1 to {max} messages, each {{\"role\":\"user\" or \"assistant\",\"content\":text}} of at most \
                     {max_characters} characters; the first may be system, the last is user"
                ),
            ),
            Self::Address => Words::new("http:// 或 https:// 地址", "an http:// or https:// address"),
        }
    }
}
