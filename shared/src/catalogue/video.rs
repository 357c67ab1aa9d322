//! 文生视频, text to video (`bailian-reference.md` §3).

use super::Model;
use super::parameter::{Default, Parameter, Rule, SizeRule};
use super::price::{FreeQuota, Price};
use crate::kind::Kind;
use crate::money::Money;
use crate::size::Size;
use crate::words::Label;

/// The two models; the reference page uses their Singapore names (`dashscope-api.md` §10 row 7).
pub(super) static MODELS: [Model; 2] = [
    wan(
        "wan2.1-t2v-plus",
        "wanx2.1-t2v-plus",
        Label::new("万相 2.1 专业版", "Wan 2.1 Plus"),
        Label::new("画质更好", "professional"),
        70,
    ),
    wan(
        "wan2.1-t2v-turbo",
        "wanx2.1-t2v-turbo",
        Label::new("万相 2.1 极速版", "Wan 2.1 Turbo"),
        Label::new("更快、更便宜", "faster, cheaper"),
        24,
    ),
];

const fn wan(id: &'static str, beijing: &'static str, name: Label, note: Label, fen: i64) -> Model {
    Model {
        id,
        kind: Kind::Video,
        name,
        note,
        beijing: Some(beijing),
        abroad: None,
        parameters: &PARAMETERS,
        price: Price::VideoSecond { cny: Money::from_fen(fen) },
        free: FreeQuota::once(200),
    }
}

static PARAMETERS: [Parameter; 4] = [
    Parameter {
        name: "prompt",
        label: Label::new("提示词", "Prompt"),
        help: Label::new("想要看到的影片", "what the film should show"),
        required: true,
        rule: Rule::Text { max_characters: 1000 },
        default: Default::None,
    },
    Parameter {
        name: "resolution",
        label: Label::new("分辨率", "Resolution"),
        help: Label::new("宽*高，像素", "width*height in pixels"),
        required: false,
        rule: Rule::Size(SizeRule::Fixed {
            of: &[Size::new(480, 854), Size::new(720, 1280), Size::new(960, 544), Size::new(1024, 576)],
            also: &[],
        }),
        default: Default::Size(Size::new(720, 1280)),
    },
    Parameter {
        name: "duration",
        label: Label::new("时长", "Duration"),
        help: Label::new("秒", "seconds"),
        required: false,
        rule: Rule::Integer { min: 1, max: 15 },
        default: Default::Integer(5),
    },
    Parameter {
        name: "fps",
        label: Label::new("帧率", "Frame rate"),
        help: Label::new("每秒帧数", "frames per second"),
        required: false,
        rule: Rule::Integer { min: 1, max: 60 },
        default: Default::Integer(24),
    },
];
