use super::*;

/// The description as it lies beside this crate.
const WRITTEN: &str = include_str!("../../openapi.json");

/// Every `$ref` of a value.
fn references<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str));
            fields.values().for_each(|field| references(field, found));
        }
        _ => {}
    }
}

#[test]
fn the_written_description_is_what_the_types_say() {
    let written: Value = serde_json::from_str(WRITTEN).unwrap();
    assert!(written == document(), "run `cargo xtask openapi`, look at what has changed, and keep it");
}

#[test]
fn every_route_is_described_with_what_it_can_answer() {
    let document = document();
    for route in &ROUTES {
        let method = route.method.as_str().to_ascii_lowercase();
        let described = &document["paths"][route.path][&method];
        let place = format!("{method} {}: {described}", route.path);
        assert!(!described["summary"].as_str().unwrap_or_default().is_empty(), "{place}");
        let responses = described["responses"].as_object().unwrap();
        assert!(responses.keys().any(|status| status < &"300".to_owned()), "{place}");
        assert!(responses.contains_key("404") || !route.path.contains('{'), "{place}");
        assert_eq!(
            responses.contains_key("401"),
            route.access != Access::Public || has_login(route),
            "{place}"
        );
        let of_the_worker = |status: &str| status >= "400" && status != "431";
        for (status, response) in responses.iter().filter(|(status, _)| of_the_worker(status)) {
            assert_eq!(response["$ref"], format!("#/components/responses/{status}"), "{place}");
            let refused = &document["components"]["responses"][status]["content"]["application/json"];
            assert_eq!(refused["schema"]["$ref"], "#/components/schemas/ErrorReply", "{status}");
        }
    }
}

/// Public routes that look at a code, a password or a ticket.
fn has_login(route: &Route) -> bool {
    use crate::route::Action;
    matches!(route.action, Action::LogIn | Action::OpenShare | Action::ReadSharedOutput)
}

#[test]
fn every_reference_leads_somewhere_and_every_operation_has_a_name_of_its_own() {
    let document = document();
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 100, "{}", found.len());
    for reference in found {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
    let mut names: Vec<_> = ROUTES.iter().map(operation_id).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), ROUTES.len());
}

#[test]
fn what_the_catalogue_allows_is_what_the_description_says() {
    let document = document();
    let model = &document["components"]["schemas"]["Ask.wan2.2-t2i-flash"];
    assert_eq!(model["additionalProperties"], false);
    assert_eq!(model["required"], json!(["kind", "model", "prompt"]));
    assert_eq!(model["properties"]["n"]["maximum"], 4);
}
