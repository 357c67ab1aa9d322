//! The code in the address of a login link.

use js_sys::Reflect;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use studio_shared::session::LOGIN_PAGE;
use wasm_bindgen::JsValue;

/// Where `boot/boot.js` leaves the code of the address that the page was opened at.
const HANDED: &str = "studioCode";

/// The code of a login link, taken out of the address at once: no server, no bookmark and no history keeps it.
pub(super) fn use_link(take: impl Fn(String) + 'static) {
    let location = use_location();
    let navigate = use_navigate();
    Effect::new(move |_| {
        let handed = handed();
        let hash = location.hash.get();
        let written = hash.trim_start_matches('#').to_owned();
        let is_here = location.pathname.get_untracked() == LOGIN_PAGE;
        let written = (is_here && !written.is_empty()).then_some(written);
        if written.is_some() {
            navigate(LOGIN_PAGE, NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
        if let Some(code) = handed.or(written) {
            take(code);
        }
    });
}

/// What `boot/boot.js` has left, once.
fn handed() -> Option<String> {
    let window = web_sys::window()?;
    let name = JsValue::from_str(HANDED);
    let code = Reflect::get(&window, &name).ok()?.as_string()?;
    Reflect::delete_property(&window, &name).ok()?;
    Some(code)
}
