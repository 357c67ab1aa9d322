//! Every parameter of every model at both ends of its range, and just outside.

use serde_json::{Value, json};

use super::*;
use crate::catalogue::{self, Model, Parameter, Rule, SizeRule};

/// The least request that a model takes.
fn least(model: &Model) -> Value {
    let mut request = json!({ "model": model.id });
    for parameter in model.parameters.iter().filter(|parameter| parameter.required) {
        request[parameter.name] = match parameter.rule {
            Rule::Address => json!("https://example.com/a.mp3"),
            _ => json!("a"),
        };
    }
    request
}

/// What the rule takes at its ends, and what it does not take.
fn ends(parameter: &Parameter) -> (Vec<Value>, Vec<Value>) {
    match parameter.rule {
        Rule::Text { max_characters: max } => (
            vec![json!("猫"), json!("猫".repeat(max))],
            vec![json!("猫".repeat(max + 1)), json!(7), json!([])],
        ),
        Rule::Integer { min, max } => (
            vec![json!(min), json!(max)],
            vec![json!(min - 1), json!(max + 1), json!("1"), json!(min as f64 + 0.5)],
        ),
        Rule::OneOf { of } => {
            (of.iter().map(|number| json!(number)).collect(), vec![json!(0), json!("5"), json!(7)])
        }
        Rule::Number { min, max } => (
            vec![json!(min), json!(max)],
            vec![json!(min - 0.01), json!(max + 0.01), json!("1"), json!(true)],
        ),
        Rule::Switch => (vec![json!(true), json!(false)], vec![json!("true"), json!(1)]),
        Rule::Choice { of } => {
            (of.iter().map(|word| json!(word)).collect(), vec![json!("x"), json!(""), json!(1)])
        }
        Rule::Several { of } => (
            vec![json!([of[0]]), json!(of)],
            vec![json!([]), json!([of[0], of[0]]), json!(["x"]), json!(of[0])],
        ),
        Rule::Name { max } => (
            vec![json!("a"), json!("a".repeat(max))],
            vec![json!("a".repeat(max + 1)), json!(""), json!("../a"), json!("a b")],
        ),
        Rule::Address => (
            vec![json!("https://example.com/a"), json!("http://例子.中国/a.mp3")],
            vec![
                json!("ftp://x/a"),
                json!("file:///etc/passwd"),
                json!("https://"),
                json!("https://a b"),
                json!("x"),
            ],
        ),
        Rule::Size(SizeRule::Fixed { of, also }) => (
            of.iter().chain(also).map(|size| json!(size)).collect(),
            vec![json!("1*1"), json!("720P"), json!(720)],
        ),
        Rule::Size(SizeRule::Free { min_side, max_side, .. }) => (
            vec![json!(format!("{min_side}*{min_side}")), json!(format!("{max_side}*{min_side}"))],
            vec![json!(format!("{}*{min_side}", min_side - 1)), json!(format!("{max_side}*{max_side}"))],
        ),
        Rule::Size(SizeRule::Area { min_pixels, max_pixels, .. }) => {
            let (short, long) = (min_pixels.isqrt(), max_pixels.isqrt());
            (
                vec![json!(format!("{short}*{short}")), json!(format!("{long}*{long}"))],
                vec![
                    json!(format!("{}*{short}", short - 1)),
                    json!(format!("{}*{long}", long + 1)),
                    json!("4096*512"),
                ],
            )
        }
        Rule::Messages { max, .. } => {
            let one = json!({"role":"user","content":"a"});
            (
                vec![json!([one]), json!(vec![one.clone(); max])],
                vec![json!([]), json!(vec![one.clone(); max + 1]), json!("a")],
            )
        }
    }
}

#[test]
fn every_parameter_of_every_model_is_taken_at_both_ends_and_refused_outside() {
    let mut tried = 0;
    for model in Kind::ALL.into_iter().flat_map(catalogue::models) {
        for parameter in model.parameters {
            let (good, bad) = ends(parameter);
            let with = |value: &Value| {
                let mut request = least(model);
                // What stands for another takes its place.
                for other in model.parameters.iter().filter(|other| other.instead == Some(parameter.name)) {
                    request.as_object_mut().unwrap().remove(other.name);
                }
                if parameter.name == "speaker_count" {
                    request["diarization_enabled"] = json!(true);
                }
                request[parameter.name] = value.clone();
                Request::from_value(request)
            };
            for value in &good {
                let taken = with(value);
                assert!(taken.is_ok(), "{} {} {value}: {taken:?}", model.id, parameter.name);
                let stored = serde_json::to_string(taken.as_ref().unwrap()).unwrap();
                assert_eq!(serde_json::from_str::<Request>(&stored).unwrap(), taken.unwrap(), "{stored}");
            }
            for value in &bad {
                let problems = with(value).unwrap_err();
                assert_eq!(problems.len(), 1, "{} {} {value}: {problems:?}", model.id, parameter.name);
                assert_eq!(problems[0].field, parameter.name, "{} {value}", model.id);
                assert!(!problems[0].message.zh.is_empty() && !problems[0].allowed.en.is_empty());
            }
            tried += good.len() + bad.len();
        }
    }
    assert!(tried > 1000, "{tried} values tried");
}

#[test]
fn what_was_stored_checks_out_again() {
    for model in Kind::ALL.into_iter().flat_map(catalogue::models) {
        let first = Request::from_value(least(model)).unwrap();
        let again = Request::from_value(serde_json::to_value(&first).unwrap()).unwrap();
        assert_eq!(again, first, "{}: a job's settings fill the form again", model.id);
    }
}
