//! What may be asked for, model by model, from the rules of the catalogue.

use serde_json::{Map, Value, json};

use crate::catalogue::{Model, Parameter, Rule, SizeRule, models};
use crate::kind::Kind;

/// Where OpenAPI looks for what has a name.
const COMPONENTS: &str = "#/components/schemas/";

/// A request of one of these kinds.
pub(super) fn any(kinds: &[Kind]) -> Value {
    let all = kinds.iter().flat_map(|kind| models(*kind));
    let known: Vec<_> = all.map(|model| json!({"$ref": format!("{COMPONENTS}{}", name(model))})).collect();
    json!({"oneOf": known})
}

/// A text request and where in a conversation it belongs.
pub(super) fn turn() -> Value {
    let id = json!({"type": "string", "pattern": "^[A-Za-z0-9-]{1,64}$"});
    let turns = models(Kind::Text).iter().map(|model| {
        let mut turn = schema(model);
        if let Some(properties) = turn.get_mut("properties").and_then(Value::as_object_mut) {
            properties.insert("conversation".to_owned(), id.clone());
            properties.insert("after".to_owned(), id.clone());
        }
        if let Some(turn) = turn.as_object_mut() {
            turn.insert("dependentRequired".to_owned(), json!({"after": ["conversation"]}));
        }
        turn
    });
    json!({"oneOf": turns.collect::<Vec<_>>()})
}

/// The schemas that [`any`] names.
pub(super) fn schemas() -> Map<String, Value> {
    let all = Kind::ALL.into_iter().flat_map(models);
    all.map(|model| (name(model), schema(model))).collect()
}

fn name(model: &Model) -> String {
    format!("Ask.{}", model.id)
}

fn schema(model: &Model) -> Value {
    let mut properties = Map::new();
    properties.insert("kind".to_owned(), json!({"const": model.kind.as_str()}));
    properties.insert("model".to_owned(), json!({"const": model.id}));
    let mut required = vec!["kind", "model"];
    let mut choices = Vec::new();
    for parameter in model.parameters {
        properties.insert(parameter.name.to_owned(), property(parameter));
        match parameter.instead {
            None if parameter.required => required.push(parameter.name),
            Some(other) if parameter.required => {
                choices.push(json!({"oneOf": [{"required": [parameter.name]}, {"required": [other]}]}));
            }
            Some(other) => {
                choices.push(json!({"not": {"required": [parameter.name, other]}}));
            }
            None => {}
        }
    }
    let mut schema = json!({
        "type": "object",
        "description": format!("{} ({})", model.note.en, model.name.en),
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    if let (Some(schema), false) = (schema.as_object_mut(), choices.is_empty()) {
        schema.insert("allOf".to_owned(), Value::Array(choices));
    }
    schema
}

fn property(parameter: &Parameter) -> Value {
    let mut schema = rule(parameter.rule, parameter.required);
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), Value::from(parameter.help.en));
        let default = serde_json::to_value(parameter.default).unwrap_or_default();
        if !default.is_null() {
            schema.insert("default".to_owned(), default);
        }
    }
    schema
}

/// Text that can be shown: no character of control but those that part lines and columns.
const SHOWN: &str = "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*$";

fn rule(rule: Rule, required: bool) -> Value {
    match rule {
        Rule::Text { max_characters } => {
            let mut text = json!({"type": "string", "maxLength": max_characters, "pattern": SHOWN});
            if let (Some(text), true) = (text.as_object_mut(), required) {
                text.insert("minLength".to_owned(), json!(1));
                text.insert("allOf".to_owned(), json!([{"pattern": "[^\\s]"}]));
            }
            text
        }
        Rule::Size(SizeRule::Fixed { of, also }) => {
            json!({"enum": of.iter().chain(also).map(ToString::to_string).collect::<Vec<_>>()})
        }
        Rule::Size(sizes @ (SizeRule::Free { .. } | SizeRule::Area { .. })) => json!({
            "type": "string", "pattern": "^[0-9]{2,4}[*][0-9]{2,4}$", "$comment": sizes.words().en,
        }),
        Rule::Integer { min, max } => json!({"type": "integer", "minimum": min, "maximum": max}),
        Rule::Number { min, max } => json!({"type": "number", "minimum": min, "maximum": max}),
        Rule::Switch => json!({"type": "boolean"}),
        Rule::Choice { of } => json!({"enum": of}),
        Rule::OneOf { of } => json!({"enum": of}),
        Rule::Several { of } => {
            json!({"type": "array", "items": {"enum": of}, "minItems": 1, "uniqueItems": true})
        }
        Rule::Name { max } => {
            json!({"type": "string", "pattern": format!("^[A-Za-z0-9._-]{{1,{max}}}$")})
        }
        Rule::Messages { max, max_characters } => json!({
            "type": "array", "minItems": 1, "maxItems": max,
            "items": {
                "type": "object",
                "properties": {
                    "role": {"enum": ["system", "user", "assistant"]},
                    "content": {"type": "string", "minLength": 1, "maxLength": max_characters},
                },
                "required": ["role", "content"],
                "additionalProperties": false,
            },
            "$comment": Rule::Messages { max, max_characters }.words().en,
        }),
        Rule::Address => {
            json!({"type": "string", "format": "uri", "pattern": "^https?://", "maxLength": 2048})
        }
    }
}
