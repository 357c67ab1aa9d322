//! What is said where there is nothing yet.

use leptos::prelude::*;

use super::icon::{Icon, IconName};
use crate::text::Text;

/// What is said where there is nothing yet, and what to do about it.
#[component]
pub fn Empty(
    /// That there is nothing.
    #[prop(into)]
    title: Text,
    /// Its icon.
    #[prop(default = IconName::Image)]
    icon: IconName,
    /// How to get something.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// One sentence more.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon />
            <p class="empty__title">{title}</p>
            {children.map(|children| view! { <div class="empty__body">{children()}</div> })}
            {actions.map(|actions| view! { <div class="empty__actions">{actions.run()}</div> })}
        </div>
    }
}
