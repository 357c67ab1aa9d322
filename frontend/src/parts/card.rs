//! Things that belong together, on a sheet of their own.

use leptos::prelude::*;

use crate::text::Text;

/// Things that belong together, on a sheet of their own.
#[component]
pub fn Card(
    /// What they are; without it the card is a mere surface.
    #[prop(optional, into)]
    heading: Option<Text>,
    /// At the end of the heading's line.
    #[prop(optional, into)]
    aside: Option<ViewFn>,
    /// With less space inside: for rows of a list.
    #[prop(optional)]
    tight: bool,
    /// What they are made of.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card" class:card--tight=tight>
            {heading.map(|heading| view! {
                <header class="card__head">
                    <h2 class="card__title">{heading}</h2>
                    {aside.map(|aside| view! { <div class="card__aside">{aside.run()}</div> })}
                </header>
            })}
            {children()}
        </section>
    }
}
