//! Where entries come from: a file, a text, or lines and the form.

use leptos::prelude::*;
use studio_shared::batch::Format;
use studio_shared::kind::Kind;

use super::desk::Desk;
use super::editor::Editor;
use super::file::FileField;
use super::written::From;
use crate::pages::create::entry::SharedSettings;
use crate::parts::{Choice, ChoiceLook, ChoiceOption, Field, Show, Switch, TextInput};
use crate::state::session::SessionState;
use crate::words::use_words;

/// Where entries come from, and the entries.
#[component]
pub(super) fn Source(
    /// What the batch is made of.
    desk: Desk,
) -> impl IntoView {
    let words = use_words();
    let sources = vec![
        ChoiceOption::new(From::File.name(), words.text(|t| t.batches.by_file)),
        ChoiceOption::new(From::Paste.name(), words.text(|t| t.batches.by_paste)),
        ChoiceOption::new(From::Form.name(), words.text(|t| t.batches.by_form)),
    ];
    let chosen = Signal::derive(move || desk.from.get().name().to_owned());
    let choose = move |name: String| desk.from.set(From::of_name(&name));
    let is_text = Memo::new(move |_| match desk.from.get() {
        From::File => desk.file_name.with(Option::is_some),
        From::Paste => true,
        From::Form => false,
    });
    let is_form = Memo::new(move |_| desk.from.get() == From::Form);
    let is_csv = Memo::new(move |_| !is_form.get() && is_text.get() && desk.format.get() == Format::Csv);
    let has_shared = Memo::new(move |_| (is_text.get() || is_form.get()) && desk.has_shared());
    view! {
        <Choice label=words.text(|t| t.batches.source) options=sources value=chosen on_change=choose />
        <Show when=move || desk.from.get() == From::File><FileField desk /></Show>
        <Show when=move || is_form.get()><Kinds desk /></Show>
        <Show when=move || is_text.get()>
            <Field label=words.text(|t| t.batches.text) group=true aside=move || view! { <Formats desk /> }>
                <Editor desk value=desk.text label=words.text(|t| t.batches.text) placeholder=words.text(|t| t.batches.example) />
            </Field>
        </Show>
        <Show when=move || is_form.get()>
            <Field
                label=move || (words.texts().batches.prompts)(desk.kind.get())
                help=words.text(|t| t.batches.prompts_help)
                group=true
            >
                <Editor
                    desk
                    value=desk.lines
                    label=move || (words.texts().batches.prompts)(desk.kind.get())
                    placeholder=words.text(|t| t.batches.example)
                />
            </Field>
        </Show>
        <Show when=move || is_csv.get()>
            <Switch
                checked=desk.fills
                on_change=move |on| desk.fills.set(on)
                label=words.text(|t| t.batches.shared_csv)
                help=words.text(|t| t.batches.shared_csv_help)
            />
        </Show>
        <Show when=move || has_shared.get()>
            <section class="new-batch__shared" aria-labelledby="shared">
                <h2 class="new-batch__title" id="shared">{words.text(|t| t.batches.shared)}</h2>
                <Show when=move || !is_form.get()><Kinds desk /></Show>
                {move || desk.form().map(|form| view! { <SharedSettings form /> })}
            </section>
        </Show>
        <Field label=words.text(|t| t.batches.name) help=words.text(|t| t.batches.name_help) optional=true>
            <TextInput value=desk.name on_input=move |name| desk.name.set(name) />
        </Field>
    }
}

/// What is made.
#[component]
fn Kinds(
    /// What the batch is made of.
    desk: Desk,
) -> impl IntoView {
    let words = use_words();
    let option = |kind: Kind| ChoiceOption::new(kind.as_str(), move || (words.texts().shell.kind)(kind));
    let session = SessionState::get();
    let kinds: Vec<_> =
        Kind::ALL.into_iter().filter(|kind| untrack(|| session.allows(*kind))).map(option).collect();
    let choose = move |name: String| {
        if let Ok(kind) = name.parse() {
            desk.kind.set(kind);
        }
    };
    view! {
        <Choice
            look=ChoiceLook::Chips
            label=words.text(|t| t.batches.kind)
            options=kinds
            value=Signal::derive(move || desk.kind.get().as_str().to_owned())
            on_change=choose
        />
    }
}

/// How the text is written.
#[component]
fn Formats(
    /// What the batch is made of.
    desk: Desk,
) -> impl IntoView {
    let words = use_words();
    let option = |format: Format| {
        ChoiceOption::new(format.media_type(), move || (words.texts().batches.format)(format))
    };
    let choose = move |name: String| {
        if let Some(format) = Format::of_media_type(&name) {
            desk.format.set(format);
        }
    };
    view! {
        <Choice
            look=ChoiceLook::Chips
            label=words.text(|t| t.batches.format_label)
            options=Format::ALL.map(option).to_vec()
            value=Signal::derive(move || desk.format.get().media_type().to_owned())
            on_change=choose
        />
    }
}
