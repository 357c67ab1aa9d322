//! An answer that comes in pieces, some of them twice. Pure.

/// How a piece fits to what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit<'a> {
    /// This much of it is new.
    New(&'a str),
    /// All of it is there already.
    Known,
    /// Something before it is missing: the stream has to be read again from where it is known.
    Gap,
}

/// What of a piece, with `at` characters before it, is new to who has `seen` so many.
pub(super) fn fit(seen: u32, at: u32, piece: &str) -> Fit<'_> {
    let Some(known) = seen.checked_sub(at) else { return Fit::Gap };
    let begin = piece.char_indices().nth(known as usize).map(|(begin, _)| begin);
    match begin.and_then(|begin| piece.get(begin..)) {
        Some(new) => Fit::New(new),
        None => Fit::Known,
    }
}

/// Characters as the wire counts them.
pub(super) fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_known_is_not_taken_twice_and_what_is_missing_is_noticed() {
        assert_eq!(fit(2, 2, "猫咪"), Fit::New("猫咪"));
        assert_eq!(fit(3, 2, "猫咪"), Fit::New("咪"));
        assert_eq!(fit(4, 2, "猫咪"), Fit::Known);
        assert_eq!(fit(9, 2, "猫咪"), Fit::Known);
        assert_eq!(fit(1, 2, "猫咪"), Fit::Gap);
        assert_eq!(fit(0, 0, ""), Fit::Known);
    }

    proptest! {
        #[test]
        fn pieces_in_any_overlap_make_the_text(text in "[a猫é]{0,40}", steps in prop::collection::vec((0..40_usize, 0..40_usize), 0..20)) {
            let chars: Vec<char> = text.chars().collect();
            let mut built = String::new();
            for (at, length) in steps.into_iter().chain([(0, 40)]) {
                let at = at.min(chars.len());
                let piece: String = chars[at..(at + length).min(chars.len())].iter().collect();
                if let Fit::New(new) = fit(count(&built), count(&chars[..at].iter().collect::<String>()), &piece) {
                    built.push_str(new);
                }
            }
            prop_assert_eq!(built, text);
        }
    }
}
