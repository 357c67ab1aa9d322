//! Answers that come piece by piece, and what can go wrong with them (dashscope-api.md §3.3, §11 item 6).

pub(crate) mod body;
pub mod trouble;

use bytes::Bytes;
use serde_json::Value;
use std::fmt::Debug;
use std::sync::Arc;

use crate::catalogue::{self, Fact};
use trouble::Trouble;

/// What a stream says, frame by frame.
pub(crate) trait Script: Debug + Send + Sync {
    /// The frame of this number, from 0; `None` after the last. An endless one has no last frame.
    fn frame(&self, number: usize, endless: bool) -> Option<Bytes>;
    /// The frame that says what went wrong, in this place.
    fn error(&self, number: usize, fact: &Fact) -> Bytes;
    /// What is billed once so many frames were sent; `Null` where that is told otherwise.
    fn used(&self, frames: usize) -> Value {
        let _ = frames;
        Value::Null
    }
    /// How many frames there are; of an endless stream, some number.
    fn len(&self) -> usize;
}

/// A stream, its speed and its trouble.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) script: Arc<dyn Script>,
    /// Real milliseconds before each frame but the first.
    pub(crate) pace_ms: u64,
    pub(crate) trouble: Trouble,
}

/// What comes next on a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// These bytes, each in a packet of its own.
    Send(Vec<Bytes>),
    /// The end, as it should be.
    End,
    /// The connection closes.
    Cut,
    /// Nothing, for as long as the caller waits.
    Silence,
}

impl Plan {
    /// The `number`th thing that happens, from 0.
    pub(crate) fn next(&self, number: usize) -> Next {
        let Trouble { cut_after, stall_after, error_after, .. } = self.trouble;
        if stall_after.is_some_and(|after| number >= after) {
            return Next::Silence;
        }
        if let Some(after) = error_after.filter(|after| number >= *after) {
            let code = self.trouble.code.as_deref().unwrap_or("InternalError");
            let fact = catalogue::named(code).or_else(|| catalogue::find("InternalError", 1));
            return match fact {
                Some(fact) if number == after => Next::Send(vec![self.script.error(number, &fact)]),
                _ => Next::End,
            };
        }
        if cut_after.is_some_and(|after| number > after) {
            return Next::Cut;
        }
        let Some(frame) = self.script.frame(number, self.trouble.endless) else { return Next::End };
        if cut_after == Some(number) {
            return Next::Send(vec![frame.slice(..frame.len().div_ceil(2))]);
        }
        let frame = self.trouble.dress(frame);
        Next::Send(if self.trouble.split { trouble::split(&frame) } else { vec![frame] })
    }

    /// Real milliseconds before a frame.
    pub(crate) fn wait_ms(&self, number: usize) -> u64 {
        match self.trouble.slow_ms {
            Some(slow_ms) => slow_ms,
            None if number == 0 => 0,
            None if self.trouble.endless => self.pace_ms.max(1),
            None => self.pace_ms,
        }
    }

    /// Whether it breaks off, and how that is entered in the figures.
    pub(crate) fn outcome(&self) -> Option<&'static str> {
        match (self.trouble.cut_after, self.trouble.stall_after) {
            (Some(_), _) => Some("cut"),
            (None, Some(_)) => Some("hang"),
            (None, None) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Three;

    impl Script for Three {
        fn frame(&self, number: usize, _endless: bool) -> Option<Bytes> {
            (number < 3).then(|| Bytes::from(format!("data:猫{number}\n\n")))
        }
        fn error(&self, number: usize, fact: &Fact) -> Bytes {
            Bytes::from(format!("error {number} {}", fact.code))
        }
        fn len(&self) -> usize {
            3
        }
    }

    fn plan(trouble: Trouble) -> Plan {
        Plan { script: Arc::new(Three), pace_ms: 0, trouble }
    }

    fn told(trouble: Trouble) -> Vec<Next> {
        let plan = plan(trouble);
        (0..5).map(|number| plan.next(number)).collect()
    }

    fn send(text: &str) -> Next {
        Next::Send(vec![Bytes::from(text.to_owned())])
    }

    #[test]
    fn a_stream_comes_whole_or_breaks_off_where_it_is_told_to() {
        let (a, b, c) = (send("data:猫0\n\n"), send("data:猫1\n\n"), send("data:猫2\n\n"));
        assert_eq!(told(Trouble::default()), [a.clone(), b.clone(), c, Next::End, Next::End]);
        let cut = told(Trouble { cut_after: Some(1), ..Trouble::default() });
        assert!(
            cut[0] == a && matches!(&cut[1], Next::Send(half) if half[0].len() < 11) && cut[2] == Next::Cut
        );
        let stalled = told(Trouble { stall_after: Some(2), ..Trouble::default() });
        assert_eq!(stalled[..3], [a.clone(), b, Next::Silence]);
        let code = Some("Throttling".to_owned());
        let wrong = told(Trouble { error_after: Some(1), code, ..Trouble::default() });
        assert_eq!(wrong[..3], [a, send("error 1 Throttling"), Next::End]);
    }

    #[test]
    fn an_endless_stream_is_never_sent_without_a_breath() {
        assert_eq!(plan(Trouble { endless: true, ..Trouble::default() }).wait_ms(7), 1);
        assert_eq!(plan(Trouble { slow_ms: Some(9), ..Trouble::default() }).wait_ms(0), 9);
        assert_eq!(plan(Trouble::default()).wait_ms(0), 0);
    }
}
