//! What an image task will make, decided when it is accepted, and how a poll tells it (dashscope-api.md §1.4).

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::catalogue::Fact;
use crate::image::parameters::{Parameters, cut};
use crate::picture::Spec;
use crate::trigger;

/// An image task's content.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageWork {
    /// What is drawn, for the first image; the others differ by seed and index.
    pub spec: Spec,
    /// The prompt as the model got it.
    pub prompt: String,
    /// Present only with `prompt_extend` (§1.4).
    pub actual_prompt: Option<String>,
    /// How many were asked for.
    pub n: u32,
    /// How many of them are lost, and why: the last ones.
    pub lost: Option<(u32, Fact)>,
    /// How it is told.
    pub form: Form,
}

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `results`, of the classic protocol.
    Results,
    /// `choices`, of the message protocol (§1.6).
    Choices,
}

impl ImageWork {
    /// Decides everything; `random_seed` is used when none was given.
    pub fn new(model: &str, mark: &'static str, asked: &Parameters, random_seed: u32) -> Self {
        let prompt = cut(&asked.prompt, asked.longest);
        let plain = trigger::strip(&prompt);
        Self {
            actual_prompt: asked.extend.then(|| rewrite(&plain)),
            spec: Spec {
                prompt: plain,
                negative: asked.negative.clone(),
                model: model.to_owned(),
                size: asked.size,
                seed: asked.seed.unwrap_or(random_seed),
                index: 1,
                mark: asked.watermark.then_some(mark),
            },
            prompt,
            n: asked.n,
            lost: None,
            form: Form::Results,
        }
    }

    /// The picture of this number, from 1, unless it is lost: seed, seed+1, … (§1.1).
    pub fn picture(&self, number: u32) -> Option<Spec> {
        let kept = self.n.saturating_sub(self.lost_count());
        (1..=kept).contains(&number).then(|| Spec {
            seed: self.spec.seed.wrapping_add(number - 1),
            index: number,
            ..self.spec.clone()
        })
    }

    /// Simulated milliseconds of work: 8 to 20 s, from prompt and seed; rewriting takes 3 to 4 s of it (§1.1).
    pub fn run_ms(&self) -> u64 {
        let draw = u64::from(self.chance("run") % 8_000);
        let rewriting = u64::from(self.chance("rewrite") % 1_000) + 3_000;
        8_000 + draw + if self.actual_prompt.is_some() { rewriting } else { 0 }
    }

    /// The fields a finished poll adds to `output`, and `usage`.
    pub fn finished(&self, url: impl Fn(u32) -> String) -> (Map<String, Value>, Value) {
        let (made, lost) = self.counts();
        let mut output = Map::new();
        let mut usage = json!({ "image_count": made });
        match self.form {
            Form::Results => {
                let results: Vec<Value> = (1..=self.n).map(|number| self.result(number, &url)).collect();
                output.insert("results".into(), results.into());
            }
            Form::Choices => {
                output.insert("choices".into(), self.choices(true, url));
                output.insert("finished".into(), true.into());
                usage = json!({ "image_count": made, "size": self.spec.size.to_string(),
                    "input_tokens": 0, "output_tokens": 0, "total_tokens": 0 });
            }
        }
        output.insert("task_metrics".into(), self.metrics(made, lost));
        (output, usage)
    }

    /// A choice for each image there is (`inf` for several).
    pub fn choices(&self, typed: bool, url: impl Fn(u32) -> String) -> Value {
        let choice = |number| {
            let part = match typed {
                true => json!({ "image": url(number), "type": "image" }),
                false => json!({ "image": url(number) }),
            };
            json!({ "finish_reason": "stop", "message": { "role": "assistant", "content": [part] } })
        };
        (1..=self.counts().0).map(choice).collect()
    }

    /// How many there are, and how many are lost.
    pub fn counts(&self) -> (u32, u32) {
        let lost = self.lost_count();
        (self.n.saturating_sub(lost), lost)
    }

    /// `task_metrics`.
    pub fn metrics(&self, succeeded: u32, failed: u32) -> Value {
        json!({ "TOTAL": self.n, "SUCCEEDED": succeeded, "FAILED": failed })
    }

    /// Nothing came out: such a task is FAILED (§2.2).
    pub fn all_lost(&self) -> Option<&Fact> {
        self.lost.as_ref().filter(|(count, _)| *count >= self.n).map(|(_, fact)| fact)
    }

    fn lost_count(&self) -> u32 {
        self.lost.as_ref().map_or(0, |(count, _)| (*count).min(self.n))
    }

    fn result(&self, number: u32, url: &impl Fn(u32) -> String) -> Value {
        match (self.picture(number), &self.lost) {
            (None, Some((_, fact))) => json!({ "code": fact.code, "message": fact.message }),
            _ => {
                let mut result = Map::new();
                result.insert("orig_prompt".into(), self.prompt.clone().into());
                if let Some(actual) = &self.actual_prompt {
                    result.insert("actual_prompt".into(), actual.clone().into());
                }
                result.insert("url".into(), url(number).into());
                result.into()
            }
        }
    }

    fn chance(&self, of: &str) -> u32 {
        let digest = Sha256::digest(format!("{of}\0{}\0{}", self.spec.seed, self.prompt));
        digest.iter().take(4).fold(0, |number, byte| (number << 8) | u32::from(*byte))
    }
}

/// What prompt rewriting makes of a prompt: the same, in more words and in its language.
pub fn rewrite(prompt: &str) -> String {
    if prompt.is_ascii() {
        format!("{prompt}, soft natural light, layered depth, a calm and balanced composition, fine detail")
    } else {
        format!("{prompt}，光线柔和自然，层次分明，构图沉静均衡，细节丰富，色彩和谐")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::find;
    use crate::image::size::Size;

    fn asked(prompt: &str, n: u32) -> Parameters {
        let (size, negative) = (Size::new(512, 512), String::new());
        Parameters {
            prompt: prompt.into(),
            longest: 800,
            negative,
            size,
            n,
            extend: true,
            watermark: false,
            seed: Some(7),
        }
    }

    fn work(prompt: &str, n: u32) -> ImageWork {
        ImageWork::new("wan2.2-t2i-flash", "AI生成", &asked(prompt, n), 99)
    }

    #[test]
    fn several_images_use_seed_and_the_next_seeds() {
        let work = work("猫", 3);
        let seeds: Vec<_> = (0..=4).map(|number| work.picture(number).map(|spec| spec.seed)).collect();
        assert_eq!(seeds, [None, Some(7), Some(8), Some(9), None]);
    }

    #[test]
    fn a_long_prompt_is_cut_silently_and_markers_are_not_drawn() {
        let work = work(&format!("[[sim:run 1]]{}", "猫".repeat(900)), 1);
        assert_eq!(work.prompt.chars().count(), 800);
        assert_eq!(work.spec.prompt.chars().count(), 800 - "[[sim:run 1]]".len());
    }

    #[test]
    fn the_actual_prompt_is_there_only_when_it_was_extended() {
        let mut plain = asked("a cat", 1);
        plain.extend = false;
        let plain = ImageWork::new("m", "x", &plain, 0);
        let (output, _) = plain.finished(|_| "u".into());
        assert_eq!(output["results"][0], json!({"orig_prompt": "a cat", "url": "u"}));
        let (output, _) = work("a cat", 1).finished(|_| "u".into());
        assert!(output["results"][0]["actual_prompt"].as_str().unwrap().starts_with("a cat, "));
    }

    #[test]
    fn a_lost_image_stands_in_its_place_and_is_not_billed() {
        let fact = find("InternalError.Timeout", 1).unwrap();
        let mut work = work("猫", 2);
        work.lost = Some((1, fact.clone()));
        let (output, usage) = work.finished(|number| format!("u{number}"));
        assert_eq!(output["results"][0]["url"], "u1");
        assert_eq!(output["results"][1], json!({"code": fact.code, "message": fact.message}));
        assert_eq!(output["task_metrics"], json!({"TOTAL": 2, "SUCCEEDED": 1, "FAILED": 1}));
        assert_eq!(usage, json!({"image_count": 1}));
        assert_eq!(work.all_lost(), None);
        work.lost = Some((5, fact.clone()));
        assert_eq!(work.all_lost(), Some(&fact));
    }

    #[test]
    fn a_task_takes_between_8_and_20_seconds_and_always_the_same() {
        for prompt in ["猫", "a", "b", "雪夜", "d"] {
            assert!((8_000..=20_000).contains(&work(prompt, 1).run_ms()));
            assert_eq!(work(prompt, 1).run_ms(), work(prompt, 1).run_ms());
        }
        assert_ne!(work("猫", 1).run_ms(), work("狗", 1).run_ms());
    }
}
