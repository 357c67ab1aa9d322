//! As much of WAV and MP3 as a test needs.

/// Sample rate and bytes of sound of a WAV file whose header tells its true lengths.
#[must_use]
pub fn wav(bytes: &[u8]) -> (u32, usize) {
    let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
    let length = |at: usize| usize::try_from(number(at)).unwrap();
    assert_eq!((&bytes[..4], &bytes[8..16]), (b"RIFF".as_slice(), b"WAVEfmt ".as_slice()), "no WAV");
    assert_eq!(length(4), bytes.len() - 8, "the length of RIFF");
    assert_eq!(&bytes[36..40], b"data");
    assert_eq!(length(40), bytes.len() - 44, "the length of the sound");
    (number(24), bytes.len() - 44)
}

/// Sample rate and number of frames of an MP3 file that consists of frames from its first byte to its last.
#[must_use]
pub fn mp3(bytes: &[u8]) -> (u32, usize) {
    let (mut at, mut frames, mut rate) = (0, 0, 0);
    while at < bytes.len() {
        let head = &bytes[at..at + 4];
        assert!(head[0] == 0xff && head[1] >= 0xe0, "no frame at {at} of {}", bytes.len());
        let (is_first, divisor) = match head[1] >> 3 & 3 {
            3 => (true, 1),
            2 => (false, 2),
            _ => (false, 4),
        };
        rate = [44_100, 48_000, 32_000][usize::from(head[2] >> 2 & 3)] / divisor;
        let table: [u32; 15] = if is_first {
            [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
        } else {
            [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
        };
        let kbits = table[usize::from(head[2] >> 4)];
        let padding = u32::from(head[2] >> 1 & 1);
        let length = if is_first { 144 } else { 72 } * 1000 * kbits / rate + padding;
        at += usize::try_from(length).unwrap();
        frames += 1;
    }
    assert_eq!(at, bytes.len(), "the last frame breaks off");
    (rate, frames)
}
