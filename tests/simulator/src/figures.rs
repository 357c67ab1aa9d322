//! What reached the service: the simulator's own book, by which tests say "exactly one creation".

use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

use crate::endpoint::Endpoint;
use crate::limiter::Peak;

/// A creation that was accepted, whether or not its answer reached the caller.
#[derive(Clone, Debug, PartialEq)]
pub struct Creation {
    /// Which endpoint accepted it.
    pub endpoint: Endpoint,
    /// The task it made; of a call that is answered at once, its request id.
    pub task_id: String,
    /// The model asked for.
    pub model: String,
    /// Real Unix milliseconds.
    pub at_ms: u64,
    /// Request headers, without `Authorization`.
    pub headers: BTreeMap<String, String>,
    /// The body as received.
    pub body: Value,
}

/// Counters since the start or the last reset.
#[derive(Debug, Default)]
pub struct Figures {
    requests: BTreeMap<Endpoint, BTreeMap<String, u64>>,
    peaks: BTreeMap<Endpoint, Peak>,
    model_peaks: BTreeMap<String, Peak>,
    creations: Vec<Creation>,
    streams: BTreeMap<Endpoint, Streams>,
}

/// Streamed answers.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Streams {
    begun: u64,
    /// Sent to their end.
    finished: u64,
    /// Broken off by either side.
    left: u64,
}

impl Figures {
    /// A request came in.
    pub fn arrived(&mut self, endpoint: Endpoint, model: Option<&str>, real_ms: u64) {
        self.peaks.entry(endpoint).or_default().arrive(real_ms);
        if let Some(model) = model {
            self.arrived_model(model, real_ms);
        }
    }

    /// A request for a model came in, on a connection that was there.
    pub fn arrived_model(&mut self, model: &str, real_ms: u64) {
        self.model_peaks.entry(model.to_owned()).or_default().arrive(real_ms);
    }

    /// How it ended for the caller: a status, or `cut`, or `hang`.
    pub fn answered(&mut self, endpoint: Endpoint, outcome: &str) {
        *self.requests.entry(endpoint).or_default().entry(outcome.to_owned()).or_default() += 1;
    }

    /// A streamed answer begins.
    pub fn stream_begun(&mut self, endpoint: Endpoint) {
        self.streams.entry(endpoint).or_default().begun += 1;
    }

    /// A streamed answer is over.
    pub fn stream_ended(&mut self, endpoint: Endpoint, finished: bool) {
        let streams = self.streams.entry(endpoint).or_default();
        *if finished { &mut streams.finished } else { &mut streams.left } += 1;
    }

    /// A task came to be.
    pub fn created(&mut self, creation: Creation) {
        self.creations.push(creation);
    }

    /// Everything that was accepted.
    pub(crate) fn creations(&self) -> &[Creation] {
        &self.creations
    }

    /// All of it. `status` tells a task's present state.
    pub fn tell(&self, status: impl Fn(&str) -> &'static str) -> Value {
        let mut requests = Map::new();
        let mut peaks = Map::new();
        for &endpoint in Endpoint::ALL {
            let by_status = self.requests.get(&endpoint);
            let total: u64 = by_status.iter().flat_map(|by_status| by_status.values()).sum();
            let counted = json!({ "total": total, "by_status": by_status.cloned().unwrap_or_default() });
            requests.insert(endpoint.name().into(), counted);
            let peak = self.peaks.get(&endpoint).map_or(0, Peak::highest);
            peaks.insert(endpoint.name().into(), peak.into());
        }
        let creations: Vec<Value> = self.creations.iter().map(|creation| tell(creation, &status)).collect();
        let models: Map<String, Value> =
            self.model_peaks.iter().map(|(model, peak)| (model.clone(), peak.highest().into())).collect();
        json!({
            "requests": requests,
            "creations": creations,
            "streams": self.streams,
            "peak_per_second": peaks,
            "peak_per_second_by_model": models,
        })
    }
}

fn tell(creation: &Creation, status: impl Fn(&str) -> &'static str) -> Value {
    let Creation { endpoint, task_id, model, at_ms, headers, body } = creation;
    json!({
        "endpoint": endpoint, "task_id": task_id, "model": model, "at_ms": at_ms, "headers": headers, "body": body,
        "status": 200, "task_status": status(task_id),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_and_cut_requests_are_counted_but_only_accepted_creations_are_listed() {
        let mut figures = Figures::default();
        for (at, outcome) in [(0, "200"), (10, "429"), (20, "cut"), (3_000, "200")] {
            figures.arrived(Endpoint::ImageCreate, Some("m"), at);
            figures.answered(Endpoint::ImageCreate, outcome);
        }
        let (headers, body) = (BTreeMap::new(), json!({"model": "m"}));
        figures.created(Creation {
            endpoint: Endpoint::ImageCreate,
            task_id: "t".into(),
            model: "m".into(),
            at_ms: 5,
            headers,
            body,
        });
        let told = figures.tell(|_| "RUNNING");
        let counted = json!({"total": 4, "by_status": {"200": 2, "429": 1, "cut": 1}});
        assert_eq!(told["requests"]["image.create"], counted);
        assert_eq!(told["requests"]["task.get"], json!({"total": 0, "by_status": {}}));
        assert_eq!(told["peak_per_second"]["image.create"], 3);
        assert_eq!(told["peak_per_second_by_model"], json!({"m": 3}));
        assert_eq!(told["creations"].as_array().unwrap().len(), 1);
        assert_eq!(told["creations"][0]["task_status"], "RUNNING");
    }
}
