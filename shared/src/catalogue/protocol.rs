//! How the vendor wants a model to be called. Two models of one protocol differ in data only.

/// How a model is called at the vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// Pictures by task, the prompt beside its parameters (`dashscope-api.md` §1.1).
    ImageTask,
    /// Pictures by task, the prompt as a message (§1.6).
    ImageMessageTask,
    /// Pictures at once, the prompt as a message (§1.6).
    ImageMessage,
    /// Text, streamed (§3.3).
    Text,
    /// Films by task, with a size in pixels (§4.1).
    VideoSize {
        /// The only length there is, in seconds, where there is but one.
        seconds: Option<u32>,
    },
    /// Films by task, with a tier and a ratio instead of a size (§4.1).
    VideoTier,
    /// Speech over a socket; the voice is the model (§5.2).
    Sambert,
    /// Speech over HTTP, everything inside `input` (§5.5).
    CosyVoice,
    /// Speech over HTTP, by the path of the message protocol (§5.5).
    QwenTts,
    /// Transcripts by task (§6.1).
    Transcription {
        /// Whether it takes `language_hints`.
        hints: bool,
    },
}
