//! Faults by probability (`/_simulator/weather`): what strikes the n-th request of an endpoint follows from the seed
//! alone.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::endpoint::Endpoint;
use crate::fault::{Fault, HtmlFault, NotJsonFault, Point, StatusFault};

/// What may strike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ill {
    /// `{"cut":"before"}`
    CutBefore,
    /// `{"cut":"after"}`
    CutAfter,
    /// `{"cut":"inside"}`
    CutInside,
    /// `{"half_body":true}`
    HalfBody,
    /// Throttled.
    #[serde(rename = "status_429")]
    Status429,
    /// The service's own failure: not processed, and it says so.
    #[serde(rename = "status_500")]
    Status500,
    /// A gateway's 502 in place of a request.
    Html,
    /// A gateway's 502 over a request that was processed.
    HtmlAfter,
    /// Plain text for JSON in place of a request.
    NotJson,
    /// The same over a request that was processed.
    NotJsonAfter,
    /// The answer comes late, by `late_ms`.
    Late,
    /// Of a result: its link has expired. Strikes nothing else.
    Expired,
}

/// One kind of weather.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weather {
    /// Decides everything.
    pub seed: u64,
    /// How probable each is; together at most 1.
    pub rates: BTreeMap<Ill, f64>,
    /// Where; everywhere when empty.
    #[serde(default)]
    pub endpoints: Vec<Endpoint>,
    /// Real milliseconds that a late answer is late, from and to.
    #[serde(default = "late")]
    pub late_ms: (u64, u64),
}

fn late() -> (u64, u64) {
    (500, 5_000)
}

impl Weather {
    /// Why it cannot be, if it cannot.
    pub fn wrong(&self) -> Option<String> {
        let sum: f64 = self.rates.values().sum();
        let each = self.rates.values().all(|rate| (0.0..=1.0).contains(rate));
        if !each || sum > 1.0 {
            return Some(format!("rates are between 0 and 1, and together at most 1: {sum}"));
        }
        (self.late_ms.0 > self.late_ms.1).then(|| "late_ms is [from, to]".to_owned())
    }

    /// What strikes the `number`th request of an endpoint, counted from 0.
    pub fn strike(&self, endpoint: Endpoint, number: u64) -> Option<(Ill, Fault)> {
        if !self.endpoints.is_empty() && !self.endpoints.contains(&endpoint) {
            return None;
        }
        let place = Endpoint::ALL.iter().position(|one| *one == endpoint).unwrap_or_default() as u64;
        let drawn = mixed(mixed(self.seed ^ (place << 48)) ^ number);
        let mut unit = (drawn >> 11) as f64 / (1_u64 << 53) as f64;
        let ill = self.rates.iter().find_map(|(ill, rate)| {
            unit -= rate;
            (unit < 0.0).then_some(*ill)
        })?;
        let (from, to) = self.late_ms;
        let late_ms = from + mixed(drawn) % (to - from + 1);
        (ill != Ill::Expired || endpoint == Endpoint::ResultGet).then(|| (ill, fault(ill, late_ms)))
    }
}

/// SplitMix64: neighbouring numbers become unrelated ones.
fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn fault(ill: Ill, late_ms: u64) -> Fault {
    let status = |status, code: &str| {
        let (code, message, processed) = (code.to_owned(), None, false);
        Fault::Status(StatusFault {
            status,
            code,
            message,
            retry_after: None,
            retry_after_ms: None,
            processed,
        })
    };
    match ill {
        Ill::CutBefore => Fault::Cut { cut: Point::Before },
        Ill::CutAfter => Fault::Cut { cut: Point::After },
        Ill::CutInside => Fault::Cut { cut: Point::Inside },
        Ill::HalfBody => Fault::HalfBody { half_body: true },
        Ill::Status429 => status(429, "Throttling.RateQuota"),
        Ill::Status500 => status(500, "InternalError"),
        Ill::Html | Ill::HtmlAfter => Fault::Html(HtmlFault { html: 502, processed: ill == Ill::HtmlAfter }),
        Ill::NotJson | Ill::NotJsonAfter => {
            Fault::NotJson(NotJsonFault { not_json: true, processed: ill == Ill::NotJsonAfter })
        }
        Ill::Late => Fault::Delay { delay_ms: late_ms },
        Ill::Expired => Fault::Expired { expired: true },
    }
}

/// All weather there is, and what it has done.
#[derive(Debug, Default)]
pub(crate) struct Sky {
    pub(crate) weather: Vec<Weather>,
    seen: BTreeMap<Endpoint, u64>,
    /// How often each struck where.
    pub(crate) struck: BTreeMap<Endpoint, BTreeMap<Ill, u64>>,
}

impl Sky {
    /// What strikes the next request of an endpoint: of the oldest weather that has something.
    pub(crate) fn strike(&mut self, endpoint: Endpoint) -> Option<Fault> {
        let seen = self.seen.entry(endpoint).or_default();
        let number = *seen;
        *seen += 1;
        let (ill, fault) = self.weather.iter().find_map(|weather| weather.strike(endpoint, number))?;
        *self.struck.entry(endpoint).or_default().entry(ill).or_default() += 1;
        Some(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn weather(value: Value) -> Weather {
        serde_json::from_value(value).unwrap()
    }

    fn struck(weather: &Weather, endpoint: Endpoint) -> Vec<Option<Ill>> {
        (0..10_000).map(|number| weather.strike(endpoint, number).map(|(ill, _)| ill)).collect()
    }

    #[test]
    fn the_same_seed_is_the_same_weather_and_another_another() {
        let one = |seed: u64| weather(json!({"seed": seed, "rates": {"cut_after": 0.1, "late": 0.1}}));
        assert_eq!(struck(&one(7), Endpoint::ImageCreate), struck(&one(7), Endpoint::ImageCreate));
        assert_ne!(struck(&one(7), Endpoint::ImageCreate), struck(&one(8), Endpoint::ImageCreate));
        assert_ne!(struck(&one(7), Endpoint::ImageCreate), struck(&one(7), Endpoint::TaskGet));
    }

    #[test]
    fn each_strikes_as_often_as_it_is_said_to_and_only_where() {
        let rough = weather(json!({"seed": 1, "endpoints": ["task.get"], "rates":
            {"cut_before": 0.05, "status_429": 0.1, "status_500": 0.01, "expired": 0.2}}));
        let all = struck(&rough, Endpoint::TaskGet);
        let count = |ill| all.iter().filter(|one| **one == Some(ill)).count();
        assert!((400..600).contains(&count(Ill::CutBefore)), "{}", count(Ill::CutBefore));
        assert!((850..1150).contains(&count(Ill::Status429)), "{}", count(Ill::Status429));
        assert_eq!(count(Ill::Expired), 0, "only a result's link expires");
        assert!(struck(&rough, Endpoint::TaskList).iter().all(Option::is_none));
        let dead = weather(json!({"seed": 1, "rates": {"expired": 1.0}}));
        assert!(struck(&dead, Endpoint::ResultGet).iter().all(|one| *one == Some(Ill::Expired)));
    }

    #[test]
    fn late_is_within_its_bounds_and_nonsense_is_said() {
        let late = weather(json!({"seed": 3, "rates": {"late": 1.0}, "late_ms": [20, 40]}));
        for number in 0..200 {
            let Some((_, Fault::Delay { delay_ms })) = late.strike(Endpoint::TaskGet, number) else {
                panic!()
            };
            assert!((20..=40).contains(&delay_ms));
        }
        assert_eq!(late.wrong(), None);
        for bad in [
            json!({"seed": 3, "rates": {"late": 0.6, "html": 0.6}}),
            json!({"seed": 3, "rates": {"late": -0.1}}),
            json!({"seed": 3, "rates": {}, "late_ms": [9, 8]}),
        ] {
            assert!(weather(bad).wrong().is_some());
        }
        assert!(serde_json::from_value::<Weather>(json!({"seed": 3, "rates": {"rain": 0.1}})).is_err());
    }

    #[test]
    fn the_sky_counts_what_it_did() {
        let mut sky = Sky::default();
        assert_eq!(sky.strike(Endpoint::TaskGet), None);
        sky.weather = vec![weather(json!({"seed": 1, "rates": {"html": 1.0}}))];
        assert!(sky.strike(Endpoint::TaskGet).is_some());
        assert_eq!(sky.struck[&Endpoint::TaskGet][&Ill::Html], 1);
    }
}
