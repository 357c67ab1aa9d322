//! The service's error catalogue, with its own spelling (dashscope-api.md §8.2).

mod rows;

pub use rows::ROWS;

/// One row: a code, the statuses it comes with, its twin on OpenAI-style paths, its exact texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// HTTP statuses; empty for what only a socket carries.
    pub statuses: &'static [u16],
    /// The native code.
    pub code: &'static str,
    /// The same condition's code elsewhere; empty when there is none.
    pub twins: &'static [&'static str],
    /// Texts on the wire. `xxx` and `yyy` stand for something that varies.
    pub messages: &'static [&'static str],
}

/// A code, a text and a status: what a request is refused with, or a task fails with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// HTTP status; 400 for codes that only a socket carries.
    pub status: u16,
    /// The code.
    pub code: &'static str,
    /// The text, exactly as on the wire.
    pub message: &'static str,
}

/// All texts of a code, in the catalogue's order: the first is what `[[sim:fail CODE]]` sends.
pub fn texts(code: &str) -> impl Iterator<Item = Fact> {
    let code = code.to_owned();
    ROWS.iter().filter(move |row| row.code == code || row.twins.contains(&code.as_str())).flat_map(|row| {
        let status = row.statuses.first().copied().unwrap_or(400);
        row.messages.iter().map(move |message| Fact { status, code: row.code, message })
    })
}

/// The `number`th text (from 1) of a code.
pub fn find(code: &str, number: usize) -> Option<Fact> {
    texts(code).nth(number.checked_sub(1)?)
}

/// `CODE`, or `CODE#2` for the second of its texts.
pub fn named(text: &str) -> Option<Fact> {
    match text.split_once('#') {
        Some((code, number)) => find(code, number.parse().ok()?),
        None => find(text, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// The counts are those of the document's table; a row that names several codes is one row here for each.
    #[test]
    fn every_row_of_the_catalogue_is_here() {
        let mut by_status: BTreeMap<u16, usize> = BTreeMap::new();
        for row in ROWS {
            *by_status.entry(row.statuses.first().copied().unwrap_or(0)).or_default() += 1;
        }
        let expected = [(0, 2), (400, 32), (401, 2), (403, 9), (404, 4), (429, 7), (500, 13), (503, 1)];
        assert_eq!(by_status, BTreeMap::from(expected));
        assert_eq!(ROWS.len(), 70);
    }

    #[test]
    fn each_row_has_a_text_and_no_text_stands_twice_in_a_row() {
        for row in ROWS {
            assert!(!row.code.is_empty() && !row.messages.is_empty(), "{row:?}");
            assert!(row.statuses.iter().all(|status| (400..600).contains(status)), "{row:?}");
            for (at, message) in row.messages.iter().enumerate() {
                assert!(!message.trim().is_empty() && !row.messages[..at].contains(message), "{row:?}");
            }
        }
    }

    #[test]
    fn the_catalogue_keeps_the_services_own_spelling() {
        let all: String = ROWS.iter().flat_map(|row| row.messages).copied().collect();
        for oddity in
            ["has occured", "referee object", "An system error", "please check url！", "has not purchased"]
        {
            assert!(all.contains(oddity), "{oddity}");
        }
        assert!(find("RetrivalFailed", 1).is_some());
        assert_eq!(find("TaskFailed", 1), None, "it exists only in the product's own vocabulary");
    }

    #[test]
    fn a_code_is_found_by_number_of_its_text_and_by_its_twin() {
        let found = |code, number| find(code, number).map(|fact| (fact.status, fact.message));
        assert_eq!(found("InvalidApiKey", 2), Some((401, "No API-key provided.")));
        assert_eq!(found("invalid_api_key", 1), found("InvalidApiKey", 1));
        assert_eq!(found("Throttling.AllocationQuota", 1), Some((400, "Free allocated quota exceeded.")));
        assert_eq!(found("InvalidApiKey", 0), None);
        assert_eq!(found("InvalidApiKey", 4), None);
    }
}
