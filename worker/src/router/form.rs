//! Reading the fields of a small JSON body, all problems at once: pure.

use serde_json::{Map, Value};
use studio_shared::budget::Limits;
use studio_shared::json;
use studio_shared::money::Money;
use studio_shared::problem::Problem;
use studio_shared::words::Words;

use super::budget;

/// The fields of a body, each taken out by its name; what is left over was not asked for.
pub(super) struct Form {
    fields: Map<String, Value>,
    problems: Vec<Problem>,
}

impl Form {
    /// Reads a body, which must be an object.
    ///
    /// # Errors
    /// Why it is none.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        match json::read(bytes).map_err(|problem| vec![problem])? {
            Value::Object(fields) => Ok(Self { fields, problems: Vec::new() }),
            other => Err(vec![Problem::new(
                "",
                &other,
                Words::new("JSON 对象", "a JSON object"),
                Words::new("请求体应为 JSON 对象。", "The body should be a JSON object."),
            )]),
        }
    }

    /// Takes a field out and reads it; absent where it is not there, or cannot be read, which is a problem then.
    pub(super) fn field<T>(
        &mut self,
        name: &str,
        allowed: &Words,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.fields.remove(name)?;
        let read = read(&value);
        if read.is_none() {
            let message = Words::of(
                format!("{name} 不合规，允许：{}。", allowed.zh),
                format!("{name} is not usable; allowed: {}.", allowed.en),
            );
            self.problems.push(Problem::new(name, &value, allowed.clone(), message));
        }
        read
    }

    /// A text of so many characters, without spaces around it.
    pub(super) fn text(&mut self, name: &str, least: usize, most: usize) -> Option<String> {
        let allowed = Words::of(format!("{least} 到 {most} 个字符"), format!("{least} to {most} characters"));
        self.field(name, &allowed, |value| {
            let text = value.as_str()?.trim();
            let is_plain = !text.chars().any(|letter| letter.is_control() && letter != '\n');
            let fits = (least..=most).contains(&text.chars().count());
            (is_plain && fits).then(|| text.to_owned())
        })
    }

    /// A text that has to be there.
    pub(super) fn needed(&mut self, name: &str, most: usize) -> Option<String> {
        if !self.fields.contains_key(name) {
            let allowed = Words::of(format!("1 到 {most} 个字符"), format!("1 to {most} characters"));
            self.problems.push(Problem::missing(name, allowed));
        }
        self.text(name, 1, most)
    }

    /// Both limits of a budget; what is not named is without limit.
    pub(super) fn limits(&mut self, name: &str) -> Option<Limits> {
        let fields = match self.fields.remove(name)? {
            Value::Object(fields) => fields,
            other => {
                let allowed = Words::new("{\"day\":…,\"month\":…}", "{\"day\":…,\"month\":…}");
                let message = Words::of(
                    format!("{name} 应为 JSON 对象，例如 {{\"day\":\"5.00\",\"month\":null}}。"),
                    format!(
                        "{name} should be a JSON object, for example {{\"day\":\"5.00\",\"month\":null}}."
                    ),
                );
                self.problems.push(Problem::new(name, &other, allowed, message));
                return None;
            }
        };
        let mut limits = Limits::default();
        for (period, given) in &fields {
            let field = format!("{name}.{period}");
            let limit: Option<Option<Money>> = budget::limit(given);
            match (period.as_str(), limit) {
                ("day", Some(limit)) => limits.day = limit,
                ("month", Some(limit)) => limits.month = limit,
                ("day" | "month", None) => self.problems.push(budget::no_limit(field, given)),
                _ => self.problems.push(unknown(&field, given)),
            }
        }
        Some(limits)
    }

    /// That was all: what is left is a problem.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub(super) fn end(mut self) -> Result<(), Vec<Problem>> {
        self.problems.extend(self.fields.iter().map(|(name, given)| unknown(name, given)));
        if self.problems.is_empty() { Ok(()) } else { Err(self.problems) }
    }
}

fn unknown(field: &str, given: &Value) -> Problem {
    let message = Words::of(
        format!("没有 {field} 这个字段，请去掉。"),
        format!("There is no field {field}; leave it out."),
    );
    Problem::new(field, given, Words::new("不填", "nothing"), message)
}
