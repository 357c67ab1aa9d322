//! The sentences of a transcript.

use leptos::prelude::*;
use studio_shared::transcript::Sentence;

use super::super::sound::Playing;
use crate::format;
use crate::pages::job::sound::spoken_at;
use crate::parts::{For, Show};
use crate::words::use_words;

/// The sentences, those that hold what is searched; a press on one plays it, the one that is spoken is marked.
#[component]
pub(super) fn Lines(
    /// All of them, in the order they are spoken.
    sentences: Memo<Vec<Sentence>>,
    /// What is searched.
    searched: RwSignal<String>,
    /// What plays.
    playing: Playing,
    /// Plays from a moment, in milliseconds; absent where the recording is not there.
    on_hear: Option<Callback<u64>>,
) -> impl IntoView {
    let words = use_words();
    let current = Memo::new(move |_| {
        let at = playing.at_ms().get()?;
        sentences.with(|all| spoken_at(all.iter().map(|sentence| (sentence.begin_ms, sentence.end_ms)), at))
    });
    let is_current = Selector::new(move || current.get());
    let found = Memo::new(move |_| {
        searched.with(|searched| {
            let holds = |(_, sentence): &(usize, Sentence)| !split(&sentence.text, searched).is_empty();
            sentences.get().into_iter().enumerate().filter(holds).collect::<Vec<_>>()
        })
    });
    let draw = move |(place, sentence): (usize, Sentence)| {
        let is_current = is_current.clone();
        let Sentence { begin_ms, text, speaker, .. } = sentence;
        let parts = move || {
            let marked = searched.with(|searched| split(&text, searched));
            let part = |(text, is_found): (String, bool)| match is_found {
                true => view! { <mark>{text}</mark> }.into_any(),
                false => text.into_any(),
            };
            marked.into_iter().map(part).collect_view()
        };
        let name = move |speaker: u32| (words.texts().job.speaker)(speaker.saturating_add(1));
        let line = view! {
            <span class="line__time">{format::elapsed(begin_ms)}</span>
            <span class="line__text" dir="auto">
                {speaker.map(|speaker| view! { <span class="line__speaker">{move || name(speaker)}</span>" " })}
                {parts}
            </span>
        };
        let line = match on_hear {
            Some(on_hear) => view! {
                <button
                    class="line"
                    type="button"
                    aria-current=move || is_current.selected(&Some(place)).then_some("true")
                    on:click=move |_| on_hear.run(begin_ms)
                >
                    {line}
                </button>
            }
            .into_any(),
            None => view! { <div class="line line--still">{line}</div> }.into_any(),
        };
        view! { <li>{line}</li> }
    };
    let nothing = move || found.with(Vec::is_empty);
    view! {
        <ol class="lines">
            <For each=move || found.get() key=|(place, _)| *place children=draw.clone() />
        </ol>
        <Show when=nothing><p class="excerpt">{words.text(|t| t.job.nothing_said)}</p></Show>
    }
}

/// A text in pieces, each with whether it is what was searched, whatever its case; empty where the text does not hold
/// it.
fn split(text: &str, searched: &str) -> Vec<(String, bool)> {
    let searched: Vec<char> = searched.trim().chars().flat_map(char::to_lowercase).collect();
    if searched.is_empty() {
        return vec![(text.to_owned(), false)];
    }
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    let mut is_found = false;
    while let Some(next) = rest.chars().next() {
        if let Some(length) = begins_with(rest, &searched) {
            if !plain.is_empty() {
                pieces.push((std::mem::take(&mut plain), false));
            }
            let (found, after) = rest.split_at(length);
            pieces.push((found.to_owned(), true));
            is_found = true;
            rest = after;
        } else {
            plain.push(next);
            rest = rest.get(next.len_utf8()..).unwrap_or_default();
        }
    }
    if !plain.is_empty() {
        pieces.push((plain, false));
    }
    if is_found { pieces } else { Vec::new() }
}

/// How many bytes of a text's beginning are what is searched, whatever its case.
fn begins_with(text: &str, searched: &[char]) -> Option<usize> {
    let mut wanted = searched.iter();
    let mut length = 0_usize;
    for c in text.chars() {
        if wanted.len() == 0 {
            break;
        }
        for lower in c.to_lowercase() {
            if wanted.next() != Some(&lower) {
                return None;
            }
        }
        length = length.saturating_add(c.len_utf8());
    }
    (wanted.len() == 0).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_searched_is_found_whatever_its_case() {
        let marked = |text, searched| {
            let pieces = split(text, searched).into_iter();
            pieces.map(|(text, found)| if found { format!("<{text}>") } else { text }).collect::<String>()
        };
        assert_eq!(marked("Hello hello", "HELLO"), "<Hello> <hello>");
        assert_eq!(marked("你好，世界", "世界"), "你好，<世界>");
        assert_eq!(marked("İstanbul", "stan"), "İ<stan>bul");
        assert_eq!(marked("你好", "x"), "");
        assert_eq!(marked("你好", " "), "你好");
        assert_eq!(marked("aaa", "aa"), "<aa>a");
    }
}
