//! The form of a member: a new one, or one that is changed.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use studio_shared::catalogue::{self, Model};
use studio_shared::kind::Kind;
use studio_shared::member::{MemberChange, NAME_CAP, NOTE_CAP};
use studio_shared::problem::Problem;

use super::draft::{Draft, field};
use crate::api::Failure;
use crate::pages::failure;
use crate::parts::{
    Button, ButtonKind, ChoiceOption, Field, Notice, Several, Switch, TextArea, TextInput, TextInputKind,
    Tone,
};
use crate::state::session::SessionState;
use crate::text::Text;
use crate::words::{Texts, use_words};

/// The form as a handle.
#[derive(Clone, Copy)]
pub(super) struct Editor {
    session: SessionState,
    draft: RwSignal<Draft>,
    wrong: RwSignal<Vec<&'static str>>,
    refused: RwSignal<Vec<Problem>>,
    failure: RwSignal<Option<Failure>>,
    /// Whether what was written is being sent.
    pub(super) busy: RwSignal<bool>,
}

impl Editor {
    pub(super) fn new(draft: Draft) -> Self {
        Self {
            session: SessionState::get(),
            draft: RwSignal::new(draft),
            wrong: RwSignal::new(Vec::new()),
            refused: RwSignal::new(Vec::new()),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    /// Shows why the worker did not take it: at the fields that it names, else below them.
    pub(super) fn refuse(self, failure: Failure) {
        self.busy.try_set(false);
        let problems = failure.problems().to_vec();
        self.failure.try_set(problems.is_empty().then_some(failure));
        self.refused.try_set(problems);
    }

    /// What is to be sent; `None`, and everything wrong shown, where something is.
    fn take(self) -> Option<MemberChange> {
        self.failure.set(None);
        self.refused.set(Vec::new());
        let change = self.draft.with_untracked(Draft::change);
        self.wrong.set(change.as_ref().err().cloned().unwrap_or_default());
        change.ok()
    }

    /// The models of a kind that the region offers.
    fn offered(self, kind: Kind) -> Vec<&'static Model> {
        let region = untrack(|| self.session.settings().region);
        catalogue::models(kind).iter().filter(|model| model.live_name(region).is_some()).collect()
    }

    fn text(self, read: fn(&Draft) -> &String) -> Signal<String> {
        Signal::derive(move || self.draft.with(|draft| read(draft).clone()))
    }

    fn write(self, name: &'static str, write: impl FnOnce(&mut Draft)) {
        self.draft.update(write);
        if self.wrong.with_untracked(|wrong| wrong.contains(&name)) {
            self.wrong.update(|wrong| wrong.retain(|it| *it != name));
        }
        self.refused.update(|refused| refused.retain(|problem| problem.field != name));
    }

    /// What is wrong with a field: by its own look, else by the worker's.
    fn problem(self, name: &'static str, say: fn(&'static Texts) -> String) -> Signal<Option<String>> {
        let words = use_words();
        Signal::derive(move || {
            if self.wrong.with(|wrong| wrong.contains(&name)) {
                return Some(say(words.texts()));
            }
            self.refused.with(|refused| {
                let named = refused.iter().find(|problem| problem.field == name)?;
                Some(named.message.get(words.language()).to_owned())
            })
        })
    }
}

/// The form of a member.
#[component]
pub(super) fn MemberForm(
    /// What is written.
    editor: Editor,
    /// What the button says.
    #[prop(into)]
    submit: Text,
    /// What the form is for.
    #[prop(into)]
    label: Text,
    /// Sends what was written.
    #[prop(into)]
    on_submit: Callback<MemberChange>,
    /// Leaves everything as it was, where that can be.
    #[prop(optional, into)]
    on_cancel: Option<Callback<()>>,
) -> impl IntoView {
    let words = use_words();
    let first = NodeRef::<html::Input>::new();
    // Who has opened a new form goes on writing.
    Effect::new(move |_| {
        if let Some(input) = first.get().filter(|_| on_cancel.is_some()) {
            drop(input.focus());
        }
    });
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        if editor.busy.get_untracked() {
            return;
        }
        if let Some(change) = editor.take() {
            editor.busy.set(true);
            on_submit.run(change);
        }
    };
    let failed = move || {
        editor.failure.get().map(|failure| {
            let line = move || failure::line(&failure, words.texts());
            view! { <Notice tone=Tone::Danger live=true title=line /> }
        })
    };
    let note_length = move || Some((editor.draft.with(|draft| draft.note.chars().count()), NOTE_CAP));
    view! {
        <form class="member-form" aria-label=label novalidate=true on:submit=send>
            <div class="pair">
                <Field
                    label=words.text(|t| t.people.name)
                    help=words.text(|t| t.people.name_help)
                    problem=editor.problem(field::NAME, |t| (t.people.name_wrong)(NAME_CAP))
                >
                    <TextInput
                        value=editor.text(|draft| &draft.name)
                        on_input=move |text| editor.write(field::NAME, |draft| draft.name = text)
                        node_ref=first
                    />
                </Field>
                <Field
                    label=words.text(|t| t.people.last_day)
                    help=words.text(|t| t.people.last_day_help)
                    problem=editor.problem(field::LAST_DAY, |t| t.people.day_wrong.to_owned())
                    optional=true
                >
                    <TextInput
                        kind=TextInputKind::Day
                        value=editor.text(|draft| &draft.last_day)
                        on_input=move |text| editor.write(field::LAST_DAY, |draft| draft.last_day = text)
                    />
                </Field>
                <Amount editor name=field::DAY label=|t| t.people.limits[0] read=|draft| &draft.day write=|draft, text| draft.day = text />
                <Amount editor name=field::MONTH label=|t| t.people.limits[1] read=|draft| &draft.month write=|draft, text| draft.month = text />
            </div>
            <Allowed editor />
            <Field
                label=words.text(|t| t.people.note)
                help=words.text(|t| t.people.note_help)
                problem=editor.problem(field::NOTE, |t| (t.people.note_wrong)(NOTE_CAP))
                counter=Signal::derive(note_length)
                optional=true
            >
                <TextArea
                    rows=2
                    value=editor.text(|draft| &draft.note)
                    on_input=move |text| editor.write(field::NOTE, |draft| draft.note = text)
                />
            </Field>
            {failed}
            <div class="cluster">
                <Button kind=ButtonKind::Primary submit=true busy=editor.busy>{submit}</Button>
                {on_cancel.map(|cancel| view! {
                    <Button kind=ButtonKind::Quiet on_click=move |_| cancel.run(())>{words.text(|t| t.people.cancel)}</Button>
                })}
            </div>
        </form>
    }
    .into_any()
}

/// A budget.
#[component]
fn Amount(
    /// What is written.
    editor: Editor,
    /// Its name.
    name: &'static str,
    /// Its label.
    label: fn(&'static Texts) -> &'static str,
    /// Reads it.
    read: fn(&Draft) -> &String,
    /// Writes it.
    write: fn(&mut Draft, String),
) -> impl IntoView {
    let words = use_words();
    view! {
        <Field
            label=words.text(label)
            help=words.text(|t| t.usage.limit_help)
            problem=editor.problem(name, |t| t.usage.not_money.to_owned())
            optional=true
        >
            <TextInput value=editor.text(read) on_input=move |text| editor.write(name, |draft| write(draft, text)) />
        </Field>
    }
}

/// Kinds, and models of these kinds.
#[component]
fn Allowed(
    /// What is written.
    editor: Editor,
) -> impl IntoView {
    let words = use_words();
    let option = move |kind: Kind| ChoiceOption::new(kind.as_str(), move || (words.texts().shell.kind)(kind));
    let chosen = move || {
        editor.draft.with(|draft| draft.kinds.iter().map(|kind| kind.as_str().to_owned()).collect::<Vec<_>>())
    };
    let choose = move |names: Vec<String>| {
        let kinds = names.iter().filter_map(|name| name.parse().ok()).collect();
        editor.write(field::KINDS, |draft| draft.kinds = kinds);
    };
    let every = Memo::new(move |_| editor.draft.with(|draft| draft.every_model));
    let turn = move |on: bool| {
        editor.write(field::MODELS, |draft| {
            draft.every_model = on;
            // What was allowed until now is where one begins to take away.
            if !on && draft.models.is_empty() {
                draft.models = Kind::ALL
                    .into_iter()
                    .flat_map(|kind| editor.offered(kind))
                    .map(|model| model.id.to_owned())
                    .collect();
            }
        });
    };
    let problem = editor.problem(field::MODELS, |t| t.people.models_wrong.to_owned());
    let kinds = Memo::new(move |_| editor.draft.with(|draft| draft.kinds.clone()));
    view! {
        <Field
            label=words.text(|t| t.people.kinds)
            help=words.text(|t| t.people.kinds_help)
            problem=editor.problem(field::KINDS, |t| t.people.kinds_wrong.to_owned())
            group=true
        >
            <Several options=Kind::ALL.map(option).to_vec() value=Signal::derive(chosen) on_change=choose />
        </Field>
        <Switch
            checked=every
            on_change=turn
            label=words.text(|t| t.people.every_model)
            help=words.text(|t| t.people.every_model_help)
        />
        <Show when=move || !every.get()>
            <For each=move || kinds.get() key=|kind| *kind let:kind>
                <ModelsOf editor kind problem />
            </For>
        </Show>
    }
}

/// The models of a kind.
#[component]
fn ModelsOf(
    /// What is written.
    editor: Editor,
    /// The kind.
    kind: Kind,
    /// What is wrong with all of them.
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let words = use_words();
    let option = |model: &'static Model| ChoiceOption::new(model.id, Text::label(model.name));
    let options: Vec<_> = editor.offered(kind).into_iter().map(option).collect();
    let label = move || (words.texts().people.models_of)((words.texts().shell.kind)(kind));
    let choose = move |chosen: Vec<String>| editor.write(field::MODELS, |draft| draft.choose(kind, chosen));
    view! {
        <Field label problem group=true>
            <Several
                options
                value=Signal::derive(move || editor.draft.with(|draft| draft.models.clone()))
                on_change=choose
            />
        </Field>
    }
}
