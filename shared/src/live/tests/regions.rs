//! What is offered where.

use serde_json::json;

use super::*;
use crate::kind::Kind;

#[test]
fn what_a_region_does_not_offer_is_refused_with_what_it_does() {
    let settings = Settings { region: Region::Singapore, ..Settings::default() };
    let request = Request::from_value(json!({"model":"wanx2.0-t2i-turbo","prompt":"a"})).unwrap();
    let problems = call(&request, settings).unwrap_err();
    assert_eq!(problems[0].field, "model");
    assert!(problems[0].allowed.en.contains("wan2.2-t2i-flash"), "{problems:?}");
    assert!(!problems[0].allowed.en.contains("wanx2.0-t2i-turbo"), "{problems:?}");
    let speech = Request::from_value(json!({"model":"sambert-zhichu-v1","text":"早"})).unwrap();
    assert!(call(&speech, settings).is_err(), "Sambert is in Beijing only");
    assert!(call(&speech, Settings::default()).is_ok());
}

#[test]
fn every_model_is_offered_somewhere_and_its_call_has_a_name() {
    for model in Kind::ALL.into_iter().flat_map(catalogue::models) {
        let offered = Region::ALL.into_iter().filter_map(|region| model.live_name(region));
        assert!(offered.count() > 0, "{}", model.id);
    }
}

#[test]
fn one_model_has_a_name_of_its_own_in_virginia() {
    let settings = Settings { region: Region::Virginia, ..Settings::default() };
    let (Call::Video(call), notes) = sent_with(json!({"model":"wan2.6-t2v","prompt":"a"}), settings) else {
        panic!("no film")
    };
    assert_eq!(call.model, "wan2.6-t2v-us");
    assert_eq!(told(&notes), [("model", "wan2.6-t2v", "wan2.6-t2v-us")]);
}
