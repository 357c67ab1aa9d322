//! What the readers of this crate promise about outside bytes, tried on mutations of right examples (`tests/fuzz`).

mod batches;
mod bodies;
mod pages;
mod requests;
mod texts;

use serde_json::{Map, Value, json};

use crate::catalogue::{Model, Parameter, Rule, SizeRule, model, models};
use crate::kind::Kind;
use crate::problem::Problem;
use crate::size::Size;

/// A right request for every model, with every parameter it takes.
fn examples() -> Vec<Map<String, Value>> {
    let all = Kind::ALL.into_iter().flat_map(models);
    all.map(example).collect()
}

fn example(model: &'static Model) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("kind".to_owned(), Value::from(model.kind.as_str()));
    fields.insert("model".to_owned(), Value::from(model.id));
    for parameter in model.parameters {
        let instead =
            |known: &&Parameter| known.instead == Some(parameter.name) && fields.contains_key(known.name);
        let other = parameter.instead.is_some_and(|other| fields.contains_key(other));
        if !other && !model.parameters.iter().any(|known| instead(&known)) {
            fields.insert(parameter.name.to_owned(), right(&parameter.rule));
        }
    }
    fields
}

/// A value that a rule takes.
fn right(rule: &Rule) -> Value {
    match *rule {
        Rule::Text { .. } => json!("一只猫 in the sun"),
        Rule::Size(SizeRule::Fixed { of, .. }) => json!(of[0].to_string()),
        Rule::Size(sizes) => {
            let known = [1024, 1280, 512, 768].map(|side| Size::new(side, side));
            json!(known.into_iter().find(|size| sizes.takes(*size)).unwrap().to_string())
        }
        Rule::Integer { min, max } => json!(max.min(min + 3)),
        Rule::Number { min, .. } => json!(min),
        Rule::Switch => json!(true),
        Rule::Choice { of } => json!(of[0]),
        Rule::OneOf { of } => json!(of[0]),
        Rule::Several { of } => json!(of),
        Rule::Name { .. } => json!("a-1.b_C"),
        Rule::Messages { .. } => json!([{"role": "user", "content": "你好"}]),
        Rule::Address => json!("https://example.com/a.wav?x=1"),
    }
}

/// The same in the reference page's own form.
fn nested(mut flat: Map<String, Value>) -> Value {
    let model = flat.remove("model");
    let kind = flat.remove("kind");
    let mut input = Map::new();
    for name in ["prompt", "negative_prompt", "messages", "text", "img_url", "file_urls"] {
        input.extend(flat.remove(name).map(|value| (name.to_owned(), value)));
    }
    json!({"kind": kind, "model": model, "input": input, "parameters": flat})
}

/// What is said about a wrong request: something, in both languages, about a field, and not more than a page of it.
fn told(problems: &[Problem]) -> Result<(), String> {
    for problem in problems {
        let words = [&problem.message, &problem.allowed];
        if words.iter().any(|words| words.zh.trim().is_empty() || words.en.trim().is_empty()) {
            return Err(format!("a problem says nothing: {problem:?}"));
        }
        if problem.given.to_string().len() > 1000 {
            return Err(format!(
                "what was given is given back whole: {} bytes",
                problem.given.to_string().len()
            ));
        }
    }
    if problems.is_empty() { Err("it is refused without a word".to_owned()) } else { Ok(()) }
}

#[test]
fn the_examples_are_right() {
    for example in examples() {
        let name = example["model"].as_str().unwrap_or_default().to_owned();
        assert!(model(&name).is_some(), "{name}");
        let read = crate::request::Request::from_value(Value::Object(example));
        assert!(read.is_ok(), "{name}: {read:?}");
    }
}
