//! One part as it is shown on the page of parts.

use leptos::prelude::*;
use studio_shared::words::Label;

use crate::text::Text;

/// One part: its name, when to use it, and its states in light and in dark.
#[component]
pub fn Specimen(
    /// The component's name.
    name: &'static str,
    /// When to use it.
    doc: Label,
    /// Its states; made twice.
    children: ChildrenFn,
) -> impl IntoView {
    let states = StoredValue::new(children);
    let side = move |theme| {
        view! { <div class="specimen__side" data-theme=theme>{states.with_value(|states| states())}</div> }
    };
    view! {
        <section class="specimen" aria-label=name>
            <header class="specimen__head">
                <h2 class="specimen__name"><code>{name}</code></h2>
                <p class="specimen__doc">{Text::label(doc)}</p>
            </header>
            <div class="specimen__sides">
                {side("light")} {side("dark")}
            </div>
        </section>
    }
}

/// A text in both languages, for the samples.
pub(super) fn say(zh: &'static str, en: &'static str) -> Text {
    Text::label(Label::new(zh, en))
}
