//! Reading a page that is to be taken in: it comes from outside like any other body, and is checked like one.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Export, FORMAT, PAGE_ITEMS};
use crate::batch::{Batch, MOST_ENTRIES};
use crate::conversation::{Conversation, TITLE_CAP};
use crate::file::FILE_CAP;
use crate::job::Job;
use crate::json;
use crate::money::Money;
use crate::problem::Problem;
use crate::request::Request;
use crate::storage::LONGEST_RETENTION;
use crate::time::Timestamp;
use crate::words::Words;

/// Results and notes that a job can have at most.
const MOST_PARTS: usize = 100;

/// Longest job, in bytes of JSON: what is longer could not be kept as one.
const JOB_CAP: usize = 1_800_000;

/// The most that a job can have cost.
const MOST_COST: Money = Money::from_fen(100_000_000);

/// Longest name of a batch, in characters.
const NAME_CAP: usize = 200;

/// An id is given out within so many milliseconds of the moment that its job says it was created at.
const SLACK_MS: u64 = 60_000;

impl Export {
    /// Reads the body of `POST /api/import`. Whether the conversations and batches that jobs name are there, whoever keeps
    /// them knows.
    ///
    /// # Errors
    /// All problems at once.
    pub fn read(bytes: &[u8], now: Timestamp) -> Result<Self, Vec<Problem>> {
        let Value::Object(mut fields) = json::read(bytes).map_err(|problem| vec![problem])? else {
            let message = Words::new("请求必须是一个 JSON 对象。", "The request must be a JSON object.");
            return Err(vec![Problem::new(
                "",
                &Value::Null,
                Words::new("JSON 对象", "a JSON object"),
                message,
            )]);
        };
        let mut problems = Vec::new();
        let format = fields.remove("format").unwrap_or_default();
        if format != FORMAT {
            let message = Words::new(
                "这不是本产品导出的数据，或来自较新的版本。",
                "This was not exported by this product, or by a newer version of it.",
            );
            problems.push(Problem::new("format", &format, Words::new(FORMAT, FORMAT), message));
            return Err(problems); // nothing else would be understood
        }
        let settings = fields.remove("settings").filter(|given| !given.is_null());
        let page = Self {
            format: FORMAT.to_owned(),
            settings: settings.and_then(|given| item(given, "settings", &mut problems)),
            conversations: list(&mut fields, "conversations", &mut problems),
            batches: list(&mut fields, "batches", &mut problems),
            jobs: list(&mut fields, "jobs", &mut problems),
            next: None,
        };
        fields.remove("next");
        for (name, given) in &fields {
            problems.push(wrong(name, given, "format, settings, conversations, batches, jobs, next"));
        }
        let days = page.settings.and_then(|settings| settings.retention_days);
        if let Some(days) = days.filter(|days| !(1..=LONGEST_RETENTION).contains(days)) {
            let allowed = format!("1..{LONGEST_RETENTION}, null");
            problems.push(wrong("settings.retention_days", &Value::from(days), &allowed));
        }
        for (at, conversation) in page.conversations.iter().enumerate() {
            check_conversation(&format!("conversations[{at}]"), conversation, now, &mut problems);
        }
        for (at, batch) in page.batches.iter().enumerate() {
            check_batch(&format!("batches[{at}]"), batch, now, &mut problems);
        }
        for (at, job) in page.jobs.iter().enumerate() {
            check_job(&format!("jobs[{at}]"), job, now, &mut problems);
        }
        if problems.is_empty() { Ok(page) } else { Err(problems) }
    }
}

/// A list of the page; what of it cannot be read is a problem each.
fn list<T: DeserializeOwned>(
    fields: &mut Map<String, Value>,
    name: &str,
    problems: &mut Vec<Problem>,
) -> Vec<T> {
    match fields.remove(name) {
        None => Vec::new(),
        Some(Value::Array(items)) if items.len() <= PAGE_ITEMS => {
            let items = items.into_iter().enumerate();
            items.filter_map(|(at, given)| item(given, &format!("{name}[{at}]"), problems)).collect()
        }
        Some(other) => {
            problems.push(wrong(name, &other, &format!("[…] ≤ {PAGE_ITEMS}")));
            Vec::new()
        }
    }
}

fn item<T: DeserializeOwned>(given: Value, field: &str, problems: &mut Vec<Problem>) -> Option<T> {
    serde_json::from_value(given)
        .map_err(|error| problems.push(wrong(field, &Value::Null, &error.to_string())))
        .ok()
}

fn wrong(field: &str, given: &Value, allowed: &str) -> Problem {
    let message = Words::of(
        format!("{field} 不合规：{allowed}。"),
        format!("{field} is not as it was exported: {allowed}."),
    );
    Problem::new(field, given, Words::of(allowed, allowed), message)
}

fn check_conversation(field: &str, conversation: &Conversation, now: Timestamp, problems: &mut Vec<Problem>) {
    check_id(&format!("{field}.id"), &conversation.id, conversation.created_at, now, problems);
    let title = &conversation.title;
    if title.chars().count() > TITLE_CAP {
        problems.push(wrong(
            &format!("{field}.title"),
            &Value::from(title.as_str()),
            &format!("≤ {TITLE_CAP}"),
        ));
    }
    if conversation.updated_at < conversation.created_at || conversation.updated_at > now.after(SLACK_MS) {
        let given = Value::from(conversation.updated_at.to_string());
        problems.push(wrong(&format!("{field}.updated_at"), &given, "created_at … now"));
    }
}

fn check_batch(field: &str, batch: &Batch, now: Timestamp, problems: &mut Vec<Problem>) {
    check_id(&format!("{field}.id"), &batch.id, batch.created_at, now, problems);
    if batch.name.chars().count() > NAME_CAP {
        let given = Value::from(batch.name.as_str());
        problems.push(wrong(&format!("{field}.name"), &given, &format!("≤ {NAME_CAP}")));
    }
    if batch.kinds.len() > MOST_PARTS {
        problems.push(wrong(&format!("{field}.kinds"), &Value::from(batch.kinds.len()), "≤ 5"));
    }
}

/// A job must be one that could have come about here. One that has not ended is left out, and not looked at.
fn check_job(field: &str, job: &Job, now: Timestamp, problems: &mut Vec<Problem>) {
    if !job.state.is_final() {
        return;
    }
    check_id(&format!("{field}.id"), &job.id, job.created_at, now, problems);
    let mut refuse = |name: &str, given: &Value, allowed: &str| {
        problems.push(wrong(&format!("{field}.{name}"), given, allowed));
    };
    if serde_json::to_vec(job).is_ok_and(|bytes| bytes.len() > JOB_CAP) {
        refuse("id", &Value::from(job.id.as_str()), &format!("≤ {JOB_CAP} bytes"));
    }
    if job.kind != job.request.kind() {
        refuse("kind", &Value::from(job.kind.as_str()), job.request.kind().as_str());
    }
    for (name, moment) in [("started_at", job.started_at), ("finished_at", job.finished_at)] {
        if let Some(moment) = moment.filter(|moment| *moment > now.after(SLACK_MS)) {
            refuse(name, &Value::from(moment.to_string()), "≤ now");
        }
    }
    if job.finished_at.is_none() {
        refuse("finished_at", &Value::Null, "a moment");
    }
    let numbers = (0..).zip(&job.outputs).all(|(n, output)| n == output.n);
    if job.outputs.len() > MOST_PARTS || !numbers {
        refuse("outputs", &Value::from(job.outputs.len()), "n = 0, 1, 2 …");
    }
    for output in &job.outputs {
        if output.bytes.is_some_and(|bytes| bytes > FILE_CAP) {
            refuse("outputs", &Value::from(output.bytes), &format!("bytes ≤ {FILE_CAP}"));
        }
        if output.media_type.as_ref().is_some_and(|media_type| media_type.len() > MOST_PARTS) {
            refuse("outputs", &Value::from(output.media_type.as_deref()), "type");
        }
    }
    if job.notes.len() > MOST_PARTS {
        refuse("notes", &Value::from(job.notes.len()), &format!("≤ {MOST_PARTS}"));
    }
    for (name, amount) in
        [("estimate", job.cost.estimate), ("actual", job.cost.actual), ("at_most", job.cost.at_most)]
    {
        if let Some(amount) = amount.filter(|amount| !(Money::ZERO..=MOST_COST).contains(amount)) {
            refuse(&format!("cost.{name}"), &Value::from(amount.to_string()), &format!("0..{MOST_COST}"));
        }
    }
    if job.batch.as_ref().is_some_and(|place| usize::try_from(place.n).is_ok_and(|n| n >= MOST_ENTRIES)) {
        refuse(
            "batch.n",
            &Value::from(job.batch.as_ref().map(|place| place.n)),
            &format!("< {MOST_ENTRIES}"),
        );
    }
    // What comes after something came about after it. So no path through a conversation leads in a circle.
    if let Some(after) =
        job.after.as_deref().filter(|after| *after >= job.id.as_str() || job.conversation.is_none())
    {
        refuse("after", &Value::from(after), "an earlier turn of its conversation");
    }
    match serde_json::to_value(&job.request).map(Request::from_value) {
        Ok(Ok(request)) if request == job.request => {}
        Ok(Err(wrong_ones)) => {
            problems.extend(
                wrong_ones.into_iter().map(|problem| Problem {
                    field: format!("{field}.request.{}", problem.field),
                    ..problem
                }),
            );
        }
        _ => refuse("request", &Value::Null, "a request with all its defaults"),
    }
}

/// An id must be one of ours, a UUID of version 7, and of the moment that it belongs to.
fn check_id(field: &str, id: &str, created_at: Timestamp, now: Timestamp, problems: &mut Vec<Problem>) {
    let of = moment(id);
    let near = of.is_some_and(|of| of.since(created_at).max(created_at.since(of)) <= SLACK_MS);
    if !near || created_at > now.after(SLACK_MS) {
        problems.push(wrong(
            field,
            &Value::from(id),
            "an id of this studio's form, of the time of created_at",
        ));
    }
}

/// When a UUID of version 7 was made; `None` where the text is none.
fn moment(id: &str) -> Option<Timestamp> {
    let parts: Vec<&str> = id.split('-').collect();
    let is_hex = |part: &&str| part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let [high, low, version, variant, node] = parts.as_slice() else { return None };
    let lengths = [high.len(), low.len(), version.len(), variant.len(), node.len()];
    let is_one = lengths == [8, 4, 4, 4, 12] && parts.iter().all(is_hex) && version.starts_with('7');
    let ms = is_one.then(|| u64::from_str_radix(&format!("{high}{low}"), 16).ok())?;
    ms.map(Timestamp::from_ms)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const ID: &str = "019bd935-3600-7000-8000-000000000000"; // of the moment below

    fn now() -> Timestamp {
        moment(ID).unwrap().after(1000)
    }

    fn job() -> Value {
        let request =
            Request::from_value(json!({"model": "wan2.2-t2i-flash", "prompt": "a", "size": "512*512"}))
                .unwrap();
        let created_at = moment(ID).unwrap();
        json!({
            "id": ID, "kind": "image", "state": "done", "request": request, "notes": [], "created_at": created_at,
            "finished_at": created_at, "cancelable": false, "cost": {"currency": "CNY", "actual": "0.14"},
            "outputs": [{"n": 0, "type": "image/png", "bytes": 7}],
        })
    }

    fn read(page: &Value) -> Result<Export, Vec<String>> {
        let read = Export::read(page.to_string().as_bytes(), now());
        read.map_err(|problems| problems.into_iter().map(|problem| problem.field).collect())
    }

    fn with(name: &str, value: Value) -> Value {
        let mut job = job();
        job[name] = value;
        json!({"format": FORMAT, "jobs": [job]})
    }

    #[test]
    fn a_page_reads_back() {
        let page =
            json!({"format": FORMAT, "settings": {"retention_days": 30}, "jobs": [job()], "next": "x"});
        let read = read(&page).unwrap();
        assert_eq!((read.jobs.len(), read.settings.unwrap().retention_days), (1, Some(30)));
        assert_eq!(serde_json::to_value(&read.jobs[0]).unwrap(), job());
    }

    #[test]
    fn what_could_not_have_come_about_is_named() {
        for (name, value, field) in [
            ("id", json!("1"), "jobs[0].id"),
            ("id", json!("019bd935-3600-4000-8000-000000000000"), "jobs[0].id"),
            ("id", json!("019BD935-3600-7000-8000-000000000000"), "jobs[0].id"),
            ("created_at", json!("2020-01-20T02:00:00Z"), "jobs[0].id"),
            ("kind", json!("video"), "jobs[0].kind"),
            ("finished_at", json!("2999-01-20T02:00:00Z"), "jobs[0].finished_at"),
            ("finished_at", json!(null), "jobs[0].finished_at"),
            ("outputs", json!([{"n": 1}]), "jobs[0].outputs"),
            ("outputs", json!([{"n": 0, "bytes": FILE_CAP + 1}]), "jobs[0].outputs"),
            ("cost", json!({"currency": "CNY", "actual": "-1"}), "jobs[0].cost.actual"),
            ("cost", json!({"currency": "CNY", "at_most": "9000000000"}), "jobs[0].cost.at_most"),
            ("batch", json!({"id": "b", "n": MOST_ENTRIES}), "jobs[0].batch.n"),
            ("after", json!(ID), "jobs[0].after"),
            ("state", json!("finished"), "jobs[0]"),
            ("outputs", json!("all"), "jobs[0]"),
        ] {
            assert_eq!(read(&with(name, value.clone())), Err(vec![field.to_owned()]), "{name} {value}");
        }
        let mut request = job()["request"].clone();
        request["n"] = json!(4000);
        assert_eq!(read(&with("request", request)), Err(vec!["jobs[0].request.n".to_owned()]));
    }

    #[test]
    fn a_turn_comes_after_an_earlier_one_so_that_nothing_turns_in_a_circle() {
        let turn = |after: &str| {
            let mut job = job();
            job["conversation"] = json!(ID);
            job["after"] = json!(after);
            read(&json!({"format": FORMAT, "jobs": [job]}))
        };
        assert!(turn("019bd935-3500-7000-8000-000000000000").is_ok());
        for circle in [ID, "019bd935-3700-7000-8000-000000000000"] {
            assert_eq!(turn(circle), Err(vec!["jobs[0].after".to_owned()]));
        }
    }

    #[test]
    fn what_is_no_page_is_refused_by_name() {
        assert_eq!(read(&json!({"jobs": []})), Err(vec!["format".to_owned()]));
        assert_eq!(read(&json!({"format": FORMAT, "shares": []})), Err(vec!["shares".to_owned()]));
        assert_eq!(read(&json!({"format": FORMAT, "jobs": vec![job(); 101]})), Err(vec!["jobs".to_owned()]));
        let days = json!({"format": FORMAT, "settings": {"retention_days": 0}});
        assert_eq!(read(&days), Err(vec!["settings.retention_days".to_owned()]));
        assert_eq!(read(&json!([])), Err(vec![String::new()]));
        // One that has not ended is no problem: it is left out.
        assert!(read(&with("state", json!("running"))).is_ok());
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic(bytes in any::<Vec<u8>>(), id in any::<String>()) {
            let _ = Export::read(&bytes, now());
            let _ = read(&with("id", json!(id)));
        }
    }
}
