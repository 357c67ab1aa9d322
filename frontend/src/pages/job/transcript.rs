//! What was recognised in a recording.

mod exports;
mod lines;
mod recording;

use leptos::html;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use studio_shared::job::{Job, Output};
use studio_shared::transcript::{Sentence, Transcript};

use self::exports::Exports;
use self::lines::Lines;
use self::recording::Recording;
use super::facts::is_there;
use super::made::Room;
use super::sound::Playing;
use super::trouble::Lost;
use crate::api::{Client, Failure, Shelf};
use crate::pages::failure::FailureNotice;
use crate::parts::{Field, Skeleton, SkeletonShape, TextInput, TextInputKind};
use crate::state::fact;
use crate::words::use_words;

/// A transcript, once it has come.
type Document = RwSignal<Option<Result<Transcript, Failure>>>;

/// Reads the transcript of a job as soon as it is kept.
fn document(job: RwSignal<Job>, attempt: RwSignal<u32>) -> Document {
    let client = use_context::<Client>();
    let shelf = Shelf::get();
    let document = Document::new(None);
    let there = fact(job, |job| job.outputs.first().is_some_and(is_there));
    Effect::new(move |_| {
        attempt.track();
        let Some(client) = client.filter(|_| there.get()) else { return };
        let id = job.with_untracked(|job| job.id.clone());
        let address = shelf.address(&id, 0);
        spawn_local_scoped_with_cancellation(async move {
            let answer = client.output::<Transcript>(&address).await;
            document.try_set(Some(answer));
        });
    });
    document
}

/// The sentences of a transcript, in the order they are spoken.
fn sentences(document: Document) -> Memo<Vec<Sentence>> {
    Memo::new(move |_| {
        document.with(|document| match document {
            Some(Ok(transcript)) => {
                let mut all: Vec<_> =
                    transcript.tracks.iter().flat_map(|track| &track.sentences).cloned().collect();
                all.sort_by_key(|sentence| sentence.begin_ms);
                all
            }
            _ => Vec::new(),
        })
    })
}

/// The first words of a transcript, for lists.
#[component]
pub(crate) fn Beginning(
    /// The job.
    job: RwSignal<Job>,
    /// Where it is shown.
    room: Room,
) -> impl IntoView {
    (room == Room::Card).then(|| {
        let sentences = sentences(document(job, RwSignal::new(0)));
        let text = move || {
            sentences
                .with(|all| all.iter().take(8).map(|sentence| sentence.text.as_str()).collect::<String>())
        };
        let lost = fact(job, |job| job.outputs.first().and_then(|output| output.error.clone()));
        view! {
            <p class="excerpt clamp" dir="auto">{text}</p>
            {move || lost.get().map(|error| view! { <Lost error /> })}
        }
    })
}

/// A transcript with everything that can be done with it: heard, searched, copied, kept as a file.
#[component]
pub(crate) fn Transcription(
    /// The job.
    job: RwSignal<Job>,
) -> impl IntoView {
    let words = use_words();
    let attempt = RwSignal::new(0_u32);
    let document = document(job, attempt);
    let output = fact(job, |job| job.outputs.first().cloned());
    let state = fact(job, |job| job.state.is_final());
    let sentences = sentences(document);
    let element = NodeRef::<html::Audio>::new();
    let playing = Playing::of(element);
    let armed = RwSignal::new(false);
    let shelf = Shelf::get();
    let (is_own, is_kept) = (shelf.is_own(), shelf.offers_download());
    let searched = RwSignal::new(String::new());
    let hear = move |ms: u64| {
        armed.set(true);
        // The player of a recording elsewhere comes with the first press.
        request_animation_frame(move || playing.play_from(ms));
    };
    let inside = move || match (output.get(), document.get()) {
        (Some(Output { error: Some(error), .. }), _) => view! { <Lost error /> }.into_any(),
        (_, Some(Ok(transcript))) => view! {
            {is_own.then(|| view! { <Recording job element armed /> })}
            <div class="transcript__tools">
                <Field label=words.text(|t| t.job.search_transcript)>
                    <TextInput
                        kind=TextInputKind::Search
                        value=searched
                        on_input=move |text: String| searched.set(text)
                    />
                </Field>
                {is_kept.then(|| view! { <Exports job transcript /> })}
            </div>
            <Lines sentences searched playing on_hear=is_own.then(|| Callback::new(hear)) />
        }
        .into_any(),
        (_, Some(Err(failure))) => {
            let again = move |()| attempt.update(|attempt| *attempt = attempt.wrapping_add(1));
            view! { <FailureNotice failure on_again=again /> }.into_any()
        }
        (None, None) if state.get() => ().into_any(),
        (_, None) => view! { <Skeleton shape=SkeletonShape::Lines(6) /> }.into_any(),
    };
    view! { <section class="transcript" aria-label=words.text(|t| t.job.transcript)>{inside}</section> }
}
