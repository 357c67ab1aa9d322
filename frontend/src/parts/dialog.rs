//! A question that comes before everything else.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::button::IconButton;
use super::icon::IconName;
use super::id::unique_id;
use super::show::Show;
use crate::text::Text;
use crate::words::use_words;

/// A question or a closer look, over the page: the browser's own modal `dialog`, which keeps the focus inside,
/// closes with Escape, and gives the focus back. A press beside it closes it too.
#[component]
pub fn Dialog(
    /// Whether it is open; closing it by hand sets this to `false`.
    open: RwSignal<bool>,
    /// What it is about.
    #[prop(into)]
    title: Text,
    /// Whether it may take the whole window: a picture in full size.
    #[prop(optional)]
    wide: bool,
    /// The buttons below, the one that goes on last.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// What it holds; made anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let words = use_words();
    let element = NodeRef::<html::Dialog>::new();
    let title_id = unique_id("dialog");
    Effect::new(move |_| {
        let wanted = open.get();
        let Some(dialog) = element.get() else { return };
        if wanted && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    let children = StoredValue::new(children);
    let actions = StoredValue::new(actions);
    view! {
        <dialog
            class="dialog"
            class:dialog--wide=wide
            node_ref=element
            aria-labelledby=title_id.clone()
            on:close=move |_| open.set(false)
            on:click=move |event| {
                // The box covers the whole dialog; what hits the dialog itself hit the backdrop.
                let on_backdrop = event
                    .target()
                    .and_then(|target| target.dyn_into::<web_sys::HtmlDialogElement>().ok())
                    .is_some();
                if on_backdrop {
                    open.set(false);
                }
            }
        >
            <div class="dialog__box">
                <header class="dialog__head">
                    <h2 class="dialog__title" id=title_id.clone()>{title}</h2>
                    <IconButton icon=IconName::Close label=words.text(|t| t.parts.close) on_click=move |_| open.set(false) />
                </header>
                <Show when=move || open.get()>
                    <div class="dialog__body">{children.with_value(|children| children())}</div>
                    {actions.with_value(|actions| actions.as_ref().map(|actions| view! { <footer class="dialog__actions">{actions.run()}</footer> }))}
                </Show>
            </div>
        </dialog>
    }
}
