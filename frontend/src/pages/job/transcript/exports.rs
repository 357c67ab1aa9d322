//! A transcript to take along.

use js_sys::Array;
use leptos::prelude::*;
use studio_shared::job::Job;
use studio_shared::transcript::Transcript;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::parts::{Button, ButtonKind, ButtonSize, CopyButton, IconName};
use crate::words::use_words;

/// A kind of file: its ending, its media type, and how it is written.
type Format = (&'static str, &'static str, fn(&Transcript) -> String);

static FORMATS: [Format; 4] = [
    ("txt", "text/plain;charset=utf-8", Transcript::to_txt),
    ("srt", "application/x-subrip;charset=utf-8", Transcript::to_srt),
    ("vtt", "text/vtt;charset=utf-8", Transcript::to_vtt),
    ("json", "application/json", |transcript| serde_json::to_string_pretty(transcript).unwrap_or_default()),
];

/// A transcript to take along: copied, or as a file.
#[component]
pub(super) fn Exports(
    /// The job.
    job: RwSignal<Job>,
    /// The transcript.
    transcript: Transcript,
) -> impl IntoView {
    let words = use_words();
    let text = transcript.to_txt();
    let transcript = StoredValue::new(transcript);
    let short: String =
        job.with_untracked(|job| job.id.chars().filter(char::is_ascii_alphanumeric).take(8).collect());
    let button = move |(ending, media_type, write): Format| {
        let name = format!("bailian-{short}.{ending}");
        let save = move |_| transcript.with_value(|transcript| save(&write(transcript), media_type, &name));
        view! {
            <Button kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Download on_click=save>
                {ending.to_uppercase()}
            </Button>
        }
    };
    view! {
        <div class="transcript__exports" role="group" aria-label=words.text(|t| t.job.exports)>
            <CopyButton text=Signal::stored(text) />
            {FORMATS.into_iter().map(button).collect_view()}
        </div>
    }
}

/// Has the browser keep a text as a file.
fn save(text: &str, media_type: &str, name: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), &options)
    else {
        return;
    };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    // The browser has taken the file over by now.
    drop(Url::revoke_object_url(&address));
}
