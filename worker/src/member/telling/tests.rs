use futures_util::FutureExt;
use proptest::prelude::*;
use serde_json::json;
use studio_shared::request::Request;
use studio_shared::time::Timestamp;

use super::*;
use crate::member::entry::Entry;
use crate::member::estimate::Expected;
use crate::member::view;

fn job() -> Job {
    let request = Request::from_value(json!({"model":"qwen-turbo","prompt":"a"})).unwrap();
    view::job(&Entry::new("id".to_owned(), request, Vec::new(), Timestamp::default()), Expected::default())
}

fn used(output_tokens: u32) -> Option<Usage> {
    Some(Usage { input_tokens: Some(1), output_tokens: Some(output_tokens), ..Usage::default() })
}

/// Everything that there is to read now.
fn news(reader: &mut Reader) -> Vec<(u32, TextEvent)> {
    let mut events = Vec::new();
    while let Some(Some(news)) = reader.next().now_or_never() {
        for event in news.split_terminator("\n\n") {
            let lines: Vec<&str> = event.lines().collect();
            let [id, name, data] = lines.as_slice() else { panic!("{event}") };
            let id = id.strip_prefix("id: ").unwrap().parse().unwrap();
            let data = data.strip_prefix("data: ").unwrap();
            let value: serde_json::Value = serde_json::from_str(data).unwrap();
            assert_eq!(*name, format!("event: {}", value["event"].as_str().unwrap()));
            events.push((id, serde_json::from_str(data).unwrap()));
        }
    }
    events
}

fn piece(at: u32, text: &str, output_tokens: u32) -> TextEvent {
    TextEvent::Piece { at, text: text.to_owned(), output_tokens: Some(output_tokens) }
}

#[test]
fn a_reader_is_told_the_job_each_piece_and_the_end() {
    let telling = Rc::new(Telling::default());
    telling.job(job());
    let mut reader = Reader::new(Rc::clone(&telling), 0);
    let started = TextEvent::Job { job: Box::new(job()) };
    assert_eq!(news(&mut reader), [(0, started)]);
    telling.job(job());
    assert_eq!(news(&mut reader), [], "nothing has changed");
    telling.say("一路", used(2));
    assert_eq!(news(&mut reader), [(2, piece(0, "一路", 2))]);
    telling.say("温", used(3));
    telling.say("暖\n🙂", None);
    assert_eq!(news(&mut reader), [(6, piece(2, "温暖\n🙂", 3))], "a slow reader's pieces are one");
    telling.end(job());
    assert_eq!(news(&mut reader), [(6, TextEvent::End { job: Box::new(job()) })]);
    assert_eq!(reader.next().now_or_never(), Some(None));
}

#[test]
fn who_comes_back_is_told_the_rest() {
    let telling = Rc::new(Telling::new("一路温暖".to_owned(), used(4)));
    telling.job(job());
    let rest = |after| {
        let all = news(&mut Reader::new(Rc::clone(&telling), after));
        all.into_iter().skip(1).collect::<Vec<_>>()
    };
    assert_eq!(rest(0), [(4, piece(0, "一路温暖", 4))]);
    assert_eq!(rest(3), [(4, piece(3, "暖", 4))]);
    assert_eq!(rest(4), []);
    assert_eq!(rest(9), [], "beyond the end is the end");
    let mut late = Reader::new(Rc::clone(&telling), 9);
    news(&mut late);
    telling.say("。", None);
    assert_eq!(news(&mut late), [(5, piece(4, "。", 4))]);
}

#[test]
fn what_is_not_stored_is_given_once() {
    let telling = Telling::new("一".to_owned(), None);
    assert!(!telling.is_unkept());
    telling.say("二", None);
    telling.say("三", used(1));
    assert_eq!((telling.is_unkept(), telling.unkept()), (true, "二三".to_owned()));
    assert_eq!((telling.is_unkept(), telling.unkept()), (false, String::new()));
    assert_eq!((telling.text(), telling.len(), telling.usage()), ("一二三".to_owned(), 9, used(1)));
}

#[test]
fn stopping_and_ending_are_waited_for() {
    let telling = Telling::default();
    assert_eq!(telling.stopped().now_or_never(), None);
    assert!(telling.ended().now_or_never().is_none());
    telling.stop();
    telling.end(job());
    assert_eq!(telling.stopped().now_or_never(), Some(()));
    assert_eq!(telling.ended().now_or_never(), Some(Box::new(job())));
}

proptest! {
    #[test]
    fn however_it_is_read_the_text_is_the_same(
        pieces in prop::collection::vec("\\PC{0,6}", 0..12),
        reads in prop::collection::vec(any::<bool>(), 12),
        after in 0_u32..40,
    ) {
        let telling = Rc::new(Telling::default());
        let mut reader = Reader::new(Rc::clone(&telling), 0);
        let mut seen = String::new();
        let mut whole = String::new();
        for (piece, read) in pieces.iter().zip(reads) {
            telling.say(piece, None);
            whole.push_str(piece);
            if read {
                for (id, event) in news(&mut reader) {
                    if let TextEvent::Piece { at, text, .. } = event {
                        prop_assert_eq!(at, count(&seen));
                        seen.push_str(&text);
                        prop_assert_eq!(id, count(&seen));
                    }
                }
            }
        }
        for (_, event) in news(&mut reader) {
            if let TextEvent::Piece { text, .. } = event {
                seen.push_str(&text);
            }
        }
        prop_assert_eq!(&seen, &whole);
        let rest: String = whole.chars().skip(usize::try_from(after).unwrap()).collect();
        let told: String = news(&mut Reader::new(telling, after)).into_iter().filter_map(|(_, event)| match event {
            TextEvent::Piece { text, .. } => Some(text),
            _ => None,
        }).collect();
        prop_assert_eq!(told, rest);
    }
}
