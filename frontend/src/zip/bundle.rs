//! Any files as an archive: straight to the disk where the browser can, else as files of which none is too large.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::archive::Saved;
use super::archive::blobs::Pieces;
use super::directory::{Directory, DosTime, File};

/// A part is closed before it grows beyond this, where it is held by the browser.
const LIMIT: u64 = 1_500_000_000;

/// Where the bytes go.
enum Sink {
    /// A file that the person has chosen.
    Disk(JsValue),
    /// What the browser holds until it is saved.
    Parts {
        /// The file's name, without its ending.
        name: String,
        pieces: Pieces,
        saved: Vec<Saved>,
    },
}

/// Why nothing was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotBegun {
    /// The person chose no file after all.
    Refused,
}

/// An archive that is being written.
pub(crate) struct Bundle {
    directory: Directory,
    made_at: DosTime,
    sink: Sink,
}

impl Bundle {
    /// Begins `name.zip`. To be called from a press: the browser asks the person where the file belongs.
    pub(crate) async fn begin(name: String, made_at: DosTime) -> Result<Self, NotBegun> {
        let sink = match picker() {
            Some(picker) => {
                let handle = pick(&picker, &name).await.ok_or(NotBegun::Refused)?;
                Sink::Disk(call(&handle, "createWritable", None).await.ok_or(NotBegun::Refused)?)
            }
            None => Sink::Parts { name, pieces: Pieces::default(), saved: Vec::new() },
        };
        Ok(Self { directory: Directory::default(), made_at, sink })
    }

    /// Adds a text.
    pub(crate) async fn add_text(&mut self, name: String, text: &str) -> Option<()> {
        let mut pieces = Pieces::default();
        pieces.push_bytes(text.as_bytes());
        self.add(name, pieces).await
    }

    /// Adds a file. `None` where the disk does not take it.
    pub(crate) async fn add(&mut self, name: String, content: Pieces) -> Option<()> {
        let (size, crc) = (content.length(), content.crc());
        let is_full = self.directory.length() > 0 && self.directory.length().saturating_add(size) > LIMIT;
        if is_full && matches!(self.sink, Sink::Parts { .. }) {
            self.close(true)?;
        }
        let header = self.directory.add(File { name, size, crc, made_at: self.made_at });
        let blob = content.blob("")?;
        match &mut self.sink {
            Sink::Disk(file) => {
                call(file, "write", Some(&Uint8Array::from(header.as_slice()).into())).await?;
                call(file, "write", Some(&blob)).await?;
            }
            Sink::Parts { pieces, .. } => {
                pieces.push_bytes(&header);
                pieces.push_blob(&blob);
            }
        }
        Some(())
    }

    /// Ends it: the files that the browser was given to keep; none where it is on the disk already.
    pub(crate) async fn finish(mut self) -> Option<Vec<Saved>> {
        if let Sink::Disk(file) = &self.sink {
            let end = Uint8Array::from(self.directory.end().as_slice());
            call(file, "write", Some(&end.into())).await?;
            call(file, "close", None).await?;
            return Some(Vec::new());
        }
        self.close(false)?;
        match self.sink {
            Sink::Parts { saved, .. } => Some(saved),
            Sink::Disk(_) => None,
        }
    }

    /// Gives it up: what is half written on the disk is not kept.
    pub(crate) async fn give_up(self) {
        if let Sink::Disk(file) = &self.sink {
            let _ = call(file, "abort", None).await;
        }
    }

    /// Ends a part that the browser holds, and has it saved.
    fn close(&mut self, more: bool) -> Option<()> {
        let directory = std::mem::take(&mut self.directory);
        let Sink::Parts { name, pieces, saved } = &mut self.sink else { return None };
        let mut pieces = std::mem::take(pieces);
        pieces.push_bytes(&directory.end());
        let name = match saved.len() {
            0 if !more => format!("{name}.zip"),
            nth => format!("{name}-{}.zip", nth.saturating_add(1)),
        };
        let part = Saved::new(&pieces.blob("application/zip")?, name, directory.length())?;
        part.save();
        saved.push(part);
        Some(())
    }
}

/// The browser's own way to ask where a file belongs, where it has one.
fn picker() -> Option<Function> {
    Reflect::get(&window(), &"showSaveFilePicker".into()).ok()?.dyn_into().ok()
}

async fn pick(picker: &Function, name: &str) -> Option<JsValue> {
    let (accept, kind, options) = (Object::new(), Object::new(), Object::new());
    let set = |of: &Object, name: &str, value: &JsValue| Reflect::set(of, &name.into(), value).is_ok();
    set(&accept, "application/zip", &Array::of1(&".zip".into()));
    set(&kind, "accept", &accept);
    set(&options, "types", &Array::of1(&kind));
    set(&options, "suggestedName", &format!("{name}.zip").into());
    awaited(picker.call1(&window(), &options).ok()?).await
}

/// Calls a method that promises something.
async fn call(of: &JsValue, method: &str, argument: Option<&JsValue>) -> Option<JsValue> {
    let method: Function = Reflect::get(of, &method.into()).ok()?.dyn_into().ok()?;
    awaited(match argument {
        Some(argument) => method.call1(of, argument).ok()?,
        None => method.call0(of).ok()?,
    })
    .await
}

async fn awaited(value: JsValue) -> Option<JsValue> {
    JsFuture::from(Promise::resolve(&value)).await.ok()
}

/// A blob of a file that lies on the disk.
pub(crate) fn slice(file: &Blob, from: u64, bytes: u64) -> Option<Blob> {
    // Lengths of files are exact in a double.
    #[allow(clippy::cast_precision_loss)]
    let (from, to) = (from as f64, from.saturating_add(bytes) as f64);
    file.slice_with_f64_and_f64(from, to).ok()
}
