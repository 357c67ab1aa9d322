//! Recordings to upload.

use serde_json::Value;
use studio_shared::file::StoredFile;

use crate::Studio;
use crate::client::{Answer, send};

/// A WAV file of 16 kHz, one track, 16 bit: a tone of so many milliseconds, another for every `pitch`.
#[must_use]
pub fn wav(ms: u32, pitch: u32) -> Vec<u8> {
    let samples = ms * 16;
    let size = samples * 2;
    let mut bytes = Vec::with_capacity(44 + size as usize);
    bytes.extend_from_slice(b"RIFF");
    bytes.extend_from_slice(&(36 + size).to_le_bytes());
    bytes.extend_from_slice(b"WAVEfmt ");
    bytes.extend_from_slice(&16_u32.to_le_bytes());
    for number in [1_u16, 1] {
        bytes.extend_from_slice(&number.to_le_bytes());
    }
    for number in [16_000_u32, 32_000] {
        bytes.extend_from_slice(&number.to_le_bytes());
    }
    for number in [2_u16, 16] {
        bytes.extend_from_slice(&number.to_le_bytes());
    }
    bytes.extend_from_slice(b"data");
    bytes.extend_from_slice(&size.to_le_bytes());
    for sample in 0..samples {
        let up = (u64::from(sample) * u64::from(pitch + 100) / 16_000).is_multiple_of(2);
        bytes.extend_from_slice(&(if up { 6000_i16 } else { -6000 }).to_le_bytes());
    }
    bytes
}

impl Studio {
    /// Uploads bytes under a name, which has to be encoded already.
    pub async fn upload(&self, query: &str, bytes: Vec<u8>) -> Answer {
        let request = self.owner.request("POST", format!("/api/files?{query}"));
        send(request.header("content-type", "audio/wav").body(bytes)).await
    }

    /// Uploads a recording that is taken.
    pub async fn uploaded(&self, name: &str, bytes: Vec<u8>) -> StoredFile {
        let answer = self.upload(&format!("name={name}"), bytes).await.with(201);
        serde_json::from_slice(&answer.bytes).unwrap()
    }

    /// The creations in which the vendor was given an uploaded file, by its handle.
    pub async fn creations_of(&self, file: &str) -> Vec<Value> {
        let figures = self.vendor.figures().await;
        let all = figures["creations"].as_array().unwrap().iter();
        let names = |creation: &&Value| crate::vendor::asked(&creation["body"]).to_string().contains(file);
        all.filter(names).cloned().collect()
    }

    /// What of a file reached the vendor's store: key, size, digest, model; once for each upload.
    pub async fn stored_at_the_vendor(&self, file: &str) -> Vec<Value> {
        let figures = self.vendor.figures().await;
        let all = figures["uploads"].as_array().unwrap().iter();
        all.filter(|upload| upload["key"].to_string().contains(file)).cloned().collect()
    }
}
