use proptest::prelude::*;
use serde_json::json;

use super::*;

/// All events of a stream that comes in these parts.
fn read<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Vec<Event> {
    let mut events = Events::default();
    let mut all: Vec<Event> = parts.into_iter().flat_map(|part| events.take(part)).collect();
    all.extend(events.end());
    all
}

fn piece(text: &str, finish: Option<Finish>, tokens: (u32, u32)) -> Event {
    let usage = Usage { input_tokens: Some(tokens.0), output_tokens: Some(tokens.1), ..Usage::default() };
    let request_id = Some("r".to_owned());
    Event::Piece(Piece { text: text.to_owned(), finish, usage: Some(usage), request_id })
}

/// The document's own example.
const STREAM: &str = concat!(
    "id:1\nevent:result\n:HTTP_STATUS/200\n",
    r#"data:{"output":{"choices":[{"message":{"content":"一路","role":"assistant"},"index":0,"finish_reason":"null"}]},"usage":{"total_tokens":23,"input_tokens":21,"output_tokens":2},"request_id":"r"}"#,
    "\n\nid:2\nevent:result\n:HTTP_STATUS/200\n",
    r#"data:{"output":{"choices":[{"message":{"content":"温暖","role":"assistant"},"index":0,"finish_reason":"null"}]},"usage":{"total_tokens":25,"input_tokens":21,"output_tokens":4},"request_id":"r"}"#,
    "\n\nid:3\nevent:result\n:HTTP_STATUS/200\n",
    r#"data:{"output":{"choices":[{"message":{"content":"","role":"assistant"},"index":0,"finish_reason":"stop"}]},"usage":{"total_tokens":25,"input_tokens":21,"output_tokens":4},"request_id":"r"}"#,
    "\n\n",
);

fn expected() -> Vec<Event> {
    vec![piece("一路", None, (21, 2)), piece("温暖", None, (21, 4)), piece("", Some(Finish::Stop), (21, 4))]
}

const ERROR: &str = concat!(
    "id:1\nevent:error\n:HTTP_STATUS/429\n",
    r#"data:{"code":"Throttling","message":"m","request_id":"r"}"#,
    "\n\n",
);

fn error(status: u16) -> Event {
    Event::Error { status, body: json!({"code":"Throttling","message":"m","request_id":"r"}) }
}

#[test]
fn the_documents_stream_is_read() {
    assert_eq!(read([STREAM.as_bytes()]), expected());
}

#[test]
fn empty_lines_may_be_missing_and_other_lines_stand_between() {
    assert_eq!(read([STREAM.replace("\n\n", "\n").as_bytes()]), expected());
    assert_eq!(read([STREAM.replace("id:", ":heartbeat\nretry:9\nid:").as_bytes()]), expected());
    assert_eq!(read([STREAM.replace('\n', "\r\n").as_bytes()]), expected());
    assert_eq!(read([STREAM.replace("data:", "data: ").replace("event:", "event: ").as_bytes()]), expected());
}

#[test]
fn the_other_result_format_and_thoughts_are_read() {
    let text = r#"data:{"output":{"finish_reason":"length","text":"好"},"usage":{"input_tokens":1,"output_tokens":2},"request_id":"r"}"#;
    assert_eq!(read([text.as_bytes()]), [piece("好", Some(Finish::Length), (1, 2))]);
    let thought = r#"data:{"output":{"choices":[{"message":{"content":"","reasoning_content":"想","role":"assistant"},"finish_reason":"null"}]},"usage":{"input_tokens":1,"output_tokens":2},"request_id":"r"}"#;
    assert_eq!(read([thought.as_bytes()]), [piece("", None, (1, 2))]);
    let bare = br#"data:{"output":{"choices":[{"message":{"content":"x"},"finish_reason":null}]}}"#;
    assert_eq!(read([bare.as_slice()]), [Event::Piece(Piece { text: "x".to_owned(), ..Piece::default() })]);
}

#[test]
fn an_error_brings_its_status_by_comment_or_by_line() {
    assert_eq!(read([ERROR.as_bytes()]), [error(429)]);
    assert_eq!(read([ERROR.replace(":HTTP_STATUS/", "status:").as_bytes()]), [error(429)]);
    assert_eq!(read([ERROR.replace("event:error\n", "").as_bytes()]), [error(429)]);
    assert_eq!(read([ERROR.replace(":HTTP_STATUS/429\n", "").as_bytes()]), [error(0)]);
    let after = format!("{STREAM}{ERROR}");
    assert_eq!(read([after.as_bytes()]).last(), Some(&error(429)));
}

#[test]
fn what_is_no_event_is_told_and_half_a_line_at_the_end_is_dropped() {
    assert_eq!(read([b"data:{\"output\":\n".as_slice()]), [Event::Unreadable]);
    assert_eq!(read([b"data:{\"output\":{}}\n".as_slice()]), [Event::Unreadable]);
    assert_eq!(read([STREAM.as_bytes(), b"data:{\"output\":"]), expected());
    assert_eq!(read([b"data:[DONE]\ndata:\n<html>\n".as_slice()]), []);
    let whole = STREAM.trim_end();
    assert_eq!(read([whole.as_bytes()]), expected(), "the last line lacks its end");
}

#[test]
fn a_line_without_end_is_not_kept() {
    let mut events = Events::default();
    let part = vec![b'x'; 300_000];
    for _ in 0..10 {
        assert_eq!(events.take(&part), []);
        assert!(events.line.len() <= LINE_CAP);
    }
    assert_eq!(events.take(b"\n"), [Event::Unreadable]);
    assert_eq!(events.take(STREAM.as_bytes()), expected(), "the lines after it are read");
}

proptest! {
    #[test]
    fn however_it_is_split_the_events_are_the_same(
        cuts in prop::collection::vec(0..STREAM.len() + ERROR.len(), 0..40),
        blank in any::<bool>(),
    ) {
        let stream = format!("{STREAM}{ERROR}");
        let stream = if blank { stream } else { stream.replace("\n\n", "\n") };
        let bytes = stream.as_bytes();
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
        cuts.sort_unstable();
        cuts.push(bytes.len());
        let mut from = 0;
        let parts: Vec<&[u8]> = cuts.into_iter().map(|to| &bytes[std::mem::replace(&mut from, to)..to]).collect();
        let mut all = expected();
        all.push(error(429));
        prop_assert_eq!(read(parts), all);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(parts in prop::collection::vec(any::<Vec<u8>>(), 0..6)) {
        let _ = read(parts.iter().map(Vec::as_slice));
    }

    #[test]
    fn no_body_makes_the_reader_panic(text in "(data:|\\{\"output\":|\\[|\\]|\\}|\"choices\":|1|\\n){0,20}") {
        let _ = read([text.as_bytes()]);
    }
}
