//! Bytes that the browser holds.

use std::sync::Arc;

use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// So many bytes are gathered before they become a blob, which the browser may put on its disk.
const BLOCK: u64 = 8 * 1024 * 1024;

/// Pieces of a file, in their order, with their count and CRC-32.
#[derive(Default)]
pub(crate) struct Pieces {
    parts: Array,
    loose: Array,
    loose_bytes: u64,
    length: u64,
    crc: crc32fast::Hasher,
}

impl Pieces {
    /// Bytes that the browser holds already.
    pub(crate) fn push(&mut self, piece: &Uint8Array) {
        self.crc.update(&piece.to_vec());
        self.take(piece);
    }

    /// Bytes of the program's own.
    pub(crate) fn push_bytes(&mut self, bytes: &[u8]) {
        self.crc.update(bytes);
        self.take(&Uint8Array::from(bytes));
    }

    /// A blob; neither counted nor summed.
    pub(crate) fn push_blob(&mut self, blob: &Blob) {
        self.settle();
        self.parts.push(blob);
    }

    /// Bytes so far.
    pub(crate) const fn length(&self) -> u64 {
        self.length
    }

    /// Their CRC-32.
    pub(crate) fn crc(&self) -> u32 {
        self.crc.clone().finalize()
    }

    /// All of them as one.
    pub(crate) fn blob(mut self, media_type: &str) -> Option<Blob> {
        self.settle();
        let options = BlobPropertyBag::new();
        options.set_type(media_type);
        Blob::new_with_blob_sequence_and_options(&self.parts, &options).ok()
    }

    fn take(&mut self, piece: &Uint8Array) {
        let length = u64::from(piece.length());
        self.length = self.length.saturating_add(length);
        self.loose_bytes = self.loose_bytes.saturating_add(length);
        self.loose.push(piece);
        if self.loose_bytes >= BLOCK {
            self.settle();
        }
    }

    fn settle(&mut self) {
        if self.loose_bytes > 0 {
            // Without room for a blob the pieces stay as they are.
            let pieces = std::mem::take(&mut self.loose);
            match Blob::new_with_u8_array_sequence(&pieces) {
                Ok(blob) => {
                    self.parts.push(&blob);
                }
                Err(_) => self.parts = self.parts.concat(&pieces),
            }
            self.loose_bytes = 0;
        }
    }
}

/// A file that the browser was given to keep.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// What it is called.
    pub name: String,
    /// About how large it is.
    pub bytes: u64,
    address: Arc<Address>,
}

/// The address of a blob; the blob goes with it.
#[derive(Debug, PartialEq)]
struct Address(String);

impl Drop for Address {
    fn drop(&mut self) {
        // What is gone already is no harm.
        drop(Url::revoke_object_url(&self.0));
    }
}

impl Saved {
    pub(crate) fn new(blob: &Blob, name: String, bytes: u64) -> Option<Self> {
        let address = Url::create_object_url_with_blob(blob).ok()?;
        Some(Self { name, bytes, address: Arc::new(Address(address)) })
    }

    /// Has the browser keep it, once more too.
    pub fn save(&self) {
        let link =
            document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
        if let Some(link) = link {
            link.set_href(&self.address.0);
            link.set_download(&self.name);
            link.click();
        }
    }
}
