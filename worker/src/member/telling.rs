//! An answer as it is told to those who read it, however many there are and whenever they come: pure.
//!
//! The text is there once, and each reader knows how far they have read. A slow reader costs nothing: what has come
//! meanwhile is their next piece.

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use studio_shared::event::TextEvent;
use studio_shared::job::Job;
use studio_shared::usage::Usage;

/// One answer, while anybody writes or reads it.
#[derive(Debug, Default)]
pub(super) struct Telling(RefCell<Told>);

#[derive(Debug, Default)]
struct Told {
    text: String,
    /// Unicode scalar values of the text.
    characters: u32,
    usage: Option<Usage>,
    /// Bytes of the text that are stored.
    kept: usize,
    /// The job as it stands, without its answer.
    job: Option<Box<Job>>,
    /// How often the job has changed.
    version: u32,
    ended: Option<Box<Job>>,
    stopped: bool,
    waiting: Vec<Waker>,
}

impl Told {
    fn wake(&mut self) {
        self.waiting.drain(..).for_each(Waker::wake);
    }

    fn wait<T>(&mut self, context: &Context<'_>) -> Poll<T> {
        if !self.waiting.iter().any(|waker| waker.will_wake(context.waker())) {
            self.waiting.push(context.waker().clone());
        }
        Poll::Pending
    }
}

impl Telling {
    /// An answer of which so much is stored.
    pub(super) fn new(text: String, usage: Option<Usage>) -> Self {
        let told = Told { characters: count(&text), kept: text.len(), text, usage, ..Told::default() };
        Self(RefCell::new(told))
    }

    /// A piece has come.
    pub(super) fn say(&self, text: &str, usage: Option<Usage>) {
        let mut told = self.0.borrow_mut();
        told.text.push_str(text);
        told.characters = told.characters.saturating_add(count(text));
        told.usage = usage.or(told.usage);
        told.wake();
    }

    /// The job has changed.
    pub(super) fn job(&self, job: Job) {
        let mut told = self.0.borrow_mut();
        let job = Box::new(Job { text: None, ..job });
        if told.job.as_ref() != Some(&job) {
            told.job = Some(job);
            told.version = told.version.saturating_add(1);
            told.wake();
        }
    }

    /// The job has ended; it is given whole.
    pub(super) fn end(&self, job: Job) {
        let mut told = self.0.borrow_mut();
        told.ended = Some(Box::new(job));
        told.wake();
    }

    /// The person has stopped it: whoever writes it hangs up.
    pub(super) fn stop(&self) {
        let mut told = self.0.borrow_mut();
        told.stopped = true;
        told.wake();
    }

    /// Everything so far.
    pub(super) fn text(&self) -> String {
        self.0.borrow().text.clone()
    }

    /// Bytes so far.
    pub(super) fn len(&self) -> usize {
        self.0.borrow().text.len()
    }

    /// What has been used so far.
    pub(super) fn usage(&self) -> Option<Usage> {
        self.0.borrow().usage
    }

    /// Whether there is text that is not stored.
    pub(super) fn is_unkept(&self) -> bool {
        let told = self.0.borrow();
        told.kept < told.text.len()
    }

    /// The text that is not stored; from now on it counts as stored.
    pub(super) fn unkept(&self) -> String {
        let mut told = self.0.borrow_mut();
        let rest = told.text.get(told.kept..).unwrap_or_default().to_owned();
        told.kept = told.text.len();
        rest
    }

    /// Waits until the person stops it.
    pub(super) fn stopped(&self) -> impl Future<Output = ()> + Unpin {
        poll_fn(|context| {
            let mut told = self.0.borrow_mut();
            if told.stopped { Poll::Ready(()) } else { told.wait(context) }
        })
    }

    /// Waits for the job to end.
    pub(super) fn ended(&self) -> impl Future<Output = Box<Job>> + Unpin {
        poll_fn(|context| {
            let mut told = self.0.borrow_mut();
            match &told.ended {
                Some(job) => Poll::Ready(job.clone()),
                None => told.wait(context),
            }
        })
    }
}

/// Somebody who reads an answer.
#[derive(Debug)]
pub(super) struct Reader {
    telling: Rc<Telling>,
    characters: u32,
    bytes: usize,
    version: u32,
    is_over: bool,
}

impl Reader {
    /// Who has read so many characters. Beyond the end is the end.
    pub(super) fn new(telling: Rc<Telling>, after: u32) -> Self {
        let (characters, bytes) = {
            let told = telling.0.borrow();
            let nth = usize::try_from(after).unwrap_or(usize::MAX);
            match told.text.char_indices().nth(nth) {
                Some((bytes, _)) => (after, bytes),
                None => (told.characters, told.text.len()),
            }
        };
        Self { telling, characters, bytes, version: 0, is_over: false }
    }

    /// What comes next, in the form of an event stream; `None` after the end.
    pub(super) async fn next(&mut self) -> Option<String> {
        let telling = Rc::clone(&self.telling);
        poll_fn(|context| {
            if self.is_over {
                return Poll::Ready(None);
            }
            let mut told = telling.0.borrow_mut();
            let news = self.read(&told);
            if news.is_empty() { told.wait(context) } else { Poll::Ready(Some(news)) }
        })
        .await
    }

    fn read(&mut self, told: &Told) -> String {
        let mut news = String::new();
        if let Some(job) = told.job.as_ref().filter(|_| self.version < told.version) {
            self.version = told.version;
            write(&mut news, self.characters, &TextEvent::Job { job: job.clone() });
        }
        if let Some(text) = told.text.get(self.bytes..).filter(|text| !text.is_empty()) {
            let output_tokens = told.usage.and_then(|usage| usage.output_tokens);
            let piece = TextEvent::Piece { at: self.characters, text: text.to_owned(), output_tokens };
            (self.characters, self.bytes) = (told.characters, told.text.len());
            write(&mut news, self.characters, &piece);
        }
        if let Some(job) = &told.ended {
            self.is_over = true;
            write(&mut news, self.characters, &TextEvent::End { job: job.clone() });
        }
        news
    }
}

/// One event on the wire. JSON has no line breaks of its own.
fn write(stream: &mut String, id: u32, event: &TextEvent) {
    let name = match event {
        TextEvent::Job { .. } => "job",
        TextEvent::Piece { .. } => "piece",
        TextEvent::End { .. } => "end",
    };
    match serde_json::to_string(event) {
        Ok(data) => stream.push_str(&format!("id: {id}\nevent: {name}\ndata: {data}\n\n")),
        Err(error) => crate::log::event("event_not_written", &error.to_string()),
    }
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}
