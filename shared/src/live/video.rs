//! Films (`dashscope-api.md` §10 rows 1 to 7).

use super::{Note, Settings, renamed};
use crate::catalogue::{Model, Protocol};
use crate::request::{Frame, VideoRequest};
use crate::size::Size;
use crate::words::Words;

/// A creation of a film as the live service takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VideoCall {
    /// The region's own name of the model.
    pub model: &'static str,
    /// The prompt; what exceeds the model's limit is ignored there.
    pub prompt: String,
    /// The negative prompt.
    pub negative_prompt: Option<String>,
    /// How large.
    pub frame: FilmFrame,
    /// Seconds.
    pub duration: u32,
    /// `single` or `multi`.
    pub shot_type: Option<String>,
    /// The address of a sound track.
    pub audio_url: Option<String>,
    /// Rewriting.
    pub prompt_extend: bool,
    /// The mark.
    pub watermark: bool,
    /// The seed.
    pub seed: Option<u32>,
}

/// How large a film is, in the model's own parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilmFrame {
    /// `size`.
    Size(Size),
    /// `resolution` and `ratio`.
    Tier {
        /// `720P` or `1080P`.
        resolution: String,
        /// Such as `16:9`.
        ratio: String,
    },
}

/// Characters that 2.1 and 2.2 read of a prompt (row 6).
const READ: usize = 800;

/// Frames a second of every film (row 4).
const LIVE_FPS: u32 = 30;

pub(super) fn call(
    video: &VideoRequest,
    model: &Model,
    live: &'static str,
    settings: Settings,
    notes: &mut Vec<Note>,
) -> VideoCall {
    renamed(&video.model, live, settings.region, notes);
    let frame = frame(video, model, notes);
    fps(video, notes);
    prompt(video, model, notes);
    VideoCall {
        model: live,
        prompt: video.prompt.clone(),
        negative_prompt: video.negative_prompt.clone(),
        frame,
        duration: duration(video, model, notes),
        shot_type: video.shot_type.clone(),
        audio_url: video.audio_url.clone(),
        prompt_extend: video.prompt_extend,
        watermark: video.watermark,
        seed: video.seed,
    }
}

fn frame(video: &VideoRequest, model: &Model, notes: &mut Vec<Note>) -> FilmFrame {
    if let Frame::Tier { resolution, ratio } = &video.frame {
        return FilmFrame::Tier { resolution: resolution.clone(), ratio: ratio.clone() };
    }
    let given = video.frame.size().unwrap_or(Size::new(1280, 720));
    let sent = film_size(video, model).unwrap_or(given);
    if sent != given {
        let field = if matches!(video.frame, Frame::Size { .. }) { "size" } else { "resolution" };
        let why = Words::of(
            format!("{} 不生成 {given}，改用最接近的 {sent}；价格不变。", video.model),
            format!("{} does not make {given}; the nearest is {sent}, at the same price.", video.model),
        );
        notes.push(Note::new(field, &given, &sent, why));
    }
    FilmFrame::Size(sent)
}

/// Row 3: the size that stands for one of the reference page's; any other is sent as it is.
pub(crate) fn film_size(video: &VideoRequest, model: &Model) -> Option<Size> {
    let given = video.frame.size()?;
    let is_turbo = model.id == "wan2.1-t2v-turbo";
    Some(match (given.width, given.height) {
        (480, 854) if is_turbo => Size::new(480, 832),
        (960, 544) if is_turbo => Size::new(832, 480),
        (480, 854) => Size::new(720, 1280),
        (960, 544) | (1024, 576) => Size::new(1280, 720),
        _ => given,
    })
}

/// Row 4: there is no such parameter.
fn fps(video: &VideoRequest, notes: &mut Vec<Note>) {
    let Some(given) = video.fps.filter(|fps| *fps != LIVE_FPS) else { return };
    let why = Words::of(
        format!("帧率不可选，成片固定为每秒 {LIVE_FPS} 帧。"),
        format!("The frame rate cannot be chosen; films have {LIVE_FPS} frames a second."),
    );
    notes.push(Note::new("fps", &given, &LIVE_FPS, why));
}

/// Row 5: 2.1 and 2.2 make films of one length.
fn duration(video: &VideoRequest, model: &Model, notes: &mut Vec<Note>) -> u32 {
    let sent = video.seconds(model);
    if sent != video.duration {
        let why = Words::of(
            format!(
                "{} 只生成 {sent} 秒的影片，按 {sent} 秒计费。需要更长请选 wan2.5-t2v-preview 或 wan2.6-t2v（价格不同）。",
                video.model
            ),
            format!(
                "{} makes films of {sent} seconds only, and {sent} are billed. For longer ones choose \
                 wan2.5-t2v-preview or wan2.6-t2v, whose price differs.",
                video.model
            ),
        );
        notes.push(Note::new("duration", &video.duration, &sent, why));
    }
    sent
}

/// Row 6: what exceeds 800 characters is ignored by 2.1 and 2.2.
fn prompt(video: &VideoRequest, model: &Model, notes: &mut Vec<Note>) {
    let count = video.prompt.chars().count();
    if count > READ && matches!(model.protocol, Protocol::VideoSize { seconds: Some(_) }) {
        let why = Words::of(
            format!(
                "{} 只读提示词的前 {READ} 字，其后 {} 字会被忽略。",
                video.model,
                count.saturating_sub(READ)
            ),
            format!("{} reads the first {READ} characters of a prompt; the rest is ignored.", video.model),
        );
        notes.push(Note::new("prompt", &count, &READ, why));
    }
}
