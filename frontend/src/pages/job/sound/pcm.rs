//! Raw sound, which browsers do not play: made a WAV by writing its header before it.

use gloo_net::http::Request;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag, Url};

/// Bytes of a WAV's header.
const HEADER: usize = 44;

/// Whether it is raw sound: 16 bit, one track.
pub(super) fn is_raw(media_type: &str) -> bool {
    media_type.starts_with("audio/pcm")
}

/// An address under which raw sound can be played; `None` where it cannot be read.
pub(super) async fn playable(address: &str, rate: u32) -> Option<String> {
    let sound =
        Request::get(address).send().await.ok().filter(gloo_net::http::Response::ok)?.binary().await.ok()?;
    let parts = Array::of2(
        &JsValue::from(Uint8Array::from(header(sound.len(), rate).as_slice())),
        &JsValue::from(Uint8Array::from(sound.as_slice())),
    );
    let options = BlobPropertyBag::new();
    options.set_type("audio/wav");
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// The header of so many bytes of 16 bit sound on one track.
fn header(bytes: usize, rate: u32) -> [u8; HEADER] {
    let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
    let mut header = [0; HEADER];
    let parts: [&[u8]; 13] = [
        b"RIFF",
        &bytes.saturating_add(36).to_le_bytes(),
        b"WAVE",
        b"fmt ",
        &16_u32.to_le_bytes(),
        &1_u16.to_le_bytes(),
        &1_u16.to_le_bytes(),
        &rate.to_le_bytes(),
        &rate.saturating_mul(2).to_le_bytes(),
        &2_u16.to_le_bytes(),
        &16_u16.to_le_bytes(),
        b"data",
        &bytes.to_le_bytes(),
    ];
    for (place, byte) in header.iter_mut().zip(parts.into_iter().flatten()) {
        *place = *byte;
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_tells_length_and_rate() {
        let header = header(32_000, 16_000);
        assert_eq!(&header[..4], b"RIFF");
        assert_eq!(header[4..8], 32_036_u32.to_le_bytes());
        assert_eq!(header[24..28], 16_000_u32.to_le_bytes());
        assert_eq!(&header[36..40], b"data");
        assert_eq!(header[40..], 32_000_u32.to_le_bytes());
    }
}
