//! Width and height in pixels.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Width and height of a picture or film, in pixels. Reads `1024*1024`, `1024x1024`, `1024X1024` and
/// `1024×1024`, spaces around the mark allowed; writes `1024*1024`, the vendor's form
/// (`dashscope-api.md` §10 row 20).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Size {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

impl Size {
    /// A size.
    #[must_use]
    pub const fn new(width: u32, height: u32) -> Self {
        Self { width, height }
    }

    /// Width times height; cannot overflow.
    #[must_use]
    pub const fn pixels(self) -> u64 {
        (self.width as u64).saturating_mul(self.height as u64)
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}*{}", self.width, self.height)
    }
}

/// The text is not two whole numbers with `*`, `x`, `X` or `×` between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotASize;

impl fmt::Display for NotASize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected WIDTH*HEIGHT, for example 1024*1024")
    }
}

impl FromStr for Size {
    type Err = NotASize;

    fn from_str(text: &str) -> Result<Self, NotASize> {
        let (width, height) = text.split_once(['*', 'x', 'X', '×']).ok_or(NotASize)?;
        Ok(Self { width: side(width)?, height: side(height)? })
    }
}

/// One side: ASCII digits only, so that `+512` and `５１２` are refused rather than guessed at.
fn side(text: &str) -> Result<u32, NotASize> {
    let digits = text.trim_matches(' ');
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NotASize);
    }
    digits.parse().map_err(|_| NotASize)
}

impl Serialize for Size {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_four_marks_mean_the_same() {
        for text in ["1440*810", "1440x810", "1440X810", "1440×810", " 1440 * 810 "] {
            assert_eq!(text.parse(), Ok(Size::new(1440, 810)), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_size_is_refused() {
        for text in ["", "*", "1024", "1024*", "*1024", "-1*5", "+1*5", "1.5*2", "1*2*3", "９*９", "1 0*1 0"]
        {
            assert_eq!(text.parse::<Size>(), Err(NotASize), "{text}");
        }
        assert_eq!("4294967296*1".parse::<Size>(), Err(NotASize));
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(width: u32, height: u32) {
            let size = Size::new(width, height);
            prop_assert_eq!(size.to_string().parse(), Ok(size));
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in any::<String>()) {
            let _ = text.parse::<Size>();
        }
    }
}
