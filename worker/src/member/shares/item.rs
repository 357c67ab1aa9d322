//! What of a job is shared: pure. Everything that is not named here stays with the member.

use serde_json::{Map, Value};
use studio_shared::job::{Answer, Output};
use studio_shared::kind::Kind;
use studio_shared::problem::Problem;
use studio_shared::request::Request;
use studio_shared::share::{SharedItem, Shown};
use studio_shared::words::Words;

use crate::media;
use crate::member::entry::{Entry, Stored};
use crate::reply::Refusal;
use crate::share::{Copied, Source};

/// How an item is to be shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct How<'a> {
    /// Results, settings, or both.
    pub(super) shown: Shown,
    /// Which of its results; `None` for all that there are.
    pub(super) outputs: Option<&'a [u32]>,
    /// Whether it is a turn of a conversation, which shows what the person said.
    pub(super) is_turn: bool,
    /// How many results the items before it have.
    pub(super) first: u32,
    /// The field that names it, for what is wrong with it.
    pub(super) field: &'a str,
}

/// A job as it is shared, and the results that are copied for it. `member` is the id of the member's object.
///
/// # Errors
/// It has not ended, has no result to show, or not the one that is named.
pub(super) fn item(
    member: &str,
    entry: &Entry,
    text: Option<Answer>,
    how: How<'_>,
) -> Result<(SharedItem, Vec<Source>), Refusal> {
    if !entry.state.is_final() {
        return Err(not_ended());
    }
    let mut item =
        SharedItem { kind: entry.kind(), recipe: None, said: None, outputs: Vec::new(), text: None };
    let mut sources = Vec::new();
    if how.shown.recipe() {
        item.recipe = recipe(&entry.request);
    }
    if how.shown.results() {
        item.said = said(&entry.request).filter(|_| how.is_turn);
        item.text = text.filter(|text| !text.text.is_empty());
        for (n, (at, stored)) in (how.first..).zip(chosen(entry, how)?) {
            item.outputs.push(output(n, stored, how.shown));
            let copied = Copied {
                bytes: stored.bytes.unwrap_or(0),
                media_type: stored.media_type.clone().unwrap_or_default(),
            };
            sources.push(Source { key: media::key(member, &entry.id, at), copied });
        }
        if sources.is_empty() && item.text.is_none() && item.said.is_none() {
            return Err(nothing_to_show(entry));
        }
    }
    Ok((item, sources))
}

/// The results that are shown, by their numbers.
fn chosen<'a>(entry: &'a Entry, how: How<'_>) -> Result<Vec<(u32, &'a Stored)>, Refusal> {
    let kept = (0..).zip(&entry.outputs).filter(|(_, stored)| stored.kept);
    let Some(wanted) = how.outputs else { return Ok(kept.collect()) };
    let kept: Vec<_> = kept.collect();
    let find = |n: &u32| {
        let found = kept.iter().copied().find(|(at, _)| at == n);
        found.ok_or_else(|| if lies_elsewhere(entry) { not_kept() } else { no_output(how.field, *n) })
    };
    wanted.iter().map(find).collect()
}

fn output(n: u32, stored: &Stored, shown: Shown) -> Output {
    let prompt = |prompt: &Option<String>| prompt.clone().filter(|_| shown.recipe());
    Output {
        n,
        media_type: stored.media_type.clone(),
        bytes: stored.bytes,
        expires_at: None,
        orig_prompt: prompt(&stored.orig_prompt),
        actual_prompt: prompt(&stored.actual_prompt),
        error: None,
    }
}

/// The settings, without the recording of a transcription: its handle is the member's, its address may be private.
fn recipe(request: &Request) -> Option<Map<String, Value>> {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(request) else { return None };
    if request.kind() == Kind::Transcription {
        fields.retain(|name, _| name != "file" && name != "url");
    }
    Some(fields)
}

fn said(request: &Request) -> Option<String> {
    matches!(request, Request::Text(_)).then(|| request.prompt().to_owned())
}

/// Whether it has results that are not in the bucket.
fn lies_elsewhere(entry: &Entry) -> bool {
    entry.outputs.iter().any(|stored| !stored.kept && (stored.here || stored.url.is_some()))
}

fn nothing_to_show(entry: &Entry) -> Refusal {
    if lies_elsewhere(entry) { not_kept() } else { no_result() }
}

fn not_ended() -> Refusal {
    Refusal::wrong_state(
        Words::new("任务还在进行，不能分享。", "The job has not ended and cannot be shared."),
        Words::new("等它结束后再分享。", "Share it when it has ended."),
    )
}

fn not_kept() -> Refusal {
    Refusal::wrong_state(
        Words::new(
            "结果不在存储桶里，没有可供分享的副本。",
            "The result is not in a bucket: there is nothing that a share could hold a copy of.",
        ),
        Words::new(
            "请所有者绑定存储桶；设置（recipe）不需要它也能分享。",
            "The owner has to bind a bucket; the settings (recipe) can be shared without one.",
        ),
    )
}

fn no_result() -> Refusal {
    Refusal::wrong_state(
        Words::new("任务没有结果可以分享。", "The job has no result that could be shared."),
        Words::new("可以只分享它的设置（recipe）。", "Its settings (recipe) can be shared."),
    )
}

fn no_output(field: &str, n: u32) -> Refusal {
    let message = Words::of(
        format!("{field}.outputs 里的 {n} 没有结果。"),
        format!("{field}.outputs names {n}, which is no result of the job."),
    );
    let allowed = Words::new("任务的结果编号", "numbers of the job's results");
    Refusal::problems(vec![Problem::new(format!("{field}.outputs"), &Value::from(n), allowed, message)])
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use studio_shared::error::code;
    use studio_shared::job::State;
    use studio_shared::money::Money;
    use studio_shared::time::Timestamp;

    use super::*;

    const CANARY: &str = "canary";

    /// A picture with everything that a job can have, each marked.
    fn entry() -> Entry {
        let request =
            Request::from_value(json!({"model":"wan2.2-t2i-flash","prompt":"the prompt","n":2})).unwrap();
        let mut entry = Entry::new(format!("job-{CANARY}"), request, Vec::new(), Timestamp::from_ms(0));
        entry.state = State::Done;
        entry.task_id = Some(format!("task-{CANARY}"));
        entry.request_id = Some(format!("request-{CANARY}"));
        entry.actual = Some(Money::from_fen(28));
        let stored = || Stored {
            url: Some(format!("https://signed.example/?{CANARY}")),
            kept: true,
            media_type: Some("image/png".to_owned()),
            bytes: Some(7),
            orig_prompt: Some("the prompt as repeated".to_owned()),
            actual_prompt: Some("the prompt as rewritten".to_owned()),
            ..Stored::default()
        };
        entry.outputs = vec![stored(), Stored { kept: false, url: None, ..stored() }, stored()];
        entry
    }

    fn how(shown: Shown) -> How<'static> {
        How { shown, outputs: None, is_turn: false, first: 4, field: "items[0]" }
    }

    #[test]
    fn results_are_counted_on_and_nothing_else_leaves() {
        let (item, sources) = item("m", &entry(), None, how(Shown::Result)).unwrap();
        assert_eq!(item.outputs.iter().map(|output| output.n).collect::<Vec<_>>(), [4, 5]);
        let keys: Vec<_> = sources.iter().map(|source| source.key.as_str()).collect();
        assert_eq!(keys, ["m/job-canary/0", "m/job-canary/2"]);
        let shown = serde_json::to_string(&item).unwrap();
        assert!(!shown.contains(CANARY) && !shown.contains("prompt") && !shown.contains("0.28"), "{shown}");
    }

    #[test]
    fn the_recipe_brings_the_prompts_and_alone_copies_nothing() {
        let (both, sources) = item("m", &entry(), None, how(Shown::Both)).unwrap();
        assert_eq!((both.recipe.unwrap()["prompt"].as_str(), sources.len()), (Some("the prompt"), 2));
        assert_eq!(both.outputs[0].actual_prompt.as_deref(), Some("the prompt as rewritten"));
        let (recipe, sources) = item("m", &entry(), None, how(Shown::Recipe)).unwrap();
        assert!(recipe.recipe.is_some() && recipe.outputs.is_empty() && sources.is_empty());
    }

    #[test]
    fn some_results_can_be_chosen_and_one_that_is_not_there_is_named() {
        let choose = |outputs: &[u32]| {
            item("m", &entry(), None, How { outputs: Some(outputs), ..how(Shown::Result) })
                .map(|(_, sources)| sources.into_iter().map(|source| source.key).collect::<Vec<_>>())
                .map_err(|refusal| refusal.problems[0].field.clone())
        };
        assert_eq!(choose(&[2]).unwrap(), ["m/job-canary/2"]);
        assert_eq!(
            (choose(&[1]), choose(&[3])),
            (Err("items[0].outputs".into()), Err("items[0].outputs".into()))
        );
    }

    #[test]
    fn what_has_not_ended_or_has_no_result_is_refused() {
        let refused = |entry: &Entry| item("m", entry, None, how(Shown::Result)).unwrap_err();
        let running = Entry { state: State::Running, ..entry() };
        assert_eq!(refused(&running).code, code::WRONG_STATE);
        let failed = Entry { state: State::Failed, outputs: Vec::new(), ..entry() };
        assert!(refused(&failed).message.en.contains("no result"));
        let mut elsewhere = entry();
        elsewhere.outputs.iter_mut().for_each(|stored| stored.kept = false);
        assert!(refused(&elsewhere).advice.en.contains("bind a bucket"));
        assert!(item("m", &failed, None, how(Shown::Recipe)).is_ok(), "its settings are there all the same");
    }

    #[test]
    fn a_recording_stays_with_the_member() {
        let at = |recording: Value| {
            let mut value = json!({"model": "paraformer-v2"});
            value.as_object_mut().unwrap().extend(recording.as_object().unwrap().clone());
            let recipe = recipe(&Request::from_value(value).unwrap()).unwrap();
            serde_json::to_string(&recipe).unwrap()
        };
        for recording in [json!({"file": "canary"}), json!({"url": "https://example.com/canary.mp3"})] {
            let shown = at(recording);
            assert!(!shown.contains(CANARY) && shown.contains("paraformer-v2"), "{shown}");
        }
    }

    #[test]
    fn a_turn_shows_what_was_said() {
        let request =
            Request::from_value(json!({"model":"qwen-turbo","prompt":"said","system":"secret"})).unwrap();
        let mut entry = Entry::new("job".to_owned(), request, Vec::new(), Timestamp::from_ms(0));
        entry.state = State::Done;
        let text = || Some(Answer { text: "answered".to_owned(), ..Answer::default() });
        let (turn, _) = item("m", &entry, text(), How { is_turn: true, ..how(Shown::Result) }).unwrap();
        assert_eq!((turn.said.as_deref(), turn.text.unwrap().text.as_str()), (Some("said"), "answered"));
        assert_eq!(turn.recipe, None, "the instruction is a setting");
        let (alone, _) = item("m", &entry, text(), how(Shown::Result)).unwrap();
        assert_eq!((alone.said, alone.recipe), (None, None));
    }
}
