//! A recording that is spoken here and now.

use std::time::Duration;

use leptos::leptos_dom::helpers::set_interval_with_handle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::time::Timestamp;
use web_sys::{File, Url};

use super::recorder::{Recorder, Refusal};
use crate::clock;
use crate::parts::{Button, ButtonKind, ButtonSize, Elapsed, IconName, Notice, Tone};
use crate::words::use_words;

/// How often the level is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// How it stands.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Idle,
    Asking,
    Refused(Refusal),
    Running(Timestamp),
    /// It can be heard under this address.
    Recorded(String),
}

/// Records with the microphone: begin, stop, listen, then use or discard.
#[component]
pub(super) fn Microphone(
    /// Takes the recording.
    #[prop(into)]
    on_use: UnsyncCallback<File>,
) -> impl IntoView {
    let words = use_words();
    let step = RwSignal::new(Step::Idle);
    let level = RwSignal::new(0_u8);
    let recorder = StoredValue::new_local(None::<Recorder>);
    let file = StoredValue::new_local(None::<File>);
    let looking = set_interval_with_handle(
        move || {
            let now = recorder.try_with_value(|recorder| recorder.as_ref().map(Recorder::level)).flatten();
            if let Some(now) = now {
                level.try_set(now);
            }
        },
        LOOK,
    )
    .ok();
    on_cleanup(move || {
        if let Some(looking) = looking {
            looking.clear();
        }
        drop(recorder.try_update_value(Option::take));
    });
    let ended = move |recorded: File| {
        if let Ok(address) = Url::create_object_url_with_blob(&recorded) {
            file.try_set_value(Some(recorded));
            step.try_set(Step::Recorded(address));
        }
    };
    let begin = move |_| {
        step.set(Step::Asking);
        spawn_local(async move {
            match Recorder::begin(ended).await {
                // The view may have gone while the person was asked: then the microphone goes with what is dropped.
                Ok(begun) => {
                    recorder.try_set_value(Some(begun));
                    step.try_set(Step::Running(clock::now()));
                }
                Err(refusal) => drop(step.try_set(Step::Refused(refusal))),
            }
        });
    };
    let stop = move |_| {
        recorder.with_value(|recorder| {
            if let Some(recorder) = recorder {
                recorder.stop();
            }
        });
    };
    let discard = move || {
        file.set_value(None);
        step.set(Step::Idle);
    };
    let use_it = move |_| {
        if let Some(file) = file.get_value() {
            on_use.run(file);
        }
    };
    let record = move || {
        view! {
            <Button icon=IconName::Microphone busy=Signal::derive(move || step.get() == Step::Asking) on_click=begin>
                {words.text(|t| t.create.record)}
            </Button>
        }
    };
    move || {
        match step.get() {
        Step::Idle | Step::Asking => view! { <div class="zone">{record()}</div> }.into_any(),
        Step::Refused(refusal) => {
            let title = move || {
                let texts = &words.texts().create;
                match refusal {
                    Refusal::Denied => texts.microphone_denied,
                    Refusal::NoMicrophone => texts.no_microphone,
                    Refusal::Unable => texts.cannot_record,
                }
            };
            view! {
                <Notice tone=Tone::Warning live=true title actions=move || record()>
                    {words.text(|t| t.create.microphone_help)}
                </Notice>
            }
            .into_any()
        }
        Step::Running(since) => view! {
            <div class="zone zone--live">
                <p class="zone__file">{words.text(|t| t.create.recording_now)}" "<Elapsed since /></p>
                <meter class="zone__level" min="0" max="100" value=move || level.get().to_string()
                    aria-label=words.text(|t| t.create.level)></meter>
                <Button icon=IconName::Stop on_click=stop>{words.text(|t| t.create.stop_recording)}</Button>
            </div>
        }
        .into_any(),
        Step::Recorded(address) => view! {
            <div class="zone">
                <audio class="sound__player" controls=true src=address aria-label=words.text(|t| t.create.recorded)></audio>
                <div class="zone__actions">
                    <Button size=ButtonSize::Small icon=IconName::Check on_click=use_it>
                        {words.text(|t| t.create.use_recording)}
                    </Button>
                    <Button kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Trash on_click=move |_| discard()>
                        {words.text(|t| t.create.discard)}
                    </Button>
                </div>
            </div>
        }
        .into_any(),
    }
    }
}
