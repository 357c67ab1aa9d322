//! The MP3 encoder, on a thread of its own: it holds raw pointers and may not change threads, and a socket's
//! task may.

use shine_rs::mp3_encoder::{Mp3Encoder, Mp3EncoderConfig, StereoMode};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Samples go in; bytes come out. It ends with this.
#[derive(Debug)]
pub struct Mp3 {
    /// `None` asks for the last bytes.
    samples: Sender<Option<Vec<i16>>>,
    bytes: Receiver<Vec<u8>>,
}

impl Mp3 {
    /// One track.
    pub fn new(sample_rate: u32) -> Option<Self> {
        // Rates of which every player knows what to make.
        let kbits = match sample_rate {
            0..=16_000 => 32,
            16_001..=24_000 => 48,
            _ => 64,
        };
        let config = Mp3EncoderConfig::new().sample_rate(sample_rate).bitrate(kbits).channels(1);
        let config = config.stereo_mode(StereoMode::Mono);
        config.validate().ok()?;
        let ((samples, heard), (sender, bytes)) = (channel::<Option<Vec<i16>>>(), channel());
        thread::spawn(move || {
            let Ok(mut encoder) = Mp3Encoder::new(config) else { return };
            for samples in heard {
                let encoded = match samples {
                    Some(samples) => encoder.encode_interleaved(&samples).map(|frames| frames.concat()),
                    None => encoder.finish(),
                };
                if sender.send(encoded.unwrap_or_default()).is_err() {
                    return;
                }
            }
        });
        Some(Self { samples, bytes })
    }

    /// The bytes that are ready with these samples; with `None`, the last.
    pub fn encode(&self, samples: Option<Vec<i16>>) -> Vec<u8> {
        match self.samples.send(samples) {
            Ok(()) => self.bytes.recv().unwrap_or_default(),
            Err(_) => Vec::new(),
        }
    }
}
