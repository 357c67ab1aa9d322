//! A place for a file, which is dropped there or picked.

use leptos::ev::{DragEvent, Event};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{File, FileList, HtmlInputElement};

use crate::parts::{Icon, IconName};
use crate::text::Text;

/// A place where a file may be dropped.
#[component]
pub(super) fn Zone(
    /// What happens with it.
    on_file: Callback<File>,
    /// What stands there.
    children: Children,
) -> impl IntoView {
    let is_over = RwSignal::new(false);
    let drag = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(true);
    };
    let drop_here = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(false);
        take(event.data_transfer().and_then(|dropped| dropped.files()), on_file);
    };
    view! {
        <div
            class="zone"
            class:zone--over=is_over
            on:dragover=drag
            on:dragleave=move |_| is_over.set(false)
            on:drop=drop_here
        >
            {children()}
        </div>
    }
}

/// The way to pick a file.
#[component]
pub(super) fn Picker(
    /// What it says.
    #[prop(into)]
    label: Text,
    /// The files that are offered, as the attribute `accept` has them.
    accept: String,
    /// What happens with the one that is picked.
    on_file: Callback<File>,
) -> impl IntoView {
    let change = move |event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        take(input.and_then(|input| input.files()), on_file);
    };
    view! {
        <label class="zone__pick">
            <Icon name=IconName::Upload />
            <span>{label}</span>
            <input class="zone__input" type="file" accept=accept on:change=change />
        </label>
    }
}

/// The first of the files.
fn take(files: Option<FileList>, on_file: Callback<File>) {
    if let Some(file) = files.and_then(|files| files.get(0)) {
        on_file.run(file);
    }
}
