//! The recording that is to be recognised: at a public address, in a file, or spoken here and now.

mod address;
mod limits;
mod meter;
mod microphone;
mod recorder;
mod upload;
mod zone;

use leptos::prelude::*;
use serde_json::Value;

use self::address::Address;
use self::microphone::Microphone;
use self::upload::{Step, Upload};
use self::zone::RecordingZone;
use super::form::Form;
use crate::parts::{Choice, ChoiceOption, Field};
use crate::state::session::SessionState;
use crate::state::soon;
use crate::words::{create, use_words};

/// Where the recording comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Address,
    File,
    Microphone,
}

impl Way {
    const ALL: [Self; 3] = [Self::File, Self::Microphone, Self::Address];

    const fn key(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::File => "file",
            Self::Microphone => "microphone",
        }
    }

    const fn called(self, texts: &create::Texts) -> &'static str {
        match self {
            Self::Address => texts.by_address,
            Self::File => texts.by_file,
            Self::Microphone => texts.by_microphone,
        }
    }
}

/// The recording, from wherever.
#[component]
pub(super) fn RecordingField(
    /// The form.
    form: Form,
) -> impl IntoView {
    let words = use_words();
    let upload = Upload::new(form);
    let has = move |name: &str| form.fields().with_untracked(|fields| fields.contains_key(name));
    let way = RwSignal::new(if has("url") { Way::Address } else { Way::File });
    // A recipe link may bring the other one.
    Effect::new(move |_| {
        let (url, file) =
            form.fields().with(|fields| (fields.contains_key("url"), fields.contains_key("file")));
        if url && !file {
            way.set(Way::Address);
        } else if file && way.get_untracked() == Way::Address {
            way.set(Way::File);
        }
    });
    let options =
        Way::ALL.map(|way| ChoiceOption::new(way.key(), move || way.called(&words.texts().create))).to_vec();
    let choose = move |key: String| {
        let Some(chosen) = Way::ALL.into_iter().find(|way| way.key() == key) else { return };
        // What is typed or uploaded for another way would be sent along.
        form.set(if chosen == Way::Address { "file" } else { "url" }, Value::Null);
        if chosen != Way::Address {
            upload.restore();
        }
        way.set(chosen);
    };
    // The form says that an address is missing; what is missing here depends on the way.
    let wrong = form.problem("url");
    let wrong_file = form.problem("file");
    let problem = Signal::derive(move || {
        let texts = &words.texts().create;
        let of_form = wrong.get().or_else(|| wrong_file.get());
        let step = upload.step().get();
        match (way.get(), step) {
            (Way::Address, _) => of_form,
            (_, Step::Wrong(limit)) => Some(limit.say(texts)),
            (_, Step::Sending { .. }) => of_form.map(|_| texts.still_uploading.to_owned()),
            (_, Step::None) => of_form.map(|_| texts.no_recording.to_owned()),
            (_, Step::Failed(_) | Step::Done) => of_form,
        }
    });
    let session = SessionState::get();
    let keeps = Memo::new(move |_| session.keeps_results());
    let help = move || {
        let texts = &words.texts().create;
        match way.get() {
            Way::Address => texts.by_address_help,
            Way::File => (texts.by_file_help)(keeps.get()),
            Way::Microphone => texts.by_microphone_help,
        }
    };
    let inside = move || match way.get() {
        Way::Address => view! { <Address form /> }.into_any(),
        Way::File => view! { <RecordingZone upload /> }.into_any(),
        Way::Microphone => {
            let on_use = move |file| {
                upload.begin(file);
                soon(move || {
                    way.try_set(Way::File);
                });
            };
            view! { <Microphone on_use=on_use /> }.into_any()
        }
    };
    view! {
        <Field label=words.text(|t| t.create.recording) help=help problem=problem group=true>
            <div class="recording">
                <Choice
                    label=words.text(|t| t.create.recording_way)
                    options=options
                    value=Signal::derive(move || way.get().key().to_owned())
                    on_change=choose
                />
                {inside}
            </div>
        </Field>
    }
}
