//! A batch from a file: picked or dropped, and read as it is shown.

use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::route::BATCH_CAP;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::desk::Desk;
use crate::format;
use crate::pages::zone::{Picker, Zone};
use crate::parts::{Button, ButtonKind, ButtonSize, Field, Icon, IconName};
use crate::words::use_words;

/// The files that are offered.
const ACCEPTED: &str = ".json,.csv,.txt,application/json,text/csv,text/plain";

/// A file that is picked or dropped.
#[component]
pub(super) fn FileField(
    /// What the batch is made of.
    desk: Desk,
) -> impl IntoView {
    let words = use_words();
    let problem = RwSignal::new(None::<Wrong>);
    let take = Callback::new(move |file: File| {
        spawn_local(async move {
            let read = read(&file).await;
            problem.try_set(read.as_ref().err().copied());
            if let Ok(text) = read {
                desk.take(file, text);
            }
        });
    });
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
        None => {
            view! { <Picker label=words.text(|t| t.batches.pick) accept=ACCEPTED.to_owned() on_file=take /> }.into_any()
        }
    }
    };
    view! {
        <Field label=words.text(|t| t.batches.by_file) help=words.text(|t| t.batches.pick_help) problem group=true>
            <Zone on_file=take>{inside}</Zone>
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
