//! That results may be lost, said over every page.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos_router::components::A;
use studio_shared::job::State;

use super::job::expires::Left;
use super::job::facts::name;
use crate::api::{Client, JobQuery};
use crate::parts::{For, Notice, Show, Tone, use_announcer};
use crate::state::book::{Book, is_at_risk};
use crate::state::live::Live;
use crate::state::soon;
use crate::words::use_words;

/// Jobs that are named; of the others, how many.
const NAMED: usize = 3;

/// Jobs that are looked through for such that are at risk.
const ASKED: u32 = 100;

/// Said over every page while results could not be kept and the vendor will delete them soon. Each is named, with the
/// way to it and the time that is left.
#[component]
pub fn RiskNotice() -> impl IntoView {
    let words = use_words();
    let book = Book::get();
    let announcer = use_announcer();
    ask(book);
    // Later than the jobs themselves: what shows a job goes in another breath than in which the job changes.
    let risks = RwSignal::new(BTreeSet::new());
    Effect::new(move |_| {
        let now = book.risks().get();
        soon(move || {
            risks.try_set(now);
        });
    });
    let count = Memo::new(move |_| risks.with(BTreeSet::len));
    let title = move || (words.texts().kept.at_risk)(count.get());
    // The clocks below move: only this is read aloud, when it changes.
    Effect::new(move |_| {
        if count.get() > 0 {
            announcer.say((words.texts_untracked().kept.at_risk)(count.get()));
        }
    });
    let named = move || risks.with(|risks| risks.iter().take(NAMED).cloned().collect::<Vec<_>>());
    let more = move || count.get().checked_sub(NAMED).filter(|more| *more > 0);
    view! {
        <Show when=move || { count.get() > 0 }>
            <div class="risk">
                <Notice tone=Tone::Warning title>
                    <ul class="risk__jobs">
                        <For each=named key=Clone::clone let:id><Risk book id /></For>
                    </ul>
                    {move || more().map(|more| view! { <p>{(words.texts().kept.at_risk_more)(more)}</p> })}
                </Notice>
            </div>
        </Show>
    }
}

/// One job at risk.
#[component]
fn Risk(
    /// The book.
    book: Book,
    /// The job's id.
    id: String,
) -> impl IntoView {
    let words = use_words();
    let address = format!("/jobs/{id}");
    let job = Memo::new(move |_| book.find(&id).map(|job| job.get()));
    let called = move || job.get().map(|job| name(&job.request, words.texts()));
    let why = move || job.get().and_then(|job| Some(job.error?.advice.get(words.language()).to_owned()));
    let end = Memo::new(move |_| {
        job.with(|job| {
            job.as_ref().and_then(|job| job.outputs.iter().filter_map(|output| output.expires_at).min())
        })
    });
    view! {
        <li>
            <p class="risk__head">
                <A href=address attr:class="risk__job" attr:dir="auto">{called}</A>
                {move || end.get().map(|end| view! { <Left end /> })}
            </p>
            <p>{why}</p>
        </li>
    }
}

/// Asks for jobs at risk when the live socket opens: the page may have opened long after they came to be.
fn ask(book: Book) {
    let client = use_context::<Client>();
    let live = Live::get();
    Effect::new(move |_| {
        let generation = live.map_or(0, |live| live.generation().get());
        let Some(client) = client.filter(|_| generation > 0) else { return };
        let asked = book.mark();
        spawn_local_scoped_with_cancellation(async move {
            let query =
                JobQuery { state: Some(State::Collecting), limit: Some(ASKED), ..JobQuery::default() };
            if let Ok(list) = client.jobs(&query).await {
                book.merge(list.items.into_iter().filter(is_at_risk), asked);
            }
        });
    });
}
