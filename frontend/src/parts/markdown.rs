//! Text in Markdown, as models write it. Nothing a text holds becomes markup by itself: it is read into a tree of
//! known things (`tree`), and only those are drawn. Pictures are links: the page calls no strangers.
//!
//! It is made for text that grows many times a second: a text is read anew as a whole, which takes a fraction of a
//! millisecond, but only the blocks that differ are drawn anew.

mod code;
mod growing;
mod line;
mod read;
mod tree;

use std::sync::Arc;

use leptos::prelude::*;

use self::code::CodeBlock;
use self::line::line;
use self::tree::{Block, Cell, Item, Side};
use super::list::For;
use crate::words::use_words;

/// A text in Markdown.
#[component]
pub fn Markdown(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
    /// Whether it still grows: then a last line that is not yet clear is held back.
    #[prop(optional, into)]
    growing: Signal<bool>,
    /// The level of its highest heading, so that it fits into the page's own.
    #[prop(default = 3)]
    level: u8,
) -> impl IntoView {
    let blocks = Memo::new(move |before: Option<&Blocks>| {
        let now = text.with(|text| read::read(if growing.get() { growing::shown(text) } else { text }));
        Blocks::anew(now, before)
    });
    let count = Memo::new(move |_| blocks.with(|blocks| blocks.0.len()));
    view! {
        <div class="md" dir="auto">
            <For each=move || 0..count.get() key=|n| *n let:n><TopBlock blocks n level /></For>
        </div>
    }
}

/// The blocks of a text; those that did not change are the very same.
#[derive(Clone, Debug, PartialEq)]
struct Blocks(Vec<Arc<Block>>);

impl Blocks {
    fn anew(now: Vec<Block>, before: Option<&Self>) -> Self {
        let known = |n: usize| before.and_then(|before| before.0.get(n));
        let keep = |(n, block): (usize, Block)| match known(n) {
            Some(same) if **same == block => Arc::clone(same),
            _ => Arc::new(block),
        };
        Self(now.into_iter().enumerate().map(keep).collect())
    }
}

/// One block of the text itself: it is drawn anew when it changes, and only then.
#[component]
fn TopBlock(
    /// All of them. It may be shorter already when this is asked for the last time.
    blocks: Memo<Blocks>,
    /// Which one.
    n: usize,
    /// The level of the highest heading.
    level: u8,
) -> impl IntoView {
    let block = Memo::new(move |_| blocks.try_with(|blocks| blocks.0.get(n).cloned()).flatten());
    let listing = move |pick: fn(&Block) -> Option<&String>| {
        Signal::derive(move || {
            block.try_with(|block| block.as_deref().and_then(pick).cloned()).flatten().unwrap_or_default()
        })
    };
    let is_code = Memo::new(move |_| {
        block.try_with(|block| matches!(block.as_deref(), Some(Block::Code { .. }))).unwrap_or(false)
    });
    // A listing grows for a long time: its frame, its button and its place stay.
    move || {
        if is_code.try_get().unwrap_or(false) {
            let language =
                listing(|block| if let Block::Code { language, .. } = block { Some(language) } else { None });
            let text = listing(|block| if let Block::Code { text, .. } = block { Some(text) } else { None });
            view! { <CodeBlock language text /> }.into_any()
        } else {
            (move || block.try_get().flatten().map(|block| draw(&block, level))).into_any()
        }
    }
}

/// A block and what is in it.
fn draw(block: &Block, level: u8) -> AnyView {
    match block {
        Block::Paragraph(inlines) => view! { <p>{line(inlines)}</p> }.into_any(),
        Block::Heading { depth, text } => heading(level.saturating_add(*depth), line(text)),
        Block::Code { language, text } => {
            let (language, text) = (Signal::stored(language.clone()), Signal::stored(text.clone()));
            view! { <CodeBlock language text /> }.into_any()
        }
        Block::Quote(blocks) => view! { <blockquote>{draw_all(blocks, level)}</blockquote> }.into_any(),
        Block::List { start: None, items } => view! { <ul>{draw_items(items, level)}</ul> }.into_any(),
        Block::List { start: Some(start), items } => {
            view! { <ol start=start.to_string()>{draw_items(items, level)}</ol> }.into_any()
        }
        Block::Table { sides, head, rows } => draw_table(sides, head, rows),
        Block::Rule => view! { <hr /> }.into_any(),
    }
}

fn draw_all(blocks: &[Block], level: u8) -> Vec<AnyView> {
    blocks.iter().map(|block| draw(block, level)).collect()
}

fn heading(level: u8, text: Vec<AnyView>) -> AnyView {
    match level {
        ..=2 => view! { <h2>{text}</h2> }.into_any(),
        3 => view! { <h3>{text}</h3> }.into_any(),
        4 => view! { <h4>{text}</h4> }.into_any(),
        5 => view! { <h5>{text}</h5> }.into_any(),
        6.. => view! { <h6>{text}</h6> }.into_any(),
    }
}

fn draw_items(items: &[Item], level: u8) -> Vec<AnyView> {
    let words = use_words();
    let draw_item = |item: &Item| {
        // A paragraph that is all there is needs no box of its own.
        let inside = match item.blocks.as_slice() {
            [Block::Paragraph(inlines), rest @ ..] => {
                view! { <span>{line(inlines)}</span> {draw_all(rest, level)} }.into_any()
            }
            blocks => draw_all(blocks, level).into_any(),
        };
        match item.done {
            None => view! { <li>{inside}</li> }.into_any(),
            Some(done) => {
                let label = words.text(if done { |t| t.parts.task_done } else { |t| t.parts.task_open });
                view! {
                    <li class="md__task">
                        <input class="md__check" type="checkbox" disabled=true prop:checked=done aria-label=label />
                        {inside}
                    </li>
                }
                .into_any()
            }
        }
    };
    items.iter().map(draw_item).collect()
}

/// A table scrolls sideways by itself, for those who use keys too.
fn draw_table(sides: &[Side], head: &[Cell], rows: &[Vec<Cell>]) -> AnyView {
    let class = |n: usize| match sides.get(n) {
        Some(Side::Middle) => Some("md__middle"),
        Some(Side::End) => Some("md__end"),
        Some(Side::Start) | None => None,
    };
    let draw_head = head.iter().enumerate().map(|(n, cell)| view! { <th class=class(n)>{line(cell)}</th> });
    let draw_row = |row: &Vec<Cell>| {
        let cells = row.iter().enumerate().map(|(n, cell)| view! { <td class=class(n)>{line(cell)}</td> });
        view! { <tr>{cells.collect_view()}</tr> }
    };
    view! {
        <div class="md__scroll" role="group" tabindex="0" aria-label=use_words().text(|t| t.parts.table)>
            <table>
                <thead><tr>{draw_head.collect_view()}</tr></thead>
                <tbody>{rows.iter().map(draw_row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
