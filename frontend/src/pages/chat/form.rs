//! What is said with, beside the words: model, system message, the other settings; as they were typed.

use std::collections::BTreeMap;

use leptos::prelude::*;
use serde_json::{Map, Value};
use studio_shared::catalogue::{self, Default as Usual, Model, Parameter, Rule};
use studio_shared::kind::Kind;
use studio_shared::live::{self, Note};
use studio_shared::problem::Problem;
use studio_shared::request::{Request, TextRequest};

use crate::pages::create::recipe;
use crate::prefer;
use crate::state::session::SessionState;
use crate::words::use_words;

/// The key of the settings in the browser's storage.
const KEPT: &str = "studio.chat";

/// The settings there are beside the model.
pub(super) const SETTINGS: [&str; 4] = ["system", "max_tokens", "temperature", "top_p"];

/// The settings as they were typed, by name; what is not there is as usual.
pub(super) type Typed = BTreeMap<String, String>;

/// What is being written, as a handle.
#[derive(Clone, Copy)]
pub(super) struct Form {
    typed: RwSignal<Typed>,
    text: RwSignal<String>,
    session: SessionState,
}

impl Form {
    /// What was written and set last time.
    pub(super) fn kept() -> Self {
        let typed: Typed =
            prefer::read(KEPT).and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default();
        let typed = RwSignal::new(typed);
        Effect::new(move |_| {
            if let Ok(kept) = typed.with(serde_json::to_string) {
                prefer::write(KEPT, &kept);
            }
        });
        Self { typed, text: RwSignal::new(String::new()), session: SessionState::get() }
    }

    /// The words.
    pub(super) const fn text(self) -> RwSignal<String> {
        self.text
    }

    /// The models that the region offers and this member may use.
    pub(super) fn models(self) -> Vec<&'static Model> {
        catalogue::models(Kind::Text).iter().filter(|model| self.session.offers(model)).collect()
    }

    /// The chosen model.
    pub(super) fn model(self) -> Option<&'static Model> {
        let chosen = self.typed.with(model);
        let is_offered = chosen.is_some_and(|model| self.session.offers(model));
        if is_offered { chosen } else { self.models().first().copied().or(chosen) }
    }

    /// What the chosen model says of a setting.
    pub(super) fn parameter(self, name: &str) -> Option<&'static Parameter> {
        self.model()?.parameter(name)
    }

    /// What stands in a setting; what it is by itself where nothing was given.
    pub(super) fn value(self, name: &'static str) -> Signal<String> {
        Signal::derive(move || {
            let given = self.typed.with(|typed| typed.get(name).cloned());
            given.or_else(|| self.parameter(name).map(usual)).unwrap_or_default()
        })
    }

    /// Writes a setting.
    pub(super) fn set(self, name: &'static str, text: String) {
        let is_usual = untrack(|| self.parameter(name)).is_some_and(|parameter| usual(parameter) == text);
        self.typed.update(|typed| {
            if is_usual {
                typed.remove(name);
            } else {
                typed.insert(name.to_owned(), text);
            }
        });
    }

    /// Takes over what came with the address, as a recipe link has it; the model where it is not offered here.
    pub(super) fn take(self, fields: &Map<String, Value>) -> Option<&'static Model> {
        let (typed, text) = of_recipe(fields);
        let named = typed.get("model").and_then(|id| catalogue::model(id));
        self.typed.set(typed);
        self.text.set(text);
        named.filter(|model| !untrack(|| self.session.offers(model)))
    }

    /// Everything but the model as usual.
    pub(super) fn reset(self) {
        self.typed.update(|typed| typed.retain(|name, _| name == "model"));
    }

    /// How many settings are not as usual.
    pub(super) fn changed(self) -> usize {
        self.typed.with(|typed| SETTINGS.iter().filter(|name| typed.contains_key(**name)).count())
    }

    /// The request that says `text`, or everything that is wrong with it.
    pub(super) fn request(self, text: &str) -> Result<TextRequest, Vec<Problem>> {
        let model = self.model();
        self.typed.with(|typed| check(typed, model, text))
    }

    /// What is wrong with a setting, in words.
    pub(super) fn problem(self, name: &'static str) -> Signal<Option<String>> {
        let words = use_words();
        Signal::derive(move || {
            let problems = self.request(".").err()?;
            let found = problems.iter().find(|problem| problem.field == name)?;
            Some(recipe::say(found, words.language()))
        })
    }

    /// What will be sent otherwise than it is set.
    pub(super) fn notes(self) -> Memo<Vec<Note>> {
        Memo::new(move |_| {
            let request = self.request(".").ok().map(Request::Text);
            let call = request.and_then(|request| live::call(&request, self.session.settings()).ok());
            call.map(|(_, notes)| notes).unwrap_or_default()
        })
    }
}

fn model(typed: &Typed) -> Option<&'static Model> {
    let named =
        typed.get("model").and_then(|id| catalogue::model(id)).filter(|model| model.kind == Kind::Text);
    named.or_else(|| catalogue::models(Kind::Text).first())
}

/// The settings of a recipe link, and what is said with them.
fn of_recipe(fields: &Map<String, Value>) -> (Typed, String) {
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    let kept = |name: &&String| *name == "model" || SETTINGS.contains(&name.as_str());
    let typed =
        fields.iter().filter(|(name, _)| kept(name)).map(|(name, value)| (name.clone(), plain(value)));
    let said = fields.get("messages").and_then(Value::as_array).and_then(|all| all.last()?.get("content"));
    let text = fields.get("prompt").or(said).and_then(Value::as_str).unwrap_or_default();
    (typed.collect(), text.to_owned())
}

/// What a setting is by itself, as text.
pub(super) fn usual(parameter: &Parameter) -> String {
    match parameter.default {
        Usual::Integer(number) => number.to_string(),
        Usual::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// The request that the settings make with `text`, by this model.
fn check(typed: &Typed, model: Option<&Model>, text: &str) -> Result<TextRequest, Vec<Problem>> {
    let mut fields = Map::new();
    fields.insert("kind".to_owned(), Value::from(Kind::Text.as_str()));
    fields.insert("model".to_owned(), Value::from(model.map_or("", |model| model.id)));
    fields.insert("prompt".to_owned(), Value::from(text));
    for (name, given) in typed.iter().filter(|(name, _)| SETTINGS.contains(&name.as_str())) {
        let rule = model.and_then(|model| model.parameter(name)).map(|parameter| parameter.rule);
        let value = match rule {
            _ if given.trim().is_empty() => continue,
            Some(Rule::Integer { .. }) => {
                given.trim().parse::<i64>().map_or_else(|_| Value::from(given.as_str()), Value::from)
            }
            Some(Rule::Number { .. }) => {
                given.trim().parse::<f64>().map_or_else(|_| Value::from(given.as_str()), Value::from)
            }
            _ => Value::from(given.as_str()),
        };
        fields.insert(name.clone(), value);
    }
    match Request::from_value(Value::Object(fields))? {
        Request::Text(request) => Ok(request),
        // The kind was given: nothing else comes of it.
        _ => Err(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use studio_shared::link;

    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn check(typed: &Typed, text: &str) -> Result<TextRequest, Vec<Problem>> {
        super::check(typed, model(typed), text)
    }

    #[test]
    fn nothing_set_is_the_references_usual_request() {
        let request = check(&Typed::new(), "写一篇科技文章").unwrap();
        assert_eq!((request.model.as_str(), request.max_tokens), ("qwen-turbo", 1500));
        assert!(
            (request.temperature - 1.0).abs() < f64::EPSILON && (request.top_p - 0.8).abs() < f64::EPSILON
        );
        assert_eq!(request.system, None);
    }

    #[test]
    fn both_ends_are_taken_and_what_lies_beyond_is_named() {
        let request =
            check(&typed(&[("temperature", "2"), ("top_p", "0"), ("max_tokens", "1")]), "a").unwrap();
        assert!((request.temperature - 2.0).abs() < f64::EPSILON && request.top_p.abs() < f64::EPSILON);
        for (name, value) in
            [("temperature", "2.1"), ("top_p", "-0.1"), ("max_tokens", "0"), ("max_tokens", "viel")]
        {
            let problems = check(&typed(&[(name, value)]), "a").unwrap_err();
            assert_eq!(problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), [name]);
        }
    }

    #[test]
    fn a_recipe_link_brings_back_what_was_said_and_with_what() {
        let request =
            check(&typed(&[("model", "qwen-plus"), ("system", "猫"), ("temperature", "0.3")]), "说").unwrap();
        let fields = link::read(&link::write(&Request::Text(request.clone()))).unwrap();
        let (typed, text) = of_recipe(&fields);
        assert_eq!(check(&typed, &text).unwrap(), request);
    }

    #[test]
    fn an_unknown_model_of_an_older_page_is_no_obstacle() {
        assert_eq!(check(&typed(&[("model", "gone"), ("strange", "x")]), "a").unwrap().model, "qwen-turbo");
    }
}
