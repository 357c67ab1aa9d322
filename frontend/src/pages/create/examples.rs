//! Ready-made requests: the reference page's own, and a few more.

use leptos::prelude::*;
use serde_json::Value;
use studio_shared::kind::Kind;
use studio_shared::link;
use studio_shared::words::Label;

use super::form::Form;
use super::recipe::Fields;
use crate::parts::{Button, ButtonKind, ButtonSize};
use crate::text::Text;
use crate::words::use_words;

/// One ready-made request.
struct Example {
    name: Label,
    /// The main text.
    prompt: Label,
    /// The other settings, as a recipe link has them; a test holds them to the catalogue.
    settings: &'static str,
}

static PICTURES: [Example; 4] = [
    Example {
        name: Label::new("可爱猫咪", "Cute cat"),
        prompt: Label::new("可爱猫咪", "可爱猫咪, a cute cat"),
        settings: "model=wan2.2-t2i-flash&size=1024*1024",
    },
    Example {
        name: Label::new("中文对联", "Couplet"),
        prompt: Label::new("中文对联设计", "中文对联设计, a Chinese couplet on red paper"),
        settings: "model=qwen-image&size=1472*1140",
    },
    Example {
        name: Label::new("风景画", "Landscape"),
        prompt: Label::new("风景画", "风景画, a landscape painting"),
        settings: "model=wan2.2-t2i-flash&n=4&size=512*512",
    },
    Example {
        name: Label::new("未来城市", "Future city"),
        prompt: Label::new("未来城市", "未来城市, a city of the future"),
        settings: "model=wan2.2-t2i-flash&size=1440*810&n=2",
    },
];

static FILMS: [Example; 2] = [
    Example {
        name: Label::new("日出延时", "Sunrise"),
        prompt: Label::new("日出延时摄影", "日出延时摄影, a time lapse of a sunrise"),
        settings: "model=wan2.1-t2v-plus&duration=10",
    },
    Example {
        name: Label::new("海边日落", "Sunset"),
        prompt: Label::new(
            "海边日落，海浪缓缓拍打沙滩",
            "the sun sets over the sea, slow waves on the beach",
        ),
        settings: "model=wan2.1-t2v-turbo&resolution=1024*576",
    },
];

static SPEECHES: [Example; 2] = [
    Example {
        name: Label::new("中文", "Chinese"),
        prompt: Label::new("今天天气真好，我们去西湖边走走吧。", "今天天气真好，我们去西湖边走走吧。"),
        settings: "model=sambert-zhichu-v1&word_timestamp_enabled=true",
    },
    Example {
        name: Label::new("英文", "English"),
        prompt: Label::new(
            "What a beautiful day. Let us take a walk along the lake.",
            "What a beautiful day. Let us take a walk along the lake.",
        ),
        settings: "model=sambert-en-v1&word_timestamp_enabled=true",
    },
];

/// The examples of a kind.
const fn of(kind: Kind) -> &'static [Example] {
    match kind {
        Kind::Image => &PICTURES,
        Kind::Video => &FILMS,
        Kind::Speech => &SPEECHES,
        Kind::Text | Kind::Transcription => &[],
    }
}

/// One press fills the form with an example.
#[component]
pub(super) fn Examples(
    /// The form.
    form: Form,
) -> impl IntoView {
    let words = use_words();
    let button = |example: &'static Example| {
        let fill = move |_| {
            let language = words.language_untracked();
            form.replace(fields(form.kind(), example, example.prompt.get(language)));
        };
        view! {
            <Button kind=ButtonKind::Quiet size=ButtonSize::Small on_click=fill>{Text::label(example.name)}</Button>
        }
    };
    view! {
        <span class="examples" role="group" aria-label=words.text(|t| t.create.examples_label)>
            {of(form.kind()).iter().map(button).collect_view()}
        </span>
    }
}

fn fields(kind: Kind, example: &Example, prompt: &str) -> Fields {
    let mut fields = link::read(example.settings).unwrap_or_default();
    let name = if kind == Kind::Speech { "text" } else { "prompt" };
    fields.insert(name.to_owned(), Value::from(prompt));
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::create::recipe;

    #[test]
    fn every_example_can_be_submitted_as_it_is() {
        for kind in Kind::ALL {
            for example in of(kind) {
                for prompt in [example.prompt.zh, example.prompt.en] {
                    let fields = fields(kind, example, prompt);
                    assert_eq!(recipe::kind(&fields), Some(kind), "{}", example.settings);
                    assert!(fields.len() > 3, "{}", example.settings);
                    assert!(recipe::check(&fields, kind).is_ok(), "{}", example.settings);
                }
            }
        }
    }
}
