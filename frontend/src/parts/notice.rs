//! A message in its place.

use leptos::prelude::*;

use super::icon::Icon;
use super::tone::Tone;
use crate::text::Text;

/// A message in its place, as long as it holds. For what has just happened elsewhere use a toast.
#[component]
pub fn Notice(
    /// What it means.
    #[prop(optional)]
    tone: Tone,
    /// The message in a few words.
    #[prop(optional, into)]
    title: Option<Text>,
    /// What can be done about it.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// Whether it is read aloud as soon as it appears: for what a person has just caused.
    #[prop(optional)]
    live: bool,
    /// The message.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let role = match (live, tone) {
        (false, _) => None,
        (true, Tone::Danger) => Some("alert"),
        (true, _) => Some("status"),
    };
    view! {
        <div class=format!("notice tone-{}", tone.as_str()) role=role>
            <Icon name=tone.icon() />
            <div class="notice__text">
                {title.map(|title| view! { <p class="notice__title">{title}</p> })}
                {children.map(|children| view! { <div class="notice__body">{children()}</div> })}
            </div>
            {actions.map(|actions| view! { <div class="notice__actions">{actions.run()}</div> })}
        </div>
    }
}
