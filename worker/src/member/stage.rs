//! Who listens to a speech while it is made. Nothing here is kept: a listener that leaves, or is slow, changes nothing
//! about the speech.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet, VecDeque};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// Bytes that may wait for a slow listener. Who is further behind gets the rest from the kept file, once there is one.
const LAG: usize = 4 * 1024 * 1024;

/// What a listener hears next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sound {
    /// More of the audio, in order.
    Bytes(Vec<u8>),
    /// The job has ended, in whatever way. What was not heard until now is in the kept file.
    End,
}

/// One listener's line.
#[derive(Debug, Default)]
pub(super) struct Line(RefCell<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    bytes: VecDeque<Vec<u8>>,
    length: usize,
    /// Gets nothing more before the end: came late, or is too slow.
    deaf: bool,
    ended: bool,
    waker: Option<Waker>,
}

impl Line {
    /// What comes next; waits for it.
    pub(super) async fn next(&self) -> Sound {
        poll_fn(|context| {
            let mut waiting = self.0.borrow_mut();
            if let Some(bytes) = waiting.bytes.pop_front() {
                waiting.length = waiting.length.saturating_sub(bytes.len());
                return Poll::Ready(Sound::Bytes(bytes));
            }
            if waiting.ended {
                return Poll::Ready(Sound::End);
            }
            waiting.waker = Some(context.waker().clone());
            Poll::Pending
        })
        .await
    }

    fn change(&self, change: impl FnOnce(&mut Waiting)) {
        let waker = {
            let mut waiting = self.0.borrow_mut();
            change(&mut waiting);
            waiting.waker.take()
        };
        waker.into_iter().for_each(Waker::wake);
    }

    fn push(&self, bytes: &[u8]) {
        self.change(|waiting| {
            if !waiting.deaf {
                waiting.bytes.push_back(bytes.to_vec());
                waiting.length = waiting.length.saturating_add(bytes.len());
                waiting.deaf = waiting.length > LAG;
            }
        });
    }
}

/// The speeches that are being made.
#[derive(Debug, Default)]
pub(super) struct Stage {
    lines: RefCell<HashMap<String, Vec<Rc<Line>>>>,
    begun: RefCell<HashSet<String>>,
}

impl Stage {
    /// Listens to a job that has not ended. Who comes after its first sound hears the end only.
    pub(super) fn listen(&self, id: &str) -> Rc<Line> {
        let line = Rc::new(Line::default());
        line.change(|waiting| waiting.deaf = self.begun.borrow().contains(id));
        self.lines.borrow_mut().entry(id.to_owned()).or_default().push(Rc::clone(&line));
        line
    }

    /// More of the audio of a job.
    pub(super) fn audio(&self, id: &str, bytes: &[u8]) {
        if !self.begun.borrow().contains(id) {
            self.begun.borrow_mut().insert(id.to_owned());
        }
        let listening = {
            let mut lines = self.lines.borrow_mut();
            let listening = lines.get_mut(id).map(|lines| {
                lines.retain(|line| Rc::strong_count(line) > 1); // the others have left
                lines.clone()
            });
            listening.unwrap_or_default()
        };
        for line in listening {
            line.push(bytes);
        }
    }

    /// The job has ended.
    pub(super) fn end(&self, id: &str) {
        self.begun.borrow_mut().remove(id);
        let lines = self.lines.borrow_mut().remove(id).unwrap_or_default();
        for line in lines {
            line.change(|waiting| waiting.ended = true);
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    fn heard(line: &Line) -> Option<Sound> {
        line.next().now_or_never()
    }

    fn bytes(text: &str) -> Option<Sound> {
        Some(Sound::Bytes(text.as_bytes().to_vec()))
    }

    #[test]
    fn all_who_came_in_time_hear_everything_in_order() {
        let stage = Stage::default();
        let (one, other) = (stage.listen("a"), stage.listen("a"));
        assert_eq!(heard(&one), None);
        stage.audio("a", b"1");
        stage.audio("b", b"x");
        stage.audio("a", b"2");
        stage.end("a");
        for line in [one, other] {
            assert_eq!(
                [heard(&line), heard(&line), heard(&line)],
                [bytes("1"), bytes("2"), Some(Sound::End)]
            );
        }
    }

    #[test]
    fn who_comes_late_or_is_slow_hears_the_end() {
        let stage = Stage::default();
        let slow = stage.listen("a");
        stage.audio("a", &vec![0; LAG + 1]);
        let late = stage.listen("a");
        stage.audio("a", b"2");
        assert_eq!(heard(&late), None);
        stage.end("a");
        assert_eq!(heard(&late), Some(Sound::End));
        assert!(matches!(heard(&slow), Some(Sound::Bytes(bytes)) if bytes.len() == LAG + 1));
        assert_eq!(heard(&slow), Some(Sound::End));
    }

    #[test]
    fn who_has_left_is_forgotten() {
        let stage = Stage::default();
        drop(stage.listen("a"));
        stage.audio("a", b"1");
        assert!(stage.lines.borrow().get("a").is_some_and(Vec::is_empty));
        stage.end("a");
        assert!(stage.lines.borrow().is_empty() && stage.begun.borrow().is_empty());
    }
}
