//! What can be changed while the simulator runs (`/_simulator/settings`).

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use crate::clock::Now;
use crate::endpoint::Endpoint;
use crate::limiter::Limiter;
use crate::rates::{self, Rate};
use crate::task::book::USUAL_PLACES;

/// Whether qwen-image takes the sizes of the page's first edition (dashscope-api.md §10 row 16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Qwen1140 {
    /// As in August 2025.
    Accept,
    /// As now (`inf`).
    Refuse,
}

/// All settings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Settings {
    /// `1472*1140` and `1140*1472` on qwen-image.
    pub qwen_1140: Qwen1140,
    /// Tasks of one model at work at once (§9.1).
    pub running_cap: usize,
    /// Requests a second, by endpoint; creations are counted by model too. An endpoint not named has no limit.
    pub rates: BTreeMap<Endpoint, u32>,
    /// Limits of single models, before those of §9.1 and those of endpoints.
    pub model_rates: BTreeMap<String, Rate>,
    /// Endpoints whose rate was set: there §9.1's own limits of models are out of force.
    #[serde(skip)]
    overridden: BTreeSet<Endpoint>,
    /// By how much less than a second the window of a rate is.
    pub rate_slack_ms: u64,
    /// Simulated milliseconds that a task waits at least.
    pub queue_ms: u64,
    /// Simulated seconds that an upload policy holds.
    pub policy_s: u64,
    /// Largest upload.
    pub max_upload_mb: u64,
    /// Simulated milliseconds before an answer that is given at once.
    pub think_ms: u64,
    /// Simulated milliseconds from one frame of a stream to the next.
    pub frame_ms: u64,
    /// Simulated milliseconds of silence that end a conversation on the socket (§5.2).
    pub idle_ms: u64,
}

impl Default for Settings {
    fn default() -> Self {
        let queries = [Endpoint::TaskGet, Endpoint::TaskList, Endpoint::TaskCancel];
        let mut rates = BTreeMap::from(queries.map(|endpoint| (endpoint, 20)));
        rates.extend([
            (Endpoint::ImageCreate, 2),
            (Endpoint::ImageMessageCreate, 2),
            (Endpoint::TextGenerate, 20),
            (Endpoint::VideoCreate, 2),
            (Endpoint::AsrCreate, 20),
            (Endpoint::SpeechSocket, 20),
            (Endpoint::TtsHttp, 3),
            (Endpoint::ChatCompletions, 20),
            (Endpoint::UploadPolicy, 100),
        ]);
        Self {
            qwen_1140: Qwen1140::Refuse,
            running_cap: USUAL_PLACES,
            rates,
            model_rates: BTreeMap::new(),
            overridden: BTreeSet::new(),
            rate_slack_ms: 100,
            queue_ms: 1_200,
            policy_s: 300,
            max_upload_mb: 1_024,
            think_ms: 300,
            frame_ms: 30,
            idle_ms: 23_000,
        }
    }
}

/// Changes to some of them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    qwen_1140: Option<Qwen1140>,
    running_cap: Option<usize>,
    #[serde(default)]
    rates: BTreeMap<Endpoint, u32>,
    #[serde(default)]
    model_rates: BTreeMap<String, Rate>,
    rate_slack_ms: Option<u64>,
    queue_ms: Option<u64>,
    policy_s: Option<u64>,
    max_upload_mb: Option<u64>,
    think_ms: Option<u64>,
    frame_ms: Option<u64>,
    idle_ms: Option<u64>,
}

impl Settings {
    /// Takes a change over.
    pub fn change(&mut self, change: Change) {
        let Change {
            qwen_1140,
            running_cap,
            rates,
            model_rates,
            rate_slack_ms,
            queue_ms,
            policy_s,
            max_upload_mb,
            think_ms,
            frame_ms,
            idle_ms,
        } = change;
        self.qwen_1140 = qwen_1140.unwrap_or(self.qwen_1140);
        self.running_cap = running_cap.unwrap_or(self.running_cap);
        self.overridden.extend(rates.keys());
        self.rates.extend(rates);
        self.model_rates.extend(model_rates);
        self.rate_slack_ms = rate_slack_ms.unwrap_or(self.rate_slack_ms);
        self.queue_ms = queue_ms.unwrap_or(self.queue_ms);
        self.policy_s = policy_s.unwrap_or(self.policy_s);
        self.max_upload_mb = max_upload_mb.unwrap_or(self.max_upload_mb);
        self.think_ms = think_ms.unwrap_or(self.think_ms);
        self.frame_ms = frame_ms.unwrap_or(self.frame_ms);
        self.idle_ms = idle_ms.unwrap_or(self.idle_ms);
    }

    /// Whether qwen-image takes 1140.
    pub fn accept_1140(&self) -> bool {
        self.qwen_1140 == Qwen1140::Accept
    }

    /// Check (8) of §11: one more call of this endpoint (and model) now, on the real clock.
    pub fn admit(&self, limiter: &mut Limiter, endpoint: Endpoint, model: Option<&str>, now: Now) -> bool {
        let key = format!("{} {}", endpoint.name(), model.unwrap_or_default());
        let table = || model.filter(|_| !self.overridden.contains(&endpoint)).and_then(rates::of);
        let own = model.and_then(|model| self.model_rates.get(model).copied()).or_else(table);
        let per_second = own.and_then(Rate::a_second).or_else(|| self.rates.get(&endpoint).copied());
        if per_second.is_some_and(|most| !limiter.admit(&key, now.real_ms, most, self.rate_slack_ms)) {
            return false;
        }
        let per_minute = own.and_then(|rate| rate.per_minute);
        per_minute
            .is_none_or(|most| limiter.admit_within(&format!("{key} a minute"), now.real_ms, most, 60_000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_change_touches_what_it_names_and_no_more() {
        let mut settings = Settings::default();
        let change = json!({"qwen_1140": "accept", "rates": {"image.create": 5}});
        settings.change(serde_json::from_value(change).unwrap());
        assert!(settings.accept_1140());
        assert_eq!((settings.rates[&Endpoint::ImageCreate], settings.rates[&Endpoint::TaskGet]), (5, 20));
        assert_eq!(settings.running_cap, 2);
        assert!(serde_json::from_value::<Change>(json!({"runing_cap": 3})).is_err());
        assert!(serde_json::from_value::<Change>(json!({"rates": {"image.creat": 3}})).is_err());
    }

    #[test]
    fn rates_are_counted_by_model_and_results_have_none() {
        let (settings, mut limiter) = (Settings::default(), Limiter::default());
        let mut admit = |endpoint, model| settings.admit(&mut limiter, endpoint, model, Now::default());
        let create = Endpoint::ImageCreate;
        assert!(admit(create, Some("a")) && admit(create, Some("a")) && !admit(create, Some("a")));
        assert!(admit(create, Some("b")));
        assert!((0..20).all(|_| admit(Endpoint::TaskGet, None)) && !admit(Endpoint::TaskGet, None));
        assert!((0..500).all(|_| admit(Endpoint::ResultGet, None)));
    }

    #[test]
    fn a_models_own_limit_holds_until_the_endpoints_is_set() {
        let (mut settings, mut limiter) = (Settings::default(), Limiter::default());
        let slow = json!({"model_rates": {"m": {"per_minute": 2}}});
        settings.change(serde_json::from_value(slow).unwrap());
        let mut admit = |settings: &Settings, model, real_ms| {
            settings.admit(&mut limiter, Endpoint::TextGenerate, Some(model), Now { real_ms, sim_ms: 0 })
        };
        assert!(admit(&settings, "m", 0) && !admit(&settings, "m", 5), "one a second");
        assert!(admit(&settings, "m", 2_000) && !admit(&settings, "m", 4_000), "and two a minute");
        assert!((0..500).all(|_| admit(&settings, "qwen-plus", 0)) && !admit(&settings, "qwen-plus", 0));
        settings.change(serde_json::from_value(json!({"rates": {"text.generate": 1}})).unwrap());
        assert!(admit(&settings, "qwen-plus", 9_000) && !admit(&settings, "qwen-plus", 9_000));
    }
}
