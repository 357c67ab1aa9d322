//! The form without its page: what many entries have in common, or one entry that is edited.

use leptos::html;
use leptos::prelude::*;
use serde_json::Value;
use studio_shared::kind::Kind;
use studio_shared::problem::Problem;
use studio_shared::request::Request;

use super::form::Form;
use super::model::ModelField;
use super::parameters::Parameters;
use super::prompt::{NegativePromptField, PromptField};
use super::recipe::{self, Fields, MODEL};
use super::summary::Differences;
use super::switches::Switches;
use super::told::ToldNotice;
use crate::state::session::SessionState;

/// A form as a handle.
#[derive(Clone, Copy)]
pub(crate) struct EntryForm(Form);

impl EntryForm {
    /// A form for work of a kind that begins with `fields`.
    pub(crate) fn new(kind: Kind, fields: Fields) -> Self {
        Self(Form::new(kind, fields, SessionState::get(), None))
    }

    /// What is set beside the main text, the model always among it.
    pub(crate) fn settings(self) -> Fields {
        let kind = self.0.kind();
        self.0.fields().with(|fields| {
            let is_main =
                |name: &str| matches!(name, "kind" | "prompt" | "text" | "url" | "file" | "messages");
            let mut settings: Fields = fields
                .iter()
                .filter(|(name, _)| !is_main(name))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            if let Some(model) = recipe::model(fields, kind) {
                settings.insert(MODEL.to_owned(), Value::from(model.id));
            }
            settings
        })
    }

    /// The request; `None`, and everything wrong shown, where something is.
    pub(crate) fn press(self) -> Option<Request> {
        self.0.press()
    }

    /// Shows what the worker found wrong.
    pub(crate) fn refuse(self, problems: Vec<Problem>) {
        self.0.refuse(problems);
    }
}

/// Everything but the main text: model, parameters, switches, what is sent otherwise.
#[component]
pub(crate) fn SharedSettings(
    /// The form.
    form: EntryForm,
) -> impl IntoView {
    let EntryForm(form) = form;
    view! {
        <div class="controls">
            <ModelField form />
            <ToldNotice form />
            <Parameters form />
            <Switches form />
        </div>
    }
}

/// Everything, the main text too.
#[component]
pub(crate) fn WholeEntry(
    /// The form.
    form: EntryForm,
) -> impl IntoView {
    let shared = form;
    let EntryForm(form) = form;
    let prompt = NodeRef::<html::Textarea>::new();
    let name = if form.kind() == Kind::Speech { "text" } else { "prompt" };
    let negative =
        matches!(form.kind(), Kind::Image | Kind::Video).then(|| view! { <NegativePromptField form /> });
    view! {
        <div class="controls">
            <PromptField form name node_ref=prompt />
            {negative}
            <SharedSettings form=shared />
            <Differences form />
        </div>
    }
}
