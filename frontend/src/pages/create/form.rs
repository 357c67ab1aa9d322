//! The form as a handle: the fields, and everything that follows from them.

use leptos::prelude::*;
use serde_json::Value;
use studio_shared::catalogue::{self, Model, Parameter};
use studio_shared::kind::Kind;
use studio_shared::live::{self, Note};
use studio_shared::problem::Problem;
use studio_shared::request::Request;

use super::pricing::{self, Pricing};
use super::recipe::{self, Change, Fields};
use crate::state::session::SessionState;
use crate::state::submissions::Submissions;
use crate::words::use_words;

/// Why the fields are not those that were typed.
#[derive(Clone, Debug)]
pub(super) enum Told {
    /// Another model took some of them otherwise; `before` brings them back.
    Switched {
        /// What had to change.
        changes: Vec<Change>,
        /// The fields as they were.
        before: Fields,
    },
    /// They came with the address.
    Recipe {
        /// The fields as they were.
        before: Fields,
    },
}

/// The form. What is wrong, the price and the notes follow from the fields, at once and here; the worker checks
/// again.
#[derive(Clone, Copy)]
pub(super) struct Form {
    kind: Kind,
    session: SessionState,
    fields: RwSignal<Fields>,
    told: RwSignal<Option<Told>>,
    /// Whether the person has tried to submit: only then what is missing is held against them.
    pressed: RwSignal<bool>,
    refused: RwSignal<Vec<Problem>>,
    model: Memo<&'static str>,
    checked: Memo<Result<Request, Vec<Problem>>>,
    notes: Memo<Vec<Note>>,
}

impl Form {
    /// A form for work of a kind that begins with `fields`.
    pub(super) fn new(
        kind: Kind,
        fields: Fields,
        session: SessionState,
        submissions: Option<Submissions>,
    ) -> Self {
        let fields = RwSignal::new(begin(recipe::adopt(fields, kind), kind, session));
        // What the region does not offer is refused here, as the worker would.
        let sent = Memo::new(move |_| {
            let request = fields.with(|fields| recipe::check(fields, kind));
            let model = fields.with(|fields| recipe::model(fields, kind));
            let refused = model.and_then(|model| session.rights().problem(kind, model.id));
            let request = match (request, refused) {
                (request, None) => request?,
                (Ok(_), Some(problem)) => return Err(vec![problem]),
                (Err(mut problems), Some(problem)) => {
                    problems.push(problem);
                    return Err(problems);
                }
            };
            live::call(&request, session.settings()).map(|(_, notes)| (request, notes))
        });
        let checked = Memo::new(move |_| sent.get().map(|(request, _)| request));
        let notes = Memo::new(move |_| sent.get().map(|(_, notes)| notes).unwrap_or_default());
        Self {
            kind,
            session,
            fields,
            told: RwSignal::new(None),
            pressed: RwSignal::new(false),
            refused: submissions.map_or_else(|| RwSignal::new(Vec::new()), Submissions::refused),
            model: Memo::new(move |_| {
                fields.with(|fields| recipe::model(fields, kind)).map_or("", |model| model.id)
            }),
            checked,
            notes,
        }
    }

    /// What it asks for.
    pub(super) const fn kind(self) -> Kind {
        self.kind
    }

    /// The models that the session's region offers and its member may use, in the order of the catalogue.
    pub(super) fn offered(self) -> Vec<&'static Model> {
        catalogue::models(self.kind).iter().filter(|model| self.session.offers(model)).collect()
    }

    /// All fields as they were typed.
    pub(super) const fn fields(self) -> RwSignal<Fields> {
        self.fields
    }

    /// Why the fields are not those that were typed, as long as it matters.
    pub(super) const fn told(self) -> RwSignal<Option<Told>> {
        self.told
    }

    /// The chosen model.
    pub(super) fn model(self) -> Option<&'static Model> {
        catalogue::model(self.model.get())
    }

    /// What the chosen model says about a parameter, where it has it.
    pub(super) fn parameter(self, name: &str) -> Option<&'static Parameter> {
        self.model()?.parameter(name)
    }

    /// The request, if nothing is wrong.
    pub(super) fn request(self) -> Option<Request> {
        self.checked.with(|checked| checked.as_ref().ok().cloned())
    }

    /// What it costs, also while the prompt is still to be written.
    pub(super) fn price(self) -> Option<Pricing> {
        self.fields.with(|fields| pricing::of(fields, self.kind))
    }

    /// How many things are wrong, whether they are shown or not.
    pub(super) fn count_problems(self) -> usize {
        self.checked.with(|checked| checked.as_ref().err().map_or(0, Vec::len))
    }

    /// What will be sent otherwise than asked for.
    pub(super) const fn notes(self) -> Memo<Vec<Note>> {
        self.notes
    }

    /// What stands in a field; its default where nothing was given.
    pub(super) fn value(self, name: &'static str) -> Value {
        let given = self.fields.with(|fields| fields.get(name).cloned());
        given.or_else(|| self.parameter(name).map(recipe::default)).unwrap_or_default()
    }

    /// What stands in a field, as text.
    pub(super) fn text(self, name: &'static str) -> Signal<String> {
        Signal::derive(move || match self.value(name) {
            Value::Null => String::new(),
            Value::String(text) => text,
            other => other.to_string(),
        })
    }

    /// Whether a switch is on.
    pub(super) fn is_on(self, name: &'static str) -> Signal<bool> {
        Signal::derive(move || self.value(name) == Value::Bool(true))
    }

    /// Writes a field; `null` empties it.
    pub(super) fn set(self, name: &'static str, value: Value) {
        self.refused.update(|refused| refused.retain(|problem| problem.field != name));
        self.fields.update(|fields| {
            if value.is_null() {
                fields.remove(name);
            } else {
                fields.insert(name.to_owned(), value);
            }
        });
    }

    /// Chooses another model; what does not fit it is changed and told.
    pub(super) fn choose(self, id: &str) {
        let Some(model) = catalogue::model(id) else { return };
        let before = self.fields.get_untracked();
        let (fields, changes) = recipe::switch(&before, model);
        self.told.set((!changes.is_empty()).then_some(Told::Switched { changes, before }));
        self.refused.set(Vec::new());
        self.fields.set(fields);
    }

    /// Replaces everything.
    pub(super) fn replace(self, fields: Fields) {
        self.told.set(None);
        self.refused.set(Vec::new());
        self.pressed.set(false);
        self.fields.set(begin(recipe::adopt(fields, self.kind), self.kind, self.session));
    }

    /// Takes over what came with the address.
    pub(super) fn take_recipe(self, fields: Fields) {
        let before = self.fields.get_untracked();
        self.replace(fields);
        self.told.set(Some(Told::Recipe { before }));
    }

    /// What is wrong with a field, in words, where it is to be shown now: what was given and is wrong at once, what
    /// is missing only after an attempt to submit.
    pub(super) fn problem(self, name: &'static str) -> Signal<Option<String>> {
        let words = use_words();
        Signal::derive(move || {
            let pressed = self.pressed.get();
            let due = |problem: &&Problem| {
                problem.field == name && (pressed || !problem.given.is_null() && problem.given != "")
            };
            let say = |problem: &Problem| recipe::say(problem, words.language());
            let found = self.checked.with(|checked| checked.as_ref().err()?.iter().find(due).map(say));
            found.or_else(|| self.refused.with(|refused| refused.iter().find(due).map(say)))
        })
    }

    /// Shows what the worker found wrong.
    pub(super) fn refuse(self, problems: Vec<Problem>) {
        self.refused.set(problems);
    }

    /// The request to submit; `None`, and everything wrong shown, where something is.
    pub(super) fn press(self) -> Option<Request> {
        let request = self.checked.with_untracked(|checked| checked.as_ref().ok().cloned());
        self.pressed.set(request.is_none());
        self.told.set(None);
        request
    }
}

/// Fields that name no model name the first that is offered, where the usual one is not.
fn begin(mut fields: Fields, kind: Kind, session: SessionState) -> Fields {
    let offers = |model: &&Model| untrack(|| session.offers(model));
    let is_offered = recipe::model(&fields, kind).as_ref().is_some_and(offers);
    if !fields.contains_key(recipe::MODEL) && !is_offered {
        let first = catalogue::models(kind).iter().find(offers);
        fields.extend(first.map(|model| (recipe::MODEL.to_owned(), Value::from(model.id))));
    }
    fields
}
