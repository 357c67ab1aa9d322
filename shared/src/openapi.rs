//! `/api` described as OpenAPI 3.1: made from the route table, the wire types and the catalogue, so that it cannot say
//! otherwise than they do. Natively only: neither page nor worker carries it.

mod asked;
mod operation;
mod values;

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use self::operation::{Body, Content, Operation};
use crate::error::ErrorReply;
use crate::event::{LiveEvent, TextEvent};
use crate::route::{Access, IDEMPOTENCY_KEY, ROUTES, Route};

/// The file, beside the page's: written by `cargo xtask openapi`, served at `GET /api/openapi.json`.
pub const FILE: &str = "openapi.json";

/// The description of all of [`ROUTES`].
#[must_use]
pub fn document() -> Value {
    let settings = SchemaSettings::draft2020_12()
        .for_serialize()
        .with(|settings| settings.definitions_path = "/components/schemas".into());
    let mut answers = settings.into_generator();
    // What is sent is described where it is sent: a type may read more than it writes.
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    let mut bodies = settings.into_generator();
    let mut paths: Map<String, Value> = Map::new();
    for route in &ROUTES {
        let described = describe(route, &mut answers, &mut bodies);
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            path.insert(route.method.as_str().to_ascii_lowercase(), described);
        }
    }
    for event in [answers.subschema_for::<LiveEvent>(), answers.subschema_for::<TextEvent>()] {
        drop(event); // they are named in words: OpenAPI knows neither sockets nor streams of events
    }
    let refusals = refused(&mut answers);
    let mut schemas = answers.take_definitions(true);
    schemas.extend(asked::schemas());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Bailian Studio 百炼工坊",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Pictures, text, films, speech and transcripts from Alibaba Cloud Model Studio, through \
                            one's own worker. Every refusal has the one envelope, ErrorReply.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": refusals,
            "securitySchemes": {
                "code": {"type": "http", "scheme": "bearer", "description": "A code that was handed out."},
                "session": {
                    "type": "apiKey", "in": "cookie", "name": "studio_session",
                    "description": "What logging in sets. A page of another site cannot use it.",
                },
            },
        },
    })
}

fn describe(route: &Route, answers: &mut SchemaGenerator, bodies: &mut SchemaGenerator) -> Value {
    let operation = operation::of(route.action);
    let mut described = json!({
        "operationId": operation_id(route),
        "summary": operation.summary,
        "parameters": parameters(route, &operation),
        "responses": responses(route, &operation, answers),
        "security": if route.access == Access::Public { json!([]) } else { json!([{"code": []}, {"session": []}]) },
    });
    if let (Some(body), Some(described)) = (body(&operation, bodies), described.as_object_mut()) {
        described.insert("requestBody".to_owned(), body);
    }
    described
}

/// The action's name, as programs call it: `readJob`.
fn operation_id(route: &Route) -> String {
    let name = format!("{:?}", route.action);
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

fn parameters(route: &Route, operation: &Operation) -> Vec<Value> {
    let named = route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let mut parameters: Vec<Value> = named
        .map(|name| {
            let schema = match name {
                "n" => json!({"type": "integer", "minimum": 0, "maximum": u32::MAX}),
                _ => json!({"type": "string", "minLength": 1, "pattern": "^[A-Za-z0-9-]+$"}),
            };
            json!({"name": name, "in": "path", "required": true, "schema": schema})
        })
        .collect();
    for (name, schema, what) in &operation.query {
        parameters.push(json!({"name": name, "in": "query", "schema": schema, "description": what}));
    }
    if operation.keyed {
        parameters.push(json!({
            "name": IDEMPOTENCY_KEY, "in": "header",
            "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
            "description": "A repeat with the same key is answered with what the first call made.",
        }));
    }
    if operation.ranged {
        parameters.push(json!({
            "name": "range", "in": "header", "schema": {"type": "string"},
            "description": "A part of the bytes, as RFC 9110 says.",
        }));
    }
    parameters
}

fn body(operation: &Operation, generator: &mut SchemaGenerator) -> Option<Value> {
    let json = |schema: Value| json!({"application/json": {"schema": schema}});
    let (content, required) = match &operation.body {
        Body::None => return None,
        Body::Json(make) => (json(make(generator).to_value()), true),
        Body::Asked(schema, optional) => (json(schema.clone()), !optional),
        Body::Batch => (
            json!({
                "application/json": {"schema": {"type": "object", "minProperties": 1}},
                "text/csv": {"schema": {"type": "string", "minLength": 1}},
                "text/plain": {"schema": {"type": "string", "minLength": 1}},
            }),
            true,
        ),
        Body::Bytes(types) => {
            let content = types.iter().map(|media_type| ((*media_type).to_owned(), json!({})));
            (Value::Object(content.collect()), true)
        }
    };
    let longest = match operation.body {
        Body::Bytes(_) => String::new(),
        _ => format!("At most {} bytes.", operation.cap),
    };
    Some(json!({"content": content, "required": required, "description": longest}))
}

fn responses(route: &Route, operation: &Operation, generator: &mut SchemaGenerator) -> Value {
    let mut responses: Map<String, Value> = Map::new();
    for (status, content) in &operation.answers {
        let response = responses.entry(status.to_string()).or_insert_with(|| {
            json!({"description": meaning(*status), "headers": {"x-request-id": {"schema": {"type": "string"}}}})
        });
        let types: Vec<(String, Value)> = match content {
            Content::None => continue,
            Content::Json(make) => {
                vec![("application/json".to_owned(), json!({"schema": make(generator).to_value()}))]
            }
            Content::Bytes(types) => {
                types.iter().map(|media_type| ((*media_type).to_owned(), json!({}))).collect()
            }
        };
        if let Some(response) = response.as_object_mut() {
            let known = response.entry("content").or_insert_with(|| json!({}));
            if let Some(known) = known.as_object_mut() {
                known.extend(types);
            }
        }
    }
    for status in refusals(route, operation) {
        responses.insert(status.to_string(), json!({"$ref": format!("#/components/responses/{status}")}));
    }
    // Said by the platform before the worker is asked, so without the envelope.
    responses.insert("431".to_owned(), json!({"description": "The address or the headers are too long."}));
    Value::Object(responses)
}

/// The statuses of refusals, each with the one envelope.
fn refused(generator: &mut SchemaGenerator) -> Map<String, Value> {
    let envelope = generator.subschema_for::<ErrorReply>().to_value();
    let refused = |status: u16| {
        let content = json!({"application/json": {"schema": envelope}});
        let headers = json!({"x-request-id": {"schema": {"type": "string"}}});
        (status.to_string(), json!({"description": meaning(status), "content": content, "headers": headers}))
    };
    let all = ROUTES.iter().flat_map(|route| refusals(route, &operation::of(route.action)));
    all.map(refused).collect()
}

/// Every status of a refusal that a route can have.
fn refusals(route: &Route, operation: &Operation) -> Vec<u16> {
    let mut all = vec![403, 503]; // another site's page; a deployment that is not set up
    if route.access != Access::Public {
        all.extend([401, 429]);
    }
    if route.path.contains('{') {
        all.push(404);
    }
    match operation.body {
        Body::None => {}
        Body::Json(_) | Body::Asked(..) | Body::Batch | Body::Bytes(_) => all.extend([400, 413, 415]),
    }
    if !operation.query.is_empty() || operation.keyed {
        all.push(400);
    }
    all.extend(operation.refusals);
    all.sort_unstable();
    all.dedup();
    all
}

fn meaning(status: u16) -> &'static str {
    match status {
        101 => "The socket is open.",
        200 => "Done.",
        201 => "Made.",
        202 => "Accepted; it goes on by itself.",
        204 => "Done; there is nothing to tell.",
        206 => "The part that was asked for.",
        400 => "Something is wrong with the call; `problems` names all of it.",
        401 => "Nobody is logged in, or the code is wrong.",
        402 => "A budget does not allow it.",
        403 => {
            "The caller may not, another site's page calls, or a wall in front of the studio was not passed."
        }
        404 => "There is no such thing, or it is somebody else's.",
        409 => "Not in this state, or the key was used for something else.",
        410 => "It was there, and is no more.",
        411 => "The length is not said.",
        413 => "Too large.",
        415 => "Not of a media type that is taken.",
        416 => "The part lies outside.",
        429 => "Too many attempts; not before `retry_after_ms`.",
        502 => "The vendor could not be reached, or refused.",
        503 => "The deployment is not set up, or a service that it is set to ask does not answer.",
        _ => "Something in the studio is at fault.",
    }
}

#[cfg(test)]
mod tests;
