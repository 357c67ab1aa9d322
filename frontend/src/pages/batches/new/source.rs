//! Where entries come from: a file, a text, or lines and the form.

use js_sys::Uint8Array;
use leptos::ev::{DragEvent, Event};
use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::batch::Format;
use studio_shared::kind::Kind;
use studio_shared::route::BATCH_CAP;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileList, HtmlInputElement};

use super::desk::{Desk, From};
use super::editor::Editor;
use crate::format;
use crate::pages::create::entry::SharedSettings;
use crate::parts::{
    Button, ButtonKind, ButtonSize, Choice, ChoiceLook, ChoiceOption, Field, Icon, IconName, Switch,
    TextInput,
};
use crate::words::use_words;

/// Where entries come from, and the entries.
#[component]
pub(super) fn Source(
    /// What the batch is made of.
    desk: Desk,
) -> impl IntoView {
    let words = use_words();
    let sources = vec![
        ChoiceOption::new("file", words.text(|t| t.batches.by_file)),
        ChoiceOption::new("paste", words.text(|t| t.batches.by_paste)),
        ChoiceOption::new("form", words.text(|t| t.batches.by_form)),
    ];
    let chosen = Signal::derive(move || {
        match desk.from.get() {
            From::File => "file",
            From::Paste => "paste",
            From::Form => "form",
        }
        .to_owned()
    });
    let choose = move |name: String| {
        desk.from.set(match name.as_str() {
            "paste" => From::Paste,
            "form" => From::Form,
            _ => From::File,
        });
    };
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
        <Show when=move || desk.from.get() == From::File><Zone desk /></Show>
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
    let choose = move |name: String| {
        if let Ok(kind) = name.parse() {
            desk.kind.set(kind);
        }
    };
    view! {
        <Choice
            look=ChoiceLook::Chips
            label=words.text(|t| t.batches.kind)
            options=Kind::ALL.map(option).to_vec()
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

/// A file that is picked or dropped.
#[component]
fn Zone(
    /// What the batch is made of.
    desk: Desk,
) -> impl IntoView {
    let words = use_words();
    let is_over = RwSignal::new(false);
    let problem = RwSignal::new(None::<Wrong>);
    let take = Callback::new(move |files: Option<FileList>| {
        let Some(file) = files.and_then(|files| files.get(0)) else { return };
        spawn_local(async move {
            let read = read(&file).await;
            problem.try_set(read.as_ref().err().copied());
            if let Ok(text) = read {
                desk.take(file, text);
            }
        });
    });
    let drag = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(true);
    };
    let drop_here = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(false);
        take.run(event.data_transfer().and_then(|dropped| dropped.files()));
    };
    let change = move |event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        take.run(input.and_then(|input| input.files()));
    };
    let problem = Signal::derive(move || {
        let texts = &words.texts().batches;
        problem.get().map(|wrong| match wrong {
            Wrong::TooLarge(bytes) => (texts.too_large)(&format::bytes(bytes)),
            Wrong::Unreadable => texts.unreadable.to_owned(),
        })
    });
    let inside = move || {
        match desk.file_name.get() {
        Some(name) => view! {
            <p class="zone__file"><Icon name=IconName::Check /><bdi>{name}</bdi></p>
            <Button kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Close on_click=move |_| desk.clear()>
                {words.text(|t| t.batches.other_file)}
            </Button>
        }
        .into_any(),
        None => view! {
            <label class="zone__pick">
                <Icon name=IconName::Upload />
                <span>{words.text(|t| t.batches.pick)}</span>
                <input class="zone__input" type="file" accept=".json,.csv,.txt,application/json,text/csv,text/plain" on:change=change />
            </label>
        }
        .into_any(),
    }
    };
    view! {
        <Field label=words.text(|t| t.batches.by_file) help=words.text(|t| t.batches.pick_help) problem group=true>
            <div
                class="zone"
                class:zone--over=is_over
                on:dragover=drag
                on:dragleave=move |_| is_over.set(false)
                on:drop=drop_here
            >
                {inside}
            </div>
        </Field>
    }
}

/// Why a file was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    TooLarge(u64),
    Unreadable,
}

/// The text of a file, as it is shown; the worker reads the file itself.
async fn read(file: &File) -> Result<String, Wrong> {
    // A length is a whole number.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let bytes = file.size() as u64;
    if usize::try_from(bytes).map_or(true, |bytes| bytes > BATCH_CAP) {
        return Err(Wrong::TooLarge(bytes));
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| Wrong::Unreadable)?;
    Ok(decode(&Uint8Array::new(&buffer).to_vec()))
}

/// The text of a file: UTF-8, or UTF-16, which is known by its mark or by the zero byte that each of its ASCII
/// characters has. What is neither looks wrong here, and the worker says so.
fn decode(bytes: &[u8]) -> String {
    let utf_16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok().map(unit));
        String::from_utf16_lossy(&units.collect::<Vec<_>>())
    };
    let text = match bytes {
        [0xff, 0xfe, ..] | [_, 0, ..] => utf_16(bytes, u16::from_le_bytes),
        [0xfe, 0xff, ..] | [0, _, ..] => utf_16(bytes, u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    text.trim_start_matches('\u{feff}').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_is_read_with_and_without_its_mark() {
        let files =
            [&b"\xff\xfe{\0}\0"[..], b"\xfe\xff\0{\0}", b"{\0}\0", b"\0{\0}", b"{}", b"\xef\xbb\xbf{}"];
        assert_eq!(files.map(decode), ["{}"; 6]);
        assert_eq!(decode(b""), "");
    }
}
