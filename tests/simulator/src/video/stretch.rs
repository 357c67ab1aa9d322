//! Makes an MP4 longer or shorter by its time scales: the numbers of units a second, in `mvhd` and `mdhd`.

/// What the fixtures' time scales are made for.
const FIXTURE_SECONDS: u32 = 5;

/// The same pictures over so many seconds.
pub fn to(mp4: &[u8], seconds: u32) -> Vec<u8> {
    let mut mp4 = mp4.to_vec();
    if seconds == FIXTURE_SECONDS || seconds == 0 {
        return mp4;
    }
    for at in headers(&mp4) {
        let Some(scale) = number(&mp4, at) else { continue };
        let scale = u64::from(scale) * u64::from(FIXTURE_SECONDS) / u64::from(seconds);
        let bytes = u32::try_from(scale).unwrap_or(u32::MAX).to_be_bytes();
        if let Some(place) = mp4.get_mut(at..at + 4) {
            place.copy_from_slice(&bytes);
        }
    }
    mp4
}

/// Its length, by its first header.
pub fn seconds(mp4: &[u8]) -> Option<f64> {
    let at = headers(mp4).next()?;
    Some(f64::from(number(mp4, at + 4)?) / f64::from(number(mp4, at)?))
}

/// Where the time scales are: 12 bytes after the name of a box of version 0.
fn headers(mp4: &[u8]) -> impl Iterator<Item = usize> + use<> {
    let names = mp4.windows(4).enumerate().filter(|(_, name)| matches!(*name, b"mvhd" | b"mdhd"));
    let at: Vec<usize> = names.map(|(at, _)| at + 16).collect();
    at.into_iter()
}

fn number(mp4: &[u8], at: usize) -> Option<u32> {
    mp4.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_video_is_left_as_it_is() {
        for bytes in [b"".as_slice(), b"mvhd", b"mdhd too short"] {
            assert_eq!(to(bytes, 10), bytes);
            assert_eq!(seconds(bytes), None);
        }
    }
}
