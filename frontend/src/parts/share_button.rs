//! To another program of the device.

use js_sys::Reflect;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::ShareData;

use super::button::{Button, ButtonSize};
use super::icon::IconName;
use crate::text::Text;
use crate::words::use_words;

/// Hands an address to the device's own share sheet; nothing where there is none.
#[component]
pub fn ShareButton(
    /// The address.
    address: String,
    /// What it is about, for the programs that show it.
    #[prop(optional, into)]
    title: Text,
) -> impl IntoView {
    let words = use_words();
    let navigator = web_sys::window().map(|window| window.navigator());
    let navigator = navigator.filter(|it| Reflect::has(it, &"share".into()).unwrap_or_default());
    let address = StoredValue::new(address);
    navigator.is_some().then(|| {
        let share = move |_| {
            let Some(window) = web_sys::window() else { return };
            let data = ShareData::new();
            address.with_value(|address| data.set_url(address));
            let title = title.get_untracked();
            if !title.is_empty() {
                data.set_title(&title);
            }
            let sharing = window.navigator().share_with_data(&data);
            // Whoever closes the sheet has decided not to: nothing is to be told.
            spawn_local(async move { drop(JsFuture::from(sharing).await) });
        };
        view! {
            <Button size=ButtonSize::Small icon=IconName::Share on_click=share>{words.text(|t| t.parts.share)}</Button>
        }
        .into_any()
    })
}
