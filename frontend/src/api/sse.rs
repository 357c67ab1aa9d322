//! The events of a stream (`text/event-stream`), found in bytes that come in pieces of any size. Pure.

/// One event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Event {
    /// Its name; empty where none was given.
    pub(super) name: String,
    /// Its number or other mark; empty where none was given.
    pub(super) id: String,
    /// What it says.
    pub(super) data: String,
}

/// Bytes that are no whole line yet, and lines that are no whole event.
#[derive(Debug, Default)]
pub(super) struct Splitter {
    bytes: Vec<u8>,
    event: Event,
    has_data: bool,
}

impl Splitter {
    /// Takes a piece in; the events that it completes. A piece may end anywhere, within a character too.
    pub(super) fn take(&mut self, piece: &[u8]) -> Vec<Event> {
        let mut events = Vec::new();
        for part in piece.split_inclusive(|byte| *byte == b'\n') {
            self.bytes.extend_from_slice(part);
            if part.ends_with(b"\n") {
                let line = std::mem::take(&mut self.bytes);
                let line = String::from_utf8_lossy(&line);
                events.extend(self.line(line.trim_end_matches(['\r', '\n'])));
            }
        }
        events
    }

    fn line(&mut self, line: &str) -> Option<Event> {
        if line.is_empty() {
            let event = std::mem::take(&mut self.event);
            return std::mem::take(&mut self.has_data).then_some(event);
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.event.data.push('\n');
                }
                self.event.data.push_str(value);
            }
            "event" => value.clone_into(&mut self.event.name),
            "id" => value.clone_into(&mut self.event.id),
            _ => {} // a comment: a sign of life
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STREAM: &str = ": begin\n\nid: 1\nevent: text\ndata: {\"t\":\"猫咪\"}\n\nid:2\r\ndata:a\r\ndata: b\r\n\r\n:ping\n\nevent: x\n\ndata\n\ndata: half";

    fn events(pieces: &[&[u8]]) -> Vec<Event> {
        let mut splitter = Splitter::default();
        pieces.iter().flat_map(|piece| splitter.take(piece)).collect()
    }

    #[test]
    fn events_end_with_an_empty_line_and_comments_are_none() {
        let event = |name: &str, id: &str, data: &str| Event {
            name: name.to_owned(),
            id: id.to_owned(),
            data: data.to_owned(),
        };
        let expected = [event("text", "1", "{\"t\":\"猫咪\"}"), event("", "2", "a\nb"), event("", "", "")];
        assert_eq!(events(&[STREAM.as_bytes()]), expected);
    }

    proptest! {
        #[test]
        fn it_does_not_matter_where_the_pieces_end(at in 0..STREAM.len(), and in 0..STREAM.len()) {
            let bytes = STREAM.as_bytes();
            let (first, second) = (at.min(and), at.max(and));
            let cut = [&bytes[..first], &bytes[first..second], &bytes[second..]];
            prop_assert_eq!(events(&cut), events(&[bytes]));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = events(&[&bytes]);
        }
    }
}
