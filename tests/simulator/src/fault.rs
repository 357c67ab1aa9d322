//! Faults that a test plants: what goes wrong, where, when and how often (`/_simulator/faults`).

use serde::{Deserialize, Serialize};

use crate::endpoint::Endpoint;
use crate::stream::trouble::Trouble;

/// Where a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Where {
    /// One endpoint.
    At(Endpoint),
    /// `"*"`: all of them.
    Anywhere(Star),
}

/// The asterisk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Star {
    /// `"*"`.
    #[serde(rename = "*")]
    All,
}

/// Which requests it strikes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// Only those whose prompt has this in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt_contains: Option<String>,
    /// Only those about this task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_id: Option<String>,
}

/// A point of the exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Point {
    /// Before the request is processed.
    Before,
    /// After it was processed, before any answer.
    After,
    /// After it was processed, within the answer.
    Inside,
}

/// When the silence begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Hang {
    /// `true`: the request is not processed.
    Unprocessed(bool),
    /// `"after"`: it is.
    Processed(AfterWord),
}

/// The word `after`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AfterWord {
    /// `"after"`.
    After,
}

/// An error answer of the service's own form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusFault {
    /// HTTP status.
    pub status: u16,
    /// Any code.
    pub code: String,
    /// The catalogue's first text for the code when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// `Retry-After`, seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// `retry-after-ms`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<u64>,
    /// The request is processed all the same.
    #[serde(default)]
    pub processed: bool,
}

/// A gateway's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HtmlFault {
    /// HTTP status of the page.
    pub html: u16,
    /// The request is processed all the same.
    #[serde(default)]
    pub processed: bool,
}

/// 200 and `application/json`, but not JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotJsonFault {
    /// Only `true` is meant.
    pub not_json: bool,
    /// The request is processed all the same.
    #[serde(default)]
    pub processed: bool,
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Fault {
    /// `{"status":429,"code":…}`
    Status(StatusFault),
    /// `{"html":502}`
    Html(HtmlFault),
    /// `{"not_json":true}`
    NotJson(NotJsonFault),
    /// `{"half_body":true}`: processed; half of the answer, then the connection is closed.
    HalfBody {
        /// Only `true` is meant.
        half_body: bool,
    },
    /// `{"cut":"before"|"after"|"inside"}`
    Cut {
        /// Where in the exchange.
        cut: Point,
    },
    /// `{"expired":true}`: of a result, the store's refusal of a link that has expired.
    Expired {
        /// Only `true` is meant.
        expired: bool,
    },
    /// `{"redirect":"http://…"}`: not processed; the way to another address.
    Redirect {
        /// Where to.
        redirect: String,
    },
    /// `{"elsewhere":"http://…"}`: processed; every result in the answer lies at this address.
    Elsewhere {
        /// Where.
        elsewhere: String,
    },
    /// `{"delay_ms":n}`: real milliseconds, then the normal answer.
    Delay {
        /// How long.
        delay_ms: u64,
    },
    /// `{"hang":true}` or `{"hang":"after"}`: no answer until the client leaves.
    Hang {
        /// From when.
        hang: Hang,
    },
    /// `{"stream":{…}}`: processed; the answer, if it is a stream, suffers from this.
    Stream {
        /// What from.
        stream: Trouble,
    },
}

/// A planted fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planted {
    /// Where.
    pub endpoint: Where,
    /// Which requests; all when absent.
    #[serde(default)]
    pub when: When,
    /// How often; 0 is for ever.
    #[serde(default = "once")]
    pub times: u64,
    /// So many matching requests pass first.
    #[serde(default)]
    pub skip: u64,
    /// What.
    pub fault: Fault,
}

fn once() -> u64 {
    1
}

/// What a request shows of itself.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Where it goes.
    pub endpoint: Endpoint,
    /// Its prompt, if it has one.
    pub prompt: Option<&'a str>,
    /// The task it is about.
    pub task_id: Option<&'a str>,
}

/// All planted faults, in order of planting.
#[derive(Debug, Default)]
pub struct Faults {
    planted: Vec<Planted>,
}

impl Faults {
    /// Plants one more.
    pub fn plant(&mut self, planted: Planted) {
        self.planted.push(planted);
    }

    /// Takes all away.
    pub fn clear(&mut self) {
        self.planted.clear();
    }

    /// Those that may still strike.
    pub fn list(&self) -> &[Planted] {
        &self.planted
    }

    /// What strikes this request: the oldest that matches and has nothing left to skip.
    pub fn strike(&mut self, seen: Seen<'_>) -> Option<Fault> {
        self.strike_one(|planted| matches(planted, seen))
    }

    /// The same on a socket whose handshake was struck already: only what waits for a text.
    pub fn strike_said(&mut self, seen: Seen<'_>) -> Option<Fault> {
        self.strike_one(|planted| planted.when.prompt_contains.is_some() && matches(planted, seen))
    }

    fn strike_one(&mut self, matches: impl Fn(&Planted) -> bool) -> Option<Fault> {
        let mut struck = None;
        for (at, planted) in self.planted.iter_mut().enumerate().filter(|(_, planted)| matches(planted)) {
            if planted.skip > 0 {
                planted.skip -= 1;
                continue;
            }
            struck = Some((at, planted.fault.clone(), planted.times == 1));
            // 0 is for ever, and stays 0.
            planted.times = planted.times.saturating_sub(1);
            break;
        }
        let (at, fault, last) = struck?;
        if last {
            self.planted.remove(at);
        }
        Some(fault)
    }
}

fn matches(planted: &Planted, seen: Seen<'_>) -> bool {
    let place = match planted.endpoint {
        Where::At(endpoint) => endpoint == seen.endpoint,
        Where::Anywhere(Star::All) => true,
    };
    let When { prompt_contains, task_id } = &planted.when;
    place
        && prompt_contains.as_ref().is_none_or(|part| seen.prompt.is_some_and(|prompt| prompt.contains(part)))
        && task_id.as_ref().is_none_or(|task_id| seen.task_id == Some(task_id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn faults(planted: &[Value]) -> Faults {
        let mut faults = Faults::default();
        for planted in planted {
            faults.plant(serde_json::from_value(planted.clone()).unwrap());
        }
        faults
    }

    fn seen<'a>(endpoint: Endpoint, prompt: Option<&'a str>) -> Seen<'a> {
        Seen { endpoint, prompt, task_id: None }
    }

    #[test]
    fn every_documented_form_is_read_and_written_back() {
        for fault in [
            json!({"status": 429, "code": "Throttling", "retry_after": 3, "processed": false}),
            json!({"html": 502, "processed": true}),
            json!({"not_json": true, "processed": false}),
            json!({"half_body": true}),
            json!({"cut": "before"}),
            json!({"cut": "after"}),
            json!({"cut": "inside"}),
            json!({"delay_ms": 20}),
            json!({"expired": true}),
            json!({"hang": true}),
            json!({"hang": "after"}),
            json!({"stream": {"split": true, "cut_after": 3}}),
        ] {
            let read: Fault = serde_json::from_value(fault.clone()).unwrap();
            assert_eq!(serde_json::to_value(read).unwrap(), fault);
        }
        for bad in [
            json!({"cut": "never"}),
            json!({"html": "x"}),
            json!({}),
            json!({"status": 429}),
            json!("hang"),
            json!({"stream": {"splt": true}}),
        ] {
            assert!(serde_json::from_value::<Fault>(bad.clone()).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_fault_strikes_so_many_times_after_so_many_skipped() {
        let create = seen(Endpoint::ImageCreate, None);
        let fault = json!({"delay_ms": 1});
        let mut all = faults(&[json!({"endpoint": "image.create", "skip": 1, "times": 2, "fault": fault})]);
        assert_eq!(all.strike(seen(Endpoint::TaskGet, None)), None, "another endpoint is not counted");
        let struck: Vec<bool> = (0..5).map(|_| all.strike(create).is_some()).collect();
        assert_eq!(struck, [false, true, true, false, false]);
        assert!(all.list().is_empty());
        let mut forever = faults(&[json!({"endpoint": "*", "times": 0, "fault": fault})]);
        assert!((0..50).all(|_| forever.strike(create).is_some()));
        let mut once = faults(&[json!({"endpoint": "*", "fault": fault})]);
        assert!(once.strike(create).is_some() && once.strike(create).is_none());
    }

    #[test]
    fn a_fault_waits_for_its_prompt_or_its_task() {
        let mut all = faults(&[
            json!({"endpoint": "*", "when": {"prompt_contains": "猫"}, "fault": {"html": 502}}),
            json!({"endpoint": "task.get", "when": {"task_id": "t1"}, "fault": {"cut": "before"}}),
        ]);
        assert_eq!(all.strike(seen(Endpoint::ImageCreate, Some("狗"))), None);
        assert_eq!(all.strike(seen(Endpoint::ImageCreate, None)), None);
        assert!(matches!(all.strike(seen(Endpoint::ImageCreate, Some("可爱猫咪"))), Some(Fault::Html(_))));
        let poll = |task_id| Seen { endpoint: Endpoint::TaskGet, prompt: None, task_id: Some(task_id) };
        assert_eq!(all.strike(poll("t2")), None);
        assert_eq!(all.strike(poll("t1")), Some(Fault::Cut { cut: Point::Before }));
    }
}
