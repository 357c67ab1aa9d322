use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::json;

/// Where the text breaks, and what should stand there.
fn breaks(text: &str) -> (usize, &'static str) {
    let broken = parse(text).unwrap_err();
    (broken.at, broken.expected.en)
}

#[test]
fn the_place_of_what_breaks_is_named() {
    let comma = "a comma or ]";
    assert_eq!(breaks("[1 2]"), (3, comma));
    assert_eq!(breaks("[1,"), (3, "a value: \"text\", a number, true, false, {…} or […]"));
    assert_eq!(breaks("[1,]").0, 3);
    assert_eq!(breaks("{\"a\":1,}"), (7, "a name in double quotes"));
    assert_eq!(breaks("{'a':1}").0, 1);
    assert_eq!(breaks("{\"a\" 1}"), (5, "a colon"));
    assert_eq!(breaks("{} {}"), (3, "the end of the file"));
    assert_eq!(breaks("[NaN]").0, 1);
    assert_eq!(breaks("[01]"), (1, "a number"));
    assert_eq!(breaks("[\"猫"), (1, "a text whose quotes are closed"));
    assert_eq!(breaks("[\"\\x\"]").0, 1);
    assert_eq!(breaks("[\"a\nb\"]").0, 3);
    assert_eq!(breaks(&"[".repeat(100_000)).0, 127);
    assert_eq!(breaks("").0, 0);
}

#[test]
fn a_path_leads_to_its_value_or_to_what_it_should_be_in() {
    let text = r#"{"a.b":1,"parameters":{"size":"9*9"},"messages":[{"role":"user"}, 7]}"#;
    let node = parse(text).unwrap();
    let at = |path| text.get(node.find(path)..).unwrap().chars().take(5).collect::<String>();
    assert_eq!(at("a.b"), "1,\"pa");
    assert_eq!(at("parameters.size"), "\"9*9\"");
    assert_eq!(at("messages[0].role"), "\"user");
    assert_eq!(at("messages[0].content"), "{\"rol");
    assert_eq!(at("messages[1].role"), "7]}");
    assert_eq!(at("messages[9].role"), "[{\"ro");
    assert_eq!(node.find("model"), 0);
    assert_eq!(node.find(""), 0);
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|map| json!(map.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

proptest! {
    #[test]
    fn it_takes_what_serde_json_takes(value in any_json(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
        let text = text.unwrap();
        // A number may lose its last digit on the way; both lose the same.
        prop_assert_eq!(parse(&text).unwrap().value(), json::read(text.as_bytes()).unwrap());
    }

    #[test]
    fn it_refuses_what_serde_json_refuses(text in r#"[\[\]{}:,"a\\u09ntrue.eE+ \-\n]{0,24}"#) {
        let strict = json::read(text.as_bytes());
        let is_twice = strict.as_ref().is_err_and(|problem| problem.message.en.contains("stands twice"));
        prop_assert_eq!(parse(&text).is_ok(), strict.is_ok() || is_twice, "{}", text);
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = parse(&text);
    }
}
