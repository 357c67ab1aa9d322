//! A listing.

use leptos::prelude::*;

use crate::parts::CopyButton;
use crate::words::use_words;

/// A listing: its language, a button that copies it, its lines as they are.
#[component]
pub(super) fn CodeBlock(
    /// The language, as it was named; may be empty.
    language: Signal<String>,
    /// The lines.
    text: Signal<String>,
) -> impl IntoView {
    let words = use_words();
    let name = move || {
        language.with(|name| if name.is_empty() { words.texts().parts.code.into() } else { name.clone() })
    };
    view! {
        <div class="md__code" dir="ltr">
            <div class="md__code-head"><span class="md__language">{name}</span><CopyButton text /></div>
            <pre class="md__lines" tabindex="0" role="group" aria-label=name><code>{move || text.get()}</code></pre>
        </div>
    }
}
