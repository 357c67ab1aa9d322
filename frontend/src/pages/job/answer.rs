//! The answer of a text job.

use leptos::prelude::*;
use studio_shared::job::Job;
use studio_shared::kind::Kind;

use super::made::Room;
use crate::parts::{ButtonKind, ButtonLink, ButtonSize, CopyButton, IconName, Markdown};
use crate::place;
use crate::state::fact;
use crate::words::use_words;

/// The answer of a text job: whole on its own page, its beginning in lists.
#[component]
pub(crate) fn Answer(
    /// The job.
    job: RwSignal<Job>,
    /// Where it is shown.
    room: Room,
) -> impl IntoView {
    let words = use_words();
    let conversation = fact(job, |job| {
        let conversation = job.conversation.as_ref()?;
        Some(format!("{}/{conversation}?turn={}", place::of(Kind::Text), job.id))
    });
    let link = move || {
        conversation.get().map(|address| {
            view! {
                <ButtonLink kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::ChevronRight href=address>
                    {words.text(|t| t.chat.open_in_chat)}
                </ButtonLink>
            }
        })
    };
    let text = fact(job, |job| job.text.as_ref().map(|answer| answer.text.clone()).unwrap_or_default());
    if room == Room::Page {
        view! {
            <div class="prompt-text">
                <div><Markdown text=Signal::derive(move || text.get()) /></div>
                <CopyButton text=text />
            </div>
            {link}
        }
        .into_any()
    } else {
        view! { <p class="excerpt clamp" dir="auto">{text}</p> }.into_any()
    }
}
