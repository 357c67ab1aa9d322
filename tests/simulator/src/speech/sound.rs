//! Samples as bytes of a format.

use super::mp3::Mp3;
use super::parameters::Format;

/// Takes samples, gives bytes; all bytes together are the file.
#[derive(Debug)]
pub enum Encoder {
    /// As they are.
    Pcm,
    /// After a header, which is given first.
    Wav(Option<Vec<u8>>),
    /// In frames.
    Mp3(Mp3),
}

impl Encoder {
    /// For a file of so many samples, or of unknown length: then a WAV's header says the most there can be
    /// (dashscope-api.md §5.4; how the service fills it in is `inf`).
    pub fn new(format: Format, sample_rate: u32, samples: Option<u32>) -> Option<Self> {
        Some(match format {
            Format::Pcm => Self::Pcm,
            Format::Wav => {
                Self::Wav(Some(header(sample_rate, samples.map(|samples| samples.saturating_mul(2)))))
            }
            Format::Mp3 => Self::Mp3(Mp3::new(sample_rate)?),
        })
    }

    /// The bytes of these samples, as far as they are ready.
    pub fn push(&mut self, samples: &[i16]) -> Vec<u8> {
        let plain = || samples.iter().flat_map(|sample| sample.to_le_bytes());
        match self {
            Self::Pcm => plain().collect(),
            Self::Wav(header) => header.take().unwrap_or_default().into_iter().chain(plain()).collect(),
            Self::Mp3(encoder) => encoder.encode(Some(samples.to_vec())),
        }
    }

    /// The last bytes.
    pub fn finish(&mut self) -> Vec<u8> {
        match self {
            Self::Pcm => Vec::new(),
            Self::Wav(header) => header.take().unwrap_or_default(),
            Self::Mp3(encoder) => encoder.encode(None),
        }
    }
}

fn header(sample_rate: u32, data: Option<u32>) -> Vec<u8> {
    let mut header = b"RIFF".to_vec();
    header.extend(data.map_or(u32::MAX, |data| data.saturating_add(36)).to_le_bytes());
    header.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    header.extend(sample_rate.to_le_bytes());
    header.extend(sample_rate.saturating_mul(2).to_le_bytes());
    header.extend(b"\x02\0\x10\0data");
    header.extend(data.unwrap_or(u32::MAX).to_le_bytes());
    header
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upload::probe;
    use crate::upload::store::Stored;

    #[test]
    fn each_format_at_each_rate_is_as_long_as_its_samples() {
        for rate in [8_000_u32, 16_000, 22_050, 24_000, 44_100, 48_000] {
            for format in [Format::Wav, Format::Mp3] {
                let mut encoder = Encoder::new(format, rate, None).unwrap();
                let mut bytes = Vec::new();
                for _ in 0..30 {
                    bytes.extend(encoder.push(&vec![100; rate as usize / 10]));
                }
                bytes.extend(encoder.finish());
                let found =
                    probe::sound(&Stored { size: bytes.len() as u64, head: bytes, ..Stored::default() })
                        .unwrap();
                assert_eq!((found.format, found.rate), (format.name(), rate));
                assert!(found.ms.abs_diff(3_000) < 100, "{format:?} {rate}: {}", found.ms);
            }
        }
        assert_eq!(Encoder::new(Format::Pcm, 8_000, None).unwrap().push(&[1, -1]), [1, 0, 255, 255]);
    }
}
