//! The `Range` header of one result.

/// What part of a file is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// All of it: no header, or one that is not understood, which RFC 9110 says to ignore.
    Whole,
    /// Bytes `first..=last`, inside the file.
    Bytes {
        /// First byte.
        first: u64,
        /// Last byte, included.
        last: u64,
    },
    /// Outside the file.
    Outside,
}

/// Reads a `Range` header against a file of `length` bytes. Of several ranges, which media elements never ask
/// for, none is served: the whole file is.
pub(crate) fn read(header: Option<&str>, length: u64) -> Part {
    let Some(spec) = header.and_then(|header| header.trim().strip_prefix("bytes=")) else {
        return Part::Whole;
    };
    let Some((first, last)) = spec.split_once('-') else {
        return Part::Whole;
    };
    let number = |text: &str| {
        let text = text.trim();
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u64>().ok())
    };
    let (Some(first), Some(last)) = (number(first), number(last)) else {
        return Part::Whole;
    };
    let end = length.saturating_sub(1);
    match (first, last) {
        (None, None) => Part::Whole,
        (Some(first), Some(last)) if last < first => Part::Whole,
        (Some(first), _) if first >= length => Part::Outside,
        (Some(first), last) => Part::Bytes { first, last: last.unwrap_or(end).min(end) },
        (None, Some(0)) => Part::Outside,
        (None, Some(_)) if length == 0 => Part::Outside,
        (None, Some(tail)) => Part::Bytes { first: length.saturating_sub(tail), last: end },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_forms_of_rfc_9110() {
        let bytes = |first, last| Part::Bytes { first, last };
        for (header, part) in [
            ("bytes=0-0", bytes(0, 0)),
            ("bytes=0-", bytes(0, 99)),
            ("bytes=10-19", bytes(10, 19)),
            ("bytes=90-200", bytes(90, 99)),
            ("bytes=-10", bytes(90, 99)),
            ("bytes=-200", bytes(0, 99)),
            ("bytes=100-", Part::Outside),
            ("bytes=-0", Part::Outside),
            ("bytes=5-4", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=0-1,5-6", Part::Whole),
            ("items=0-1", Part::Whole),
            ("bytes=+1-2", Part::Whole),
        ] {
            assert_eq!(read(Some(header), 100), part, "{header}");
        }
        assert_eq!(read(None, 100), Part::Whole);
        assert_eq!(read(Some("bytes=0-"), 0), Part::Outside);
        assert_eq!(read(Some("bytes=-1"), 0), Part::Outside);
    }

    proptest! {
        #[test]
        fn a_part_lies_inside_the_file(header in "bytes=[0-9]{0,21}-[0-9]{0,21}", length: u64) {
            if let Part::Bytes { first, last } = read(Some(&header), length) {
                prop_assert!(first <= last && last < length);
            }
        }

        #[test]
        fn no_header_makes_the_reader_panic(header in any::<String>(), length: u64) {
            let _ = read(Some(&header), length);
        }
    }
}
