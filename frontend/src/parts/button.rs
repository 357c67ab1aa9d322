//! Buttons.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::icon::{Icon, IconName};
use super::spinner::Spinner;
use crate::text::Text;

/// How much a button asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing this view is for; at most one at a time.
    Primary,
    /// An ordinary action.
    #[default]
    Plain,
    /// An action beside the point: toolbars, rows of a list.
    Quiet,
    /// What cannot be undone.
    Danger,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button--primary",
            Self::Plain => "button--plain",
            Self::Quiet => "button--quiet",
            Self::Danger => "button--danger",
        }
    }
}

/// How large a button is. On a touch screen every one has at least 44 px to be hit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonSize {
    /// In rows and toolbars.
    Small,
    /// As high as a text input.
    #[default]
    Medium,
    /// The button of a whole form.
    Large,
}

impl ButtonSize {
    const fn class(self) -> &'static str {
        match self {
            Self::Small => "button--small",
            Self::Medium => "button--medium",
            Self::Large => "button--large",
        }
    }
}

fn classes(kind: ButtonKind, size: ButtonSize, only_icon: bool) -> String {
    let square = if only_icon { " button--icon" } else { "" };
    format!("button {} {}{square}", kind.class(), size.class())
}

/// A button with a text, and an icon before it where that helps.
#[component]
pub fn Button(
    /// How much it asks for.
    #[prop(optional)]
    kind: ButtonKind,
    /// How large it is.
    #[prop(optional)]
    size: ButtonSize,
    /// The icon before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// Whether what it started still goes on: it keeps its width and the focus, and does nothing more.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Whether it can be used. Prefer to let people press and tell them what is missing.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Whether it submits the form around it.
    #[prop(optional)]
    submit: bool,
    /// What it does.
    #[prop(optional, into)]
    on_click: Option<Callback<MouseEvent>>,
    /// The text.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            class=classes(kind, size, false)
            type=if submit { "submit" } else { "button" }
            disabled=disabled
            aria-busy=move || busy.get().then_some("true")
            aria-disabled=move || busy.get().then_some("true")
            on:click=move |event| press(&event, busy, on_click)
        >
            <span class="button__face">{icon.map(|name| view! { <Icon name /> })}<span>{children()}</span></span>
            {move || busy.get().then(|| view! { <span class="button__busy"><Spinner /></span> })}
        </button>
    }
}

/// A button that shows an icon alone; its label is read aloud and shown on hovering.
#[component]
pub fn IconButton(
    /// Which icon.
    #[prop(into)]
    icon: Signal<IconName>,
    /// What it does, in words.
    #[prop(into)]
    label: Text,
    /// How much it asks for; quiet where nothing is said.
    #[prop(default = ButtonKind::Quiet)]
    kind: ButtonKind,
    /// How large it is.
    #[prop(optional)]
    size: ButtonSize,
    /// Whether what it started still goes on.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Whether it can be used.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What it does.
    #[prop(optional, into)]
    on_click: Option<Callback<MouseEvent>>,
) -> impl IntoView {
    view! {
        <button
            class=classes(kind, size, true)
            type="button"
            disabled=disabled
            aria-label=label
            title=label
            aria-busy=move || busy.get().then_some("true")
            aria-disabled=move || busy.get().then_some("true")
            on:click=move |event| press(&event, busy, on_click)
        >
            <span class="button__face">{move || view! { <Icon name=icon.get() /> }}</span>
            {move || busy.get().then(|| view! { <span class="button__busy"><Spinner /></span> })}
        </button>
    }
}

/// A link that looks like a button: for addresses, downloads included.
#[component]
pub fn ButtonLink(
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// How much it asks for.
    #[prop(optional)]
    kind: ButtonKind,
    /// How large it is.
    #[prop(optional)]
    size: ButtonSize,
    /// The icon before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// The name under which the browser saves what is behind the address.
    #[prop(optional, into)]
    download: Option<Text>,
    /// Whether it opens a new tab.
    #[prop(optional)]
    new_tab: bool,
    /// Whether it leaves the program, which begins anew where it leads.
    #[prop(optional)]
    external: bool,
    /// The text.
    children: Children,
) -> impl IntoView {
    view! {
        <a
            class=classes(kind, size, false)
            href=move || href.get()
            download=download.map(|name| move || name.get())
            target=new_tab.then_some("_blank")
            // The router leaves links with a `rel` of `external` to the browser.
            rel=if new_tab { Some("noopener external") } else { (external || download.is_some()).then_some("external") }
        >
            <span class="button__face">{icon.map(|name| view! { <Icon name /> })}<span>{children()}</span></span>
        </a>
    }
}

/// A busy button swallows the press, so that nothing is sent twice.
fn press(event: &MouseEvent, busy: Signal<bool>, on_click: Option<Callback<MouseEvent>>) {
    if busy.get_untracked() {
        event.prevent_default();
        event.stop_propagation();
    } else if let Some(on_click) = on_click {
        on_click.run(event.clone());
    }
}
