//! The link that was made, and the ways to hand it on.

use js_sys::{Function, Object, Reflect};
use leptos::html;
use leptos::prelude::*;
use studio_shared::share::{Share, page};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlInputElement;

use crate::parts::{
    Button, ButtonKind, ButtonLink, ButtonSize, CopyButton, Field, IconName, KeyList, KeyValue, TextInput,
};
use crate::state::soon;
use crate::words::use_words;

/// Where this studio is.
pub(super) fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// The whole address of a share.
pub(super) fn address(share: &Share) -> String {
    format!("{}{}", origin(), page(&share.id))
}

/// The link to a share that was just made.
#[component]
pub(super) fn Made(
    /// The share.
    share: Share,
    /// Its password, as it was typed: it is told nowhere else.
    password: String,
) -> AnyView {
    let words = use_words();
    let link = NodeRef::<html::Input>::new();
    // The form has gone, and the focus with it. Not before the link is in its field: then it is marked as a whole.
    Effect::new(move |_| {
        if let Some(link) = link.get() {
            soon(move || {
                drop(link.focus());
                link.select();
            });
        }
    });
    let told = (!password.is_empty()).then(|| {
        view! {
            <KeyList>
                <KeyValue name=words.text(|t| t.share.password)>
                    <span class="cluster"><code>{password.clone()}</code><CopyButton text=password /></span>
                </KeyValue>
            </KeyList>
        }
    });
    view! {
        <p class="small muted">{words.text(|t| t.share.made_help)}</p>
        <LinkOut address=address(&share) title=share.title node_ref=link />
        {told}
        <div class="dialog__actions">
            <ButtonLink href="/shares" kind=ButtonKind::Quiet>{words.text(|t| t.share.to_list)}</ButtonLink>
        </div>
    }
    .into_any()
}

/// A link to be handed on: copied, or by the platform's own way.
#[component]
pub(super) fn LinkOut(
    /// The link.
    address: String,
    /// What it may be called.
    title: String,
    /// Where it stands, for giving it the focus.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> AnyView {
    let words = use_words();
    let send = platform_share().map(|share| {
        let share = StoredValue::new_local(share);
        let address = address.clone();
        let send = move |_| {
            let what = Object::new();
            for (name, value) in [("title", &title), ("url", &address)] {
                let _ = Reflect::set(&what, &name.into(), &JsValue::from_str(value));
            }
            // Whoever thinks better of it refuses the promise: nothing to be told.
            share.try_with_value(|share| share.call1(&window().navigator(), &what).map(drop));
        };
        view! {
            <Button size=ButtonSize::Small icon=IconName::External on_click=send>{words.text(|t| t.share.send)}</Button>
        }
    });
    let select = move |event: web_sys::FocusEvent| {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            input.select();
        }
    };
    let shown = address.clone();
    view! {
        <div class="sharing__link" on:focusin=select>
            <Field label=words.text(|t| t.share.link)>
                <TextInput value=Signal::stored(shown) on_input=|_: String| () readonly=true node_ref />
            </Field>
            <div class="cluster">
                <CopyButton kind=ButtonKind::Primary text=Signal::stored(address) label=words.text(|t| t.share.copy) />
                {send}
            </div>
        </div>
    }
    .into_any()
}

/// The browser's own way to hand something on, where it has one.
fn platform_share() -> Option<Function> {
    Reflect::get(&window().navigator(), &"share".into()).ok()?.dyn_into().ok()
}
