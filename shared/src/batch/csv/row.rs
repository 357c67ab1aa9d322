//! Rows and cells, as RFC 4180 has them, and as spreadsheets write them: separated by commas, semicolons or tabs, with
//! line ends of all sorts. Each cell knows its place, which no library tells.

use std::borrow::Cow;

use crate::words::Label;

/// One cell.
pub(super) struct Cell<'t> {
    /// Where it begins.
    pub(super) at: usize,
    /// What is in it, without its quotes.
    pub(super) text: Cow<'t, str>,
}

/// One row that is not empty.
pub(super) struct Row<'t> {
    /// Where it begins.
    pub(super) at: usize,
    /// Its cells; of a row that is far too long, the first ones.
    pub(super) cells: Vec<Cell<'t>>,
    /// How many cells it has.
    pub(super) count: usize,
    /// What is wrong with its quotes, and where.
    pub(super) faults: Vec<(usize, Label)>,
}

impl Row<'_> {
    /// Where the cell begins that is too many; where a cell is missing, the row.
    pub(super) fn end_of(&self, columns: usize) -> usize {
        self.cells.get(columns).map_or(self.at, |cell| cell.at)
    }

    fn is_empty(&self) -> bool {
        self.faults.is_empty()
            && self.count == self.cells.len()
            && self.cells.iter().all(|cell| cell.text.trim().is_empty())
    }
}

/// The rows of a text.
pub(super) struct Rows<'t> {
    text: &'t str,
    at: usize,
    separator: u8,
    most: usize,
}

impl<'t> Rows<'t> {
    /// Rows of a text, of which `most` cells and one more are kept. The separator is what the first row has most of.
    pub(super) fn new(text: &'t str, most: usize) -> Self {
        let first = text.trim_start_matches(['\n', '\r']);
        let mut is_quoted = false;
        let mut counts = [(b',', 0_u32), (b';', 0), (b'\t', 0)];
        for byte in first.bytes().take_while(|byte| !matches!(byte, b'\n' | b'\r')) {
            is_quoted ^= byte == b'"';
            for (separator, count) in &mut counts {
                if *separator == byte && !is_quoted {
                    *count = count.saturating_add(1);
                }
            }
        }
        // Of equals, the comma: `max_by_key` takes the last.
        let separator = counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(byte, _)| *byte);
        Self { text, at: 0, separator, most }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn skip(&mut self, test: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&test) {
            self.step();
        }
    }

    fn since(&self, at: usize) -> &'t str {
        self.text.get(at..self.at).unwrap_or_default()
    }

    fn is_end(&self, byte: u8) -> bool {
        byte == self.separator || matches!(byte, b'\n' | b'\r')
    }

    fn row(&mut self) -> Row<'t> {
        let mut row = Row { at: self.at, cells: Vec::new(), count: 0, faults: Vec::new() };
        loop {
            let cell = self.cell(&mut row.faults);
            row.count = row.count.saturating_add(1);
            if row.cells.len() <= self.most {
                row.cells.push(cell);
            }
            match self.peek() {
                Some(byte) if byte == self.separator => self.step(),
                Some(b'\r') => {
                    self.step();
                    if self.peek() == Some(b'\n') {
                        self.step();
                    }
                    return row;
                }
                Some(_) => {
                    self.step();
                    return row;
                }
                None => return row,
            }
        }
    }

    fn cell(&mut self, faults: &mut Vec<(usize, Label)>) -> Cell<'t> {
        let at = self.at;
        let separator = self.separator;
        self.skip(|byte| byte == b' ' && byte != separator);
        if self.peek() == Some(b'"') {
            let at = self.at;
            return Cell { at, text: self.quoted(faults) };
        }
        let text = self.text.get(self.at..).unwrap_or_default();
        let end = text.bytes().position(|byte| self.is_end(byte)).unwrap_or(text.len());
        self.at = self.at.saturating_add(end);
        Cell { at, text: Cow::Borrowed(self.since(at)) }
    }

    fn quoted(&mut self, faults: &mut Vec<(usize, Label)>) -> Cow<'t, str> {
        let open = self.at;
        self.step();
        let from = self.at;
        let mut has_quotes = false;
        loop {
            self.skip(|byte| byte != b'"');
            let text = self.since(from);
            if self.peek().is_none() {
                faults.push((
                    open,
                    Label::new(
                        "这里的双引号没有闭合，后面的内容都被当作这一格；请补上引号。",
                        "This quote is never closed, so that all that follows is in the cell; close it.",
                    ),
                ));
                return Cow::Borrowed(text);
            }
            self.step();
            if self.peek() == Some(b'"') {
                has_quotes = true;
                self.step();
                continue;
            }
            self.skip(|byte| byte == b' ');
            if let Some(byte) = self.peek()
                && !self.is_end(byte)
            {
                faults.push((
                    self.at,
                    Label::new(
                        "双引号闭合之后还有文字；文字里的引号要写两遍（\"\"）。",
                        "There is text behind the closing quote; write a quote inside a text twice (\"\").",
                    ),
                ));
                let rest = self.text.get(self.at..).unwrap_or_default();
                let end = rest.bytes().position(|byte| self.is_end(byte)).unwrap_or(rest.len());
                self.at = self.at.saturating_add(end);
            }
            return if has_quotes { Cow::Owned(text.replace("\"\"", "\"")) } else { Cow::Borrowed(text) };
        }
    }
}

impl<'t> Iterator for Rows<'t> {
    type Item = Row<'t>;

    fn next(&mut self) -> Option<Row<'t>> {
        while self.at < self.text.len() {
            let row = self.row();
            if !row.is_empty() {
                return Some(row);
            }
        }
        None
    }
}
