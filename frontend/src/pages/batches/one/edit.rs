//! An entry that did not come out, changed and tried once more.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use studio_shared::job::{Job, State};
use studio_shared::kind::Kind;
use studio_shared::problem::Problem;
use studio_shared::request::Request;

use crate::api::{Client, Failure};
use crate::pages::create::entry::{EntryForm, WholeEntry};
use crate::pages::create::recipe;
use crate::pages::failure;
use crate::parts::{Button, ButtonKind, Dialog, Field, IconName, Notice, TextArea, Tone};
use crate::state::book::Book;
use crate::state::{random, soon};
use crate::words::use_words;

/// A dialog with the fields of an entry, open while there is one.
#[component]
pub(super) fn Edit(
    /// The entry.
    edited: RwSignal<Option<RwSignal<Job>>>,
) -> impl IntoView {
    let words = use_words();
    let open = RwSignal::new(false);
    let sheet = RwSignal::new(None::<Sheet>);
    let client = use_context::<Client>();
    let book = Book::get();
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<Failure>);
    // Made here, not in the dialog: what is typed stays when the entry changes meanwhile.
    let owner = Owner::current();
    Effect::new(move |_| {
        let Some(job) = edited.get() else { return };
        let made = untrack(|| owner.as_ref().map(|owner| owner.with(|| job.try_with_untracked(Sheet::of))));
        refused.set(None);
        sheet.set(made.flatten());
        edited.set(None);
        soon(move || {
            open.try_set(true);
        });
    });
    let send = move |_| {
        let (Some(client), Some(sheet)) = (client, sheet.get_untracked()) else { return };
        let Some(request) = sheet.press() else { return };
        busy.set(true);
        refused.set(None);
        spawn_local(async move {
            let answer = client.retry_as(&sheet.id.get_value(), &request, &random::key()).await;
            busy.try_set(false);
            match answer {
                Ok(job) => {
                    open.try_set(false);
                    soon(move || book.put(job));
                }
                Err(failure) if !failure.problems().is_empty() => sheet.refuse(failure.problems().to_vec()),
                Err(failure) => {
                    refused.try_set(Some(failure));
                }
            }
        });
    };
    let actions = move || {
        view! {
            <Button on_click=move |_| open.set(false)>{words.text(|t| t.job.keep)}</Button>
            <Button kind=ButtonKind::Primary icon=IconName::Retry busy on_click=send>{words.text(|t| t.batches.edit_send)}</Button>
        }
    };
    let is_unsure = move || sheet.get().is_some_and(|sheet| sheet.is_unsure);
    let told = move || {
        refused.get().map(|failure| {
            let line = move || failure::line(&failure, words.texts());
            view! { <Notice tone=Tone::Danger live=true title=line /> }
        })
    };
    view! {
        <Dialog open title=words.text(|t| t.batches.edit) actions>
            <p class="small muted">{words.text(|t| t.batches.edit_help)}</p>
            {move || is_unsure().then(|| view! {
                <Notice tone=Tone::Warning title=words.text(|t| t.job.retry_unsure)>{move || (words.texts().kept.send_again_help)(None)}</Notice>
            })}
            {move || sheet.get().map(|sheet| match sheet.fields {
                Fields::Form(form) => view! { <WholeEntry form /> }.into_any(),
                Fields::Json { text, problems } => view! { <Json text problems /> }.into_any(),
            })}
            {told}
        </Dialog>
    }
}

/// An entry while it is changed.
#[derive(Clone, Copy)]
struct Sheet {
    id: StoredValue<String>,
    kind: Kind,
    is_unsure: bool,
    fields: Fields,
}

/// Pictures, films and speech have a form; what else there is, is written as JSON.
#[derive(Clone, Copy)]
enum Fields {
    Form(EntryForm),
    Json { text: RwSignal<String>, problems: RwSignal<Vec<Problem>> },
}

impl Sheet {
    fn of(job: &Job) -> Self {
        let fields = recipe::of(&job.request);
        let fields = match job.kind {
            Kind::Image | Kind::Video | Kind::Speech => Fields::Form(EntryForm::new(job.kind, fields)),
            Kind::Text | Kind::Transcription => Fields::Json {
                text: RwSignal::new(serde_json::to_string_pretty(&fields).unwrap_or_default()),
                problems: RwSignal::new(Vec::new()),
            },
        };
        Self {
            id: StoredValue::new(job.id.clone()),
            kind: job.kind,
            is_unsure: job.state == State::Unsure,
            fields,
        }
    }

    /// The request; `None`, and everything wrong shown, where something is.
    fn press(self) -> Option<Value> {
        match self.fields {
            Fields::Form(form) => serde_json::to_value(form.press()?).ok(),
            Fields::Json { text, problems } => match read(&text.get_untracked(), self.kind) {
                Ok(request) => {
                    problems.set(Vec::new());
                    Some(request)
                }
                Err(wrong) => {
                    problems.set(wrong);
                    None
                }
            },
        }
    }

    fn refuse(self, wrong: Vec<Problem>) {
        match self.fields {
            Fields::Form(form) => form.refuse(wrong),
            Fields::Json { problems, .. } => {
                problems.try_set(wrong);
            }
        }
    }
}

/// Reads a request of a kind. A text that is no JSON is one problem with no field.
fn read(text: &str, kind: Kind) -> Result<Value, Vec<Problem>> {
    let words = crate::words::texts;
    let no_object = || {
        use studio_shared::words::{Language, Words};
        let say = |language| words(language).batches.no_object;
        let message = Words::new(say(Language::Zh), say(Language::En));
        vec![Problem::new("", &Value::Null, Words::new("JSON", "JSON"), message)]
    };
    let mut value: Value = serde_json::from_str(text).map_err(|_| no_object())?;
    value.as_object_mut().ok_or_else(no_object)?.insert("kind".to_owned(), Value::from(kind.as_str()));
    Request::from_value(value.clone()).map(|_| value)
}

/// The entry as JSON.
#[component]
fn Json(
    /// The text.
    text: RwSignal<String>,
    /// What is wrong with it.
    problems: RwSignal<Vec<Problem>>,
) -> impl IntoView {
    let words = use_words();
    let problem = Signal::derive(move || {
        let say = |problem: &Problem| problem.message.get(words.language()).to_owned();
        let all = problems.with(|problems| problems.iter().map(say).collect::<Vec<_>>());
        (!all.is_empty()).then(|| all.join(words.texts().failure.between))
    });
    view! {
        <Field label=words.text(|t| t.batches.edit_json) problem>
            <TextArea rows=6 value=text on_input=move |typed| text.set(typed) />
        </Field>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_keeps_its_kind_and_every_problem_is_named() {
        let fields = |text: &str| {
            read(text, Kind::Text)
                .map_err(|wrong| wrong.into_iter().map(|problem| problem.field).collect::<Vec<_>>())
        };
        let right = fields(r#"{"kind": "image", "model": "qwen-turbo", "prompt": "a"}"#).unwrap();
        assert_eq!(right["kind"], "text");
        assert_eq!(fields("{"), Err(vec![String::new()]));
        assert_eq!(fields("[]"), Err(vec![String::new()]));
        assert_eq!(
            fields(r#"{"model": "qwen-turbo", "prompt": "a", "top_p": 2, "n": 1}"#),
            Err(vec!["top_p".to_owned(), "n".to_owned()])
        );
    }
}
