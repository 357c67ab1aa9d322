use proptest::prelude::*;

use super::*;

fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph(vec![text(words)])
}

#[test]
fn what_models_write_is_read() {
    let source = "# 题\n\n一段 **重** 与 *轻*、~~旧~~、`码`。\n\n- [x] 做了\n- [ ] 没做\n\n3. 三\n4. 四\n\n> 引\n\n---\n";
    let blocks = read(source);
    let [heading, prose, tasks, numbers, quote, rule] = blocks.as_slice() else { panic!("{blocks:?}") };
    assert_eq!(*heading, Block::Heading { depth: 0, text: vec![text("题")] });
    assert!(matches!(prose, Block::Paragraph(inlines) if inlines.len() == 9), "{prose:?}");
    let done = |blocks: Block, done| Item { done: Some(done), blocks: vec![blocks] };
    let items = vec![done(paragraph("做了"), true), done(paragraph("没做"), false)];
    assert_eq!(*tasks, Block::List { start: None, items });
    assert!(matches!(numbers, Block::List { start: Some(3), items } if items.len() == 2));
    assert_eq!(*quote, Block::Quote(vec![paragraph("引")]));
    assert_eq!(*rule, Block::Rule);
}

#[test]
fn a_listing_keeps_its_lines_and_names_its_language_also_before_it_ends() {
    let code = |text: &str| Block::Code { language: "rust".to_owned(), text: text.to_owned() };
    assert_eq!(read("```rust,ignore\nfn a() {}\n\n<b>\n```\n"), [code("fn a() {}\n\n<b>\n")]);
    assert_eq!(read("```rust\nfn a("), [code("fn a(")]);
}

#[test]
fn a_table_has_a_head_rows_and_sides() {
    let blocks = read("| 名 | 数 |\n|:--|--:|\n| a | 1 |\n| b | **2** |\n");
    let [Block::Table { sides, head, rows }] = blocks.as_slice() else { panic!("{blocks:?}") };
    assert_eq!(*sides, [Side::Start, Side::End]);
    assert_eq!(*head, [vec![text("名")], vec![text("数")]]);
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[1][1], [Inline::Strong(vec![text("2")])]);
}

#[test]
fn headings_never_skip_a_depth() {
    let depths = |source: &str| -> Vec<u8> {
        read(source)
            .into_iter()
            .filter_map(|block| if let Block::Heading { depth, .. } = block { Some(depth) } else { None })
            .collect()
    };
    assert_eq!(depths("## a\n#### b\n### c\n## d\n# e\n## f\n"), [0, 1, 1, 0, 0, 1]);
}

#[test]
fn markup_of_another_language_is_words() {
    let source = "<script>alert(1)</script>\n\na <b onclick=\"x()\">b</b>\n\n<img src=x onerror=y>\n";
    assert!(links(&read(source)).is_empty());
    assert_eq!(words(&read(source)).matches('<').count(), 5);
}

#[test]
fn links_lead_to_the_web_alone_and_pictures_are_links() {
    let source = "[a](https://a.example \"t\") [b](javascript:alert(1)) ![c](https://c.example/c.png) \
        ![d](data:image/png;base64,AA) <https://e.example> <javascript:x> [f](/jobs) [g][r]\n\n[r]: JavaScript:x\n";
    let blocks = read(source);
    assert_eq!(links(&blocks), ["https://a.example", "https://c.example/c.png", "https://e.example"]);
    for word in ["a", "b", "c", "d", "f"] {
        assert!(words(&blocks).contains(word));
    }
}

#[test]
fn what_is_nested_without_end_is_shown_all_the_same() {
    for mark in ["> ", "- ", "* a\n  ", "**_", "[", "![", "[a](", "~~a ", "1) "] {
        let blocks = read(&format!("{}x", mark.repeat(5_000)));
        assert!(depth(&blocks) <= DEEPEST + 1);
        assert!(words(&blocks).contains('x'), "{mark:?}");
    }
}

fn depth(blocks: &[Block]) -> usize {
    let of = |block: &Block| match block {
        Block::Quote(inner) => 1 + depth(inner),
        Block::List { items, .. } => 1 + items.iter().map(|item| depth(&item.blocks)).max().unwrap_or(0),
        _ => 1,
    };
    blocks.iter().map(of).max().unwrap_or(0)
}

/// Everything a person reads.
fn words(blocks: &[Block]) -> String {
    let of = |block: &Block| match block {
        Block::Paragraph(inlines) | Block::Heading { text: inlines, .. } => plain(inlines),
        Block::Code { text, .. } => text.clone(),
        Block::Quote(inner) => words(inner),
        Block::List { items, .. } => items.iter().map(|item| words(&item.blocks)).collect(),
        Block::Table { head, rows, .. } => {
            head.iter().chain(rows.iter().flatten()).map(|cell| plain(cell)).collect()
        }
        Block::Rule => String::new(),
    };
    blocks.iter().map(of).collect()
}

/// Every address that something leads to.
fn links(blocks: &[Block]) -> Vec<String> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(inlines) | Block::Heading { text: inlines, .. } => of_line(inlines, &mut found),
            Block::Quote(inner) => found.extend(links(inner)),
            Block::List { items, .. } => {
                found.extend(items.iter().flat_map(|item| links(&item.blocks)));
            }
            Block::Table { head, rows, .. } => {
                for cell in head.iter().chain(rows.iter().flatten()) {
                    of_line(cell, &mut found);
                }
            }
            Block::Code { .. } | Block::Rule => {}
        }
    }
    found
}

fn of_line(inlines: &[Inline], found: &mut Vec<String>) {
    for inline in inlines {
        match inline {
            Inline::Link { href, text } => {
                found.push(href.clone());
                of_line(text, found);
            }
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Struck(inner) => of_line(inner, found),
            Inline::Text(_) | Inline::Code(_) | Inline::Break => {}
        }
    }
}

/// Texts made of what means something in Markdown and of what is dangerous in a page.
fn nasty() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "`",
        "```",
        "\n",
        "\n\n",
        "# ",
        "- ",
        "1. ",
        "> ",
        "|",
        "---",
        "[",
        "]",
        "(",
        ")",
        "!",
        "*",
        "_",
        "~~",
        "<",
        ">",
        "\\",
        "&#106;",
        "&colon;",
        "<script>",
        "</script>",
        " onclick=x ",
        "javascript:",
        "JAVASCRIPT:",
        "data:text/html,",
        "https://",
        "mailto:",
        "\t",
        "    ",
        "猫",
        "\u{0}",
        "\u{202e}",
        "x",
        "[x](",
        "![x](",
        "\"",
    ]);
    prop::collection::vec(bits, 0..60).prop_map(|bits| bits.concat())
}

proptest! {
    #[test]
    fn any_text_has_a_tree(source in ".{0,300}") {
        let _ = read(&source);
    }

    #[test]
    fn nothing_leads_anywhere_but_to_the_web(source in nasty()) {
        for link in links(&read(&source)) {
            let link = link.to_ascii_lowercase();
            prop_assert!(
                link.starts_with("https://") || link.starts_with("http://") || link.starts_with("mailto:"),
                "{link:?} of {source:?}",
            );
        }
    }

    #[test]
    fn blocks_before_the_last_stay_as_a_text_grows(source in nasty(), more in nasty()) {
        // What the page relies on when it draws the end alone; only references that come later may change them.
        let (source, more) = (source.replace(']', ""), more.replace(']', ""));
        let early = read(&format!("第一段\n\n{source}"));
        let late = read(&format!("第一段\n\n{source}{more}"));
        prop_assert_eq!(early.first(), late.first());
    }
}
