//! The page: a new batch. What is written on one side, what would become of it on the other.

mod desk;
mod editor;
mod file;
mod found;
mod problems;
mod source;
mod written;

use leptos::prelude::*;

use self::desk::Desk;
use self::found::Found;
use self::problems::Problems;
use self::source::Source;
use crate::parts::Page;
use crate::words::use_words;

/// The page: a new batch.
#[component]
pub fn NewBatchPage() -> impl IntoView {
    let words = use_words();
    let desk = Desk::new();
    view! {
        <Page title=words.text(|t| t.batches.new) lead=words.text(|t| t.batches.new_lead)>
            <div class="new-batch">
                <div class="new-batch__source"><Source desk /></div>
                <section class="new-batch__found" aria-labelledby="dry-run"><Found desk /></section>
                <div class="new-batch__problems"><Problems desk /></div>
            </div>
        </Page>
    }
}
