//! 文生视频, text to video (`bailian-reference.md` §3; the newer ones `dashscope-api.md` §4.1).

use super::common::{NEGATIVE_PROMPT, PROMPT_EXTEND, SEED, WATERMARK, prompt};
use super::limits::Limits;
use super::parameter::{Default, Parameter, Rule, SizeRule};
use super::price::{FreeQuota, Price, Tier};
use super::{Group, Model, Names, Protocol};
use crate::kind::Kind;
use crate::money::Money;
use crate::size::Size;
use crate::words::Label;

/// The reference page's two models, by their Singapore names (`dashscope-api.md` §10 row 7), then the newer ones.
pub(super) static MODELS: &[Model] = &[
    Model {
        name: Label::new("万相 2.1 专业版", "Wan 2.1 Plus"),
        note: Label::new("画质更好，固定 5 秒", "professional; always 5 seconds"),
        names: Names::abroad("wanx2.1-t2v-plus", "wan2.1-t2v-plus"),
        price: Price::VideoSecond { cny: Money::from_fen(70) },
        ..wan("wan2.1-t2v-plus", &PLUS_2_1)
    },
    Model {
        name: Label::new("万相 2.1 极速版", "Wan 2.1 Turbo"),
        note: Label::new("更快、更便宜，固定 5 秒", "faster, cheaper; always 5 seconds"),
        names: Names::abroad("wanx2.1-t2v-turbo", "wan2.1-t2v-turbo"),
        price: Price::VideoSecond { cny: Money::from_fen(24) },
        ..wan("wan2.1-t2v-turbo", &TURBO_2_1)
    },
    Model {
        name: Label::new("万相 2.7", "Wan 2.7"),
        note: Label::new(
            "有声，2–15 秒，提示词可达 5,000 字",
            "with sound, 2 to 15 seconds, prompts of up to 5,000 characters",
        ),
        protocol: Protocol::VideoTier,
        price: by_tier(None, Some(60), Some(100)),
        ..newer("wan2.7-t2v", &V2_7)
    },
    Model {
        name: Label::new("万相 2.6", "Wan 2.6"),
        note: Label::new("有声，2–15 秒，可多镜头", "with sound, 2 to 15 seconds, one shot or several"),
        names: Names { virginia: Some("wan2.6-t2v-us"), ..Names::everywhere("wan2.6-t2v") },
        protocol: Protocol::VideoSize { seconds: None },
        limits: Limits::second(5).at_work(5),
        price: by_tier(None, Some(60), Some(100)),
        ..newer("wan2.6-t2v", &V2_6)
    },
    Model {
        name: Label::new("万相 2.5 预览版", "Wan 2.5 Preview"),
        note: Label::new("有声，5 或 10 秒", "with sound, 5 or 10 seconds"),
        protocol: Protocol::VideoSize { seconds: None },
        limits: Limits::second(5).at_work(5),
        price: by_tier(Some(30), Some(60), Some(100)),
        ..newer("wan2.5-t2v-preview", &V2_5)
    },
    Model {
        name: Label::new("万相 2.2 专业版", "Wan 2.2 Plus"),
        note: Label::new("固定 5 秒，480P 或 1080P", "always 5 seconds, 480P or 1080P"),
        price: by_tier(Some(14), None, Some(70)),
        ..newer("wan2.2-t2v-plus", &V2_2)
    },
];

const fn wan(id: &'static str, parameters: &'static [Parameter]) -> Model {
    Model {
        id,
        kind: Kind::Video,
        name: Label::new("", ""),
        note: Label::new("", ""),
        group: Group::Reference,
        names: Names::everywhere(id),
        protocol: Protocol::VideoSize { seconds: Some(5) },
        limits: Limits::second(2).at_work(2), // of 2.7 nothing is documented: the least is taken
        parameters,
        price: Price::Unlisted,
        free: FreeQuota::once(200),
    }
}

const fn newer(id: &'static str, parameters: &'static [Parameter]) -> Model {
    Model { group: Group::Newer, free: FreeQuota::once(50), ..wan(id, parameters) }
}

const fn by_tier(p480: Option<i64>, p720: Option<i64>, p1080: Option<i64>) -> Price {
    Price::VideoSecondByTier { p480: cny(p480), p720: cny(p720), p1080: cny(p1080) }
}

const fn cny(fen: Option<i64>) -> Option<Money> {
    match fen {
        Some(fen) => Some(Money::from_fen(fen)),
        None => None,
    }
}

/// The tier that a size belongs to (`dashscope-api.md` §4.1).
#[must_use]
pub fn tier(size: Size) -> Option<Tier> {
    let holds = |sizes: &[Size]| sizes.contains(&size);
    [(P480, Tier::P480), (P720, Tier::P720), (P1080, Tier::P1080)]
        .into_iter()
        .find_map(|(sizes, tier)| holds(sizes).then_some(tier))
}

// The sizes that are made (`dashscope-api.md` §4.1), by their ratio and lines.
const WIDE_480: Size = Size::new(832, 480);
const TALL_480: Size = Size::new(480, 832);
const SQUARE_480: Size = Size::new(624, 624);
const WIDE_720: Size = Size::new(1280, 720);
const TALL_720: Size = Size::new(720, 1280);
const SQUARE_720: Size = Size::new(960, 960);
const FOUR_THREE_720: Size = Size::new(1088, 832);
const THREE_FOUR_720: Size = Size::new(832, 1088);
const WIDE_1080: Size = Size::new(1920, 1080);
const TALL_1080: Size = Size::new(1080, 1920);
const SQUARE_1080: Size = Size::new(1440, 1440);
const FOUR_THREE_1080: Size = Size::new(1632, 1248);
const THREE_FOUR_1080: Size = Size::new(1248, 1632);

const P480: &[Size] = &[WIDE_480, TALL_480, SQUARE_480];
const P720: &[Size] = &[WIDE_720, TALL_720, SQUARE_720, FOUR_THREE_720, THREE_FOUR_720];
const P1080: &[Size] = &[WIDE_1080, TALL_1080, SQUARE_1080, FOUR_THREE_1080, THREE_FOUR_1080];
const P480_720: &[Size] =
    &[WIDE_480, TALL_480, SQUARE_480, WIDE_720, TALL_720, SQUARE_720, FOUR_THREE_720, THREE_FOUR_720];
const P720_1080: &[Size] = &[
    WIDE_1080,
    TALL_1080,
    SQUARE_1080,
    FOUR_THREE_1080,
    THREE_FOUR_1080,
    WIDE_720,
    TALL_720,
    SQUARE_720,
    FOUR_THREE_720,
    THREE_FOUR_720,
];
const P480_1080: &[Size] =
    &[WIDE_1080, TALL_1080, SQUARE_1080, FOUR_THREE_1080, THREE_FOUR_1080, WIDE_480, TALL_480, SQUARE_480];
const ALL: &[Size] = &[
    WIDE_1080,
    TALL_1080,
    SQUARE_1080,
    FOUR_THREE_1080,
    THREE_FOUR_1080,
    WIDE_720,
    TALL_720,
    SQUARE_720,
    FOUR_THREE_720,
    THREE_FOUR_720,
    WIDE_480,
    TALL_480,
    SQUARE_480,
];

/// The reference page's four; what the live service takes instead is in [`crate::live`].
const REFERENCE: &[Size] =
    &[Size::new(720, 1280), Size::new(480, 854), Size::new(960, 544), Size::new(1024, 576)];

static PLUS_2_1: [Parameter; 9] = seed_form(P720);
static TURBO_2_1: [Parameter; 9] = seed_form(P480_720);
static V2_2: [Parameter; 7] = [
    prompt(SHOWS, 800),
    NEGATIVE_PROMPT,
    size(P480_1080, Size::new(1920, 1080)),
    seconds(Rule::OneOf { of: &[5] }),
    PROMPT_EXTEND,
    WATERMARK,
    SEED,
];
static V2_5: [Parameter; 8] = [
    prompt(SHOWS, 1_500),
    NEGATIVE_PROMPT,
    size(ALL, Size::new(1920, 1080)),
    seconds(Rule::OneOf { of: &[5, 10] }),
    AUDIO_URL,
    PROMPT_EXTEND,
    WATERMARK,
    SEED,
];
static V2_6: [Parameter; 9] = [
    prompt(SHOWS, 1_500),
    NEGATIVE_PROMPT,
    size(P720_1080, Size::new(1920, 1080)),
    seconds(Rule::Integer { min: 2, max: 15 }),
    Parameter::new(
        "shot_type",
        Label::new("镜头", "Shots"),
        Label::new("单镜头或多镜头", "one shot or several"),
        Rule::Choice { of: &["single", "multi"] },
        Default::None,
    ),
    AUDIO_URL,
    PROMPT_EXTEND,
    WATERMARK,
    SEED,
];
static V2_7: [Parameter; 9] = [
    prompt(SHOWS, 5_000),
    NEGATIVE_PROMPT,
    Parameter::new(
        "resolution",
        Label::new("分辨率", "Resolution"),
        Label::new("清晰度档位", "how many lines"),
        Rule::Choice { of: &["720P", "1080P"] },
        Default::Choice("720P"),
    ),
    Parameter::new(
        "ratio",
        Label::new("宽高比", "Ratio"),
        Label::new("宽:高", "width:height"),
        Rule::Choice { of: &["16:9", "9:16", "1:1", "4:3", "3:4"] },
        Default::Choice("16:9"),
    ),
    seconds(Rule::Integer { min: 2, max: 15 }),
    AUDIO_URL,
    PROMPT_EXTEND,
    WATERMARK,
    SEED,
];

const SHOWS: Label = Label::new("想要看到的影片", "what the film should show");

/// The reference page's form, which also takes the live service's own `size`.
const fn seed_form(live: &'static [Size]) -> [Parameter; 9] {
    [
        prompt(SHOWS, 1_000),
        NEGATIVE_PROMPT,
        Parameter::new(
            "resolution",
            Label::new("分辨率", "Resolution"),
            Label::new("宽*高，像素", "width*height in pixels"),
            Rule::Size(SizeRule::Fixed { of: REFERENCE, also: live }),
            Default::Size(Size::new(720, 1280)),
        )
        .or("size"),
        Parameter::new(
            "size",
            Label::new("尺寸", "Size"),
            Label::new(
                "与分辨率相同，百炼现在的叫法",
                "the same as the resolution, as the service calls it now",
            ),
            Rule::Size(SizeRule::Fixed { of: REFERENCE, also: live }),
            Default::None,
        ),
        seconds(Rule::Integer { min: 1, max: 15 }),
        Parameter::new(
            "fps",
            Label::new("帧率", "Frame rate"),
            Label::new("每秒帧数", "frames per second"),
            Rule::Integer { min: 1, max: 240 },
            Default::Integer(24),
        ),
        PROMPT_EXTEND,
        WATERMARK,
        SEED,
    ]
}

const fn size(of: &'static [Size], default: Size) -> Parameter {
    Parameter::new(
        "size",
        Label::new("尺寸", "Size"),
        Label::new("宽*高，像素", "width*height in pixels"),
        Rule::Size(SizeRule::Fixed { of, also: &[] }),
        Default::Size(default),
    )
}

const fn seconds(rule: Rule) -> Parameter {
    Parameter::new(
        "duration",
        Label::new("时长", "Duration"),
        Label::new("秒，按秒计费", "seconds; each is billed"),
        rule,
        Default::Integer(5),
    )
}

const AUDIO_URL: Parameter = Parameter::new(
    "audio_url",
    Label::new("配音地址", "Address of a sound track"),
    Label::new(
        "wav 或 mp3，3–30 秒，不超过 15 MB；留空则自动配音",
        "wav or mp3, 3 to 30 s, at most 15 MB; sound is made when empty",
    ),
    Rule::Address,
    Default::None,
);
