//! Sound given to an `<audio>` piece by piece.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, MediaSource, MediaSourceReadyState, SourceBuffer, Url};

type Listener = Closure<dyn FnMut(Event)>;

/// Sound given to an `<audio>` piece by piece; a copy is the same sound.
#[derive(Clone)]
pub(super) struct Feeder(Rc<Inner>);

struct Inner {
    source: MediaSource,
    address: String,
    buffer: RefCell<Option<SourceBuffer>>,
    waiting: RefCell<VecDeque<Uint8Array>>,
    is_whole: Cell<bool>,
    // Held as long as the browser may call it.
    on_change: RefCell<Option<Listener>>,
}

impl Feeder {
    /// A feeder for sound of this type; `None` where the browser cannot play it in pieces.
    pub(super) fn of(media_type: &str) -> Option<Self> {
        if media_type != "audio/mpeg" || !MediaSource::is_type_supported(media_type) {
            return None;
        }
        let source = MediaSource::new().ok()?;
        let address = Url::create_object_url_with_source(&source).ok()?;
        let inner = Rc::new(Inner {
            source,
            address,
            buffer: RefCell::new(None),
            waiting: RefCell::new(VecDeque::new()),
            is_whole: Cell::new(false),
            on_change: RefCell::new(None),
        });
        let weak = Rc::downgrade(&inner);
        let media_type = media_type.to_owned();
        let on_change = Closure::<dyn FnMut(Event)>::new(move |_| changed(&weak, &media_type));
        inner.source.set_onsourceopen(Some(on_change.as_ref().unchecked_ref()));
        *inner.on_change.borrow_mut() = Some(on_change);
        Some(Self(inner))
    }

    /// What the `<audio>` opens.
    pub(super) fn address(&self) -> &str {
        &self.0.address
    }

    /// One more piece.
    pub(super) fn feed(&self, piece: Uint8Array) {
        self.0.waiting.borrow_mut().push_back(piece);
        self.0.pump();
    }

    /// There are no more.
    pub(super) fn end(&self) {
        self.0.is_whole.set(true);
        self.0.pump();
    }
}

/// The `<audio>` has opened the source, or has taken a piece.
fn changed(inner: &Weak<Inner>, media_type: &str) {
    let Some(inner) = inner.upgrade() else { return };
    if inner.buffer.borrow().is_none() {
        let Ok(buffer) = inner.source.add_source_buffer(media_type) else { return };
        if let Some(on_change) = inner.on_change.borrow().as_ref() {
            buffer.set_onupdateend(Some(on_change.as_ref().unchecked_ref()));
        }
        *inner.buffer.borrow_mut() = Some(buffer);
    }
    inner.pump();
}

impl Inner {
    /// Gives the next piece, where the browser is ready for it; ends the sound after the last.
    fn pump(&self) {
        let buffer = self.buffer.borrow();
        let Some(buffer) = buffer.as_ref() else { return };
        if buffer.updating() || self.source.ready_state() != MediaSourceReadyState::Open {
            return;
        }
        let piece = self.waiting.borrow_mut().pop_front();
        match piece {
            // A browser whose memory for sound is full plays what it has; the whole is kept by the worker.
            Some(piece) if buffer.append_buffer_with_array_buffer_view(&piece).is_err() => self.finish(),
            Some(_) => {}
            None if self.is_whole.get() => self.finish(),
            None => {}
        }
    }

    fn finish(&self) {
        self.waiting.borrow_mut().clear();
        // Ended already, or closed with its page: nothing to end.
        drop(self.source.end_of_stream());
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.source.set_onsourceopen(None);
        if let Some(buffer) = self.buffer.borrow().as_ref() {
            buffer.set_onupdateend(None);
        }
        // An address that is unknown by now needs no taking back.
        drop(Url::revoke_object_url(&self.address));
    }
}
