//! What a video task will make, and how a poll tells it (dashscope-api.md §4.2).

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::film::Film;
use super::models::{Version, VideoModel};
use super::parameters::Parameters;
use crate::image::parameters::cut;
use crate::image::work::rewrite;
use crate::trigger;

/// A video task's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VideoWork {
    /// As the model got it.
    pub prompt: String,
    /// With `prompt_extend`, before 2.6.
    pub actual_prompt: Option<String>,
    /// What is made; nothing for a size there is not.
    pub film: Option<Film>,
    version: Version,
    ratio: &'static str,
    lines: u32,
    seed: u32,
}

impl VideoWork {
    /// Decides everything; `random_seed` is used when none was given.
    pub fn new(model: &VideoModel, asked: &Parameters, random_seed: u32) -> Self {
        let prompt = cut(&asked.prompt, model.prompt);
        let place = asked.size.and_then(|size| model.place(size));
        Self {
            actual_prompt: (asked.extend && model.version == Version::Old)
                .then(|| rewrite(&trigger::strip(&prompt))),
            film: asked.size.map(|size| Film { size, seconds: asked.seconds }),
            version: model.version,
            ratio: place.map_or("16:9", |(_, ratio)| ratio),
            lines: place.map_or(0, |(tier, _)| tier.lines()),
            seed: asked.seed.unwrap_or(random_seed),
            prompt,
        }
    }

    /// Simulated milliseconds of work: 60 to 160 s, from prompt and seed.
    pub fn run_ms(&self) -> u64 {
        let digest = Sha256::digest(format!("video\0{}\0{}", self.seed, self.prompt));
        let draw = digest.iter().take(4).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
        60_000 + draw % 100_000
    }

    /// The fields a finished poll adds to `output`, and `usage`. No `results`, no `task_metrics`.
    pub fn finished(&self, url: impl FnOnce() -> String) -> (Map<String, Value>, Value) {
        let mut output = Map::new();
        output.insert("orig_prompt".into(), self.prompt.clone().into());
        if let Some(actual) = &self.actual_prompt {
            output.insert("actual_prompt".into(), actual.clone().into());
        }
        output.insert("video_url".into(), url().into());
        (output, self.usage())
    }

    fn usage(&self) -> Value {
        let seconds = self.film.map_or(0, |film| film.seconds);
        let size = self.film.map(|film| film.size.to_string()).unwrap_or_default();
        match self.version {
            Version::Old => json!({ "video_count": 1, "video_duration": seconds, "video_ratio": size }),
            Version::V26 => json!({
                "duration": seconds, "size": size, "input_video_duration": 0,
                "output_video_duration": seconds, "video_count": 1, "SR": self.lines,
            }),
            Version::V27 => json!({
                "duration": seconds, "input_video_duration": 0, "output_video_duration": seconds,
                "video_count": 1, "ratio": self.ratio, "SR": self.lines,
            }),
        }
    }
}
