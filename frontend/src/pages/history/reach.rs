//! The end of a list, which notices when it comes into sight.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{IntersectionObserver, IntersectionObserverEntry, js_sys::Array};

/// The end of a list: calls `on_reach` each time it comes into sight.
#[component]
pub(crate) fn Reach(
    /// What happens then.
    on_reach: Callback<()>,
) -> impl IntoView {
    let end = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let Some(element) = end.get() else { return };
        let seen = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let is_seen = entries
                .iter()
                .filter_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok())
                .any(|entry| entry.is_intersecting());
            if is_seen {
                on_reach.try_run(());
            }
        });
        let Ok(observer) = IntersectionObserver::new(seen.as_ref().unchecked_ref()) else { return };
        observer.observe(&element);
        let held = StoredValue::new_local((observer, seen));
        on_cleanup(move || {
            held.try_with_value(|(observer, _)| observer.disconnect());
        });
    });
    view! { <div class="reach" node_ref=end aria-hidden="true"></div> }
}
