//! The names of the endpoints, as figures, faults and settings use them.

use serde::{Deserialize, Serialize};

/// One endpoint of the service. Each family adds its own here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Endpoint {
    /// `POST /api/v1/services/aigc/text2image/image-synthesis`
    #[serde(rename = "image.create")]
    ImageCreate,
    /// `POST /api/v1/services/aigc/multimodal-generation/generation` and `…/image-generation/generation`
    #[serde(rename = "image.message.create")]
    ImageMessageCreate,
    /// `POST /api/v1/services/aigc/text-generation/generation`
    #[serde(rename = "text.generate")]
    TextGenerate,
    /// `POST /api/v1/services/aigc/video-generation/video-synthesis`
    #[serde(rename = "video.create")]
    VideoCreate,
    /// `POST /api/v1/services/audio/asr/transcription`
    #[serde(rename = "asr.create")]
    AsrCreate,
    /// The socket at `/api-ws/v1/inference`
    #[serde(rename = "speech.socket")]
    SpeechSocket,
    /// `POST /api/v1/services/audio/tts/SpeechSynthesizer`, and Qwen-TTS
    #[serde(rename = "tts.http")]
    TtsHttp,
    /// `POST /compatible-mode/v1/chat/completions`
    #[serde(rename = "chat.completions")]
    ChatCompletions,
    /// `GET /api/v1/uploads?action=getPolicy`
    #[serde(rename = "upload.policy")]
    UploadPolicy,
    /// `POST /` on the store's port
    #[serde(rename = "upload.store")]
    UploadStore,
    /// `GET|POST /api/v1/tasks/{task_id}`
    #[serde(rename = "task.get")]
    TaskGet,
    /// `GET /api/v1/tasks/`
    #[serde(rename = "task.list")]
    TaskList,
    /// `POST /api/v1/tasks/{task_id}/cancel`
    #[serde(rename = "task.cancel")]
    TaskCancel,
    /// `GET /result/…`
    #[serde(rename = "result.get")]
    ResultGet,
    /// Any path there is not.
    #[serde(rename = "unknown")]
    Unknown,
}

impl Endpoint {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::ImageCreate,
        Self::ImageMessageCreate,
        Self::TextGenerate,
        Self::VideoCreate,
        Self::AsrCreate,
        Self::SpeechSocket,
        Self::TtsHttp,
        Self::ChatCompletions,
        Self::UploadPolicy,
        Self::UploadStore,
        Self::TaskGet,
        Self::TaskList,
        Self::TaskCancel,
        Self::ResultGet,
        Self::Unknown,
    ];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::ImageCreate => "image.create",
            Self::ImageMessageCreate => "image.message.create",
            Self::TextGenerate => "text.generate",
            Self::VideoCreate => "video.create",
            Self::AsrCreate => "asr.create",
            Self::SpeechSocket => "speech.socket",
            Self::TtsHttp => "tts.http",
            Self::ChatCompletions => "chat.completions",
            Self::UploadPolicy => "upload.policy",
            Self::UploadStore => "upload.store",
            Self::TaskGet => "task.get",
            Self::TaskList => "task.list",
            Self::TaskCancel => "task.cancel",
            Self::ResultGet => "result.get",
            Self::Unknown => "unknown",
        }
    }

    /// Whether its calls make something, and are counted by model.
    pub fn creates(self) -> bool {
        matches!(
            self,
            Self::ImageCreate
                | Self::ImageMessageCreate
                | Self::TextGenerate
                | Self::VideoCreate
                | Self::AsrCreate
                | Self::TtsHttp
                | Self::ChatCompletions
        )
    }

    /// The methods it takes.
    pub fn methods(self) -> &'static [&'static str] {
        match self {
            Self::ImageCreate
            | Self::ImageMessageCreate
            | Self::TextGenerate
            | Self::VideoCreate
            | Self::AsrCreate
            | Self::TtsHttp
            | Self::ChatCompletions
            | Self::UploadStore
            | Self::TaskCancel => &["POST"],
            Self::TaskGet => &["GET", "POST"],
            Self::TaskList | Self::UploadPolicy | Self::SpeechSocket => &["GET"],
            Self::ResultGet => &["GET", "HEAD"],
            Self::Unknown => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_in_json_is_the_name() {
        for endpoint in Endpoint::ALL {
            assert_eq!(serde_json::to_value(endpoint).unwrap(), endpoint.name());
        }
    }
}
