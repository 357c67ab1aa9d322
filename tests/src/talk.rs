//! The stream of an answer, as a page reads it.

use std::fmt::Display;

use reqwest::{RequestBuilder, Response};
use serde_json::Value;
use studio_shared::event::TextEvent;
use studio_shared::job::{Job, State};

use crate::client::{Answer, see_headers};
use crate::{Client, Studio, record};

/// An answer that is being read.
#[derive(Debug)]
pub struct Talk {
    /// The job, by the header.
    pub id: String,
    response: Response,
    buffer: Vec<u8>,
    /// What has been heard so far.
    pub heard: Heard,
}

/// What was heard of an answer.
#[derive(Debug, Default)]
pub struct Heard {
    /// The events, each with its id.
    pub events: Vec<(u32, TextEvent)>,
    /// Comments in between.
    pub comments: usize,
}

impl Talk {
    /// Sends a request that is answered with a stream.
    pub async fn open(request: RequestBuilder) -> Self {
        let response = request.send().await.expect("the worker does not answer");
        see_headers(response.headers());
        let header = |name: &str| {
            let value = response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
            value.unwrap_or_default()
        };
        let status = response.status().as_u16();
        let id = header("x-job-id");
        for (name, value) in [
            ("content-type", "text/event-stream"),
            ("cache-control", "no-store"),
            ("x-accel-buffering", "no"),
        ] {
            if header(name) != value {
                panic!("{status}, {name}: {}: {}", header(name), response.text().await.unwrap());
            }
        }
        assert_eq!((status, header("x-request-id").len()), (200, 36));
        Self { id, response, buffer: Vec::new(), heard: Heard::default() }
    }

    /// The next event; `None` where the stream has ended.
    pub async fn event(&mut self) -> Option<TextEvent> {
        loop {
            if let Some(end) = self.buffer.windows(2).position(|two| two == b"\n\n") {
                let event: Vec<u8> = self.buffer.drain(..end + 2).collect();
                let text = String::from_utf8(event).expect("whole characters");
                record::seen(&text);
                if text.trim_end() == ":" {
                    self.heard.comments += 1;
                    continue;
                }
                let (id, event) = read(&text);
                self.heard.events.push((id, event.clone()));
                return Some(event);
            }
            match self.response.chunk().await.expect("the stream breaks off") {
                Some(bytes) => self.buffer.extend_from_slice(&bytes),
                None => {
                    assert_eq!(self.buffer, b"", "half an event");
                    return None;
                }
            }
        }
    }

    /// Reads until so many characters have come.
    pub async fn until(&mut self, characters: u32) {
        while self.heard.characters() < characters {
            assert!(self.event().await.is_some(), "it has ended: {:?}", self.heard);
        }
    }

    /// Reads to the end.
    pub async fn to_end(mut self) -> Heard {
        while self.event().await.is_some() {}
        self.heard
    }
}

/// One event: `id`, `event` and `data` belong together.
fn read(text: &str) -> (u32, TextEvent) {
    let mut lines = text.lines();
    let mut field = |name: &str| {
        let line = lines.next().unwrap_or_default();
        line.strip_prefix(name).unwrap_or_else(|| panic!("no {name} in {text}")).to_owned()
    };
    let (id, name, data) = (field("id: "), field("event: "), field("data: "));
    let value: Value = serde_json::from_str(&data).unwrap();
    assert_eq!(value["event"], name);
    (id.parse().unwrap(), serde_json::from_value(value).unwrap())
}

impl Heard {
    /// Characters that the last event counts.
    #[must_use]
    pub fn characters(&self) -> u32 {
        self.events.last().map_or(0, |(id, _)| *id)
    }

    /// The text of all pieces, which must follow one another without gap from `first` on.
    #[must_use]
    pub fn text_from(&self, first: u32) -> String {
        let mut text = String::new();
        let count = |text: &str| u32::try_from(text.chars().count()).unwrap();
        for (id, event) in &self.events {
            if let TextEvent::Piece { at, text: piece, .. } = event {
                assert_eq!(*at, first + count(&text), "a gap in {:?}", self.events);
                text.push_str(piece);
                assert_eq!(*id, first + count(&text));
            }
        }
        text
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> String {
        self.text_from(0)
    }

    /// How many pieces it came in.
    #[must_use]
    pub fn pieces(&self) -> usize {
        self.events.iter().filter(|(_, event)| matches!(event, TextEvent::Piece { .. })).count()
    }

    /// The states that were told, each once.
    #[must_use]
    pub fn states(&self) -> Vec<State> {
        let states = self.events.iter().filter_map(|(_, event)| match event {
            TextEvent::Job { job } | TextEvent::End { job } => Some(job.state),
            TextEvent::Piece { .. } => None,
        });
        let mut states: Vec<State> = states.collect();
        states.dedup();
        states
    }

    /// The job at the end: the last event, and the only one of its kind.
    #[must_use]
    pub fn job(&self) -> &Job {
        let ends = self.events.iter().filter(|(_, event)| matches!(event, TextEvent::End { .. })).count();
        assert!(matches!(self.events.first(), Some((_, TextEvent::Job { job })) if job.text.is_none()));
        match self.events.last() {
            Some((_, TextEvent::End { job })) if ends == 1 => job,
            other => panic!("{ends} ends, the last event is {other:?}"),
        }
    }
}

impl Client {
    /// Asks for text, to be read as it comes.
    pub async fn talk(&self, request: &Value) -> Talk {
        Talk::open(self.request("POST", "/api/text").json(request)).await
    }

    /// Goes on with an answer.
    pub async fn go_on(&self, id: &str, after: impl Display) -> Talk {
        Talk::open(self.request("GET", format!("/api/text/{id}/events?after={after}"))).await
    }
}

impl Studio {
    /// Asks for text and reads it to the end.
    pub async fn ask(&self, request: &Value) -> Heard {
        self.owner.talk(request).await.to_end().await
    }

    /// Stops an answer.
    pub async fn stop(&self, id: &str) -> Answer {
        self.owner.post(format!("/api/jobs/{id}/cancel"), &serde_json::json!({})).await
    }
}
