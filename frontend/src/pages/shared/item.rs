//! One thing that was shared, as a job: so the studio's own components draw it. Pure.

use serde_json::{Map, Value, json};
use studio_shared::catalogue;
use studio_shared::job::{Cost, Job, State};
use studio_shared::kind::Kind;
use studio_shared::link;
use studio_shared::request::Request;
use studio_shared::share::SharedItem;
use studio_shared::time::Timestamp;

use crate::place;

/// What stands for a recording, which stays with who shares its transcript.
const RECORDING: &str = "shared";

/// The item as a job. Where its settings are not shown, `called` stands for what was asked for; nothing else of them
/// is known, and nothing is drawn of them.
pub(super) fn job(item: &SharedItem, id: String, called: &str) -> Option<Job> {
    let mut request = request(item).or_else(|| nameless(item.kind, called))?;
    // As many places as there are results: some may not have been chosen.
    if let Request::Image(image) = &mut request {
        image.n = u32::try_from(item.outputs.len()).unwrap_or(u32::MAX);
    }
    let mut outputs = item.outputs.clone();
    for (n, output) in (0_u32..).zip(&mut outputs) {
        output.n = n;
    }
    Some(Job {
        id,
        kind: item.kind,
        state: State::Done,
        request,
        notes: Vec::new(),
        created_at: Timestamp::default(),
        started_at: None,
        finished_at: None,
        place: None,
        eta_ms: None,
        finish_ms: None,
        cancelable: false,
        outputs,
        text: item.text.clone(),
        batch: None,
        conversation: None,
        after: None,
        usage: None,
        cost: Cost { currency: "CNY".to_owned(), estimate: None, actual: None, at_most: None },
        error: None,
        request_id: None,
    })
}

/// The number, in the share, of its first result.
pub(super) fn first(item: &SharedItem) -> u32 {
    item.outputs.first().map(|output| output.n).unwrap_or_default()
}

/// The request that its settings make.
fn request(item: &SharedItem) -> Option<Request> {
    let mut fields = item.recipe.clone()?;
    fields.insert("kind".to_owned(), Value::from(item.kind.as_str()));
    if item.kind == Kind::Transcription {
        fields.insert("file".to_owned(), Value::from(RECORDING));
    }
    Request::from_value(Value::Object(fields)).ok()
}

/// A request of which only the kind and a name are known.
fn nameless(kind: Kind, called: &str) -> Option<Request> {
    let model = catalogue::models(kind).first()?.id;
    let (field, value) = match kind {
        Kind::Image | Kind::Video | Kind::Text => ("prompt", called),
        Kind::Speech => ("text", called),
        Kind::Transcription => ("file", RECORDING),
    };
    let mut fields = Map::new();
    fields.insert("kind".to_owned(), json!(kind.as_str()));
    fields.insert("model".to_owned(), json!(model));
    fields.insert(field.to_owned(), json!(value));
    Request::from_value(Value::Object(fields)).ok()
}

/// The address that opens a form filled with its settings; `None` where they are not shown.
pub(super) fn recipe(item: &SharedItem) -> Option<String> {
    let request = request(item)?;
    let written = link::write(&request);
    let kept = form_urlencoded::parse(written.as_bytes()).filter(|(name, _)| name != "file" && name != "url");
    let fragment = form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish();
    Some(format!("{}#{fragment}", place::of(item.kind)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(value: Value) -> SharedItem {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn results_are_drawn_in_as_many_places_as_were_chosen() {
        let some = item(json!({
            "kind": "image",
            "recipe": {"model": "wan2.2-t2i-flash", "prompt": "猫", "size": "512*512", "n": 4},
            "outputs": [{"n": 7, "type": "image/png"}, {"n": 8, "type": "image/png"}],
        }));
        let job = job(&some, "s-0".into(), "").unwrap();
        assert_eq!(job.outputs.iter().map(|output| output.n).collect::<Vec<_>>(), [0, 1]);
        let Request::Image(image) = &job.request else { panic!("{job:?}") };
        assert_eq!((image.n, image.prompt.as_str(), first(&some)), (2, "猫", 7));
        let link = recipe(&some).unwrap();
        assert!(link.starts_with("/#") && link.contains("model=wan2.2-t2i-flash"), "{link}");
    }

    #[test]
    fn without_settings_every_kind_has_a_name_and_no_recipe() {
        for kind in Kind::ALL {
            let bare = item(json!({ "kind": kind.as_str() }));
            let job = job(&bare, "s".into(), "一份分享").unwrap();
            assert_eq!(job.kind, kind);
            assert_eq!(recipe(&bare), None);
        }
    }

    #[test]
    fn the_recipe_of_a_transcript_names_no_recording() {
        let heard = item(json!({"kind": "transcription", "recipe": {"model": "paraformer-v2"}}));
        let link = recipe(&heard).unwrap();
        assert!(
            link.starts_with("/transcribe#") && !link.contains("file") && !link.contains(RECORDING),
            "{link}"
        );
    }

    #[test]
    fn settings_that_are_not_understood_are_not_drawn() {
        let odd = item(json!({"kind": "image", "recipe": {"model": "from-the-future", "prompt": "猫"}}));
        assert_eq!(recipe(&odd), None);
        assert!(job(&odd, "s".into(), "x").is_some());
    }
}
