//! Colours, type, icons.

use leptos::prelude::*;
use studio_shared::words::Label;

use super::specimen::{Specimen, say};
use crate::parts::{Icon, IconName};

/// The colours that everything is made of, by their names in `styles/tokens.css`.
const COLOURS: [&str; 14] = [
    "well",
    "paper",
    "sheet",
    "line",
    "edge",
    "ink",
    "ink-2",
    "ink-3",
    "accent",
    "accent-soft",
    "success",
    "warning",
    "danger",
    "seal",
];

pub(super) fn view() -> impl IntoView {
    view! {
        <Specimen name="tokens" doc=Label::new("纸、墨、青花：全部颜色。", "Paper, ink and porcelain blue: all colours.")>
            <div class="swatches">
                {COLOURS.map(|name| view! {
                    <div class="swatch"><span class=format!("swatch__colour swatch--{name}")></span><span>{name}</span></div>
                })}
            </div>
        </Specimen>
        <Specimen name="type" doc=Label::new("字号与行距；中文正文 1.8，控件 1.3。", "Sizes and leading; 1.8 for Chinese prose, 1.3 in controls.")>
            <p class="type-28">{say("百炼工坊 2026", "Bailian Studio 2026")}</p>
            <p class="type-22">{say("一张画，从一句话开始", "A picture begins with a sentence")}</p>
            <p class="type-18">{say("用 wan2.2-t2i-flash 作图", "Make it with wan2.2-t2i-flash")}</p>
            <p class="type-15 prose">{say(
                "“水墨风格的江南水乡，晨雾、石桥与乌篷船”，一句话交给万相，512×512 的小样约 5 秒，花费 ¥0.14。不满意？换个种子再来。",
                "“A water town in ink wash: morning mist, a stone bridge, a black-awning boat.” One line, about five seconds at 512×512, ¥0.14.",
            )}</p>
            <p class="small muted">{say("编号 0123456789 等宽，便于对齐。", "Figures 0123456789 are of equal width and line up.")}</p>
        </Specimen>
        <Specimen name="Icon" doc=Label::new("随文字颜色，从不朗读。", "In the colour of the text; never read aloud.")>
            <div class="icons">{IconName::ALL.map(|name| view! { <Icon name /> })}</div>
        </Specimen>
    }
}
