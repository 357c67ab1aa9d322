//! Words that are marked as they are spoken.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use studio_shared::transcript::Word;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::playing::{Playing, spoken_at};
use crate::parts::Show;
use crate::words::use_words;

/// The words of a speech: the one that is spoken is marked, a press on one plays from there. One of them is a stop
/// for the Tab key; the arrow keys go on from it.
#[component]
pub(crate) fn SpokenWords(
    /// The words, as far as they are known.
    words: RwSignal<Vec<Word>>,
    /// What plays.
    playing: Playing,
) -> impl IntoView {
    let texts = use_words();
    let current = Memo::new(move |_| {
        let at = playing.at_ms().get()?;
        words.with(|words| spoken_at(words.iter().map(|word| (word.begin_ms, word.end_ms)), at))
    });
    let is_current = Selector::new(move || current.get());
    let rows = move || {
        words.with(|words| {
            let before = std::iter::once("").chain(words.iter().map(|word| word.text.as_str()));
            let row = |(place, (before, word)): (usize, (&str, &Word))| {
                (place, gap(before, &word.text), word.clone())
            };
            before.zip(words).enumerate().map(row).collect::<Vec<_>>()
        })
    };
    let draw = move |(place, gap, word): (usize, &'static str, Word)| {
        let is_current = is_current.clone();
        let begin = word.begin_ms;
        view! {
            {gap}
            <button
                class="spoken__word"
                type="button"
                tabindex=if place == 0 { "0" } else { "-1" }
                aria-current=move || is_current.selected(&Some(place)).then_some("true")
                on:click=move |_| playing.play_from(begin)
            >
                {word.text}
            </button>
        }
    };
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowRight" => step(&event, true),
        "ArrowLeft" => step(&event, false),
        _ => {}
    };
    view! {
        <Show when=move || words.with(|words| !words.is_empty())>
            <p class="spoken" role="group" aria-label=texts.text(|t| t.job.spoken) on:keydown=key>
                <For each=rows key=|(place, _, word)| (*place, word.begin_ms) children=draw.clone() />
            </p>
        </Show>
    }
}

/// Gives the focus to the word before or after.
fn step(event: &KeyboardEvent, forward: bool) {
    let Some(word) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return };
    let next = if forward { word.next_element_sibling() } else { word.previous_element_sibling() };
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        // What cannot take the focus leaves it where it is.
        drop(next.focus());
    }
}

/// What stands between two words: Latin ones are parted, Chinese ones are not.
fn gap(before: &str, after: &str) -> &'static str {
    let is_parted = |c: char| c.is_ascii_graphic();
    match (before.chars().next_back(), after.chars().next()) {
        (Some(before), Some(after)) if is_parted(before) && after.is_ascii_alphanumeric() => " ",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_words_are_parted_and_chinese_ones_are_not() {
        assert_eq!(gap("", "What"), "");
        assert_eq!(gap("What", "a"), " ");
        assert_eq!(gap("day.", "Let"), " ");
        assert_eq!(gap("今天", "天气"), "");
        assert_eq!(gap("好，", "我们"), "");
    }
}
