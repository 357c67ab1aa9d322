//! The speech of a job: heard while it arrives, or as it is kept; its words marked as they are spoken.

mod pcm;
mod playing;
mod spoken;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::job::{Job, State};
use studio_shared::request::Request;
use studio_shared::transcript::Spoken;

use self::pcm::playable;
pub(crate) use self::playing::{Playing, spoken_at};
use self::spoken::SpokenWords;
use super::facts::is_there;
use super::made::Room;
use crate::api::{Client, Shelf};
use crate::parts::{Button, ButtonSize, IconName, Show};
use crate::state::fact;
use crate::state::soon;
use crate::state::speeches::{Arrival, Speeches};
use crate::words::use_words;

/// The speech of a job. What was asked for on this page is heard at once; nothing else plays by itself.
#[component]
pub(crate) fn Sound(
    /// The job.
    job: RwSignal<Job>,
    /// Where it is shown.
    room: Room,
) -> impl IntoView {
    let words = use_words();
    let speeches = Speeches::get();
    let client = use_context::<Client>();
    let id = job.with_untracked(|job| job.id.clone());
    let element = NodeRef::<html::Audio>::new();
    let playing = Playing::of(element);
    let source = RwSignal::new(None::<String>);
    let by_itself = RwSignal::new(false);
    let broken = RwSignal::new(false);
    let shelf = Shelf::get();
    let kept = fact(job, move |job| {
        let output = job.outputs.first().filter(|output| is_there(output))?;
        Some((shelf.address(&job.id, output.n), output.media_type.clone().unwrap_or_default()))
    });
    let is_raw =
        Memo::new(move |_| kept.with(|kept| kept.as_ref().is_some_and(|(_, kind)| pcm::is_raw(kind))));
    let hopeless = fact(job, |job| matches!(job.state, State::Failed | State::Canceled | State::Unsure));
    let rate = fact(job, |job| match &job.request {
        Request::Speech(speech) => speech.sample_rate.unwrap_or(16_000),
        _ => 16_000,
    });
    let load_raw = move || {
        if let Some((address, _)) = kept.get_untracked() {
            by_itself.set(true);
            spawn_local(async move {
                match playable(&address, rate.get_untracked()).await {
                    Some(address) => drop(source.try_set(Some(address))),
                    None => drop(broken.try_set(true)),
                }
            });
        }
    };
    Effect::new(move |_| {
        let arrival = if room == Room::Tile { None } else { speeches.arrival(&id) };
        if source.with_untracked(Option::is_some) {
            return;
        }
        match (arrival, kept.get()) {
            (Some(Arrival::Now(address)), _) => {
                by_itself.set(true);
                source.set(Some(address));
            }
            (Some(Arrival::Whole), Some(_)) if is_raw.get() => load_raw(),
            (arrival, Some((address, _))) if !is_raw.get() => {
                by_itself.set(arrival.is_some());
                source.set(Some(address));
            }
            _ => return,
        }
        let id = id.clone();
        soon(move || speeches.heard(&id));
    });
    // Not by what is kept: a player that is drawn anew would begin anew.
    let shown = Memo::new(move |_| match source.get() {
        Some(address) => Shown::Player(address),
        None if is_raw.get() => Shown::Button,
        None => Shown::Place,
    });
    let player = move || match shown.get() {
        Shown::Player(address) => view! {
            <audio
                class="sound__player"
                node_ref=element
                controls=true
                preload="metadata"
                autoplay=by_itself.get_untracked()
                src=address
                aria-label=words.text(|t| t.job.speech)
                on:error=move |_| broken.set(true)
            ></audio>
        }
        .into_any(),
        Shown::Button => view! {
            <Button size=ButtonSize::Small icon=IconName::Play on_click=move |_| load_raw()>
                {words.text(|t| t.job.play)}
            </Button>
        }
        .into_any(),
        Shown::Place => view! { <span class="skeleton sound__place" aria-hidden="true"></span> }.into_any(),
    };
    let text = (room != Room::Tile).then(|| {
        keep_words(job, client, speeches);
        let words = RwSignal::from(speeches.words(&job.with_untracked(|job| job.id.clone())));
        view! { <SpokenWords words playing /> }
    });
    view! {
        <Show when=move || !hopeless.get() || source.with(Option::is_some)>
            <div class="sound">
                {player}
                <Show when=move || broken.get()><p class="sound__broken">{words.text(|t| t.job.sound_gone)}</p></Show>
            </div>
        </Show>
        {text}
    }
}

/// What stands in the place of the sound.
#[derive(Clone, Debug, PartialEq)]
enum Shown {
    /// Its player, with what it plays.
    Player(String),
    /// The way to load raw sound, which browsers do not play.
    Button,
    /// Nothing yet.
    Place,
}

/// Reads the words with their times once they are kept.
fn keep_words(job: RwSignal<Job>, client: Option<Client>, speeches: Speeches) {
    let shelf = Shelf::get();
    let there = fact(job, |job| job.outputs.iter().any(|output| output.n == 1 && is_there(output)));
    Effect::new(move |_| {
        let Some(client) = client.filter(|_| there.get()) else { return };
        let id = job.with_untracked(|job| job.id.clone());
        let address = shelf.address(&id, 1);
        spawn_local(async move {
            if let Ok(spoken) = client.output::<Spoken>(&address).await {
                speeches.words(&id).set(spoken.words);
            }
        });
    });
}
