//! What the form holds: the fields of a flat request as they were typed, right or wrong. Pure.
//!
//! The form is nothing but these fields: the draft, a recipe link and "use these settings again" are the same
//! thing, and what is wrong with them, what they cost and how they are sent is computed from them.

use serde_json::{Map, Value};
use studio_shared::catalogue::{self, Default, Model, Parameter, Rule};
use studio_shared::kind::Kind;
use studio_shared::problem::Problem;
use studio_shared::request::Request;
use studio_shared::words::Language;

/// The fields of a flat request.
pub(crate) type Fields = Map<String, Value>;

/// The name of the field that names the model.
pub(super) const MODEL: &str = "model";

/// One field that another model did not take as it was.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// The parameter, as the model that knows it describes it.
    pub(super) parameter: &'static Parameter,
    /// What it was.
    pub(super) from: Value,
    /// What it is now; `null` where the model has no such parameter.
    pub(super) to: Value,
}

/// The kind of work the fields ask for, where they say it.
pub(super) fn kind(fields: &Fields) -> Option<Kind> {
    fields.get("kind").and_then(Value::as_str).and_then(|name| name.parse().ok())
}

/// The model the fields name; the one a new form begins with where they name none of the kind.
pub(super) fn model(fields: &Fields, kind: Kind) -> Option<&'static Model> {
    let named = fields.get(MODEL).and_then(Value::as_str).and_then(catalogue::model);
    named.filter(|model| model.kind == kind).or_else(|| first_choice(kind))
}

/// The model a new form begins with: the first of the kind that makes several results at once, so that the
/// form shows what it can do; else the first.
fn first_choice(kind: Kind) -> Option<&'static Model> {
    let models = catalogue::models(kind);
    let several = |model: &&Model| {
        model
            .parameter("n")
            .is_some_and(|count| matches!(count.rule, Rule::Integer { min, max } if max > min))
    };
    models.iter().find(several).or_else(|| models.first())
}

/// The fields as another model takes them, and what had to change. What still fits stays.
pub(super) fn switch(fields: &Fields, to: &'static Model) -> (Fields, Vec<Change>) {
    let from = model(fields, to.kind);
    let mut next = Fields::new();
    let mut changes = Vec::new();
    next.insert(MODEL.to_owned(), Value::from(to.id));
    for (name, value) in fields.iter().filter(|(name, _)| *name != MODEL && *name != "kind") {
        match to.parameter(name) {
            Some(parameter) if fits(to, name, value) => {
                next.insert(parameter.name.to_owned(), value.clone());
            }
            Some(parameter) => {
                changes.push(Change { parameter, from: value.clone(), to: default(parameter) });
            }
            None => {
                if let Some(parameter) = from.and_then(|from| from.parameter(name)) {
                    changes.push(Change { parameter, from: value.clone(), to: Value::Null });
                }
            }
        }
    }
    (next, changes)
}

/// Whether the model takes this value: asked of the one validator there is, with a request of only this field.
/// A wrong text stays, so that nothing that was typed is lost.
fn fits(model: &Model, name: &str, value: &Value) -> bool {
    let is_text = model.parameter(name).is_some_and(|parameter| matches!(parameter.rule, Rule::Text { .. }));
    let mut probe = Fields::new();
    probe.insert(MODEL.to_owned(), Value::from(model.id));
    probe.insert(name.to_owned(), value.clone());
    let wrong = Request::from_value(Value::Object(probe)).err().unwrap_or_default();
    is_text || wrong.iter().all(|problem| problem.field != name)
}

/// What a parameter is when nothing is given.
pub(super) fn default(parameter: &Parameter) -> Value {
    match parameter.default {
        Default::None => Value::Null,
        Default::Integer(number) => Value::from(number),
        Default::Number(number) => Value::from(number),
        Default::Switch(on) => Value::from(on),
        Default::Choice(word) => Value::from(word),
        Default::Several(words) => Value::from(words),
        Default::Size(size) => Value::from(size.to_string()),
    }
}

/// Fields from elsewhere in the words of the form: of two parameters that stand for each other it shows the first.
pub(super) fn adopt(mut fields: Fields, kind: Kind) -> Fields {
    let shown = model(&fields, kind).map(|model| model.parameters).unwrap_or_default();
    for parameter in shown.iter().filter(|parameter| matches!(parameter.rule, Rule::Size(_))) {
        if let Some(value) = parameter.instead.and_then(|other| fields.remove(other)) {
            fields.entry(parameter.name).or_insert(value);
        }
    }
    fields
}

/// The fields checked: the request they make, or everything that is wrong with them.
pub(super) fn check(fields: &Fields, kind: Kind) -> Result<Request, Vec<Problem>> {
    let mut whole = fields.clone();
    if let Some(model) = model(fields, kind) {
        whole.insert(MODEL.to_owned(), Value::from(model.id));
    }
    Request::from_value(Value::Object(whole))
}

/// The fields that make `request` again.
pub(crate) fn of(request: &Request) -> Fields {
    match serde_json::to_value(request) {
        Ok(Value::Object(fields)) => fields,
        _ => Fields::new(),
    }
}

/// What a person typed into a number field, as a field of the request: a number where it is one, nothing where it
/// is empty, else the text, which the check then names.
pub(super) fn number(text: &str) -> Value {
    match text.trim() {
        "" => Value::Null,
        text => text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from),
    }
}

/// The same for a number that may have decimals.
pub(super) fn decimal(text: &str) -> Value {
    let finite = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    match (number(text), finite(text.trim())) {
        (Value::String(_), Some(number)) => Value::from(number),
        (value, _) => value,
    }
}

/// What to say about a problem in the form: the parameter's own name instead of the wire's.
pub(crate) fn say(problem: &Problem, language: Language) -> String {
    let message = problem.message.get(language);
    let label = Kind::ALL
        .into_iter()
        .flat_map(catalogue::models)
        .find_map(|model| model.parameter(&problem.field).map(|parameter| parameter.label.get(language)));
    let Some(label) = label else { return message.to_owned() };
    match language {
        Language::Zh => {
            let spaced = format!("{} ", problem.field);
            message.replacen(&spaced, label, 1).replacen(&format!(" {}", problem.field), label, 1)
        }
        Language::En => message.replacen(&problem.field, label, 1),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields(value: &Value) -> Fields {
        value.as_object().unwrap().clone()
    }

    fn to(name: &str) -> &'static Model {
        catalogue::model(name).unwrap()
    }

    #[test]
    fn switching_keeps_what_fits_and_tells_what_does_not() {
        let wan = fields(&json!({"model": "wan2.2-t2i-flash", "prompt": "猫", "n": 4, "seed": 7,
            "size": "1440*810", "watermark": true}));
        let (qwen, changes) = switch(&wan, to("qwen-image"));
        assert_eq!(Value::from(qwen), json!({"model": "qwen-image", "prompt": "猫", "watermark": true}));
        let told: Vec<_> = changes.iter().map(|it| (it.parameter.name, it.to.clone())).collect();
        assert_eq!(told, [("n", json!(1)), ("seed", Value::Null), ("size", json!("1328*1328"))]);
    }

    #[test]
    fn switching_among_likes_changes_nothing() {
        let flash = fields(&json!({"model": "wan2.2-t2i-flash", "prompt": "猫", "n": 4, "seed": 7}));
        let (plus, changes) = switch(&flash, to("wan2.2-t2i-plus"));
        assert!(changes.is_empty());
        assert_eq!(plus.get("seed"), Some(&json!(7)));
    }

    #[test]
    fn a_text_that_is_too_long_is_not_thrown_away() {
        let long = fields(&json!({"model": "qwen-image", "prompt": "猫".repeat(801)}));
        let (kept, changes) = switch(&long, to("wan2.2-t2i-plus"));
        assert!(changes.is_empty());
        assert_eq!(kept.get("prompt"), long.get("prompt"));
    }

    #[test]
    fn a_form_begins_with_a_model_and_is_checked_with_it() {
        let problems = check(&Fields::new(), Kind::Image).unwrap_err();
        let wrong: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(wrong, ["prompt"]);
        assert_eq!(model(&Fields::new(), Kind::Image).map(|model| model.id), Some("wan2.2-t2i-flash"));
        assert_eq!(model(&Fields::new(), Kind::Video).map(|model| model.id), Some("wan2.1-t2v-plus"));
    }

    #[test]
    fn a_film_of_the_services_own_words_is_shown_in_the_forms() {
        let link = fields(&json!({"model": "wan2.1-t2v-plus", "prompt": "日出", "size": "1280*720"}));
        let shown = adopt(link, Kind::Video);
        assert_eq!(
            Value::from(shown),
            json!({"model": "wan2.1-t2v-plus", "prompt": "日出", "resolution": "1280*720"})
        );
        let newer = fields(&json!({"model": "wan2.6-t2v", "size": "1280*720"}));
        assert_eq!(adopt(newer.clone(), Kind::Video), newer);
    }

    #[test]
    fn what_is_no_number_stays_to_be_named() {
        assert_eq!(number(" 12 "), json!(12));
        assert_eq!(number(""), Value::Null);
        assert_eq!(number("1.5"), json!("1.5"));
        assert_eq!(decimal("1.5"), json!(1.5));
        assert_eq!(decimal("2"), json!(2));
        assert_eq!(decimal("inf"), json!("inf"));
        assert_eq!(decimal(""), Value::Null);
    }

    #[test]
    fn problems_are_told_by_the_labels_of_the_form() {
        let problems = check(&fields(&json!({"prompt": "猫".repeat(801), "n": 9})), Kind::Image).unwrap_err();
        let told: Vec<_> = problems.iter().map(|problem| say(problem, Language::Zh)).collect();
        assert_eq!(told, ["提示词有 801 字，最多 800 字，请缩短。", "张数不能是 9，允许：1 到 4 的整数。"]);
        let missing = check(&Fields::new(), Kind::Image).unwrap_err();
        assert_eq!(say(&missing[0], Language::Zh), "缺少提示词，请填写。");
        assert_eq!(say(&missing[0], Language::En), "Prompt is missing; add it.");
    }
}
