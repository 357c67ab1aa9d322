//! All that is known of a campaign, by the number of each order.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde_json::Value;
use studio_shared::job::{Job, State};
use studio_shared::kind::Kind;
use studio_shared::money::Money;
use studio_shared::usage::Usage;

use crate::campaign::Campaign;
use crate::judge::all_jobs;
use crate::plan::number_in;
use crate::story::Story;

/// A creation that the vendor accepted.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Creation {
    pub(super) endpoint: String,
    pub(super) task_id: String,
    pub(super) model: String,
    pub(super) at_ms: u64,
    pub(super) prompt: Option<String>,
    pub(super) status: String,
    pub(super) billed: Value,
    pub(super) results: Option<BTreeMap<u32, String>>,
}

impl fmt::Display for Creation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { endpoint, task_id, model, at_ms, prompt, status, billed, results } = self;
        let results = results.as_ref().map_or(0, BTreeMap::len);
        write!(
            f,
            "{at_ms} {endpoint} {task_id} {model} {prompt:?}: {status}, billed {billed}, {results} results taken"
        )
    }
}

/// Everything.
pub(super) struct Case {
    pub(super) stories: BTreeMap<u32, Story>,
    /// By number; more than one is wrong.
    pub(super) jobs: BTreeMap<u32, Vec<Job>>,
    /// Jobs of no order.
    pub(super) strangers: Vec<Job>,
    /// By number.
    pub(super) creations: BTreeMap<u32, Vec<Creation>>,
    /// Creations of no order.
    pub(super) orphans: Vec<Creation>,
    /// By endpoint: when requests came in, and for which model.
    pub(super) arrivals: BTreeMap<String, Vec<(u64, Option<String>)>>,
}

impl Case {
    pub(super) async fn read(campaign: &Campaign) -> Self {
        let mut ledger = campaign.studio.vendor.ledger().await;
        let arrivals = serde_json::from_value(ledger["arrivals"].take()).unwrap();
        let all: Vec<Creation> = serde_json::from_value(ledger["creations"].take()).unwrap();
        let (mut creations, mut orphans) = (BTreeMap::<u32, Vec<Creation>>::new(), Vec::new());
        for creation in all {
            let prompt = creation.prompt.as_deref().unwrap_or_default();
            match number_in(prompt).or_else(|| campaign.number_of_file(prompt)) {
                Some(n) => creations.entry(n).or_default().push(creation),
                None => orphans.push(creation),
            }
        }
        let (mut jobs, mut strangers) = (BTreeMap::<u32, Vec<Job>>::new(), Vec::new());
        for job in all_jobs(campaign).await {
            match campaign.number_of(&job) {
                Some(n) => jobs.entry(n).or_default().push(job),
                None => strangers.push(job),
            }
        }
        let stories = campaign.stories().clone();
        for (n, story) in &stories {
            if let Some((_, job)) = &story.deleted {
                jobs.entry(*n).or_default().push(Job::clone(job));
            }
        }
        Self { stories, jobs, strangers, creations, orphans, arrivals }
    }

    /// What the vendor accepted for an order.
    pub(super) fn creations_of(&self, n: u32) -> &[Creation] {
        self.creations.get(&n).map_or(&[], Vec::as_slice)
    }

    /// The one job of each order.
    pub(super) fn single_jobs(&self) -> impl Iterator<Item = (u32, &Job)> {
        self.jobs.iter().filter_map(|(n, jobs)| Some((*n, jobs.first()?)))
    }

    /// Everything about one order, for whoever looks for what went wrong.
    pub(super) fn shown(&self, n: u32) -> String {
        let jobs = self.jobs.get(&n).into_iter().flatten().map(shown);
        let creations = self.creations_of(n).iter().map(ToString::to_string);
        let told = self.stories.get(&n).map(|story| {
            let earlier: Vec<String> =
                story.earlier.iter().map(|job| format!("{:?} {:?}", job.state, job.cost)).collect();
            format!(
                "decided {:?}, earlier {earlier:?}\n      {}",
                story.decisions,
                story.told.join("\n      ")
            )
        });
        let lines: Vec<String> = jobs
            .map(|job| format!("    job     {job}"))
            .chain(creations.map(|creation| format!("    vendor  {creation}")))
            .chain(told.map(|told| format!("    person  {told}")))
            .collect();
        lines.join("\n")
    }

    /// Figures that are no verdicts.
    pub(super) fn facts(&self) -> Vec<(String, String)> {
        let mut facts = Vec::new();
        for state in State::ALL.into_iter().filter(|state| state.is_final()) {
            let kinds = Kind::ALL.map(|kind| {
                let is_one = |(_, job): &(u32, &Job)| job.state == state && job.kind == kind;
                format!("{kind} {}", self.single_jobs().filter(is_one).count())
            });
            let count = self.single_jobs().filter(|(_, job)| job.state == state).count();
            facts.push((format!("jobs {}", state.as_str()), format!("{count} ({})", kinds.join(", "))));
        }
        facts
    }
}

/// A job in one line.
pub(super) fn shown(job: &Job) -> String {
    serde_json::to_string(job).unwrap()
}

/// What the vendor bills for a creation, by the catalogue's prices; `None` where it cannot be told.
pub(super) fn bill(job: &Job, creation: &Creation) -> Option<Money> {
    if creation.billed.is_null() {
        return Some(Money::ZERO);
    }
    job.request.price_of(&usage(&creation.billed))
}

/// The vendor's `usage`, read once more and by another hand than the product's.
fn usage(billed: &Value) -> Usage {
    let count = |name: &str| billed[name].as_u64().map(|count| u32::try_from(count).unwrap());
    let is_film = !billed["video_count"].is_null();
    Usage {
        image_count: count("image_count"),
        video_seconds: if is_film { count("video_duration").or_else(|| count("duration")) } else { None },
        audio_seconds: if is_film { None } else { count("duration") },
        characters: count("characters"),
        input_tokens: count("input_tokens"),
        output_tokens: count("output_tokens"),
    }
}
