//! Sharing by link: the dialog that makes a link, and the page of all that were made.
//!
//! 1. [`subject`]: what is shared; 2. [`terms`]: on which terms; 3. [`form`]: both, as a person chooses them;
//! 4. [`link`]: what comes of it; 5. [`list`], with `edit`: the page.

mod edit;
mod fields;
mod form;
mod link;
pub mod list;
pub(crate) mod subject;
mod terms;

use leptos::prelude::*;
use studio_shared::share::Share;

use self::form::ShareForm;
use self::link::Made;
use self::subject::Subject;
use crate::parts::{Button, ButtonKind, ButtonSize, Dialog, IconName};
use crate::state::soon;
use crate::text::Text;
use crate::words::use_words;

/// A button that shares something by link, with its dialog.
#[component]
pub(crate) fn ShareButton(
    /// What is shared, as it is when the button is pressed.
    #[prop(into)]
    subject: Callback<(), Subject>,
    /// What it says; "share" where nothing is given.
    #[prop(optional, into)]
    label: Option<Text>,
    /// How much it asks for.
    #[prop(optional)]
    kind: ButtonKind,
) -> impl IntoView {
    let words = use_words();
    let label = label.unwrap_or_else(|| words.text(|t| t.share.share));
    let open = RwSignal::new(false);
    let made = RwSignal::new(None::<(Share, String)>);
    let on_made = Callback::new(move |share: (Share, String)| {
        // The form goes: whatever it still has to say is said first.
        soon(move || {
            made.try_set(Some(share));
        });
    });
    let press = move |_| {
        made.set(None);
        open.set(true);
    };
    let title =
        move || if made.with(Option::is_some) { words.texts().share.made } else { words.texts().share.title };
    let inside = move || match made.get() {
        Some((share, password)) => view! { <Made share password /> }.into_any(),
        None => view! { <ShareForm subject=subject.run(()) on_made /> }.into_any(),
    };
    view! {
        <Button kind size=ButtonSize::Small icon=IconName::Link on_click=press>{label}</Button>
        <Dialog open title>{inside}</Dialog>
    }
    .into_any()
}
