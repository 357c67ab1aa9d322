//! A file that is picked or dropped, and how far it is.

use leptos::prelude::*;
use studio_shared::file::ENDINGS;
use web_sys::File;

use super::upload::{Step, Upload};
use crate::format;
use crate::pages::failure;
use crate::pages::zone::{Picker, Zone};
use crate::parts::{Button, ButtonKind, ButtonSize, Icon, IconName, Notice, Progress, Tone};
use crate::words::use_words;

/// A file that is picked or dropped, and how far it is.
#[component]
pub(super) fn RecordingZone(
    /// The file.
    upload: Upload,
) -> impl IntoView {
    let words = use_words();
    let step = upload.step();
    let about = upload.about();
    let begin = Callback::new(move |file: File| upload.begin(file));
    let stage = Memo::new(move |_| Stage::of(&step.get()));
    let inside = move || match stage.get() {
        Stage::Empty => {
            let accept = ENDINGS.map(|ending| format!(".{ending}")).join(",");
            view! { <Picker label=words.text(|t| t.create.pick_file) accept on_file=begin /> }.into_any()
        }
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
    view! { <Zone on_file=begin>{inside}</Zone> }
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
