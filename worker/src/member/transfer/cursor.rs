//! Where a page of the export begins: pure.

use serde::{Deserialize, Serialize};

/// The parts of an export, in their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Part {
    /// Conversations.
    #[default]
    Conversations,
    /// Batches.
    Batches,
    /// Jobs.
    Jobs,
}

/// A place in an export: after the thing with this id of a part; by default the beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cursor {
    part: Part,
    id: String,
}

impl Part {
    const fn name(self) -> &'static str {
        match self {
            Self::Conversations => "conversations",
            Self::Batches => "batches",
            Self::Jobs => "jobs",
        }
    }

    /// The place after the thing with this id, as it goes over the wire.
    pub(super) fn cursor(self, id: &str) -> String {
        format!("{}.{id}", self.name())
    }
}

impl Cursor {
    /// Reads what the last page ended with.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (name, id) = text.split_once('.').filter(|(_, id)| (1..=64).contains(&id.len()))?;
        let part =
            [Part::Conversations, Part::Batches, Part::Jobs].into_iter().find(|part| part.name() == name)?;
        Some(Self { part, id: id.to_owned() })
    }

    /// The id after which a part goes on; `None` where it is behind this place.
    pub(super) fn after(&self, part: Part) -> Option<&str> {
        match part.cmp(&self.part) {
            std::cmp::Ordering::Less => None,
            std::cmp::Ordering::Equal => Some(&self.id),
            std::cmp::Ordering::Greater => Some(""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_back_and_has_parts_before_and_after_it() {
        let cursor = Cursor::read(&Part::Batches.cursor("b-1")).unwrap();
        assert_eq!(cursor.after(Part::Conversations), None);
        assert_eq!((cursor.after(Part::Batches), cursor.after(Part::Jobs)), (Some("b-1"), Some("")));
        assert_eq!(Cursor::default().after(Part::Conversations), Some(""));
        for wrong in ["", "jobs", "jobs.", "files.a", &format!("jobs.{}", "a".repeat(65))] {
            assert_eq!(Cursor::read(wrong), None, "{wrong}");
        }
    }
}
