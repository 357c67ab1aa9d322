//! What an answer took: model, tokens, money, time.

use leptos::prelude::*;
use studio_shared::catalogue;
use studio_shared::job::Job;

use crate::format;
use crate::state::talks::pace::per_second;
use crate::words::{WordsHandle, use_words};

/// What an answer took, in one line; what was sent otherwise than asked for on hovering and for listeners.
#[component]
pub(super) fn Figures(
    /// The job.
    job: RwSignal<Option<Job>>,
) -> impl IntoView {
    let words = use_words();
    let line = move || job.with(|job| job.as_ref().map(|job| tell(job, words)).unwrap_or_default());
    let notes = move || {
        job.with(|job| {
            let notes = job.as_ref().map(|job| job.notes.clone()).unwrap_or_default();
            let told: Vec<_> =
                notes.iter().map(|note| format!("{} {} → {}", note.field, note.given, note.sent)).collect();
            (!told.is_empty()).then(|| format!("{}：{}", words.texts().chat.was_sent, told.join(", ")))
        })
    };
    view! { <p class="turn__figures" data-testid="figures" title=notes>{line}</p> }
}

fn tell(job: &Job, words: WordsHandle) -> String {
    let texts = &words.texts().chat;
    let model = job.request.model();
    let name = catalogue::model(model).map_or(model, |known| known.name.get(words.language()));
    let usage = job.usage.unwrap_or_default();
    let mut told = vec![name.to_owned()];
    if let (Some(input), Some(output)) = (usage.input_tokens, usage.output_tokens) {
        told.push((texts.tokens)(input, output));
    }
    told.extend(job.cost.actual.map(format::money));
    if let (Some(started), Some(finished)) = (job.started_at, job.finished_at) {
        let ms = finished.since(started);
        told.push(format::elapsed(ms));
        told.extend(usage.output_tokens.and_then(|tokens| per_second(tokens, ms)).map(texts.pace));
    }
    told.join(" · ")
}
