//! The sessions that were logged out: pure. Each is remembered for as long as it would have held.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use studio_shared::time::Timestamp;

/// Most of a member that are remembered. Who logs out more often in a month is logged out everywhere instead.
const MOST: usize = 200;

/// A session that was logged out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Left {
    /// Which.
    pub(super) id: String,
    /// Whose.
    pub(super) member: String,
    /// By then it would have ended by itself.
    pub(super) until: Timestamp,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Ended(BTreeMap<String, Left>);

/// What has to be written down of a session that ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Leaving {
    /// Sessions that need not be remembered any more.
    pub(super) forgotten: Vec<String>,
    /// Whether all sessions of the member are to end, because too many of theirs would have to be remembered.
    pub(super) all: bool,
}

impl Ended {
    /// Takes up what was stored.
    pub(super) fn resume(left: Vec<Left>) -> Self {
        Self(left.into_iter().map(|left| (left.id.clone(), left)).collect())
    }

    /// Whether a session was logged out.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// Remembers a session, and forgets those that are over by now.
    pub(super) fn put(&mut self, left: Left, now: Timestamp) -> Leaving {
        let of_theirs = self.0.values().filter(|known| known.member == left.member && known.until > now);
        let all = of_theirs.count() >= MOST;
        let is_over = |known: &Left| known.until <= now || (all && known.member == left.member);
        let forgotten: Vec<String> =
            self.0.values().filter(|known| is_over(known)).map(|known| known.id.clone()).collect();
        for id in &forgotten {
            self.0.remove(id);
        }
        if !all {
            self.0.insert(left.id.clone(), left);
        }
        Leaving { forgotten, all }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(id: usize, member: &str, until: u64) -> Left {
        Left { id: id.to_string(), member: member.to_owned(), until: Timestamp::from_ms(until) }
    }

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    #[test]
    fn a_session_is_remembered_until_it_would_have_ended() {
        let mut ended = Ended::resume(vec![left(1, "a", 100), left(2, "a", 200)]);
        let leaving = ended.put(left(3, "b", 300), at(100));
        assert_eq!(leaving, Leaving { forgotten: vec!["1".to_owned()], all: false });
        assert_eq!([1, 2, 3].map(|id| ended.knows(&id.to_string())), [false, true, true]);
    }

    #[test]
    fn who_logs_out_too_often_is_logged_out_everywhere() {
        let mut ended = Ended::default();
        ended.put(left(9999, "b", 900), at(0));
        for id in 0..MOST {
            assert!(!ended.put(left(id, "a", 900), at(0)).all);
        }
        let leaving = ended.put(left(5000, "a", 900), at(1));
        assert!(leaving.all && leaving.forgotten.len() == MOST);
        assert!(!ended.knows("5000") && !ended.knows("0") && ended.knows("9999"), "another's is still known");
        assert!(!ended.put(left(5001, "a", 900), at(1)).all && ended.knows("5001"));
    }
}
