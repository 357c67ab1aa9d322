//! Which model names exist, in which region, on which path (dashscope-api.md §1.2, §10 rows 7 to 10).

use crate::image;
use crate::image::models::ImageModel;
use crate::refusal::{Refusal, known};
use crate::region::Region;
use crate::speech;
use crate::text;
use crate::transcription;
use crate::video;

/// A family of endpoints. Each has its own path; a model called on another's is a `url error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// `text2image/image-synthesis`.
    Image,
    /// `multimodal-generation/generation`: images answered at once.
    ImageMessage,
    /// `image-generation/generation`: the same, by a task.
    ImageTask,
    /// `text-generation/generation`.
    Text,
    /// `video-generation/video-synthesis`.
    Video,
    /// The speech socket.
    Speech,
    /// `audio/tts/SpeechSynthesizer`, and the socket with text bit by bit.
    Cosy,
    /// `multimodal-generation/generation`: speech.
    QwenSpeech,
    /// `asr/transcription`.
    Transcription,
}

/// Whether a family has a model of this name in this region.
type Knows = fn(Region, &str) -> bool;

/// Each family's own test of a name.
const FAMILIES: &[(Family, Knows)] = &[
    (Family::Image, |region, name| image::models::find(region, name).is_some_and(ImageModel::classic)),
    (Family::ImageMessage, |region, name| image::models::find(region, name).is_some_and(ImageModel::message)),
    (Family::ImageTask, |region, name| {
        image::models::find(region, name).is_some_and(ImageModel::message_task)
    }),
    (Family::Text, |_, name| text::models::find(name).is_some()),
    (Family::Video, |region, name| video::models::find(region, name).is_some()),
    (Family::Speech, |region, name| region == Region::Beijing && speech::voices::sambert(name).is_some()),
    (Family::Cosy, |region, name| region == Region::Beijing && speech::voices::is_cosy(name)),
    (Family::QwenSpeech, |_, name| speech::voices::is_qwen(name)),
    (Family::Transcription, |_, name| transcription::models::find(name).is_some()),
];

/// Whether any family has a model of this name.
pub fn exists(region: Region, name: &str) -> bool {
    FAMILIES.iter().any(|(_, knows)| knows(region, name))
}

/// Check (6) of §11: is there such a model, and does it belong to this path?
pub fn check(region: Region, family: Family, name: &str) -> Result<(), Refusal> {
    let mut families =
        FAMILIES.iter().filter(|(_, knows)| knows(region, name)).map(|(family, _)| *family).peekable();
    if families.peek().is_none() {
        return Err(known::UNKNOWN_MODEL);
    }
    // Some models are on two paths (§1.6).
    if families.any(|own| own == family) { Ok(()) } else { Err(known::WRONG_PATH) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_exists_in_its_region_and_on_its_path_only() {
        let cases = [
            (Region::Beijing, "wanx2.1-t2i-turbo", Ok(())),
            (Region::Beijing, "wan2.1-t2i-turbo", Err(known::UNKNOWN_MODEL)),
            (Region::Singapore, "wan2.1-t2i-turbo", Ok(())),
            (Region::Singapore, "wanx2.1-t2i-turbo", Err(known::UNKNOWN_MODEL)),
            (Region::Singapore, "wanx2.0-t2i-turbo", Err(known::UNKNOWN_MODEL)),
            (Region::Virginia, "wan2.2-t2i-flash", Ok(())),
            (Region::Beijing, "qwen-image-plus", Ok(())),
            (Region::Beijing, "wan2.6-t2i", Err(known::WRONG_PATH)),
            (Region::Beijing, "qwen-plus", Err(known::WRONG_PATH)),
            (Region::Beijing, "wanx2.1-t2v-plus", Err(known::WRONG_PATH)),
            (Region::Beijing, "wan2.1-t2v-plus", Err(known::UNKNOWN_MODEL)),
            (Region::Beijing, "sambert-zhichu-v1", Err(known::WRONG_PATH)),
            (Region::Beijing, "paraformer-v1", Err(known::WRONG_PATH)),
            (Region::Beijing, "paraformer-en-v1", Err(known::UNKNOWN_MODEL)),
            (Region::Beijing, "Qwen-Image", Err(known::UNKNOWN_MODEL)),
        ];
        for (region, name, expected) in cases {
            assert_eq!(check(region, Family::Image, name), expected, "{region:?} {name}");
        }
    }
}
