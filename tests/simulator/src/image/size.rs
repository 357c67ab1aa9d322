//! `W*H` (dashscope-api.md §1.1).

use std::fmt;

/// Width and height in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Size {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

impl Size {
    /// A size of a table.
    pub const fn new(width: u32, height: u32) -> Self {
        Self { width, height }
    }

    /// Only the wire form: digits, one asterisk, digits. `1024x1024` is not it (§10 row 20).
    pub fn parse(text: &str) -> Option<Self> {
        let (width, height) = text.split_once('*')?;
        Some(Self { width: side(width)?, height: side(height)? })
    }
}

impl fmt::Display for Size {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}*{}", self.width, self.height)
    }
}

fn side(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_asterisk_is_the_wire_form() {
        assert_eq!(Size::parse("1024*768"), Some(Size::new(1024, 768)));
        let bad = [
            "1024x1024",
            "1024X1024",
            "1024×1024",
            "1024",
            "*",
            "1024*",
            "*768",
            " 1024*768",
            "+1*1",
            "-1*1",
        ];
        for text in bad.into_iter().chain(["1*2*3", "1.5*2", "99999999999*1", "１０*１０", ""]) {
            assert_eq!(Size::parse(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(width: u32, height: u32) {
            let size = Size::new(width, height);
            prop_assert_eq!(Size::parse(&size.to_string()), Some(size));
        }

        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,24}") {
            if let Some(size) = Size::parse(&text) {
                prop_assert!(text.starts_with(|c: char| c.is_ascii_digit()) && size.to_string().len() <= text.len());
            }
        }
    }
}
