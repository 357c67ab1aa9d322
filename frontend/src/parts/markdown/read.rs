//! From a text in Markdown to its tree. Pure, and total: any text has a tree.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::tree::{Block, Cell, Inline, Item, Side, safe_address};

/// Quotes in lists in quotes: what is nested deeper stands where its parent stands.
const DEEPEST: usize = 16;

/// The tree of a text.
pub(crate) fn read(text: &str) -> Vec<Block> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut reader = Reader { open: vec![Open::new(Kind::Root)], ..Reader::default() };
    for event in Parser::new_ext(text, options) {
        reader.take(event);
    }
    reader.finish()
}

/// What has begun and not ended.
#[derive(Debug, Default)]
struct Open {
    kind: Kind,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    items: Vec<Item>,
    cells: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
    done: Option<bool>,
}

impl Open {
    fn new(kind: Kind) -> Self {
        Self { kind, ..Self::default() }
    }
}

#[derive(Debug, Default)]
enum Kind {
    #[default]
    Root,
    Paragraph,
    Heading(HeadingLevel),
    Code(String),
    Quote,
    List(Option<u64>),
    Item,
    Table(Vec<Side>),
    Row,
    Cell,
    Emphasis,
    Strong,
    Struck,
    Link(String),
    /// What has no element of its own: its content stands where it stands.
    Bare,
}

#[derive(Debug, Default)]
struct Reader {
    open: Vec<Open>,
    /// What began too deep, to be skipped again when it ends.
    skipped: usize,
    /// The headings that the current place is below.
    above: Vec<HeadingLevel>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) if self.open.len() > DEEPEST => {
                self.skipped = self.skipped.saturating_add(1);
                drop(tag);
            }
            Event::Start(tag) => self.open.push(Open::new(kind(tag))),
            Event::End(end) if self.skipped > 0 => {
                self.skipped = self.skipped.saturating_sub(1);
                if !is_within_line(end) {
                    self.inline(Inline::Break);
                }
            }
            Event::End(_) => self.close(),
            // Markup of another language is words here.
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(text) => self.inline(Inline::Code(text.into_string())),
            Event::SoftBreak | Event::HardBreak => self.inline(Inline::Break),
            Event::Rule => self.block(Block::Rule),
            Event::TaskListMarker(done) => {
                if let Some(item) = self.open.iter_mut().rev().find(|open| matches!(open.kind, Kind::Item)) {
                    item.done = Some(done);
                }
            }
            Event::FootnoteReference(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text);
            }
        }
    }

    fn text(&mut self, text: &str) {
        let Some(top) = self.open.last_mut() else { return };
        match top.inlines.last_mut() {
            Some(Inline::Text(before)) => before.push_str(text),
            _ => top.inlines.push(Inline::Text(text.to_owned())),
        }
    }

    fn inline(&mut self, inline: Inline) {
        if let Some(top) = self.open.last_mut() {
            top.inlines.push(inline);
        }
    }

    /// A block comes after the loose words before it: those of a tight list's item.
    fn block(&mut self, block: Block) {
        if let Some(top) = self.open.last_mut() {
            settle(top);
            top.blocks.push(block);
        }
    }

    fn close(&mut self) {
        if self.open.len() < 2 {
            return;
        }
        let Some(mut ended) = self.open.pop() else { return };
        match std::mem::take(&mut ended.kind) {
            Kind::Root | Kind::Bare | Kind::Paragraph => {
                settle(&mut ended);
                for block in ended.blocks {
                    self.block(block);
                }
            }
            Kind::Heading(level) => {
                let depth = self.depth(level);
                self.block(Block::Heading { depth, text: trimmed(ended.inlines) });
            }
            Kind::Code(language) => self.block(Block::Code { language, text: plain(&ended.inlines) }),
            Kind::Quote => {
                settle(&mut ended);
                self.block(Block::Quote(ended.blocks));
            }
            Kind::List(start) => self.block(Block::List { start, items: ended.items }),
            Kind::Item => {
                settle(&mut ended);
                let item = Item { done: ended.done, blocks: ended.blocks };
                if let Some(top) = self.open.last_mut() {
                    top.items.push(item);
                }
            }
            Kind::Table(sides) => {
                let mut rows = ended.rows.into_iter();
                let head = rows.next().unwrap_or_default();
                self.block(Block::Table { sides, head, rows: rows.collect() });
            }
            Kind::Row => {
                if let Some(top) = self.open.last_mut() {
                    top.rows.push(ended.cells);
                }
            }
            Kind::Cell => {
                if let Some(top) = self.open.last_mut() {
                    top.cells.push(trimmed(ended.inlines));
                }
            }
            Kind::Emphasis => self.inline(Inline::Emphasis(ended.inlines)),
            Kind::Strong => self.inline(Inline::Strong(ended.inlines)),
            Kind::Struck => self.inline(Inline::Struck(ended.inlines)),
            Kind::Link(address) => match safe_address(&address) {
                Some(href) if !ended.inlines.is_empty() => {
                    self.inline(Inline::Link { href: href.to_owned(), text: ended.inlines });
                }
                Some(href) => {
                    let text = vec![Inline::Text(href.to_owned())];
                    self.inline(Inline::Link { href: href.to_owned(), text });
                }
                None => {
                    for inline in ended.inlines {
                        self.inline(inline);
                    }
                }
            },
        }
    }

    /// How deep a heading is among those before it.
    fn depth(&mut self, level: HeadingLevel) -> u8 {
        self.above.retain(|above| *above < level);
        self.above.push(level);
        u8::try_from(self.above.len().saturating_sub(1)).unwrap_or_default()
    }

    fn finish(mut self) -> Vec<Block> {
        while self.open.len() > 1 {
            self.close();
        }
        let mut root = self.open.pop().unwrap_or_default();
        settle(&mut root);
        root.blocks
    }
}

/// Makes loose words a paragraph of their own.
fn settle(open: &mut Open) {
    let loose = trimmed(std::mem::take(&mut open.inlines));
    if !loose.is_empty() {
        open.blocks.push(Block::Paragraph(loose));
    }
}

/// Without line ends at its begin and end, and without nothing.
fn trimmed(mut inlines: Vec<Inline>) -> Vec<Inline> {
    let is_empty = |inline: &Inline| match inline {
        Inline::Break => true,
        Inline::Text(text) => text.trim().is_empty(),
        _ => false,
    };
    while inlines.last().is_some_and(is_empty) {
        inlines.pop();
    }
    let empty = inlines.iter().take_while(|inline| is_empty(inline)).count();
    inlines.drain(..empty);
    inlines
}

/// The words alone.
fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(more) | Inline::Code(more) => text.push_str(more),
            Inline::Break => text.push('\n'),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Struck(inner) => {
                text.push_str(&plain(inner));
            }
            Inline::Link { text: inner, .. } => text.push_str(&plain(inner)),
        }
    }
    text
}

fn kind(tag: Tag<'_>) -> Kind {
    match tag {
        Tag::Paragraph => Kind::Paragraph,
        Tag::Heading { level, .. } => Kind::Heading(level),
        Tag::BlockQuote(_) => Kind::Quote,
        // "rust,ignore" names the language first.
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
            let name = info.split([' ', ',', '{', '\t']).next().unwrap_or_default();
            Kind::Code(name.chars().take(24).collect())
        }
        Tag::CodeBlock(CodeBlockKind::Indented) => Kind::Code(String::new()),
        Tag::List(start) => Kind::List(start),
        Tag::Item => Kind::Item,
        Tag::Table(sides) => Kind::Table(sides.into_iter().map(side).collect()),
        Tag::TableHead | Tag::TableRow => Kind::Row,
        Tag::TableCell => Kind::Cell,
        Tag::Emphasis => Kind::Emphasis,
        Tag::Strong => Kind::Strong,
        Tag::Strikethrough => Kind::Struck,
        // A picture is not fetched: the page calls no strangers. What it shows is said, and leads there.
        Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => Kind::Link(dest_url.into_string()),
        _ => Kind::Bare,
    }
}

const fn side(alignment: Alignment) -> Side {
    match alignment {
        Alignment::None | Alignment::Left => Side::Start,
        Alignment::Center => Side::Middle,
        Alignment::Right => Side::End,
    }
}

const fn is_within_line(end: TagEnd) -> bool {
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

#[cfg(test)]
mod tests;
