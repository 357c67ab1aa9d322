//! The vendor's own book of what it accepted, made and bills: by it a campaign judges whoever calls
//! (`/_simulator/ledger`).

use serde::Serialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};

use crate::call::prompt;
use crate::endpoint::Endpoint;
use crate::figures::{Creation, Figures};
use crate::task::{End, Phase, Tasks};

/// A request for something to be made, or about a task: when it came in, and for which model.
#[derive(Clone, Debug, Serialize)]
struct Arrival(u64, Option<String>);

/// What figures do not tell.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// `usage` of what was answered at once, by the call's id. Of tasks it follows from the task.
    bills: HashMap<String, Value>,
    /// SHA-256 of what was made, by the creation's id and the result's number from 1.
    made: HashMap<String, BTreeMap<u32, String>>,
    arrivals: BTreeMap<Endpoint, Vec<Arrival>>,
}

impl Ledger {
    /// A request came in.
    pub(crate) fn arrived(&mut self, endpoint: Endpoint, model: Option<&str>, real_ms: u64) {
        let is_about_tasks =
            matches!(endpoint, Endpoint::TaskGet | Endpoint::TaskList | Endpoint::TaskCancel);
        if is_about_tasks || model.is_some() {
            let arrivals = self.arrivals.entry(endpoint).or_default();
            arrivals.push(Arrival(real_ms, model.map(str::to_owned)));
        }
    }

    /// So much is billed of a call. What is said later counts.
    pub(crate) fn bill(&mut self, id: &str, usage: Value) {
        self.bills.insert(id.to_owned(), usage);
    }

    /// These are the bytes of a result.
    pub(crate) fn made(&mut self, id: &str, number: u32, digest: String) {
        self.made.entry(id.to_owned()).or_default().insert(number, digest);
    }

    /// All of it.
    pub(crate) fn tell(&self, figures: &Figures, tasks: &Tasks) -> Value {
        let creations = figures.creations().iter().map(|creation| self.creation(creation, tasks));
        let arrivals: Map<String, Value> =
            self.arrivals.iter().map(|(endpoint, all)| (endpoint.name().into(), json!(all))).collect();
        json!({ "creations": creations.collect::<Vec<Value>>(), "arrivals": arrivals })
    }

    fn creation(&self, creation: &Creation, tasks: &Tasks) -> Value {
        let Creation { endpoint, task_id, model, at_ms, body, .. } = creation;
        let (status, billed) = match tasks.get(task_id) {
            Some(task) => match (task.phase, &task.order.end) {
                (Phase::Pending, _) => ("PENDING", Value::Null),
                (Phase::Running { .. }, _) => ("RUNNING", Value::Null),
                (Phase::Canceled { .. }, _) => ("CANCELED", Value::Null),
                (Phase::Ended { .. }, End::Failed(_)) => ("FAILED", Value::Null),
                (Phase::Ended { .. }, End::Succeeded) => ("SUCCEEDED", task.bill()),
            },
            None => ("ANSWERED", self.bills.get(task_id).cloned().unwrap_or_default()),
        };
        json!({
            "endpoint": endpoint, "task_id": task_id, "model": model, "at_ms": at_ms, "prompt": prompt(body),
            "body": body, "status": status, "billed": billed, "results": self.made.get(task_id),
        })
    }
}

/// SHA-256 in hex.
pub(crate) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The same of a sound that was streamed: of the file that it is, whose header says its true length.
pub(crate) fn digest_of_sound(mut sound: Vec<u8>) -> String {
    let length = u32::try_from(sound.len()).unwrap_or(u32::MAX);
    if sound.starts_with(b"RIFF") {
        for (at, less) in [(4, 8), (40, 44)] {
            if let Some(field) = sound.get_mut(at..at + 4) {
                field.copy_from_slice(&length.saturating_sub(less).to_le_bytes());
            }
        }
    }
    digest(&sound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::book_fixture::order;

    fn created(task_id: &str, endpoint: Endpoint) -> Creation {
        let body = json!({"model": "m", "input": {"prompt": "猫"}});
        let (model, headers) = ("m".to_owned(), BTreeMap::new());
        Creation { endpoint, task_id: task_id.to_owned(), model, at_ms: 5, headers, body }
    }

    #[test]
    fn a_task_is_billed_once_it_has_come_out_and_a_call_when_it_was_answered() {
        let (mut figures, mut ledger, mut tasks) = (Figures::default(), Ledger::default(), Tasks::new(2));
        tasks.accept(order("t1", End::Succeeded), 0);
        figures.created(created("t1", Endpoint::ImageCreate));
        figures.created(created("r1", Endpoint::TextGenerate));
        ledger.bill("r1", json!({"input_tokens": 3, "output_tokens": 1}));
        ledger.bill("r1", json!({"input_tokens": 3, "output_tokens": 9}));
        ledger.made("r1", 1, digest(b"text"));
        let told = ledger.tell(&figures, &tasks);
        assert_eq!(
            (&told["creations"][0]["status"], &told["creations"][0]["billed"]),
            (&json!("PENDING"), &json!(null))
        );
        assert_eq!(told["creations"][0]["prompt"], "猫");
        assert_eq!(told["creations"][1]["status"], "ANSWERED");
        assert_eq!(told["creations"][1]["billed"], json!({"input_tokens": 3, "output_tokens": 9}));
        assert_eq!(told["creations"][1]["results"]["1"].as_str().unwrap().len(), 64);
        tasks.advance(1_000_000);
        let told = ledger.tell(&figures, &tasks);
        assert_eq!(told["creations"][0]["status"], "SUCCEEDED");
        assert_eq!(told["creations"][0]["billed"], json!({"image_count": 2}));
    }

    #[test]
    fn arrivals_are_those_of_creations_and_of_calls_about_tasks() {
        let mut ledger = Ledger::default();
        ledger.arrived(Endpoint::ImageCreate, Some("m"), 7);
        ledger.arrived(Endpoint::TaskGet, None, 8);
        ledger.arrived(Endpoint::ResultGet, None, 9);
        let told = ledger.tell(&Figures::default(), &Tasks::new(2));
        assert_eq!(told["arrivals"], json!({"image.create": [[7, "m"]], "task.get": [[8, null]]}));
    }

    #[test]
    fn a_streamed_wav_is_the_file_with_its_true_length() {
        let mut stream = b"RIFF\xff\xff\xff\xffWAVE".to_vec();
        stream.resize(40, 0);
        stream.extend_from_slice(b"\xff\xff\xff\xffabcd");
        let mut file = stream.clone();
        file[4..8].copy_from_slice(&40_u32.to_le_bytes());
        file[40..44].copy_from_slice(&4_u32.to_le_bytes());
        assert_eq!(digest_of_sound(stream), digest(&file));
        assert_eq!(digest_of_sound(b"RIFF".to_vec()), digest(b"RIFF"), "too short for a header");
        assert_eq!(digest_of_sound(b"mp3".to_vec()), digest(b"mp3"));
    }
}
