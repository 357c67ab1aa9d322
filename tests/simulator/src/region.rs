//! Which region the simulator stands for: it decides which model names exist.

use clap::ValueEnum;
use serde::Serialize;

/// A region of the service (dashscope-api.md §0.1). A model name of one region does not exist in another
/// (§10 rows 7 and 8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ValueEnum)]
pub enum Region {
    /// China North 2 (Beijing).
    #[default]
    #[value(name = "cn-beijing")]
    #[serde(rename = "cn-beijing")]
    Beijing,
    /// Singapore.
    #[value(name = "ap-southeast-1")]
    #[serde(rename = "ap-southeast-1")]
    Singapore,
    /// US (Virginia). Its image models are not documented; it is taken to offer Singapore's (`inf`).
    #[value(name = "us-east-1")]
    #[serde(rename = "us-east-1")]
    Virginia,
}

impl Region {
    /// The name used on the wire, e.g. in the task list.
    pub fn id(self) -> &'static str {
        match self {
            Self::Beijing => "cn-beijing",
            Self::Singapore => "ap-southeast-1",
            Self::Virginia => "us-east-1",
        }
    }
}
