//! 文生图, text to image (`bailian-reference.md` §1).

use super::Model;
use super::parameter::{Default, Parameter, Rule, SizeRule};
use super::price::{FreeQuota, Price};
use crate::kind::Kind;
use crate::money::Money;
use crate::size::Size;
use crate::words::Label;

/// The six models.
pub(super) static MODELS: [Model; 6] = [
    Model {
        name: Label::new("通义千问文生图", "Qwen Image"),
        note: Label::new(
            "擅长渲染中英文文字和复杂图文排版",
            "renders Chinese and English text, complex layouts of text and picture",
        ),
        parameters: &QWEN,
        ..wan("qwen-image", Label::new("", ""), Label::new("", ""), 25, 100)
    },
    wan(
        "wan2.2-t2i-flash",
        Label::new("通义万相 2.2 极速版", "Wan 2.2 Flash"),
        Label::new("速度最快，推荐", "fastest; recommended"),
        14,
        100,
    ),
    wan(
        "wan2.2-t2i-plus",
        Label::new("通义万相 2.2 专业版", "Wan 2.2 Plus"),
        Label::new("画质更好，推荐", "professional; recommended"),
        20,
        100,
    ),
    Model {
        abroad: Some("wan2.1-t2i-turbo"),
        ..wan(
            "wanx2.1-t2i-turbo",
            Label::new("万相 2.1 极速版", "Wan 2.1 Turbo"),
            Label::new("上一代的极速版", "the fast one of the generation before"),
            14,
            500,
        )
    },
    Model {
        abroad: Some("wan2.1-t2i-plus"),
        ..wan(
            "wanx2.1-t2i-plus",
            Label::new("万相 2.1 专业版", "Wan 2.1 Plus"),
            Label::new("上一代的专业版", "the professional one of the generation before"),
            20,
            500,
        )
    },
    wan(
        "wanx2.0-t2i-turbo",
        Label::new("万相 2.0 极速版", "Wan 2.0 Turbo"),
        Label::new("价格最低", "the cheapest"),
        4,
        500,
    ),
];

const fn wan(id: &'static str, name: Label, note: Label, fen: i64, free_images: u32) -> Model {
    Model {
        id,
        kind: Kind::Image,
        name,
        note,
        beijing: None,
        abroad: None,
        parameters: &WAN,
        price: Price::Image { cny: Money::from_fen(fen) },
        free: FreeQuota::once(free_images),
    }
}

/// The reference page's five sizes. The live service has since replaced the two 1140 ones by 1104, which
/// are accepted as well (`dashscope-api.md` §10 row 16).
const QWEN_SIZES: SizeRule = SizeRule::Fixed {
    of: &[
        Size::new(1328, 1328),
        Size::new(1664, 928),
        Size::new(1472, 1140),
        Size::new(1140, 1472),
        Size::new(928, 1664),
    ],
    also: &[Size::new(1472, 1104), Size::new(1104, 1472)],
};

/// The live service takes up to 1440*1440 = 2,073,600 pixels; the reference page's limit is the stricter
/// and holds (`dashscope-api.md` §10 row 18).
const WAN_SIZES: SizeRule = SizeRule::Free { min_side: 512, max_side: 1440, max_pixels: 2_000_000 };

/// No `seed`: the reference page does not offer it for qwen-image (`dashscope-api.md` §10 row 17).
static QWEN: [Parameter; 6] =
    [PROMPT, NEGATIVE_PROMPT, size(QWEN_SIZES, Size::new(1328, 1328)), count(1), PROMPT_EXTEND, WATERMARK];

static WAN: [Parameter; 7] = [
    PROMPT,
    NEGATIVE_PROMPT,
    size(WAN_SIZES, Size::new(1024, 1024)),
    count(4),
    PROMPT_EXTEND,
    WATERMARK,
    Parameter {
        name: "seed",
        label: Label::new("随机种子", "Seed"),
        help: Label::new(
            "相同的种子和提示词得到相近的图；多张时依次为种子、种子+1……留空则随机",
            "the same seed and prompt give a like picture; several pictures use seed, seed+1, …; random when empty",
        ),
        required: false,
        rule: Rule::Integer { min: 0, max: 2_147_483_647 },
        default: Default::None,
    },
];

const PROMPT: Parameter = Parameter {
    name: "prompt",
    label: Label::new("提示词", "Prompt"),
    help: Label::new("想要看到的画面", "what the picture should show"),
    required: true,
    rule: Rule::Text { max_characters: 800 },
    default: Default::None,
};

const NEGATIVE_PROMPT: Parameter = Parameter {
    name: "negative_prompt",
    label: Label::new("反向提示词", "Negative prompt"),
    help: Label::new("不想看到的内容", "what the picture should not show"),
    required: false,
    rule: Rule::Text { max_characters: 500 },
    default: Default::None,
};

const fn size(rule: SizeRule, default: Size) -> Parameter {
    Parameter {
        name: "size",
        label: Label::new("尺寸", "Size"),
        help: Label::new("宽*高，像素", "width*height in pixels"),
        required: false,
        rule: Rule::Size(rule),
        default: Default::Size(default),
    }
}

const fn count(max: i64) -> Parameter {
    Parameter {
        name: "n",
        label: Label::new("张数", "Pictures"),
        help: Label::new("一次生成几张，每张计费", "how many at once; each is billed"),
        required: false,
        rule: Rule::Integer { min: 1, max },
        default: Default::Integer(1),
    }
}

const PROMPT_EXTEND: Parameter = Parameter {
    name: "prompt_extend",
    label: Label::new("智能改写", "Rewrite the prompt"),
    help: Label::new(
        "由模型扩写提示词，多花 3–4 秒",
        "lets a model enrich the prompt; takes 3 to 4 seconds more",
    ),
    required: false,
    rule: Rule::Switch,
    default: Default::Switch(true),
};

const WATERMARK: Parameter = Parameter {
    name: "watermark",
    label: Label::new("水印", "Watermark"),
    help: Label::new("在右下角加上标识", "draws a mark at the bottom right"),
    required: false,
    rule: Rule::Switch,
    default: Default::Switch(false),
};
