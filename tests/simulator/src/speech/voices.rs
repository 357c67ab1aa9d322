//! The voices: for Sambert the voice is the model (dashscope-api.md §5.3). There is no `sambert-en-v1`.

/// How a voice sounds and what it speaks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Voice {
    /// Samples a second by nature.
    pub rate: u32,
    /// The tone it speaks at, in Hz.
    pub tone: f32,
}

const WIDE: [&str; 9] =
    ["zhinan", "zhiqi", "zhichu", "zhide", "zhijia", "zhiru", "zhiqian", "zhixiang", "zhiwei"];
const NARROW: [&str; 34] = [
    "zhihao",
    "zhijing",
    "zhiming",
    "zhimo",
    "zhina",
    "zhishu",
    "zhistella",
    "zhiting",
    "zhixiao",
    "zhiya",
    "zhiye",
    "zhiying",
    "zhiyuan",
    "zhiyue",
    "zhigui",
    "zhishuo",
    "zhimiao-emo",
    "zhimao",
    "zhilun",
    "zhifei",
    "zhida",
    "beth",
    "betty",
    "cally",
    "cindy",
    "eva",
    "donna",
    "brian",
    "camila",
    "perla",
    "indah",
    "clara",
    "hanna",
    "waan",
];

/// CosyVoice's models, over HTTP and over the socket (§5.5).
const COSY: [&str; 6] = [
    "cosyvoice-v3.5-plus",
    "cosyvoice-v3.5-flash",
    "cosyvoice-v3-plus",
    "cosyvoice-v3-flash",
    "cosyvoice-v2",
    "cosyvoice-v1",
];

/// Qwen-TTS's models (§5.5).
const QWEN: [&str; 2] = ["qwen3-tts-flash", "qwen-tts"];

/// `sambert-<voice>-v1`.
pub fn sambert(model: &str) -> Option<Voice> {
    let name = model.strip_prefix("sambert-")?.strip_suffix("-v1")?;
    let rate = match (WIDE.contains(&name), NARROW.contains(&name)) {
        (true, _) => 48_000,
        (false, true) => 16_000,
        (false, false) => return None,
    };
    Some(Voice { rate, tone: tone(name) })
}

/// A CosyVoice model.
pub fn is_cosy(model: &str) -> bool {
    COSY.contains(&model)
}

/// A Qwen-TTS model.
pub fn is_qwen(model: &str) -> bool {
    QWEN.contains(&model)
}

/// A voice by its name, of which any is taken (`inf`).
pub fn named(name: &str, rate: u32) -> Voice {
    Voice { rate, tone: tone(name) }
}

/// Every voice has a tone of its own, from 140 to 260 Hz.
fn tone(name: &str) -> f32 {
    let sum = name.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    140.0 + (sum % 121) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_is_the_voice() {
        assert_eq!(sambert("sambert-zhichu-v1").map(|voice| voice.rate), Some(48_000));
        assert_eq!(sambert("sambert-beth-v1").map(|voice| voice.rate), Some(16_000));
        for none in ["sambert-en-v1", "sambert-zhichu-v2", "zhichu", "sambert--v1"] {
            assert_eq!(sambert(none), None, "{none}");
        }
    }
}
