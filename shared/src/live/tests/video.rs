//! Films.

use serde_json::{Value, json};

use super::*;
use crate::request::Request;

fn film(value: Value) -> (VideoCall, Vec<Note>) {
    match sent(value) {
        (Call::Video(call), notes) => (call, notes),
        other => panic!("{other:?}"),
    }
}

/// A request of the reference page's form that needs no note but the one for its name in Beijing.
fn plain(model: &str) -> Value {
    json!({"model":model,"prompt":"日出","resolution":"720*1280","duration":5,"fps":30})
}

/// The notes, without the one for the model's name in Beijing.
fn but_for_the_name(notes: &[Note]) -> Vec<(&str, &str, &str)> {
    told(notes).into_iter().filter(|(field, ..)| *field != "model").collect()
}

#[test]
fn row_2_resolution_and_size_are_the_same_and_size_is_sent() {
    let size = |call: &VideoCall| call.frame.clone();
    let (by_resolution, _) = film(plain("wan2.1-t2v-turbo"));
    let mut other = plain("wan2.1-t2v-turbo");
    other.as_object_mut().unwrap().remove("resolution");
    other["size"] = json!("720*1280");
    let (by_size, _) = film(other);
    assert_eq!(size(&by_resolution), size(&by_size));
    let mut both = plain("wan2.1-t2v-turbo");
    both["size"] = json!("720*1280");
    assert!(Request::from_value(both.clone()).is_ok());
    both["size"] = json!("832*480");
    let refused = Request::from_value(both).unwrap_err();
    assert_eq!(refused[0].field, "size");
}

#[test]
fn row_3_each_of_the_four_resolutions_is_sent_as_the_nearest_that_is_made() {
    for (model, given, live) in [
        ("wan2.1-t2v-turbo", "480*854", "480*832"),
        ("wan2.1-t2v-turbo", "720*1280", "720*1280"),
        ("wan2.1-t2v-turbo", "960*544", "832*480"),
        ("wan2.1-t2v-turbo", "1024*576", "1280*720"),
        ("wan2.1-t2v-plus", "480*854", "720*1280"),
        ("wan2.1-t2v-plus", "720*1280", "720*1280"),
        ("wan2.1-t2v-plus", "960*544", "1280*720"),
        ("wan2.1-t2v-plus", "1024*576", "1280*720"),
    ] {
        let mut request = plain(model);
        request["resolution"] = json!(given);
        let price = Request::from_value(request.clone()).unwrap().price();
        let (call, notes) = film(request);
        assert_eq!(call.frame, FilmFrame::Size(live.parse().unwrap()), "{model} {given}");
        let expected = if given == live { vec![] } else { vec![("resolution", given, live)] };
        assert_eq!(but_for_the_name(&notes), expected);
        assert_eq!(price, Request::from_value(plain(model)).unwrap().price(), "the size costs nothing");
    }
    let absent = film(json!({"model":"wan2.1-t2v-plus","prompt":"a"})).0;
    assert_eq!(
        absent.frame,
        FilmFrame::Size("720*1280".parse().unwrap()),
        "the reference's default, always sent"
    );
}

#[test]
fn row_4_a_frame_rate_is_checked_and_told_to_be_30() {
    for fps in [1, 24, 240] {
        let mut request = plain("wan2.1-t2v-plus");
        request["fps"] = json!(fps);
        let (_, notes) = film(request);
        assert_eq!(but_for_the_name(&notes), [("fps", fps.to_string().as_str(), "30")]);
    }
    for wrong in [json!(0), json!(-1), json!(23.5), json!("24")] {
        let mut request = plain("wan2.1-t2v-plus");
        request["fps"] = wrong;
        assert_eq!(Request::from_value(request).unwrap_err()[0].field, "fps");
    }
}

#[test]
fn row_5_ten_seconds_are_valid_and_five_are_sent_with_a_note() {
    let example = json!({"model":"wan2.1-t2v-plus","prompt":"日出延时","duration":10,"fps":30});
    let request = Request::from_value(example.clone()).unwrap();
    assert_eq!(request.price().unwrap().to_string(), "3.50", "five seconds are billed");
    let (call, notes) = film(example);
    assert_eq!(call.duration, 5);
    assert_eq!(but_for_the_name(&notes), [("duration", "10", "5")]);
    let why = &notes.iter().find(|note| note.field == "duration").unwrap().why;
    assert!(why.en.contains("wan2.5-t2v-preview") && why.zh.contains("wan2.6-t2v"), "{why:?}");
    let ten = Request::from_value(
        json!({"model":"wan2.5-t2v-preview","prompt":"a","size":"1280*720","duration":10}),
    );
    assert_eq!(ten.unwrap().price().unwrap().to_string(), "6.00", "the way to ten seconds, at its own price");
}

#[test]
fn row_6_a_prompt_of_1000_characters_is_taken_and_what_is_ignored_is_told() {
    for (count, noted) in [(800, false), (801, true), (1000, true)] {
        let mut request = plain("wan2.1-t2v-turbo");
        request["prompt"] = json!("海".repeat(count));
        let (call, notes) = film(request);
        assert_eq!(call.prompt.chars().count(), count, "it is not cut here");
        assert_eq!(but_for_the_name(&notes).len(), usize::from(noted), "{count}");
    }
    let mut over = plain("wan2.1-t2v-turbo");
    over["prompt"] = json!("海".repeat(1001));
    assert_eq!(Request::from_value(over).unwrap_err()[0].field, "prompt");
    let (_, notes) = film(json!({"model":"wan2.6-t2v","prompt":"海".repeat(1500)}));
    assert_eq!(told(&notes), [], "the newer ones read more");
}

#[test]
fn row_7_wan_films_have_another_name_in_beijing() {
    for (given, beijing) in
        [("wan2.1-t2v-plus", "wanx2.1-t2v-plus"), ("wan2.1-t2v-turbo", "wanx2.1-t2v-turbo")]
    {
        let (call, notes) = film(plain(given));
        assert_eq!((call.model, told(&notes)), (beijing, vec![("model", given, beijing)]));
        for region in [Region::Singapore, Region::Virginia] {
            let abroad = sent_with(plain(given), Settings { region, ..Settings::default() });
            let (Call::Video(call), notes) = abroad else { panic!("no film") };
            assert_eq!((call.model, notes.len()), (given, 0));
        }
        // The other direction: who writes the vendor's name of the region means the same model.
        let request = Request::from_value(plain(beijing)).unwrap();
        assert_eq!(request.model(), given);
    }
}

#[test]
fn the_newest_is_asked_for_by_tier_and_ratio() {
    let (call, notes) =
        film(json!({"model":"wan2.7-t2v","prompt":"a","resolution":"1080P","ratio":"3:4","duration":2}));
    let frame = FilmFrame::Tier { resolution: "1080P".to_owned(), ratio: "3:4".to_owned() };
    assert_eq!((call.frame, call.duration, notes.len()), (frame, 2, 0));
    for (resolution, cny) in [("720P", "9.00"), ("1080P", "15.00")] {
        let request = json!({"model":"wan2.7-t2v","prompt":"a","resolution":resolution,"duration":15});
        assert_eq!(Request::from_value(request).unwrap().price().unwrap().to_string(), cny);
    }
}
