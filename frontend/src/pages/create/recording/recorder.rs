//! The microphone, as sound that is being recorded.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobEvent, Event, File, FilePropertyBag, MediaRecorder, MediaRecorderOptions, MediaStream,
    MediaStreamConstraints, MediaStreamTrack, RecordingState,
};

use super::meter::Meter;
use crate::clock;

/// Why there is no recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The person, or the browser's settings, said no.
    Denied,
    /// There is no microphone.
    NoMicrophone,
    /// The browser cannot record.
    Unable,
}

/// What browsers record, with the ending that the vendor knows it by.
const FORMATS: [(&str, &str); 3] = [("audio/webm", "webm"), ("audio/mp4", "m4a"), ("audio/ogg", "ogg")];

/// Sound that is being recorded. The microphone is let go when this is dropped.
pub(super) struct Recorder {
    recorder: MediaRecorder,
    stream: MediaStream,
    meter: Option<Meter>,
    // Held as long as the browser may call them.
    _on_data: Closure<dyn FnMut(BlobEvent)>,
    _on_stop: Closure<dyn FnMut(Event)>,
}

impl Recorder {
    /// Asks for the microphone and begins; `on_end` gets the recording, once it is stopped.
    pub(super) async fn begin(on_end: impl FnOnce(File) + 'static) -> Result<Self, Refusal> {
        let devices = leptos::prelude::window().navigator().media_devices().map_err(|_| Refusal::Unable)?;
        let constraints = MediaStreamConstraints::new();
        constraints.set_audio(&true.into());
        let asked = devices.get_user_media_with_constraints(&constraints).map_err(|_| Refusal::Unable)?;
        let stream: MediaStream =
            JsFuture::from(asked).await.map_err(|error| refusal(&error))?.unchecked_into();
        let known = |(media_type, _): &&(&str, &str)| MediaRecorder::is_type_supported(media_type);
        let (media_type, ending) = FORMATS.iter().find(known).copied().ok_or(Refusal::Unable)?;
        let options = MediaRecorderOptions::new();
        options.set_mime_type(media_type);
        let recorder = MediaRecorder::new_with_media_stream_and_media_recorder_options(&stream, &options)
            .map_err(|_| Refusal::Unable)?;
        let pieces = Rc::new(RefCell::new(Vec::<Blob>::new()));
        let on_data = {
            let pieces = pieces.clone();
            Closure::<dyn FnMut(BlobEvent)>::new(move |event: BlobEvent| {
                pieces.borrow_mut().extend(event.data().filter(|piece| piece.size() > 0.0));
            })
        };
        let mut on_end = Some(on_end);
        let on_stop = Closure::<dyn FnMut(Event)>::new(move |_| {
            if let (Some(file), Some(on_end)) = (whole(&pieces.borrow(), media_type, ending), on_end.take()) {
                on_end(file);
            }
        });
        recorder.set_ondataavailable(Some(on_data.as_ref().unchecked_ref()));
        recorder.set_onstop(Some(on_stop.as_ref().unchecked_ref()));
        recorder.start_with_time_slice(1000).map_err(|_| Refusal::Unable)?;
        let meter = Meter::of(&stream);
        Ok(Self { recorder, stream, meter, _on_data: on_data, _on_stop: on_stop })
    }

    /// Hundredths of the loudest there is, at this moment.
    pub(super) fn level(&self) -> u8 {
        self.meter.as_ref().map(Meter::level).unwrap_or_default()
    }

    /// Ends it; the recording comes by itself.
    pub(super) fn stop(&self) {
        if self.recorder.state() != RecordingState::Inactive {
            // What has ended by itself in this moment says so.
            drop(self.recorder.stop());
        }
        self.let_go();
    }

    fn let_go(&self) {
        for track in
            self.stream.get_tracks().iter().filter_map(|track| track.dyn_into::<MediaStreamTrack>().ok())
        {
            track.stop();
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.recorder.set_ondataavailable(None);
        self.recorder.set_onstop(None);
        self.let_go();
    }
}

fn refusal(error: &wasm_bindgen::JsValue) -> Refusal {
    match error.dyn_ref::<web_sys::DomException>().map(web_sys::DomException::name).as_deref() {
        Some("NotAllowedError" | "SecurityError") => Refusal::Denied,
        Some("NotFoundError" | "OverconstrainedError") => Refusal::NoMicrophone,
        _ => Refusal::Unable,
    }
}

/// The pieces as a file, named after the moment.
fn whole(pieces: &[Blob], media_type: &str, ending: &str) -> Option<File> {
    let list: Array = pieces.iter().collect();
    let file_options = FilePropertyBag::new();
    file_options.set_type(media_type);
    let moment: String = clock::now().to_string().chars().filter(char::is_ascii_digit).take(14).collect();
    File::new_with_blob_sequence_and_options(&list, &format!("recording-{moment}.{ending}"), &file_options)
        .ok()
}
