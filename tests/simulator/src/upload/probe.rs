//! What kind of sound a file is, and how long, from its first and last bytes.
//!
//! Exact: WAV, FLAC, Ogg (Vorbis, Opus), MP4 and M4A. From size and bit rate: MP3, AMR. By a rule, 128 kbit/s:
//! AAC, WebM and Matroska, AVI, FLV, WMA and WMV, MPEG.

use super::store::Stored;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sound {
    /// The format's name.
    pub format: &'static str,
    /// Samples a second, as far as that is known.
    pub rate: u32,
    /// Milliseconds.
    pub ms: u64,
}

const USUAL_RATE: u32 = 16_000;

/// Looks at a file; `None` when it is no sound, or has none in it.
pub fn sound(stored: &Stored) -> Option<Sound> {
    let (head, size) = (stored.head.as_slice(), stored.size);
    let tail = if stored.tail.is_empty() { head } else { &stored.tail };
    let by_size =
        |format, bits: u64| Some(Sound { format, rate: USUAL_RATE, ms: size.saturating_mul(8_000) / bits });
    match head {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', rest @ ..] => wav(rest, size),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'A', b'V', b'I', ..] => by_size("avi", 128_000),
        [b'f', b'L', b'a', b'C', rest @ ..] => flac(rest),
        [b'O', b'g', b'g', b'S', ..] => ogg(head, tail),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => {
            mp4(head).or_else(|| mp4(tail)).or_else(|| by_size("mp4", 128_000))
        }
        [0x1a, 0x45, 0xdf, 0xa3, ..] => by_size("webm", 128_000),
        [b'#', b'!', b'A', b'M', b'R', ..] => by_size("amr", 12_800),
        [b'F', b'L', b'V', ..] => by_size("flv", 128_000),
        [0x30, 0x26, 0xb2, 0x75, ..] => by_size("wma", 128_000),
        [0, 0, 1, 0xba, ..] => by_size("mpeg", 128_000),
        [0xff, second, ..] if second & 0xf6 == 0xf0 => by_size("aac", 128_000),
        _ => mp3(head, size),
    }
}

/// Chunks: `fmt ` tells bytes a second, `data` how many. A stream's unknown length is the rest of the file.
fn wav(chunks: &[u8], size: u64) -> Option<Sound> {
    let (mut rest, mut rate, mut bytes_a_second, mut before) = (chunks, 0, 0, 12_u64);
    loop {
        let (name, length) = (rest.get(..4)?, little(rest, 4)?);
        before += 8;
        match name {
            b"fmt " => (rate, bytes_a_second) = (little(rest, 12)?, little(rest, 16)?),
            b"data" => {
                let bytes = u64::from(length).min(size.saturating_sub(before));
                let ms = (bytes * 1000).checked_div(u64::from(bytes_a_second))?;
                return Some(Sound { format: "wav", rate, ms });
            }
            _ => {}
        }
        let next = usize::try_from(length).ok()?.checked_add(8)?;
        before += u64::from(length);
        rest = rest.get(next..)?;
    }
}

/// STREAMINFO: 20 bits of rate, 36 bits of samples.
fn flac(blocks: &[u8]) -> Option<Sound> {
    let info = blocks.get(14..22)?;
    let packed = info.iter().fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    let rate = u32::try_from(packed >> 44).ok()?;
    let ms = ((packed & 0xf_ffff_ffff) * 1000).checked_div(u64::from(rate))?;
    Some(Sound { format: "flac", rate, ms })
}

/// The last page knows how many samples there were. Opus always counts 48,000 a second.
fn ogg(head: &[u8], tail: &[u8]) -> Option<Sound> {
    let opus = find(head, b"OpusHead").is_some();
    let rate = match find(head, b"\x01vorbis") {
        Some(at) if !opus => little(head, at + 12)?,
        _ => 48_000,
    };
    let last = tail.windows(4).rposition(|name| name == b"OggS")?;
    let granule = tail
        .get(last + 6..last + 14)?
        .iter()
        .rev()
        .fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    let ms = granule.saturating_mul(1000).checked_div(u64::from(rate))?;
    Some(Sound { format: if opus { "opus" } else { "ogg" }, rate, ms })
}

/// `mvhd`: units a second, and how many.
fn mp4(part: &[u8]) -> Option<Sound> {
    let at = find(part, b"mvhd")?;
    let number = |at: usize| part.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    let ms = (u64::from(number(at + 20)?) * 1000).checked_div(u64::from(number(at + 16)?))?;
    Some(Sound { format: "mp4", rate: 44_100, ms })
}

/// The first frame's bit rate, taken for all of them.
fn mp3(head: &[u8], size: u64) -> Option<Sound> {
    const KBITS: [[u64; 15]; 2] = [
        [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
        [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    ];
    // An ID3 tag tells its own length, seven bits a byte.
    let tag = match head {
        [b'I', b'D', b'3', _, _, _, a, b, c, d, ..] => {
            10 + [a, b, c, d].iter().fold(0_usize, |number, byte| (number << 7) | usize::from(**byte & 0x7f))
        }
        _ => 0,
    };
    let [0xff, second, third, ..] = *head.get(tag..)? else { return None };
    // Layer III of MPEG 1, 2 or 2.5.
    let version = (second >> 3) & 3;
    if second & 0xe6 != 0xe2 || version == 1 {
        return None;
    }
    let table = usize::from(version != 3);
    let bits = KBITS.get(table)?.get(usize::from(third >> 4)).filter(|kbits| **kbits > 0)? * 1000;
    let rate = [44_100_u32, 48_000, 32_000].get(usize::from((third >> 2) & 3))?
        >> match version {
            3 => 0,
            2 => 1,
            _ => 2,
        };
    let sound = size.saturating_sub(u64::try_from(tag).unwrap_or(0));
    Some(Sound { format: "mp3", rate, ms: sound.saturating_mul(8_000) / bits })
}

fn little(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn find(bytes: &[u8], name: &[u8]) -> Option<usize> {
    bytes.windows(name.len()).position(|window| window == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stored(head: &[u8], size: u64) -> Stored {
        Stored { head: head.to_vec(), size, ..Stored::default() }
    }

    fn wav_header(rate: u32, data: u32) -> Vec<u8> {
        let mut wav = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
        wav.extend(rate.to_le_bytes());
        wav.extend((rate * 2).to_le_bytes());
        wav.extend(b"\x02\0\x10\0LIST\x04\0\0\0abcddata");
        wav.extend(data.to_le_bytes());
        wav
    }

    #[test]
    fn a_wav_is_as_long_as_its_data_also_when_a_stream_did_not_know() {
        let header = wav_header(16_000, 32_000);
        let size = header.len() as u64 + 32_000;
        assert_eq!(sound(&stored(&header, size)), Some(Sound { format: "wav", rate: 16_000, ms: 1_000 }));
        assert_eq!(sound(&stored(&wav_header(16_000, u32::MAX), size)).unwrap().ms, 1_000);
    }

    #[test]
    fn an_mp3_is_as_long_as_its_bit_rate_says() {
        let found = sound(&stored(&[0xff, 0xfb, 0x90, 0], 160_000)).unwrap();
        assert_eq!((found.format, found.rate, found.ms), ("mp3", 44_100, 10_000));
        let tagged = sound(&stored(b"ID3\x04\0\0\0\0\0\x01x\xff\xf3\x80\0", 80_011)).unwrap();
        assert_eq!((tagged.rate, tagged.ms), (22_050, 10_000), "64 kbit/s of MPEG 2");
    }

    #[test]
    fn what_is_no_sound_is_none() {
        for text in ["", "hello", "%PDF-1.7", "<html>", "{}", "RIFF0000WAVE"] {
            assert_eq!(sound(&stored(text.as_bytes(), 5)), None, "{text}");
        }
        assert_eq!(sound(&stored(include_bytes!("../../fixtures/video-832x480.mp4"), 1)).unwrap().ms, 5_000);
    }

    proptest! {
        #[test]
        fn no_bytes_panic(mut bytes: Vec<u8>, size: u64, start in 0_usize..6) {
            let starts: [&[u8]; 6] = [b"RIFF1234WAVEfmt ", b"fLaC", b"OggS", b"1234ftypmvhd", b"ID3", b"\xff\xfb"];
            bytes.splice(0..0, starts[start].iter().copied());
            let _ = sound(&stored(&bytes, size));
        }
    }
}
