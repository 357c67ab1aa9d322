//! What is shown under a condition only.

use std::sync::Arc;

use leptos::either::Either;
use leptos::prelude::*;

/// A condition, followed. Props take it with `#[prop(into)]` from a closure.
#[derive(Clone)]
pub struct Condition(Arc<dyn Fn() -> bool + Send + Sync>);

impl<F: Fn() -> bool + Send + Sync + 'static> From<F> for Condition {
    fn from(holds: F) -> Self {
        Self(Arc::new(holds))
    }
}

/// Shows its children as long as a condition holds. The library's own part of this name is compiled anew for every place
/// where it stands; this one once.
#[component]
pub fn Show(
    /// The condition.
    #[prop(into)]
    when: Condition,
    /// What is shown instead.
    #[prop(optional, into)]
    fallback: ViewFn,
    /// What is shown.
    children: ChildrenFn,
) -> impl IntoView {
    // Counted references, which outlive the views that read them.
    let holds = ArcMemo::new(move |_| (when.0)());
    move || if holds.get() { Either::Left(children()) } else { Either::Right(fallback.run()) }
}
