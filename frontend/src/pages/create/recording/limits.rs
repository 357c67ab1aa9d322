//! What may be uploaded, checked before it is. Pure.

use studio_shared::file::{ENDINGS, FILE_CAP, NAME_CAP};

use crate::format;
use crate::words::create;

/// Why a file is not uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    /// It has no bytes.
    Empty,
    /// It is larger than this, in bytes.
    TooLarge(u64),
    /// It is none of the formats that are read.
    Ending(String),
    /// Its name is too long.
    Name,
}

impl Limit {
    /// Checks name and length.
    pub(super) fn check(name: &str, bytes: u64) -> Result<(), Self> {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        if !ENDINGS.contains(&ending.as_str()) {
            return Err(Self::Ending(ending));
        }
        if name.chars().count() > NAME_CAP {
            return Err(Self::Name);
        }
        match bytes {
            0 => Err(Self::Empty),
            bytes if bytes > FILE_CAP => Err(Self::TooLarge(bytes)),
            _ => Ok(()),
        }
    }

    /// What is wrong and what to do.
    pub(super) fn say(&self, texts: &create::Texts) -> String {
        match self {
            Self::Empty => texts.file_empty.to_owned(),
            Self::TooLarge(bytes) => (texts.file_too_large)(&format::bytes(*bytes), &format::bytes(FILE_CAP)),
            Self::Ending(ending) => (texts.file_ending)(ending, &ENDINGS.join(" ")),
            Self::Name => (texts.file_name)(NAME_CAP),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_vendor_would_refuse_is_refused_here() {
        assert_eq!(Limit::check("a.WAV", 1), Ok(()));
        assert_eq!(Limit::check("会议.tar.mp3", FILE_CAP), Ok(()));
        assert_eq!(Limit::check("a.mp3", 0), Err(Limit::Empty));
        assert_eq!(Limit::check("a.mp3", FILE_CAP + 1), Err(Limit::TooLarge(FILE_CAP + 1)));
        assert_eq!(Limit::check("a.txt", 1), Err(Limit::Ending("txt".to_owned())));
        assert_eq!(Limit::check("mp3", 1), Err(Limit::Ending(String::new())));
        assert_eq!(Limit::check(&format!("{}.mp3", "a".repeat(NAME_CAP)), 1), Err(Limit::Name));
    }
}
