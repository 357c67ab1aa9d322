//! Recipe links: the settings of a request in the fragment of an address, which never reaches a server.
//!
//! `/#model=wan2.2-t2i-flash&prompt=…&size=1024*1024&n=2`, percent-encoded as forms are. A link opens a filled
//! form; nothing is submitted by opening it, and what it holds is checked like anything from outside.

use serde_json::{Map, Value};

use crate::catalogue;
use crate::request::Request;

/// Longest fragment that is read, in bytes.
const CAP: usize = 16 * 1024;

/// The settings of a request as a fragment, without the leading `#`.
#[must_use]
pub fn write(request: &Request) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    if let Ok(Value::Object(fields)) = serde_json::to_value(request) {
        for (name, value) in &fields {
            match value {
                Value::String(text) => pairs.append_pair(name, text),
                other => pairs.append_pair(name, &other.to_string()),
            };
        }
    }
    pairs.finish()
}

/// Reads the settings of a fragment, without the leading `#`, as the fields of a flat request: known fields only,
/// each in the type its parameter has. They are not checked yet. `None` where the fragment is no recipe.
#[must_use]
pub fn read(fragment: &str) -> Option<Map<String, Value>> {
    if fragment.len() > CAP {
        return None;
    }
    let pairs: Vec<_> = form_urlencoded::parse(fragment.as_bytes()).collect();
    let model =
        pairs.iter().find(|(name, _)| name == "model").and_then(|(_, name)| catalogue::model(name))?;
    let mut fields = Map::new();
    fields.insert("kind".to_owned(), Value::from(model.kind.as_str()));
    fields.insert("model".to_owned(), Value::from(model.id));
    for (name, text) in &pairs {
        let Some(parameter) = model.parameter(name) else { continue };
        fields.insert(parameter.name.to_owned(), parameter.rule.typed(text));
    }
    Some(fields)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_link_opens_the_request_it_was_made_of() {
        let request = Request::from_value(json!({
            "kind": "image", "model": "wan2.2-t2i-flash", "prompt": "可爱猫咪 & <b>#1+1</b>\n第二行",
            "negative_prompt": "模糊", "size": "1440*810", "n": 2, "prompt_extend": false, "seed": 12345,
        }))
        .unwrap();
        let fields = read(&write(&request)).unwrap();
        assert_eq!(Request::from_value(Value::Object(fields)), Ok(request));
    }

    #[test]
    fn what_is_no_recipe_is_not_read() {
        assert_eq!(read(""), None);
        assert_eq!(read("section-2"), None);
        assert_eq!(read("model=nothing&prompt=a"), None);
        assert_eq!(read(&format!("model=qwen-image&prompt={}", "a".repeat(CAP))), None);
    }

    #[test]
    fn unknown_fields_of_a_link_are_left_out() {
        let fields = read("model=qwen-image&prompt=a&seed=1&evil=1").unwrap();
        assert_eq!(Value::Object(fields), json!({"kind": "image", "model": "qwen-image", "prompt": "a"}));
    }

    proptest! {
        #[test]
        fn no_fragment_makes_the_reader_panic(fragment in any::<String>()) {
            let _ = read(&format!("model=qwen-image&{fragment}"));
        }
    }
}
