//! An archive on the person's disk, of which only what is asked for is read.

use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

use super::bundle::slice;
use super::read::{self, DIRECTORY_CAP, Entry, LOCAL, TAIL};

/// An archive on the person's disk.
#[derive(Clone)]
pub(crate) struct Opened {
    file: File,
    /// What is in it.
    pub(crate) entries: Vec<Entry>,
}

impl Opened {
    /// Reads its directory; `None` where it is no such archive.
    pub(crate) async fn read(file: File) -> Option<Self> {
        // Whole, and positive.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let length = file.size() as u64;
        let from = length.saturating_sub(TAIL);
        let tail = bytes(&file, from, length.saturating_sub(from)).await?;
        let place = read::directory(&tail, from).filter(|place| place.bytes <= DIRECTORY_CAP)?;
        let directory = bytes(&file, place.at, place.bytes).await?;
        Some(Self { entries: read::entries(&directory)?, file })
    }

    /// The bytes of a file in it, as the browser holds them.
    pub(crate) async fn blob(&self, entry: &Entry) -> Option<Blob> {
        let skip = read::skip(&bytes(&self.file, entry.at, LOCAL).await?)?;
        let blob = slice(&self.file, entry.at.saturating_add(skip), entry.bytes)?;
        // What was cut off is shorter.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        (blob.size() as u64 == entry.bytes).then_some(blob)
    }

    /// A file in it that is a text.
    pub(crate) async fn text(&self, entry: &Entry) -> Option<String> {
        JsFuture::from(self.blob(entry).await?.text()).await.ok()?.as_string()
    }
}

async fn bytes(file: &Blob, from: u64, length: u64) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(slice(file, from, length)?.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
