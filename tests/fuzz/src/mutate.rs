//! Cases that are almost right: examples with a few edits, of their structure and of their characters.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Number, Value};

/// Pieces of text that parsers are known to stumble over.
const PIECES: [&str; 36] = [
    "",
    " ",
    "\0",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\u{feff}",
    "\u{202e}",
    "\u{fffd}",
    "\u{10ffff}",
    "e\u{301}",
    "猫",
    "👨‍👩‍👧",
    "\"",
    "\\",
    "\\u0000",
    "'",
    ",",
    ";",
    ":",
    "=",
    "&",
    "%00",
    "%",
    "+",
    "-",
    "..",
    "/",
    "//",
    "{",
    "}",
    "[",
    "]",
    "null",
    "0x1F",
];

/// Numbers on the edges of what types hold.
const NUMBERS: [&str; 18] = [
    "0",
    "-0",
    "-1",
    "1",
    "0.5",
    "-0.1",
    "1e3",
    "1E400",
    "1e-400",
    "2147483647",
    "2147483648",
    "4294967296",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "0.1e1",
    "1.0",
];

/// One edit of a list of things: characters or bytes.
#[derive(Clone, Debug)]
enum Edit<T> {
    Insert(Index, Vec<T>),
    Remove(Index, Index),
    Repeat(Index, Index, u8),
    Cut(Index),
    Swap(Index, Index),
}

fn edit<T: Clone + std::fmt::Debug + 'static>(
    piece: impl Strategy<Value = Vec<T>> + 'static,
) -> impl Strategy<Value = Edit<T>> {
    prop_oneof![
        4 => (any::<Index>(), piece).prop_map(|(at, piece)| Edit::Insert(at, piece)),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Edit::Remove(from, to)),
        1 => (any::<Index>(), any::<Index>(), 1_u8..40).prop_map(|(from, to, times)| Edit::Repeat(from, to, times)),
        1 => any::<Index>().prop_map(Edit::Cut),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(one, other)| Edit::Swap(one, other)),
    ]
}

/// Longest case, in characters or bytes.
const LONGEST: usize = 100_000;

fn apply<T: Clone>(mut list: Vec<T>, edits: Vec<Edit<T>>) -> Vec<T> {
    for edit in edits {
        let place = |at: &Index| at.index(list.len() + 1);
        let range = |one: &Index, other: &Index| {
            let (one, other) = (place(one), place(other));
            // Mostly near each other: an edit should leave something of the example.
            let (from, to) = (one.min(other), one.max(other));
            from..to.min(from + 12)
        };
        match &edit {
            Edit::Insert(at, piece) => {
                let at = place(at);
                list.splice(at..at, piece.iter().cloned());
            }
            Edit::Remove(from, to) => {
                let range = range(from, to);
                list.drain(range);
            }
            Edit::Repeat(from, to, times) => {
                let range = range(from, to);
                let piece = list[range.clone()].to_vec();
                if list.len() + piece.len() * usize::from(*times) < LONGEST {
                    let many: Vec<T> = std::iter::repeat_n(piece, usize::from(*times)).flatten().collect();
                    list.splice(range.start..range.start, many);
                }
            }
            Edit::Cut(at) => list.truncate(place(at)),
            Edit::Swap(one, other) if !list.is_empty() => {
                let (one, other) = (one.index(list.len()), other.index(list.len()));
                list.swap(one, other);
            }
            Edit::Swap(..) => {}
        }
    }
    list
}

/// Right texts with up to six edits; `pieces` are words of the parser's own language. Now and then anything at all.
pub fn text(examples: &[&str], pieces: &[&str]) -> BoxedStrategy<String> {
    let examples: Vec<Vec<char>> = examples.iter().map(|example| example.chars().collect()).collect();
    let pieces: Vec<Vec<char>> =
        pieces.iter().chain(&PIECES).chain(&NUMBERS).map(|piece| piece.chars().collect()).collect();
    let piece = prop_oneof![4 => select(pieces), 1 => vec(any::<char>(), 1..4)];
    let near = (select(examples), vec(edit(piece), 0..6)).prop_map(|(example, edits)| apply(example, edits));
    prop_oneof![9 => near, 1 => vec(any::<char>(), 0..60)].prop_map(|text| text.into_iter().collect()).boxed()
}

/// Right bytes with up to six edits.
pub fn bytes(examples: &[&[u8]], pieces: &[&[u8]]) -> BoxedStrategy<Vec<u8>> {
    let examples: Vec<Vec<u8>> = examples.iter().map(|example| example.to_vec()).collect();
    let own = pieces.iter().map(|piece| piece.to_vec());
    let pieces: Vec<Vec<u8>> =
        own.chain(PIECES.iter().chain(&NUMBERS).map(|piece| piece.as_bytes().to_vec())).collect();
    let piece = prop_oneof![4 => select(pieces), 2 => vec(any::<u8>(), 1..4)];
    let near = (select(examples), vec(edit(piece), 0..6)).prop_map(|(example, edits)| apply(example, edits));
    prop_oneof![9 => near, 1 => vec(any::<u8>(), 0..60)].boxed()
}

/// Any JSON value that is not large, the awkward ones above all.
pub fn value() -> BoxedStrategy<Value> {
    let number = select(NUMBERS.to_vec()).prop_map(|text| {
        serde_json::from_str::<Number>(text).map_or_else(|_| Value::from(text), Value::Number)
    });
    let long = (1_usize..3000, any::<char>()).prop_map(|(times, c)| Value::from(c.to_string().repeat(times)));
    let leaf = prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        2 => number,
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        3 => select(PIECES.to_vec()).prop_map(Value::from),
        2 => any::<String>().prop_map(Value::from),
        1 => long,
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::Array),
            vec((".{0,8}", inner), 0..5).prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
    .boxed()
}

/// One edit of a JSON value, somewhere in it.
#[derive(Clone, Debug)]
enum Change {
    Replace(Value),
    Remove,
    Rename(String),
    Add(String, Value),
    Wrap,
    Unwrap,
    Repeat(u8),
    Text(Vec<Edit<char>>),
}

fn change(names: Vec<String>) -> impl Strategy<Value = Change> {
    let name = prop_oneof![3 => select(names), 1 => any::<String>(), 1 => select(PIECES.to_vec()).prop_map(str::to_owned)];
    let piece = select(PIECES.to_vec()).prop_map(|piece| piece.chars().collect::<Vec<char>>());
    prop_oneof![
        4 => value().prop_map(Change::Replace),
        2 => Just(Change::Remove),
        1 => name.clone().prop_map(Change::Rename),
        2 => (name, value()).prop_map(|(name, value)| Change::Add(name, value)),
        1 => Just(Change::Wrap),
        1 => Just(Change::Unwrap),
        1 => (1_u8..60).prop_map(Change::Repeat),
        3 => vec(edit(piece), 1..4).prop_map(Change::Text),
    ]
}

/// Right values with up to three edits anywhere in them. Names are borrowed from the examples, so that a field also
/// stands where another one belongs.
pub fn json(examples: Vec<Value>) -> BoxedStrategy<Value> {
    let mut names = vec!["__proto__".to_owned()];
    examples.iter().for_each(|example| collect_names(example, &mut names));
    let edits = vec((any::<Index>(), change(names)), 0..4);
    let near = (select(examples), edits).prop_map(|(mut example, edits)| {
        for (at, change) in edits {
            let at = at.index(count(&example));
            apply_at(&mut example, &mut { at }, &change);
        }
        example
    });
    prop_oneof![9 => near, 1 => value()].boxed()
}

/// Right objects, each with one of its outermost fields replaced: the name of that field, and the object.
pub fn edited(examples: Vec<Map<String, Value>>) -> BoxedStrategy<(String, Map<String, Value>)> {
    (select(examples), any::<Index>(), value())
        .prop_map(|(mut example, at, value)| {
            let names: Vec<String> = example.keys().cloned().collect();
            let name = at.get(&names).clone();
            example.insert(name.clone(), value);
            (name, example)
        })
        .boxed()
}

fn collect_names(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect_names(item, names)),
        Value::Object(fields) => fields.iter().for_each(|(name, field)| {
            names.push(name.clone());
            collect_names(field, names);
        }),
        _ => {}
    }
}

/// How many values there are in a value, itself included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

/// Applies a change to the value that stands so many values behind this one.
fn apply_at(value: &mut Value, at: &mut usize, change: &Change) -> bool {
    if *at == 0 {
        *value = changed(value.take(), change);
        return true;
    }
    *at -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| apply_at(item, at, change)),
        Value::Object(fields) => match change {
            // What is done to a field's name is done from the object that holds it.
            Change::Rename(name) if *at < fields.len() => {
                let old = fields.keys().nth(*at).cloned().unwrap_or_default();
                if let Some(field) = fields.remove(&old) {
                    fields.insert(name.clone(), field);
                }
                true
            }
            Change::Remove if *at < fields.len() => {
                let old = fields.keys().nth(*at).cloned().unwrap_or_default();
                fields.remove(&old);
                true
            }
            _ => fields.values_mut().any(|field| apply_at(field, at, change)),
        },
        _ => false,
    }
}

fn changed(value: Value, change: &Change) -> Value {
    match (change, value) {
        (Change::Replace(other), _) => other.clone(),
        (Change::Remove | Change::Rename(_), _) => Value::Null,
        (Change::Add(name, other), Value::Object(mut fields)) => {
            fields.insert(name.clone(), other.clone());
            Value::Object(fields)
        }
        (Change::Add(_, other), Value::Array(mut items)) => {
            items.push(other.clone());
            Value::Array(items)
        }
        (Change::Wrap, value) => Value::Array(vec![value]),
        (Change::Unwrap, Value::Array(items)) => items.into_iter().next().unwrap_or_default(),
        (Change::Unwrap, Value::Object(fields)) => {
            fields.into_iter().next().map(|(_, field)| field).unwrap_or_default()
        }
        (Change::Repeat(times), Value::Array(items)) => {
            let many = std::iter::repeat_n(items, usize::from(*times)).flatten();
            Value::Array(many.take(3000).collect())
        }
        (Change::Text(edits), Value::String(text)) => {
            Value::from(apply(text.chars().collect(), edits.clone()).into_iter().collect::<String>())
        }
        (_, value) => value,
    }
}
