//! A file on its way to the worker.

use leptos::prelude::*;
use serde_json::Value;
use studio_shared::file::StoredFile;
use web_sys::File;

use super::super::form::Form;
use super::limits::Limit;
use crate::api::{self, Client, Failure};
use crate::state::{files, random, soon};

/// How an upload stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    /// There is no file.
    None,
    /// The file is none that can be used.
    Wrong(Limit),
    /// So many bytes of it have gone.
    Sending {
        /// Bytes.
        sent: u64,
    },
    /// It did not arrive.
    Failed(Failure),
    /// It is there; the form has its handle.
    Done,
}

/// A file on its way to the worker.
#[derive(Clone, Copy)]
pub(super) struct Upload {
    form: Form,
    client: Option<Client>,
    step: RwSignal<Step>,
    /// Its name and length.
    about: RwSignal<(String, u64)>,
    file: StoredValue<Option<File>, LocalStorage>,
    handle: StoredValue<Option<String>>,
    exchange: StoredValue<Option<api::Upload>, LocalStorage>,
}

impl Upload {
    /// No file yet, or the one that the form names.
    pub(super) fn new(form: Form) -> Self {
        let handle = form
            .fields()
            .with_untracked(|fields| fields.get("file").and_then(Value::as_str).map(ToOwned::to_owned));
        let name = handle.as_deref().map(|id| files::name(id).unwrap_or_else(|| id.to_owned()));
        let step = if handle.is_some() { Step::Done } else { Step::None };
        Self {
            form,
            client: use_context(),
            step: RwSignal::new(step),
            about: RwSignal::new((name.unwrap_or_default(), 0)),
            file: StoredValue::new_local(None),
            handle: StoredValue::new(handle),
            exchange: StoredValue::new_local(None),
        }
    }

    /// How it stands.
    pub(super) fn step(self) -> ReadSignal<Step> {
        self.step.read_only()
    }

    /// Name and length of the file; a length of zero is not known.
    pub(super) fn about(self) -> ReadSignal<(String, u64)> {
        self.about.read_only()
    }

    /// Uploads a file that was chosen, unless it cannot be used.
    pub(super) fn begin(self, file: File) {
        self.clear();
        // A length is whole, positive and exact far beyond what is taken.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let bytes = file.size() as u64;
        self.about.set((file.name(), bytes));
        let checked = Limit::check(&file.name(), bytes);
        self.file.set_value(Some(file));
        match checked {
            Ok(()) => self.send(),
            Err(limit) => self.step.set(Step::Wrong(limit)),
        }
    }

    /// Uploads the same file once more.
    pub(super) fn again(self) {
        self.send();
    }

    /// Gives the file up, wherever it is.
    pub(super) fn clear(self) {
        self.hang_up();
        self.handle.set_value(None);
        self.step.set(Step::None);
        self.form.set("file", Value::Null);
    }

    /// Gives the form the handle of what was uploaded before.
    pub(super) fn restore(self) {
        if let Some(handle) = self.handle.get_value() {
            self.form.set("file", Value::from(handle));
        }
    }

    fn send(self) {
        let (Some(client), Some(file)) = (self.client, self.file.get_value()) else { return };
        self.step.set(Step::Sending { sent: 0 });
        let on_progress = move |sent: f64| {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let sent = sent as u64;
            self.step.try_set(Step::Sending { sent });
        };
        let model = untrack(|| self.form.model()).map_or("", |model| model.id);
        let key = random::key();
        match client.upload(&file, model, &key, on_progress, move |answer| self.ended(answer)) {
            Ok(exchange) => self.exchange.set_value(Some(exchange)),
            Err(failure) => self.step.set(Step::Failed(failure)),
        }
    }

    fn ended(self, answer: Result<StoredFile, Failure>) {
        match answer {
            Ok(stored) => {
                files::remember(&stored.id, &stored.name);
                self.handle.try_set_value(Some(stored.id.clone()));
                self.about.try_set((stored.name, stored.bytes));
                self.step.try_set(Step::Done);
                self.form.set("file", Value::from(stored.id));
            }
            Err(failure) => drop(self.step.try_set(Step::Failed(failure))),
        }
        // Called from within a listener of that very exchange: let it return first.
        soon(move || self.hang_up());
    }

    fn hang_up(self) {
        drop(self.exchange.try_update_value(Option::take));
    }
}
