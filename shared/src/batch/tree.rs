//! JSON with the place of every value, and with every key, also those that stand twice: what `serde_json` does not
//! tell. Scalars are read by `serde_json`, so that both take the same.

use std::borrow::Cow;

use serde_json::{Map, Number, Value};

use crate::words::Label;

/// Deepest nesting, as `serde_json` has it.
const DEEPEST: usize = 127;

/// A value and where it begins.
#[derive(Debug)]
pub(super) struct Node<'t> {
    pub(super) at: usize,
    pub(super) tree: Tree<'t>,
}

/// A value.
#[derive(Debug)]
pub(super) enum Tree<'t> {
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'t, str>),
    List(Vec<Node<'t>>),
    Object(Vec<Member<'t>>),
}

/// A key, where it begins, and what it names.
#[derive(Debug)]
pub(super) struct Member<'t> {
    pub(super) at: usize,
    pub(super) key: Cow<'t, str>,
    pub(super) node: Node<'t>,
}

/// The text is not JSON.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Broken {
    /// Where.
    pub(super) at: usize,
    /// What should stand there.
    pub(super) expected: Label,
}

impl Node<'_> {
    /// The value; of a key that stands twice, what it names first.
    pub(super) fn value(&self) -> Value {
        match &self.tree {
            Tree::Null => Value::Null,
            Tree::Bool(on) => Value::Bool(*on),
            Tree::Number(number) => Value::Number(number.clone()),
            Tree::Text(text) => Value::from(text.as_ref()),
            Tree::List(items) => items.iter().map(Self::value).collect(),
            Tree::Object(members) => Value::Object(map(members)),
        }
    }

    /// Where the value of a path such as `parameters.size` or `messages[2].role` begins; what is not there is where
    /// the innermost value is that it should be in.
    pub(super) fn find(&self, path: &str) -> usize {
        match &self.tree {
            Tree::Object(members) => {
                let named = |name: &str| members.iter().find(|member| member.key == name);
                if let Some(member) = named(path) {
                    return member.node.at;
                }
                let end = path.find(['.', '[']).unwrap_or(path.len());
                let (name, rest) = path.split_at_checked(end).unwrap_or((path, ""));
                let rest = rest.strip_prefix('.').unwrap_or(rest);
                named(name).map_or(self.at, |member| member.node.find(rest))
            }
            Tree::List(items) => {
                let inner = path.strip_prefix('[').and_then(|path| path.split_once(']'));
                let item = inner.and_then(|(n, rest)| Some((items.get(n.parse::<usize>().ok()?)?, rest)));
                item.map_or(self.at, |(item, rest)| item.find(rest.strip_prefix('.').unwrap_or(rest)))
            }
            _ => self.at,
        }
    }
}

/// The members of an object; of a key that stands twice, the first.
pub(super) fn map(members: &[Member<'_>]) -> Map<String, Value> {
    let mut map = Map::new();
    for member in members {
        if !map.contains_key(member.key.as_ref()) {
            map.insert(member.key.to_string(), member.node.value());
        }
    }
    map
}

/// Reads one JSON value.
pub(super) fn parse(text: &str) -> Result<Node<'_>, Broken> {
    let mut scanner = Scanner { text, at: 0 };
    let node = scanner.value(0)?;
    scanner.space();
    match scanner.peek() {
        None => Ok(node),
        Some(_) => scanner.broken(Label::new("文件的结尾", "the end of the file")),
    }
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
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

    fn space(&mut self) {
        self.skip(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        if is_there {
            self.step();
        }
        is_there
    }

    fn since(&self, at: usize) -> &'t str {
        self.text.get(at..self.at).unwrap_or_default()
    }

    fn broken<T>(&self, expected: Label) -> Result<T, Broken> {
        Err(Broken { at: self.at, expected })
    }

    fn value(&mut self, depth: usize) -> Result<Node<'t>, Broken> {
        self.space();
        let at = self.at;
        let tree = match self.peek() {
            Some(b'{' | b'[') if depth >= DEEPEST => {
                return self.broken(Label::new("嵌套不超过 127 层的内容", "nothing nested deeper than 127"));
            }
            Some(b'{') => Tree::Object(self.object(depth.saturating_add(1))?),
            Some(b'[') => Tree::List(self.list(depth.saturating_add(1))?),
            Some(b'"') => Tree::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => Tree::Number(self.number()?),
            _ => self.word()?,
        };
        Ok(Node { at, tree })
    }

    fn object(&mut self, depth: usize) -> Result<Vec<Member<'t>>, Broken> {
        self.step();
        let mut members = Vec::new();
        self.space();
        if self.take(b'}') {
            return Ok(members);
        }
        loop {
            self.space();
            let at = self.at;
            if self.peek() != Some(b'"') {
                return self.broken(Label::new("双引号中的字段名", "a name in double quotes"));
            }
            let key = self.string()?;
            self.space();
            if !self.take(b':') {
                return self.broken(Label::new("冒号", "a colon"));
            }
            let node = self.value(depth)?;
            members.push(Member { at, key, node });
            self.space();
            if self.take(b'}') {
                return Ok(members);
            }
            if !self.take(b',') {
                return self.broken(Label::new("逗号或 }", "a comma or }"));
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Node<'t>>, Broken> {
        self.step();
        let mut items = Vec::new();
        self.space();
        if self.take(b']') {
            return Ok(items);
        }
        loop {
            items.push(self.value(depth)?);
            self.space();
            if self.take(b']') {
                return Ok(items);
            }
            if !self.take(b',') {
                return self.broken(Label::new("逗号或 ]", "a comma or ]"));
            }
        }
    }

    fn string(&mut self) -> Result<Cow<'t, str>, Broken> {
        let at = self.at;
        self.step();
        let mut is_plain = true;
        loop {
            self.skip(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    is_plain = false;
                    self.step();
                    self.step();
                }
                Some(_) => {
                    return self.broken(Label::new(
                        "没有换行和控制字符的文字（换行写作 \\n）",
                        "text without line ends and control characters (write \\n)",
                    ));
                }
                None => {
                    self.at = at; // where it begins says more than where the file ends
                    return self.broken(Label::new("有右引号的文字", "a text whose quotes are closed"));
                }
            }
        }
        self.step();
        let whole = self.since(at);
        if is_plain {
            let inside = whole.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
            return Ok(Cow::Borrowed(inside.unwrap_or_default()));
        }
        serde_json::from_str(whole).map(Cow::Owned).map_err(|_| Broken {
            at,
            expected: Label::new(
                "转义正确的文字（反斜杠写作 \\\\）",
                "a text with usable escapes (write a backslash as \\\\)",
            ),
        })
    }

    fn number(&mut self) -> Result<Number, Broken> {
        let at = self.at;
        self.skip(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'));
        serde_json::from_str(self.since(at))
            .map_err(|_| Broken { at, expected: Label::new("一个数", "a number") })
    }

    fn word(&mut self) -> Result<Tree<'t>, Broken> {
        let at = self.at;
        self.skip(|byte| byte.is_ascii_alphanumeric());
        match self.since(at) {
            "null" => Ok(Tree::Null),
            "true" => Ok(Tree::Bool(true)),
            "false" => Ok(Tree::Bool(false)),
            _ => Err(Broken {
                at,
                expected: Label::new(
                    "一个值：\"文字\"、数、true、false、{…} 或 […]",
                    "a value: \"text\", a number, true, false, {…} or […]",
                ),
            }),
        }
    }
}

#[cfg(test)]
mod tests;
