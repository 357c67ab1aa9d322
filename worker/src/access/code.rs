//! The codes that members come in with: `bs_` and 140 random bits, written in Crockford's base 32, which has no two
//! letters that look alike.

use uuid::Uuid;

/// What every such code begins with.
pub(crate) const PREFIX: &str = "bs_";

/// Crockford's letters, each of five bits.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Letters of a code.
const LENGTH: usize = 28;

/// Letters between two dashes.
const GROUP: usize = 4;

/// A new code.
pub(crate) fn make() -> String {
    written(random())
}

/// The random bytes of two UUIDs, which come from the platform's generator for cryptography. What is the same in all
/// UUIDs of their version is left out.
fn random() -> impl Iterator<Item = u8> {
    let bytes = |uuid: Uuid| {
        let bytes = uuid.into_bytes().into_iter().enumerate();
        bytes.filter(|(at, _)| !matches!(at, 6 | 8)).map(|(_, byte)| byte)
    };
    bytes(Uuid::new_v4()).chain(bytes(Uuid::new_v4()))
}

/// A letter for each byte, in groups.
fn written(bytes: impl Iterator<Item = u8>) -> String {
    let letters = bytes.filter_map(|byte| LETTERS.get(usize::from(byte & 31)).copied().map(char::from));
    let letters: Vec<char> = letters.take(LENGTH).collect();
    let groups: Vec<String> = letters.chunks(GROUP).map(|group| group.iter().collect()).collect();
    format!("{PREFIX}{}", groups.join("-"))
}

/// The letters of a code as a person may have typed it: in any case, with spaces and dashes wherever they like, and with
/// letters that are taken for digits. `None` where it is no such code.
pub(crate) fn read(text: &str) -> Option<String> {
    let text = text.trim();
    let prefix = text.get(..PREFIX.len())?;
    if !prefix.eq_ignore_ascii_case(PREFIX) {
        return None;
    }
    let typed = text.get(PREFIX.len()..)?.chars().filter(|letter| !letter.is_whitespace() && *letter != '-');
    let letters: String = typed
        .map(|letter| match letter.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            letter => letter,
        })
        .collect();
    let is_one = |letter: char| u8::try_from(letter).is_ok_and(|letter| LETTERS.contains(&letter));
    (letters.len() == LENGTH && letters.chars().all(is_one)).then_some(letters)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = written(0..28);
        assert_eq!(code, "bs_0123-4567-89ab-cdef-ghjk-mnpq-rstv");
        let letters = read(&code).unwrap();
        assert_eq!(letters.len(), LENGTH);
        for typed in [
            " BS_0123 4567 89AB CDEF GHJK MNPQ RSTV\n",
            "bs_oi2345678 9abcdefghjkmnpqrstv",
            "bs_OL23-4567-89ab-cdef-ghjk-mnpq-rst v",
        ] {
            assert_eq!(read(typed).as_deref(), Some(letters.as_str()), "{typed}");
        }
        for other in ["", "bs_", "bs_0123", "k7fq-m2xw-9dza", "bs_u123-4567-89ab-cdef-ghjk-mnpq-rstv", "猫猫"]
        {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn codes_are_all_different_and_use_all_letters() {
        let codes: BTreeSet<String> = (0..1000).map(|_| make()).collect();
        assert_eq!(codes.len(), 1000);
        assert!(codes.iter().all(|code| read(code).is_some()));
        let letters: BTreeSet<char> = codes.iter().flat_map(|code| code.chars().skip(PREFIX.len())).collect();
        assert_eq!(letters.len(), 33, "32 letters and the dash: {letters:?}");
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in ".{0,60}") {
            let _ = read(&text);
            let _ = read(&format!("bs_{text}"));
        }
    }
}
