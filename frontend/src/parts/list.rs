//! Items that come and go, each with a view of its own that stays while its item does.

use leptos::control_flow::For as Keyed;
use leptos::prelude::*;

/// An item: what it is known by, and how it is drawn.
struct Row {
    key: String,
    draw: Box<dyn FnOnce() -> AnyView + Send>,
}

/// Draws each item once, for as long as it is among the items. The library's own part of this name is compiled anew for
/// every place where it stands; what is compiled of this one is the list of its items only.
#[component]
pub fn For<E, I, T, F, K, C, N>(
    /// The items, followed.
    each: E,
    /// What an item is known by, as no other in the list.
    key: F,
    /// Draws an item.
    children: C,
) -> impl IntoView
where
    E: Fn() -> I + Send + 'static,
    I: IntoIterator<Item = T> + 'static,
    T: Send + 'static,
    F: Fn(&T) -> K + Send + 'static,
    K: ToString + 'static,
    C: Fn(T) -> N + Clone + Send + 'static,
    N: IntoView + 'static,
{
    rows(Box::new(move || {
        let row = |item: T| {
            let (key, children) = (key(&item).to_string(), children.clone());
            Row { key, draw: Box::new(move || children(item).into_any()) }
        };
        each().into_iter().map(row).collect()
    }))
}

fn rows(each: Box<dyn Fn() -> Vec<Row> + Send>) -> impl IntoView {
    view! { <Keyed each key=|row: &Row| row.key.clone() children=|row: Row| (row.draw)() /> }
}
