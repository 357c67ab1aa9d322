//! Where the focus goes when what has it goes away: those who use keys go on from where they were. What cannot take
//! the focus leaves it where it is.

use std::time::Duration;

use leptos::html;
use leptos::leptos_dom::helpers::document;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What has the focus: a form that was opened with it gives it back by [`focus_again`].
#[must_use]
pub fn focused() -> Option<HtmlElement> {
    document().active_element()?.dyn_into().ok()
}

/// Gives the focus back, after what had it has gone.
pub fn focus_again(opener: Option<HtmlElement>) {
    let give = move || {
        if let Some(opener) = opener {
            drop(opener.focus());
        }
    };
    set_timeout(give, Duration::ZERO);
}

/// Gives the focus to the page's heading.
pub fn focus_title() {
    let title = document().query_selector("h1").ok().flatten();
    if let Some(title) = title.and_then(|title| title.dyn_into::<HtmlElement>().ok()) {
        drop(title.focus());
    }
}

/// Gives the focus to a list that one of its rows is about to leave; it has `tabindex="-1"`.
pub fn focus_list(list: NodeRef<html::Ul>) {
    if let Some(list) = list.try_get_untracked().flatten() {
        drop(list.focus());
    }
}
