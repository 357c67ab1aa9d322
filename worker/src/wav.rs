//! The header of a WAV file that came as a stream: its lengths are not known while it is written
//! (`dashscope-api.md` §5.4). Pure.

/// Writes the true lengths into the header of a WAV file of `total` bytes, of which `head` is the beginning. What is
/// no WAV stays as it is.
pub(crate) fn set_length(head: &mut [u8], total: u64) {
    if head.get(..4) != Some(b"RIFF") || head.get(8..12) != Some(b"WAVE") {
        return;
    }
    write(head, 4, total.saturating_sub(8));
    let mut at = 12_usize;
    while let (Some(name), Some(length)) = (head.get(at..at.saturating_add(4)), read(head, at)) {
        let begin = u64::try_from(at).unwrap_or(u64::MAX).saturating_add(8);
        let there = total.saturating_sub(begin);
        if name == b"data" {
            // A length that was known, with something after the sound, is left alone.
            if length == 0 || u64::from(length) > there {
                write(head, at.saturating_add(4), there);
            }
            return;
        }
        let next = u64::from(length).saturating_add(u64::from(length % 2)).saturating_add(begin);
        at = usize::try_from(next).unwrap_or(usize::MAX);
    }
}

/// The length of the chunk that begins at `at`.
fn read(head: &[u8], at: usize) -> Option<u32> {
    let bytes = head.get(at.checked_add(4)?..at.checked_add(8)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

fn write(head: &mut [u8], at: usize, length: u64) {
    if let Some(place) = head.get_mut(at..at.saturating_add(4)) {
        place.copy_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn header(extra: &[u8], riff: u32, data: u32) -> Vec<u8> {
        let mut header = b"RIFF".to_vec();
        header.extend(riff.to_le_bytes());
        header.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0");
        header.extend(extra);
        header.extend(b"data");
        header.extend(data.to_le_bytes());
        header
    }

    #[test]
    fn unknown_lengths_become_the_true_ones() {
        for unknown in [0, u32::MAX, 0x7fff_ffff] {
            let mut head = header(b"", unknown, unknown);
            set_length(&mut head, 44 + 1000);
            assert_eq!(head, header(b"", 36 + 1000, 1000));
        }
        let odd = b"LIST\x03\0\0\0abc\0";
        let mut head = header(odd, 0, 0);
        set_length(&mut head, 56 + 8);
        assert_eq!(head, header(odd, 56, 8));
    }

    #[test]
    fn a_known_length_is_left_alone() {
        let mut head = header(b"", 36 + 100 + 20, 100);
        set_length(&mut head, 44 + 100 + 20);
        assert_eq!(head, header(b"", 36 + 100 + 20, 100));
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(mut head in prop::collection::vec(any::<u8>(), 0..80), total: u64) {
            let length = head.len();
            set_length(&mut head, total);
            let mut riff = b"RIFF0000WAVE".to_vec();
            riff.extend(&head);
            set_length(&mut riff, total);
            prop_assert_eq!(head.len(), length);
        }
    }
}
