//! A file that is picked or dropped, and how far it is.

use leptos::ev::{DragEvent, Event};
use leptos::prelude::*;
use studio_shared::file::ENDINGS;
use wasm_bindgen::JsCast;
use web_sys::{FileList, HtmlInputElement};

use super::upload::{Step, Upload};
use crate::format;
use crate::pages::failure;
use crate::parts::{Button, ButtonKind, ButtonSize, Icon, IconName, Notice, Progress, Tone};
use crate::words::use_words;

/// A file that is picked or dropped, and how far it is.
#[component]
pub(super) fn Zone(
    /// The file.
    upload: Upload,
) -> impl IntoView {
    let words = use_words();
    let step = upload.step();
    let about = upload.about();
    let is_over = RwSignal::new(false);
    let take = move |files: Option<FileList>| {
        if let Some(file) = files.and_then(|files| files.get(0)) {
            upload.begin(file);
        }
    };
    let drag = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(true);
    };
    let drop_here = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(false);
        take(event.data_transfer().and_then(|dropped| dropped.files()));
    };
    let stage = Memo::new(move |_| Stage::of(&step.get()));
    let inside = move || match stage.get() {
        Stage::Empty => view! { <Picker on_pick=take /> }.into_any(),
        Stage::Sending => view! { <Sending upload /> }.into_any(),
        Stage::Failed => view! { <Failed upload /> }.into_any(),
        Stage::Done => {
            let length = move || match about.get().1 {
                0 => String::new(),
                bytes => format::bytes(bytes),
            };
            view! {
                <p class="zone__file"><Icon name=IconName::Check /><bdi>{move || about.get().0}</bdi>" "{length}</p>
                <Button kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Close on_click=move |_| upload.clear()>
                    {words.text(|t| t.create.other_file)}
                </Button>
            }
            .into_any()
        }
    };
    view! {
        <div
            class="zone"
            class:zone--over=is_over
            on:dragover=drag
            on:dragleave=move |_| is_over.set(false)
            on:drop=drop_here
        >
            {inside}
        </div>
    }
}

/// What the zone shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Empty,
    Sending,
    Failed,
    Done,
}

impl Stage {
    const fn of(step: &Step) -> Self {
        match step {
            Step::None | Step::Wrong(_) => Self::Empty,
            Step::Sending { .. } => Self::Sending,
            Step::Failed(_) => Self::Failed,
            Step::Done => Self::Done,
        }
    }
}

/// The way to pick a file.
#[component]
fn Picker(
    /// What was picked.
    #[prop(into)]
    on_pick: Callback<Option<FileList>>,
) -> impl IntoView {
    let words = use_words();
    let accept = ENDINGS.map(|ending| format!(".{ending}")).join(",");
    let change = move |event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        on_pick.run(input.and_then(|input| input.files()));
    };
    view! {
        <label class="zone__pick">
            <Icon name=IconName::Upload />
            <span>{words.text(|t| t.create.pick_file)}</span>
            <input class="zone__input" type="file" accept=accept on:change=change />
        </label>
    }
}

/// How far it is.
#[component]
fn Sending(
    /// The file.
    upload: Upload,
) -> impl IntoView {
    let words = use_words();
    let (step, about) = (upload.step(), upload.about());
    let sent = move || match step.get() {
        Step::Sending { sent } => sent,
        _ => 0,
    };
    let value = Signal::derive(move || {
        let hundredths = sent().saturating_mul(100).checked_div(about.get().1).unwrap_or_default();
        u8::try_from(hundredths.min(100)).ok()
    });
    let label = move || {
        let (name, bytes) = about.get();
        (words.texts().create.uploading)(&name, &format::bytes(sent().min(bytes)), &format::bytes(bytes))
    };
    view! {
        <div class="zone__progress"><Progress label value /></div>
        <Button kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Stop on_click=move |_| upload.clear()>
            {words.text(|t| t.job.cancel)}
        </Button>
    }
}

/// Why it did not arrive.
#[component]
fn Failed(
    /// The file.
    upload: Upload,
) -> impl IntoView {
    let words = use_words();
    let line = move || match upload.step().get() {
        Step::Failed(failure) => failure::line(&failure, words.texts()),
        _ => String::new(),
    };
    let actions = move || {
        view! {
            <Button size=ButtonSize::Small icon=IconName::Retry on_click=move |_| upload.again()>
                {words.text(|t| t.shell.again)}
            </Button>
            <Button kind=ButtonKind::Quiet size=ButtonSize::Small on_click=move |_| upload.clear()>
                {words.text(|t| t.create.other_file)}
            </Button>
        }
    };
    view! { <Notice tone=Tone::Danger live=true title=words.text(|t| t.create.not_uploaded) actions>{line}</Notice> }
}
