//! Requests, turns of conversations, recipe links.

use serde_json::{Map, Value};
use studio_fuzz::{edited, holds, json, run, text, value};

use super::{examples, nested, told};
use crate::catalogue;
use crate::conversation::Turn;
use crate::live::{self, Settings};
use crate::request::Request;
use crate::{json as strict, link};

/// What holds for every request that was taken.
fn taken(request: &Request) -> Result<(), String> {
    let written = serde_json::to_value(request).map_err(|error| error.to_string())?;
    let again =
        Request::from_value(written.clone()).map_err(|problems| format!("{written}: {problems:?}"))?;
    holds(again == *request, || format!("written {written}, read {again:?}"))?;
    let stored: Request =
        serde_json::from_value(written.clone()).map_err(|error| format!("{error}: {written}"))?;
    holds(stored == *request, || format!("stored {written}, read {stored:?}"))?;
    if let (Some(low), Some(high)) = (request.least_price(), request.price()) {
        holds(low <= high, || format!("at least {low}, at most {high}: {written}"))?;
    }
    if let Err(problems) = live::call(request, Settings::default()) {
        told(&problems)?;
    }
    let known = catalogue::model(request.model()).is_some_and(|model| model.kind == request.kind());
    holds(known, || format!("a model of another kind: {written}"))
}

fn read(value: &Value) -> Result<(), String> {
    match Request::read(value.to_string().as_bytes()) {
        Ok(request) => taken(&request),
        Err(problems) => told(&problems),
    }
}

#[test]
fn fuzz_flat_requests() {
    run("flat requests", json(examples().into_iter().map(Value::Object).collect()), |value| read(&value));
}

#[test]
fn fuzz_nested_requests() {
    run("nested requests", json(examples().into_iter().map(nested).collect()), |value| read(&value));
}

#[test]
fn fuzz_a_wrong_field_is_named() {
    run("one wrong field", edited(examples()), |(name, fields): (String, Map<String, Value>)| {
        let Err(problems) = Request::from_value(Value::Object(fields)) else { return Ok(()) };
        told(&problems)?;
        // Another model or kind takes other fields, so that others may be wrong as well.
        let about = |field: &str| field.starts_with(&name) || matches!(name.as_str(), "model" | "kind");
        let stray =
            problems.iter().find(|problem| !about(&problem.field) && !stands_for(&problem.field, &name));
        holds(stray.is_none(), || format!("{name} was changed, {stray:?} is named"))
    });
}

/// Fields of which one may stand for the other are named together.
fn stands_for(field: &str, other: &str) -> bool {
    let groups: [&[&str]; 4] = [
        &["prompt", "messages", "system"],
        &["speaker_count", "diarization_enabled"],
        &["file", "url"],
        &["size", "resolution", "ratio", "duration"],
    ];
    groups.iter().any(|group| group.contains(&other) && group.iter().any(|known| field.starts_with(known)))
}

#[test]
fn fuzz_turns() {
    let mut turns: Vec<Value> = examples().into_iter().map(Value::Object).collect();
    for turn in &mut turns {
        turn["conversation"] = Value::from("0198f2a0-0000-7000-8000-000000000001");
        turn["after"] = Value::from("0198f2a0-0000-7000-8000-000000000002");
    }
    run("turns", json(turns), |value| match Turn::read(value.to_string().as_bytes()) {
        Ok(turn) => {
            taken(&turn.request)?;
            let ids = [&turn.conversation, &turn.after];
            let sound =
                |id: &String| id.len() <= 64 && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            holds(ids.into_iter().flatten().all(sound), || format!("{turn:?}"))
        }
        Err(problems) => told(&problems),
    });
}

#[test]
fn fuzz_recipe_links() {
    let links: Vec<String> = examples()
        .into_iter()
        .map(|example| link::write(&Request::from_value(Value::Object(example)).unwrap()))
        .collect();
    let links: Vec<&str> = links.iter().map(String::as_str).collect();
    run(
        "recipe links",
        text(&links, &["model=", "&", "%", "%E7%8C%AB", "+", "=", "size=1*1", "&&"]),
        |link| {
            let Some(fields) = link::read(&link) else { return Ok(()) };
            let Some(model) = fields.get("model").and_then(Value::as_str).and_then(catalogue::model) else {
                return Err(format!("a recipe without a model: {fields:?}"));
            };
            for name in fields.keys() {
                let known = matches!(name.as_str(), "kind" | "model") || model.parameter(name).is_some();
                holds(known, || format!("{} takes no {name}", model.id))?;
            }
            // Whatever is filled into the form and is right can be handed on as it is.
            match Request::from_value(Value::Object(fields)) {
                Ok(request) => {
                    let again = link::read(&link::write(&request))
                        .map(|fields| Request::from_value(Value::Object(fields)));
                    holds(again == Some(Ok(request.clone())), || format!("{request:?} is read as {again:?}"))
                }
                Err(problems) => told(&problems),
            }
        },
    );
}

#[test]
fn fuzz_strict_json() {
    let bodies: Vec<String> =
        examples().into_iter().map(|example| Value::Object(example).to_string()).collect();
    let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
    run(
        "strict JSON",
        text(&bodies, &["{\"n\":1,\"n\":2}", "\\ud800", "\\u00e9", "[[[[", "]]]]", "1.", "true"]),
        |text| {
            let loose: Result<Value, _> = serde_json::from_str(&text);
            match (strict::read(text.as_bytes()), loose) {
                (Ok(strict), Ok(loose)) => {
                    holds(strict == loose, || format!("{strict} is not {loose}"))?;
                    let again = strict::read(strict.to_string().as_bytes());
                    holds(again.as_ref() == Ok(&strict), || format!("{strict} is read again as {again:?}"))
                }
                (Ok(strict), Err(error)) => Err(format!("{strict} is read, though {error}")),
                (Err(problem), loose) => {
                    let twice = problem.message.en.contains("stands twice")
                        || problem.message.en.contains("out of range");
                    holds(loose.is_err() || twice, || format!("refused, though it is JSON: {problem:?}"))?;
                    told(&[problem])
                }
            }
        },
    );
}

#[test]
fn fuzz_any_json_is_answered() {
    run("any JSON", value(), |value| read(&value));
}
