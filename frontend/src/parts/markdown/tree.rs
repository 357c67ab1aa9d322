//! What a text in Markdown says, as a tree. It can hold nothing but what is named here, so that whatever a text
//! tries (elements, scripts, handlers, addresses of data), it comes out as words.

/// Something that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading.
    Heading {
        /// How deep, from 0; never more than one below the heading before it, whatever was written.
        depth: u8,
        /// What it says.
        text: Vec<Inline>,
    },
    /// A listing.
    Code {
        /// The language, as it was named; may be empty.
        language: String,
        /// The lines.
        text: String,
    },
    /// Something quoted.
    Quote(Vec<Self>),
    /// A list.
    List {
        /// The first number, where it is numbered.
        start: Option<u64>,
        /// The items.
        items: Vec<Item>,
    },
    /// A table.
    Table {
        /// How each column is set.
        sides: Vec<Side>,
        /// The first row.
        head: Vec<Cell>,
        /// The other rows.
        rows: Vec<Vec<Cell>>,
    },
    /// A line between two things.
    Rule,
}

/// One item of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Item {
    /// Whether it is done, where it is a task.
    pub(crate) done: Option<bool>,
    /// What it holds.
    pub(crate) blocks: Vec<Block>,
}

/// One cell of a table.
pub(crate) type Cell = Vec<Inline>;

/// How a column is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Side {
    /// As the language goes.
    #[default]
    Start,
    /// In the middle.
    Middle,
    /// At the end: numbers.
    End,
}

/// Something within a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Inline {
    /// Words.
    Text(String),
    /// Code.
    Code(String),
    /// Stressed.
    Emphasis(Vec<Self>),
    /// Stressed more.
    Strong(Vec<Self>),
    /// No longer valid.
    Struck(Vec<Self>),
    /// A link.
    Link {
        /// Where it leads: see [`safe_address`].
        href: String,
        /// What it says.
        text: Vec<Self>,
    },
    /// The end of a line.
    Break,
}

/// The address, if it is one that a stranger's text may lead to: of the web, or a letter.
pub(super) fn safe_address(address: &str) -> Option<&str> {
    let address = address.trim();
    let is_plain = address.chars().all(|char| !char.is_control() && !char.is_whitespace());
    let lower = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    let is_known = ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
    (is_plain && is_known).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_and_letters_are_led_to() {
        for good in ["https://example.com/a?b=c#d", "HTTP://例子.测试/", "mailto:a@example.com"] {
            assert_eq!(safe_address(good), Some(good));
        }
        let bad = [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,<script>",
            "vbscript:x",
            "file:///etc/passwd",
            "//example.com",
            "/jobs",
            "#a",
            "",
            "http:",
            "https:/x",
            "https://a b",
            "https://a\u{0}",
        ];
        for bad in bad {
            assert_eq!(safe_address(bad), None, "{bad:?}");
        }
    }
}
