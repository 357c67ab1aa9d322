//! One field against one rule of the catalogue.

use serde_json::Value;

use super::fields::{Field, Fields};
use crate::catalogue::{Default, Model, Parameter, Rule};
use crate::problem::Problem;
use crate::size::Size;
use crate::words::Words;

/// A value that its rule takes.
enum Taken {
    Text(String),
    Size(Size),
    Integer(i64),
    Number,
    Switch(bool),
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
        for parameter in model.parameters {
            match fields.take(parameter.name) {
                Some(field) => match check(parameter, &field) {
                    Ok(value) => taken.push((parameter.name, value)),
                    Err(problem) => problems.push(problem),
                },
                None if parameter.required => {
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

    pub(super) fn text(&self, name: &str) -> Option<String> {
        match self.find(name) {
            Some(Taken::Text(text)) => Some(text.clone()),
            _ => None,
        }
    }

    pub(super) fn size(&self, name: &str) -> Option<Size> {
        match (self.find(name), self.default(name)) {
            (Some(Taken::Size(size)), _) => Some(*size),
            (None, Default::Size(size)) => Some(size),
            _ => None,
        }
    }

    pub(super) fn integer(&self, name: &str) -> Option<i64> {
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

fn check(parameter: &Parameter, field: &Field) -> Result<Taken, Problem> {
    let rule = parameter.rule;
    let taken = match (rule, &field.value) {
        (Rule::Text { max_characters }, Value::String(text)) => {
            return check_text(parameter, field, text, max_characters);
        }
        (Rule::Size(sizes), Value::String(text)) => {
            text.parse().ok().filter(|size| sizes.takes(*size)).map(Taken::Size)
        }
        (Rule::Integer { min, max }, Value::Number(number)) => {
            number.as_i64().filter(|number| (min..=max).contains(number)).map(Taken::Integer)
        }
        (Rule::Number { min, max }, Value::Number(number)) => {
            number.as_f64().filter(|number| (min..=max).contains(number)).map(|_| Taken::Number)
        }
        (Rule::Switch, Value::Bool(on)) => Some(Taken::Switch(*on)),
        (Rule::Choice { of }, Value::String(text)) => {
            of.contains(&text.as_str()).then(|| Taken::Text(text.clone()))
        }
        (Rule::Address, Value::String(text)) => {
            (text.starts_with("https://") || text.starts_with("http://")).then(|| Taken::Text(text.clone()))
        }
        _ => None,
    };
    taken.ok_or_else(|| refuse(parameter, field))
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
    problem.message = Words::of(
        format!("{field} 不能是 {given}，允许：{}。", allowed.zh),
        format!("{field} cannot be {given}; allowed: {}.", allowed.en),
    );
    problem
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
            Self::Address => Words::new("http:// 或 https:// 地址", "an http:// or https:// address"),
        }
    }
}
