//! Speech over HTTP (dashscope-api.md §5.5): CosyVoice by `audio/tts/SpeechSynthesizer`, Qwen-TTS by
//! `multimodal-generation/generation`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Value, json};
use std::sync::Arc;

use super::parameters::{self, Format, Manner};
use super::performance::{Performance, Piece};
use super::voices;
use crate::call::Call;
use crate::catalogue::Fact;
use crate::config::Config;
use crate::endpoint::Endpoint;
use crate::gate::{self, AsyncRule};
use crate::given::text;
use crate::models::Family;
use crate::refusal::Refusal;
use crate::reply::{Created, Reply};
use crate::result::{self, Thing};
use crate::stream::{Plan, Script};
use crate::task::LIFE_MS;
use crate::text::sse;
use crate::trigger;
use crate::world::World;

/// CosyVoice's own path.
pub(crate) const PATH: &str = "/api/v1/services/audio/tts/SpeechSynthesizer";
const LONGEST: usize = 10_000;

/// What is spoken, and how: enough to make the file again.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Speech {
    text: String,
    manner: Manner,
}

impl Speech {
    /// The file, and its type.
    pub(crate) fn make(&self) -> Option<result::Made> {
        let (bytes, _) = super::performance::whole(&self.text, self.manner)?;
        Some((bytes, self.manner.format.content_type()))
    }
}

/// Answers with the address of a file, or as a stream of sounds.
pub(crate) fn handle(world: &mut World, config: &Config, call: &Call) -> Result<Reply, Refusal> {
    let World { limiter, settings, made, .. } = world;
    let cosy = call.path == PATH;
    let family = if cosy { Family::Cosy } else { Family::QwenSpeech };
    let admit = |model: &str| settings.admit(limiter, Endpoint::TtsHttp, Some(model), call.now);
    let admitted =
        gate::admit(call.asked(), &config.api_key, config.region, family, AsyncRule::Forbidden, admit)?;
    let said = text(&admitted.input, "text")?.filter(|text| !text.is_empty());
    let said = said.ok_or_else(|| Refusal::parameter("Field required: input.text"))?;
    let voice = text(&admitted.input, "voice")?.filter(|voice| !voice.is_empty());
    let voice = voice.ok_or_else(|| Refusal::parameter("Field required: input.voice"))?;
    if said.chars().count() > LONGEST {
        return Err(Refusal::parameter(format!("Range of input length should be [1, {LONGEST}]")));
    }
    let (rate, usual) = if cosy { (22_050, Format::Mp3) } else { (24_000, Format::Wav) };
    let manner = parameters::read(&admitted.input, voices::named(voice, rate), usual)?;
    let triggers = trigger::parse(said)?;
    if let Some(refusal) = triggers.refuse {
        return Err(refusal);
    }
    let created = Created { task_id: call.request_id.clone(), model: admitted.model };
    if let Some(fact) = triggers.fail {
        return Ok(Reply::refused(&fact.into(), &call.request_id).created(created));
    }
    let plain = trigger::strip(said);
    let speech = Speech { text: plain.clone(), manner };
    let now_ms = call.now.sim_ms;
    let url = result::address(config, call, &call.request_id, 1, manner.format.name(), now_ms);
    made.keep(&call.request_id, vec![(1, Thing::Speech(Box::new(speech)))], now_ms);
    let wait_ms = triggers.run_ms.unwrap_or(settings.think_ms);
    let id = format!("audio_{}", call.request_id);
    let expires_at = now_ms.saturating_add(LIFE_MS) / 1000;
    let audio = json!({ "data": "", "url": url, "id": id, "expires_at": expires_at });
    let characters = json!({ "characters": plain.chars().count() });
    let last = json!({ "output": { "finish_reason": "stop", "audio": audio }, "usage": characters, "request_id": call.request_id });
    if !call.wants_events() {
        return Ok(Reply::json(&last).created(created).after(wait_ms));
    }
    let mut frames = sounds(&plain, manner, &id, cosy, &call.request_id);
    frames.push(last);
    let script = Sounds { frames, request_id: call.request_id.clone() };
    let pace_ms = config.clock.real_ms(settings.frame_ms);
    let plan = Plan { script: Arc::new(script), pace_ms, trouble: triggers.trouble };
    Ok(Reply::events(plan).created(created).after(wait_ms))
}

/// The frames before the last: each sentence begins, sounds and ends.
fn sounds(text: &str, manner: Manner, id: &str, cosy: bool, request_id: &str) -> Vec<Value> {
    let Some(mut performance) = Performance::new(manner, None) else { return Vec::new() };
    performance.tell_late();
    performance.say(text);
    performance.finish();
    let (mut frames, mut index, mut begun) = (Vec::new(), 0, false);
    let frame = |output: Value, characters: usize| json!({ "output": output, "usage": { "characters": characters }, "request_id": request_id });
    let mut characters = 0;
    while let Some(piece) = performance.next() {
        match piece {
            Piece::Audio(bytes) => {
                if cosy && !begun {
                    let sentence = json!({ "index": index, "words": [] });
                    let output = json!({ "type": "sentence-begin", "sentence": sentence, "audio": { "data": "", "id": id } });
                    frames.push(frame(output, characters));
                    begun = true;
                }
                let audio = json!({ "data": STANDARD.encode(bytes), "id": id });
                let output = match cosy {
                    true => json!({ "type": "sentence-synthesis", "finish_reason": "null", "audio": audio }),
                    false => json!({ "finish_reason": "null", "audio": audio }),
                };
                frames.push(frame(output, characters));
            }
            Piece::Sentence(told, spoken) => {
                characters = spoken;
                if cosy && begun {
                    let words = told.get("words").cloned().unwrap_or_default();
                    let sentence = json!({ "index": index, "words": words });
                    let output = json!({ "type": "sentence-end", "sentence": sentence, "audio": { "data": "", "id": id } });
                    frames.push(frame(output, characters));
                }
                (index, begun) = (index + 1, false);
            }
        }
    }
    frames
}

/// Frames that are all there.
#[derive(Debug)]
struct Sounds {
    frames: Vec<Value>,
    request_id: String,
}

impl Script for Sounds {
    fn frame(&self, number: usize, endless: bool) -> Option<Bytes> {
        let at = if endless { number % self.frames.len().saturating_sub(1).max(1) } else { number };
        self.frames.get(at).map(|data| sse::event(number, "result", 200, data))
    }

    fn error(&self, number: usize, fact: &Fact) -> Bytes {
        let body = json!({ "code": fact.code, "message": fact.message, "request_id": self.request_id });
        sse::error(number, fact.status, &body)
    }

    fn len(&self) -> usize {
        self.frames.len()
    }
}
