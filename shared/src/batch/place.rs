//! From an offset to the line and column that a person's editor shows.

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The line, from 1. `\n`, `\r\n` and `\r` end one.
    pub(super) line: u32,
    /// The column, in characters from 1.
    pub(super) column: u32,
}

impl Place {
    /// The beginning, for what is wrong with a file as a whole.
    pub(super) const START: Self = Self { line: 1, column: 1 };

    /// The place behind the character that stands here.
    fn behind(self, c: char, next: Option<char>) -> Self {
        if c == '\n' || (c == '\r' && next != Some('\n')) {
            Self { line: self.line.saturating_add(1), column: 1 }
        } else {
            Self { column: self.column.saturating_add(1), ..self }
        }
    }

    /// The place behind a text.
    pub(super) fn after(text: &str) -> Self {
        let mut characters = text.chars().peekable();
        let mut place = Self::START;
        while let Some(c) = characters.next() {
            place = place.behind(c, characters.peek().copied());
        }
        place
    }
}

/// Bytes between two marks. A file may be one line of a megabyte, so that counting from its beginning each time would
/// take far too long.
const STEP: usize = 512;

/// The places of a text.
pub(super) struct Places<'t> {
    text: &'t str,
    marks: Vec<(usize, Place)>,
}

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut marks = vec![(0, Place::START)];
        let mut place = Place::START;
        let mut marked = 0_usize;
        let mut characters = text.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            if at.saturating_sub(marked) >= STEP {
                marks.push((at, place));
                marked = at;
            }
            place = place.behind(c, characters.peek().map(|(_, next)| *next));
        }
        Self { text, marks }
    }

    /// The place of an offset.
    pub(super) fn of(&self, offset: usize) -> Place {
        let marks = self.marks.partition_point(|(at, _)| *at <= offset);
        let (from, mut place) = self.marks.get(marks.saturating_sub(1)).copied().unwrap_or((0, Place::START));
        let mut characters = self.text.get(from..).unwrap_or_default().char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            if from.saturating_add(at) >= offset {
                break;
            }
            place = place.behind(c, characters.peek().map(|(_, next)| *next));
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn all_line_ends_count_once_and_columns_are_characters() {
        let text = "猫a\r\nb\rc\n\nd";
        let places = Places::new(text);
        let of = |needle| {
            let place = places.of(text.find(needle).unwrap());
            (place.line, place.column)
        };
        assert_eq!([of("猫"), of("a"), of("b"), of("c"), of("d")], [(1, 1), (1, 2), (2, 1), (3, 1), (5, 1)]);
        assert_eq!(places.of(999), Place::after(text));
    }

    proptest! {
        #[test]
        fn marks_change_nothing(parts in prop::collection::vec("[a猫\r\n]{0,300}", 0..8), at in 0_usize..4000) {
            let text = parts.concat();
            let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            // Between the two halves of `\r\n` the line has not ended.
            prop_assume!(!text[..at].ends_with('\r') || !text[at..].starts_with('\n'));
            prop_assert_eq!(Places::new(&text).of(at), Place::after(&text[..at]));
        }
    }
}
