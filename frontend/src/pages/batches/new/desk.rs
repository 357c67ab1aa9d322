//! What a new batch is made of, and what the worker says about it.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use studio_shared::batch::{BatchQuote, Format};
use studio_shared::kind::Kind;
use web_sys::File;

use super::written::{From, Written};
use crate::api::{Client, Failure, Sheet};
use crate::pages::create::entry::EntryForm;
use crate::pages::create::recipe::Fields;
use crate::parts::{ToastsHandle, use_toasts};
use crate::state::batches::Batches;
use crate::state::session::SessionState;
use crate::state::{draft, random, soon};
use crate::words::{WordsHandle, use_words};

/// A pause in typing after which the worker is asked.
const PAUSE: Duration = Duration::from_millis(600);

/// Longest name, in characters.
const LONGEST_NAME: usize = 200;

/// What the worker has said.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Outcome {
    /// Nothing was asked: there is nothing yet.
    #[default]
    Nothing,
    /// It is asked; what it said before is still shown.
    Asking(Option<BatchQuote>),
    /// This.
    Known(BatchQuote),
    /// It could not be asked, or refused.
    Failed(Failure),
}

/// What a new batch is made of. Everything here is drawn as long as the page is.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    client: Option<Client>,
    batches: Batches,
    words: WordsHandle,
    toasts: ToastsHandle,
    pub(super) from: RwSignal<From>,
    /// What was uploaded or pasted.
    pub(super) text: RwSignal<String>,
    /// How it is written.
    pub(super) format: RwSignal<Format>,
    /// The file it was read from, as long as nothing was changed in it, with its name.
    file: RwSignal<Option<File>, LocalStorage>,
    pub(super) file_name: RwSignal<Option<String>>,
    /// Whether rows of a table take what they leave out from the form.
    pub(super) fills: RwSignal<bool>,
    /// The lines of the form.
    pub(super) lines: RwSignal<String>,
    pub(super) kind: RwSignal<Kind>,
    /// The forms, one a kind, so that none forgets what was set.
    forms: StoredValue<Vec<(Kind, EntryForm)>>,
    pub(super) name: RwSignal<String>,
    pub(super) outcome: RwSignal<Outcome>,
    pub(super) starting: RwSignal<bool>,
    pub(super) refused: RwSignal<Option<Failure>>,
    /// Where entries are written, for leading there.
    pub(super) editor: NodeRef<html::Textarea>,
    /// The newest question; answers to older ones are dropped.
    question: StoredValue<u32>,
    /// Given with every attempt to start what is written now.
    key: StoredValue<String>,
    leave: Callback<String>,
}

impl Desk {
    pub(super) fn new() -> Self {
        let navigate = use_navigate();
        let leave =
            Callback::new(move |id: String| navigate(&format!("/batches/{id}"), NavigateOptions::default()));
        let session = SessionState::get();
        let allowed = |kind: Kind| untrack(|| session.allows(kind));
        let mut written = Written::read(&draft::load_batch().unwrap_or_default());
        if !allowed(written.kind) {
            written.kind = Kind::ALL.into_iter().find(|kind| allowed(*kind)).unwrap_or(written.kind);
            written.settings = None;
        }
        let mut settings = written.settings.take();
        let form = |kind: Kind| {
            let kept = if kind == written.kind { settings.take() } else { None };
            (kind, EntryForm::new(kind, kept.or_else(|| draft::load(kind)).unwrap_or_default()))
        };
        let forms = Kind::ALL.map(form).into();
        let desk = Self {
            client: use_context(),
            batches: Batches::get(),
            words: use_words(),
            toasts: use_toasts(),
            from: RwSignal::new(written.from),
            text: RwSignal::new(written.text),
            format: RwSignal::new(written.format),
            file: RwSignal::new_local(None),
            file_name: RwSignal::new(written.file_name),
            fills: RwSignal::new(written.fills),
            lines: RwSignal::new(written.lines),
            kind: RwSignal::new(written.kind),
            forms: StoredValue::new(forms),
            name: RwSignal::new(written.name),
            outcome: RwSignal::new(Outcome::Nothing),
            starting: RwSignal::new(false),
            refused: RwSignal::new(None),
            editor: NodeRef::new(),
            question: StoredValue::new(0),
            key: StoredValue::new(random::key()),
            leave,
        };
        Effect::new(move |_| {
            desk.track();
            desk.changed();
            if let Ok(timeout) = set_timeout_with_handle(move || desk.ask(), PAUSE) {
                on_cleanup(move || timeout.clear());
            }
        });
        Effect::new(move |_| {
            let written = desk.kept();
            let keep = move || draft::save_batch(&written.kept());
            if let Ok(timeout) = set_timeout_with_handle(keep, PAUSE) {
                on_cleanup(move || timeout.clear());
            }
        });
        desk
    }

    /// The form of the chosen kind.
    pub(super) fn form(self) -> Option<EntryForm> {
        let kind = self.kind.get();
        self.forms.with_value(|forms| forms.iter().find(|(of, _)| *of == kind).map(|(_, form)| *form))
    }

    /// What is kept of it over a reload.
    fn kept(self) -> Written {
        let is_file = self.file.with(Option::is_some);
        Written {
            from: self.from.get(),
            text: if is_file { String::new() } else { self.text.get() },
            format: self.format.get(),
            file_name: self.file_name.get(),
            fills: self.fills.get(),
            lines: self.lines.get(),
            kind: self.kind.get(),
            name: self.name.get(),
            settings: self.has_shared().then(|| self.settings()),
        }
    }

    /// What is written, wherever it comes from.
    pub(super) fn written(self) -> RwSignal<String> {
        if self.from.get() == From::Form { self.lines } else { self.text }
    }

    /// How it is written.
    pub(super) fn written_as(self) -> Format {
        if self.from.get() == From::Form { Format::Lines } else { self.format.get() }
    }

    /// Whether what entries have in common is set by the form.
    pub(super) fn has_shared(self) -> bool {
        match self.written_as() {
            Format::Json => false,
            Format::Csv => self.fills.get(),
            Format::Lines => true,
        }
    }

    /// Takes what was typed or pasted.
    pub(super) fn write(self, text: String) {
        self.file.set(None);
        if self.from.get_untracked() == From::Form {
            self.lines.set(text);
            return;
        }
        // What is pasted as a whole says by itself how it is written.
        if self.text.with_untracked(String::is_empty) {
            self.format.set(guess(&text));
        }
        self.text.set(text);
    }

    /// Takes a file, with its text as it is shown.
    pub(super) fn take(self, file: File, text: String) {
        let name = file.name();
        let format = match name.rsplit('.').next().map(str::to_lowercase).as_deref() {
            Some("json") => Format::Json,
            Some("csv") => Format::Csv,
            Some("txt") => Format::Lines,
            _ => guess(&text),
        };
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        self.name.set(stem.chars().take(LONGEST_NAME).collect());
        self.format.set(format);
        self.text.set(text);
        self.file_name.set(Some(name));
        self.file.set(Some(file));
    }

    /// Forgets the file: first its text, then what takes the view of it away.
    pub(super) fn clear(self) {
        self.file.set(None);
        self.text.set(String::new());
        soon(move || {
            self.file_name.try_set(None);
        });
    }

    fn track(self) {
        self.from.track();
        self.written().track();
        self.format.track();
        self.file.track();
        if self.has_shared() {
            self.settings();
        }
    }

    fn settings(self) -> Fields {
        self.form().map(EntryForm::settings).unwrap_or_default()
    }

    fn sheet(self) -> Option<Sheet> {
        untrack(|| {
            let text = self.written().get();
            let file = self.file.get().filter(|_| self.from.get() != From::Form);
            if text.trim().is_empty() && file.is_none() {
                return None;
            }
            let settings = if self.has_shared() { self.settings() } else { Fields::new() };
            let name = self.name.with(|name| name.chars().take(LONGEST_NAME).collect());
            Some(Sheet { format: self.written_as(), file, text, settings, name })
        })
    }

    /// Something was changed: what the worker has said is of the past.
    fn changed(self) {
        self.question.update_value(|question| *question = question.wrapping_add(1));
        self.key.set_value(random::key());
        let is_something = self.sheet().is_some();
        untrack(|| {
            if self.refused.with(Option::is_some) {
                self.refused.set(None);
            }
            let next = match self.outcome.get() {
                _ if !is_something => Outcome::Nothing,
                Outcome::Known(quote) | Outcome::Asking(Some(quote)) => Outcome::Asking(Some(quote)),
                _ => Outcome::Asking(None),
            };
            self.outcome.set(next);
        });
    }

    /// Has the worker check what is written.
    pub(super) fn ask(self) {
        let (Some(client), Some(sheet)) = (self.client, self.sheet()) else { return };
        let question = self.question.with_value(|question| question.wrapping_add(1));
        self.question.set_value(question);
        self.outcome.update(|outcome| {
            if let Outcome::Known(quote) = outcome {
                *outcome = Outcome::Asking(Some(quote.clone()));
            } else if matches!(outcome, Outcome::Failed(_)) {
                *outcome = Outcome::Asking(None);
            }
        });
        spawn_local(async move {
            let answer = client.quote_batch(&sheet).await;
            if self.question.try_get_value() == Some(question) {
                self.outcome.try_set(answer.map_or_else(Outcome::Failed, Outcome::Known));
            }
        });
    }

    /// Whether it can be started as it is.
    pub(super) fn is_ready(self) -> bool {
        self.outcome.with(|outcome| matches!(outcome, Outcome::Known(quote) if quote.entries > 0 && quote.problems.is_empty()))
    }

    /// Starts it. The same key is given again when the same is started once more, so that no repeat is billed.
    pub(super) fn start(self) {
        let (Some(client), Some(sheet)) = (self.client, self.sheet()) else { return };
        let key = self.key.get_value();
        self.starting.set(true);
        self.refused.set(None);
        spawn_local(async move {
            let answer = client.submit_batch(&sheet, &key).await;
            self.starting.try_set(false);
            match answer {
                Ok(batch) => {
                    let id = batch.id.clone();
                    self.batches.put(batch);
                    draft::save_batch(&Fields::new());
                    self.toasts.success(self.words.texts_untracked().batches.started);
                    soon(move || {
                        self.leave.try_run(id);
                    });
                }
                Err(failure) => {
                    self.refused.try_set(Some(failure));
                }
            }
        });
    }
}

/// How a text seems to be written.
fn guess(text: &str) -> Format {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with(['{', '[']) {
        return Format::Json;
    }
    let head = text.lines().next().unwrap_or_default().to_lowercase();
    let is_field =
        |name: &str| matches!(name.trim().trim_matches('"'), "prompt" | "text" | "url" | "model" | "kind");
    if head.split([',', ';', '\t']).any(is_field) { Format::Csv } else { Format::Lines }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_says_by_itself_how_it_is_written() {
        assert_eq!(guess("\u{feff} {\"image_tasks\": []}"), Format::Json);
        assert_eq!(guess("Model,Prompt\nqwen-image,猫"), Format::Csv);
        assert_eq!(guess("\"prompt\"\n猫"), Format::Csv);
        assert_eq!(guess("一只猫，一只狗\n雪山"), Format::Lines);
        assert_eq!(guess("a cat, a dog"), Format::Lines);
    }
}
