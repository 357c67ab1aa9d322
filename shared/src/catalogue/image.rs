//! 文生图, text to image (`bailian-reference.md` §1; the newer ones `dashscope-api.md` §1.1, §1.6).

use super::common::{NEGATIVE_PROMPT, PROMPT_EXTEND, SEED, WATERMARK, prompt};
use super::limits::Limits;
use super::parameter::{Default, Parameter, Rule, SizeRule};
use super::price::{FreeQuota, Price};
use super::{Group, Model, Names, Protocol};
use crate::kind::Kind;
use crate::money::Money;
use crate::size::Size;
use crate::words::Label;

/// The reference page's six models, then the newer ones.
pub(super) static MODELS: &[Model] = &[
    Model {
        name: Label::new("通义千问文生图", "Qwen Image"),
        note: Label::new(
            "擅长渲染中英文文字和复杂图文排版",
            "renders Chinese and English text, complex layouts of text and picture",
        ),
        parameters: &QWEN,
        ..wan("qwen-image", 25, 100)
    },
    Model {
        name: Label::new("通义万相 2.2 极速版", "Wan 2.2 Flash"),
        note: Label::new("速度最快，推荐", "fastest; recommended"),
        ..wan("wan2.2-t2i-flash", 14, 100)
    },
    Model {
        name: Label::new("通义万相 2.2 专业版", "Wan 2.2 Plus"),
        note: Label::new("画质更好，推荐", "professional; recommended"),
        ..wan("wan2.2-t2i-plus", 20, 100)
    },
    Model {
        name: Label::new("万相 2.1 极速版", "Wan 2.1 Turbo"),
        note: Label::new("上一代的极速版", "the fast one of the generation before"),
        names: Names::abroad("wanx2.1-t2i-turbo", "wan2.1-t2i-turbo"),
        ..wan("wanx2.1-t2i-turbo", 14, 500)
    },
    Model {
        name: Label::new("万相 2.1 专业版", "Wan 2.1 Plus"),
        note: Label::new("上一代的专业版", "the professional one of the generation before"),
        names: Names::abroad("wanx2.1-t2i-plus", "wan2.1-t2i-plus"),
        ..wan("wanx2.1-t2i-plus", 20, 500)
    },
    Model {
        name: Label::new("万相 2.0 极速版", "Wan 2.0 Turbo"),
        note: Label::new("价格最低", "the cheapest"),
        names: Names::beijing("wanx2.0-t2i-turbo"),
        ..wan("wanx2.0-t2i-turbo", 4, 500)
    },
    Model {
        name: Label::new("万相 2.6", "Wan 2.6"),
        note: Label::new(
            "更大的画面，提示词可达 2,100 字",
            "larger pictures, prompts of up to 2,100 characters",
        ),
        protocol: Protocol::ImageMessageTask,
        limits: Limits::second(1).at_work(5),
        parameters: &WAN_2_6,
        ..newer("wan2.6-t2i", 20, 50)
    },
    Model {
        name: Label::new("万相 2.5 预览版", "Wan 2.5 Preview"),
        note: Label::new(
            "更大的画面，提示词可达 2,000 字",
            "larger pictures, prompts of up to 2,000 characters",
        ),
        protocol: Protocol::ImageTask,
        limits: Limits::second(5).at_work(5),
        parameters: &WAN_2_5,
        ..newer("wan2.5-t2i-preview", 20, 50)
    },
    Model {
        name: Label::new("通义千问文生图 Plus", "Qwen Image Plus"),
        note: Label::new("文字渲染，比 qwen-image 便宜", "renders text, cheaper than qwen-image"),
        ..newer("qwen-image-plus", 20, 100)
    },
    Model {
        name: Label::new("通义千问文生图 Max", "Qwen Image Max"),
        note: Label::new("文字渲染，画质最好", "renders text, best quality"),
        limits: Limits::minute(2),
        ..newer("qwen-image-max", 50, 100)
    },
    Model {
        name: Label::new("通义千问文生图 2.0", "Qwen Image 2.0"),
        note: Label::new("一次最多 6 张，最大 2048*2048", "up to six at once, up to 2048*2048"),
        parameters: &QWEN_2,
        ..newer("qwen-image-2.0", 20, 100)
    },
    Model {
        name: Label::new("通义千问文生图 2.0 Pro", "Qwen Image 2.0 Pro"),
        note: Label::new("2.0 的专业版", "the professional one of 2.0"),
        parameters: &QWEN_2,
        ..newer("qwen-image-2.0-pro", 50, 100)
    },
];

const fn wan(id: &'static str, fen: i64, free_images: u32) -> Model {
    Model {
        id,
        kind: Kind::Image,
        name: Label::new("", ""),
        note: Label::new("", ""),
        group: Group::Reference,
        names: Names::everywhere(id),
        protocol: Protocol::ImageTask,
        limits: Limits::second(2).at_work(2),
        parameters: &WAN,
        price: Price::Image { cny: Money::from_fen(fen) },
        free: FreeQuota::once(free_images),
    }
}

const fn newer(id: &'static str, fen: i64, free_images: u32) -> Model {
    Model {
        group: Group::Newer,
        protocol: Protocol::ImageMessage,
        limits: Limits::second(2), // answered at once: nothing waits there
        parameters: &QWEN_NEWER,
        ..wan(id, fen, free_images)
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

/// The five sizes as they are today (`dashscope-api.md` §1.3).
const QWEN_SIZES_NOW: SizeRule = SizeRule::Fixed {
    of: &[
        Size::new(1664, 928),
        Size::new(1472, 1104),
        Size::new(1328, 1328),
        Size::new(1104, 1472),
        Size::new(928, 1664),
    ],
    also: &[],
};

/// The live service takes up to 1440*1440 = 2,073,600 pixels; the reference page's limit is the stricter
/// and holds (`dashscope-api.md` §10 row 18).
const WAN_SIZES: SizeRule = SizeRule::Free { min_side: 512, max_side: 1440, max_pixels: 2_000_000 };

/// From 2.5 on (`dashscope-api.md` §1.1, §1.6).
const LARGE_SIZES: SizeRule =
    SizeRule::Area { min_pixels: 1280 * 1280, max_pixels: 1440 * 1440, max_ratio: 4 };

/// The 2.0 pair (`dashscope-api.md` §1.6). Its least area and its ratio are not documented; these are the usual ones.
const QWEN_2_SIZES: SizeRule =
    SizeRule::Area { min_pixels: 512 * 512, max_pixels: 2048 * 2048, max_ratio: 4 };

/// No `seed`: the reference page does not offer it for qwen-image (`dashscope-api.md` §10 row 17).
static QWEN: [Parameter; 6] = [
    prompt(SHOWS, 800),
    NEGATIVE_PROMPT,
    size(QWEN_SIZES, Size::new(1328, 1328)),
    count(1),
    PROMPT_EXTEND,
    WATERMARK,
];

static WAN: [Parameter; 7] = with_seed(800, WAN_SIZES, Size::new(1024, 1024), 4);
static WAN_2_5: [Parameter; 7] = with_seed(2_000, LARGE_SIZES, Size::new(1280, 1280), 4);
static WAN_2_6: [Parameter; 7] = with_seed(2_100, LARGE_SIZES, Size::new(1280, 1280), 4);
static QWEN_NEWER: [Parameter; 7] = with_seed(800, QWEN_SIZES_NOW, Size::new(1664, 928), 1);
static QWEN_2: [Parameter; 7] = with_seed(800, QWEN_2_SIZES, Size::new(1328, 1328), 6);

const SHOWS: Label = Label::new("想要看到的画面", "what the picture should show");

const fn with_seed(max_characters: usize, sizes: SizeRule, default: Size, most: i64) -> [Parameter; 7] {
    [
        prompt(SHOWS, max_characters),
        NEGATIVE_PROMPT,
        size(sizes, default),
        count(most),
        PROMPT_EXTEND,
        WATERMARK,
        SEED,
    ]
}

const fn size(rule: SizeRule, default: Size) -> Parameter {
    Parameter::new(
        "size",
        Label::new("尺寸", "Size"),
        Label::new("宽*高，像素", "width*height in pixels"),
        Rule::Size(rule),
        Default::Size(default),
    )
}

const fn count(max: i64) -> Parameter {
    Parameter::new(
        "n",
        Label::new("张数", "Pictures"),
        Label::new("一次生成几张，每张计费", "how many at once; each is billed"),
        Rule::Integer { min: 1, max },
        Default::Integer(1),
    )
}
