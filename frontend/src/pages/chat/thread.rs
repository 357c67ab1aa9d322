//! The turns of a conversation, and where one writes.

use leptos::prelude::*;
use studio_shared::kind::Kind;
use studio_shared::words::Label;

use super::composer::Composer;
use super::desk::Desk;
use super::scroll::Scroll;
use super::turn::TurnView;
use crate::pages::failure::FailureNotice;
use crate::parts::{
    Button, ButtonLink, ButtonSize, Empty, For, IconButton, IconName, Show, Skeleton, SkeletonShape,
};
use crate::state::talks::talk::Phase;
use crate::text::Text;
use crate::words::use_words;

/// What one could ask: the reference page's own example first.
static EXAMPLES: [Label; 4] = [
    Label::new("写一篇科技文章", "Write an article about technology"),
    Label::new("用一段 Rust 程序说明所有权", "Show ownership with a short Rust program"),
    Label::new(
        "把这句话译成英文：海内存知己，天涯若比邻",
        "Translate into Chinese: a friend in need is a friend indeed",
    ),
    Label::new("列表比较三种咖啡的做法", "Compare three ways to make coffee in a table"),
];

/// The turns of a conversation, and where one writes.
#[component]
pub(super) fn ThreadView(
    /// The conversation.
    desk: Desk,
) -> impl IntoView {
    let words = use_words();
    let scroll = Scroll::new();
    let phase = RwSignal::from(desk.talk.phase.clone());
    let way = desk.way;
    follow(&desk, scroll);
    let is_empty = Memo::new(move |_| way.with(Vec::is_empty));
    let turns = {
        let desk = desk.clone();
        move || {
            let desk = desk.clone();
            view! {
                <ol class="thread__turns" aria-label=words.text(|t| (t.shell.kind)(Kind::Text))>
                    <For each=move || way.get() key=|place| place.turn.key.clone() let:place>
                        <TurnView desk=desk.clone() turn=place.turn />
                    </For>
                </ol>
            }
        }
    };
    let instead = {
        let desk = desk.clone();
        move || {
            let desk = desk.clone();
            match phase.get() {
                Phase::Asking => view! {
                    <div class="thread__wait" aria-busy="true"><Skeleton shape=SkeletonShape::Lines(4) /></div>
                }
                .into_any(),
                Phase::Failed(failure) if matches!(&failure, crate::api::Failure::Refused { status: 404, .. }) => {
                    view! { <Gone /> }.into_any()
                }
                Phase::Failed(failure) => {
                    let again = move |()| desk.talks.ask(&desk.talk);
                    view! { <FailureNotice failure on_again=again /> }.into_any()
                }
                Phase::Ready => view! { <Welcome desk /> }.into_any(),
            }
        }
    };
    let at_end = scroll.at_end();
    let gone = move || phase.with(|phase| matches!(phase, Phase::Failed(_)));
    view! {
        <div class="thread">
            <Show when=move || is_empty.get() fallback=turns>{instead.clone()}</Show>
        </div>
        <Show when=move || !gone()>
            <div class="thread__foot">
                <div class="thread__end" hidden=move || at_end.get() || is_empty.get()>
                    <IconButton icon=IconName::Down kind=crate::parts::ButtonKind::Plain label=words.text(|t| t.chat.to_end) on_click=move |_| scroll.to_end() />
                </div>
                <Composer desk=desk.clone() on_sent=move |()| scroll.to_end() />
            </div>
        </Show>
    }
}

/// What grows is followed by who is at its end.
fn follow(desk: &Desk, scroll: Scroll) {
    let desk = desk.clone();
    Effect::new(move |before: Option<usize>| {
        let turns = desk.way.with(Vec::len);
        if let Some(turn) = desk.last() {
            turn.text.track();
            turn.step.track();
        }
        // A conversation that is opened begins at its end.
        if before.is_none_or(|before| before == 0) && turns > 0 {
            scroll.to_end();
        } else {
            scroll.follow();
        }
        turns
    });
}

/// There is no such conversation.
#[component]
fn Gone() -> impl IntoView {
    let words = use_words();
    let actions = move || view! { <ButtonLink href="/chat" icon=IconName::Plus>{words.text(|t| t.chat.new)}</ButtonLink> };
    view! {
        <Empty icon=IconName::Chat title=words.text(|t| t.chat.gone) actions>{words.text(|t| t.chat.gone_help)}</Empty>
    }
}

/// What can be done here, and something to begin with.
#[component]
fn Welcome(
    /// The conversation.
    desk: Desk,
) -> impl IntoView {
    let words = use_words();
    let example = move |label: &'static Label| {
        let desk = desk.clone();
        let fill = move |_| {
            desk.form.text().set(label.get(words.language_untracked()).to_owned());
            desk.focus();
        };
        view! { <Button size=ButtonSize::Small on_click=fill>{Text::label(*label)}</Button> }
    };
    view! {
        <div class="welcome">
            <p class="welcome__title">{words.text(|t| t.chat.welcome)}</p>
            <p class="welcome__help">{words.text(|t| t.chat.welcome_help)}</p>
            <div class="cluster" role="group" aria-label=words.text(|t| t.chat.examples)>
                {EXAMPLES.iter().map(example).collect_view()}
            </div>
        </div>
    }
}
