//! The place of something that is still to come.

use leptos::prelude::*;

/// What is to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkeletonShape {
    /// So many lines of text.
    Lines(u8),
    /// A picture of these sides: its place is kept before it is there.
    Picture(u32, u32),
}

/// The place of something that is still to come, so that nothing jumps when it is there. Not read aloud: what
/// loads says so itself.
#[component]
pub fn Skeleton(
    /// What is to come.
    shape: SkeletonShape,
) -> impl IntoView {
    match shape {
        SkeletonShape::Lines(count) => {
            let lines = (0..count).map(|_| view! { <span class="skeleton skeleton__line"></span> });
            view! { <span class="skeleton__lines" aria-hidden="true">{lines.collect_view()}</span> }.into_any()
        }
        SkeletonShape::Picture(width, height) => view! {
            <svg class="skeleton skeleton__picture" viewBox=format!("0 0 {width} {height}") aria-hidden="true"></svg>
        }
        .into_any(),
    }
}
