//! The text models: their limits and defaults (dashscope-api.md §3.1). The limits' figures are `inf`.

/// One model.
#[derive(Debug, PartialEq, Eq)]
pub struct TextModel {
    /// Its name, the same in every region.
    pub name: &'static str,
    /// Answers `message` where `result_format` is not given.
    pub message: bool,
    /// Longest output, in tokens.
    pub output: u32,
    /// Longest input, in tokens.
    pub input: u32,
    /// Takes `enable_thinking`.
    pub thinks: bool,
}

const fn model(name: &'static str, message: bool, output: u32, input: u32, thinks: bool) -> TextModel {
    TextModel { name, message, output, input, thinks }
}

/// All of them: the three of the product's reference first, then today's.
pub const MODELS: &[TextModel] = &[
    model("qwen-turbo", false, 16_384, 1_000_000, true),
    model("qwen-plus", false, 32_768, 997_952, true),
    model("qwen-max", false, 8_192, 30_720, false),
    model("qwen-flash", true, 32_768, 997_952, true),
    model("qwen3-max", true, 65_536, 258_048, false),
    model("qwen-turbo-latest", true, 16_384, 1_000_000, true),
    model("qwen-plus-latest", true, 32_768, 997_952, true),
    model("qwen-max-latest", true, 8_192, 129_024, false),
];

/// The model of this name.
pub fn find(name: &str) -> Option<&'static TextModel> {
    MODELS.iter().find(|model| model.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_three_old_ones_answer_as_plain_text() {
        let plain: Vec<_> = MODELS.iter().filter(|model| !model.message).map(|model| model.name).collect();
        assert_eq!(plain, ["qwen-turbo", "qwen-plus", "qwen-max"]);
        assert!(find("qwen-max").is_some() && find("Qwen-Max").is_none());
    }
}
