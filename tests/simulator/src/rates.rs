//! How often a model may be called, and how many of its tasks are worked at once (dashscope-api.md §9.1).

use serde::{Deserialize, Serialize};

/// A model's own limits. A limit a minute is also enforced per second, as a sixtieth, but never below one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rate {
    /// Calls in any second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_second: Option<u32>,
    /// Calls in any minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_minute: Option<u32>,
}

impl Rate {
    const fn second(calls: u32) -> Self {
        Self { per_second: Some(calls), per_minute: None }
    }

    const fn minute(calls: u32) -> Self {
        Self { per_second: None, per_minute: Some(calls) }
    }

    /// Calls in any second.
    pub fn a_second(self) -> Option<u32> {
        self.per_second.or(self.per_minute.map(|calls| calls.div_ceil(60)))
    }
}

/// What the document's table says of a model; nothing of most.
pub fn of(model: &str) -> Option<Rate> {
    Some(match model {
        "qwen-image-max" => Rate::minute(2),
        "wan2.5-t2i-preview" | "wan2.5-t2v-preview" | "wan2.6-t2v" | "wan2.6-t2v-us" => Rate::second(5),
        "wan2.6-t2i" => Rate::second(1),
        "qwen-max" | "qwen-turbo" => Rate::minute(1_200),
        "qwen-plus" => Rate::minute(30_000),
        "qwen3-tts-flash" => Rate::minute(180),
        "paraformer-v2" | "paraformer-8k-v2" => Rate::second(20),
        "paraformer-v1" | "paraformer-8k-v1" | "paraformer-mtl-v1" => Rate::second(10),
        name if name.starts_with("sambert-") => Rate::second(20),
        name if name.starts_with("cosyvoice-") => Rate::second(3),
        _ => return None,
    })
}

/// Tasks at work at once, where that is not the usual two.
pub fn places(model: &str) -> Option<usize> {
    match model {
        "wan2.5-t2i-preview" | "wan2.6-t2i" | "wan2.5-t2v-preview" | "wan2.6-t2v" | "wan2.6-t2v-us" => {
            Some(5)
        }
        // "–" in the table: no such limit.
        name if name.starts_with("paraformer-") => Some(1_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_a_minute_is_also_one_a_second() {
        assert_eq!(of("qwen-max").and_then(Rate::a_second), Some(20));
        assert_eq!(of("qwen-image-max").and_then(Rate::a_second), Some(1));
        assert_eq!(of("wan2.2-t2i-flash"), None, "the endpoint's own limit");
    }
}
