//! The transcription models (dashscope-api.md §6.1). There is no `paraformer-en-v1`.

/// One model.
#[derive(Debug, PartialEq, Eq)]
pub struct AsrModel {
    /// Its name.
    pub name: &'static str,
    /// Reads `language_hints`.
    pub hints: bool,
    /// One file, `input.file_url`.
    pub single: bool,
}

const fn model(name: &'static str, hints: bool, single: bool) -> AsrModel {
    AsrModel { name, hints, single }
}

/// All of them.
pub const MODELS: &[AsrModel] = &[
    model("paraformer-v1", false, false),
    model("paraformer-v2", true, false),
    model("paraformer-8k-v1", false, false),
    model("paraformer-8k-v2", false, false),
    model("paraformer-mtl-v1", false, false),
    model("qwen3-asr-flash-filetrans", true, true),
];

/// The model of this name.
pub fn find(name: &str) -> Option<&'static AsrModel> {
    MODELS.iter().find(|model| model.name == name)
}
