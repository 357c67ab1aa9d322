//! The page: data of one's own. Taken along, taken in from another studio, deleted.

mod delete;
mod export;
mod import;
mod names;

use leptos::prelude::*;

use self::delete::Delete;
use self::export::Export;
use self::import::Import;
use crate::parts::{ButtonKind, ButtonLink, ButtonSize, Page};
use crate::words::use_words;

/// The page: data of one's own.
#[component]
pub fn DataPage() -> impl IntoView {
    let words = use_words();
    let aside = move || {
        view! {
            <ButtonLink kind=ButtonKind::Quiet size=ButtonSize::Small href="/storage">{words.text(|t| t.data.storage)}</ButtonLink>
        }
    };
    view! {
        <Page title=words.text(|t| t.data.title) lead=words.text(|t| t.data.lead) aside>
            <div class="data"><Export /><Import /><Delete /></div>
        </Page>
    }
    .into_any()
}
