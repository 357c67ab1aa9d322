//! What stands within a line.

use leptos::prelude::*;

use super::tree::Inline;

/// The words of a line, with what is within them.
pub(super) fn line(inlines: &[Inline]) -> Vec<AnyView> {
    inlines.iter().map(draw).collect()
}

fn draw(inline: &Inline) -> AnyView {
    match inline {
        Inline::Text(text) => text.clone().into_any(),
        Inline::Code(text) => view! { <code>{text.clone()}</code> }.into_any(),
        Inline::Emphasis(inner) => view! { <em>{line(inner)}</em> }.into_any(),
        Inline::Strong(inner) => view! { <strong>{line(inner)}</strong> }.into_any(),
        Inline::Struck(inner) => view! { <del>{line(inner)}</del> }.into_any(),
        Inline::Link { href, text } => view! {
            <a href=href.clone() target="_blank" rel="noopener noreferrer nofollow external" title=href.clone()>
                {line(text)}
            </a>
        }
        .into_any(),
        Inline::Break => view! { <br /> }.into_any(),
    }
}
