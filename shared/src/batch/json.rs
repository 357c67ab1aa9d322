//! The reference page's file: an object with a list of entries for each kind (`bailian-reference.md` §6).

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::reading::{File, MOST_FIELDS};
use super::tree::{self, Broken, Member, Node, Tree};
use crate::catalogue;
use crate::kind::Kind;
use crate::problem::Problem;
use crate::request::Request;
use crate::words::Words;

/// The list of a kind.
const fn list(kind: Kind) -> &'static str {
    match kind {
        Kind::Image => "image_tasks",
        Kind::Text => "text_tasks",
        Kind::Video => "video_tasks",
        Kind::Speech => "speech_tasks",
        Kind::Transcription => "transcription_tasks",
    }
}

/// Reads all lists of the file.
pub(super) fn read(text: &str, settings: &Map<String, Value>, file: &mut File<'_>) {
    if !settings.is_empty() {
        let message = Words::new(
            "JSON 里每一条自带设置，请去掉公共设置（settings），或改用 CSV、纯文本。",
            "Entries of JSON hold their own settings; leave the shared ones (settings) out, or use CSV or lines.",
        );
        let allowed = Words::new("不填", "nothing");
        file.wrong(0, Some("settings"), Problem::new("", &Value::Null, allowed, message));
    }
    let node = match tree::parse(text) {
        Ok(node) => node,
        Err(broken) => return file.wrong(broken.at, None, not_json(text, &broken)),
    };
    let Tree::Object(members) = &node.tree else {
        let message = Words::new(
            "最外层应是一个对象，例如 {\"image_tasks\":[…]}。",
            "The outermost value must be an object such as {\"image_tasks\":[…]}.",
        );
        return file.wrong(node.at, None, Problem::new("", &node.value(), lists(), message));
    };
    twice(members, "", None, file);
    for member in members {
        match Kind::ALL.into_iter().find(|kind| list(*kind) == member.key) {
            Some(kind) => entries(kind, &member.node, file),
            None => file.wrong(member.at, None, unknown(member)),
        }
    }
}

fn entries(kind: Kind, node: &Node<'_>, file: &mut File<'_>) {
    let name = list(kind);
    let Tree::List(items) = &node.tree else {
        let message = Words::of(
            format!("{name} 应是一个列表：[{{…}}, {{…}}]。"),
            format!("{name} must be a list: [{{…}}, {{…}}]."),
        );
        let allowed = Words::new("列表", "a list");
        return file.wrong(node.at, None, Problem::new(name, &node.value(), allowed, message));
    };
    for (at, item) in items.iter().enumerate() {
        if let Some(n) = file.count(item.at) {
            entry(kind, item, n, format!("{name}[{at}]"), file);
        }
    }
}

fn entry(kind: Kind, node: &Node<'_>, n: u32, name: String, file: &mut File<'_>) {
    let (fields, mut problems) = match &node.tree {
        Tree::Object(members) if fields_of(members) > MOST_FIELDS => {
            return file.wrong(node.at, Some(&name), too_many(fields_of(members)));
        }
        Tree::Object(members) => of_kind(kind, tree::map(members)),
        _ => {
            let allowed = Words::new("对象", "an object");
            let message = Words::of(
                format!("{name} 应是一个对象：{{\"model\":…, …}}。"),
                format!("{name} must be an object: {{\"model\":…, …}}."),
            );
            return file.wrong(node.at, Some(&name), Problem::new("", &node.value(), allowed, message));
        }
    };
    let is_once = all_twice(node, "", &name, file);
    match Request::from_value(Value::Object(fields)) {
        Ok(request) if problems.is_empty() && is_once => file.right(n, node.at, name, request),
        Ok(_) => report(problems, node, &name, file),
        Err(mut found) => {
            problems.append(&mut found);
            report(problems, node, &name, file);
        }
    }
}

fn report(problems: Vec<Problem>, node: &Node<'_>, name: &str, file: &mut File<'_>) {
    for problem in problems {
        file.wrong(node.find(&problem.field), Some(name), problem);
    }
}

/// The fields of an entry with its list's kind. An entry of another kind is named, and checked as what it is.
fn of_kind(kind: Kind, mut fields: Map<String, Value>) -> (Map<String, Value>, Vec<Problem>) {
    let mut problems = Vec::new();
    let given = fields.remove("kind").unwrap_or_default();
    if !given.is_null() && given != kind.as_str() {
        let other = given.as_str().and_then(|name| name.parse().ok());
        problems.push(elsewhere("kind", &given, kind, other));
    }
    let model = fields.get("model").cloned().unwrap_or_default();
    match model.as_str().and_then(catalogue::model).map(|model| model.kind) {
        Some(other) if other != kind => problems.push(elsewhere("model", &model, kind, Some(other))),
        _ => {
            fields.insert("kind".to_owned(), Value::from(kind.as_str()));
        }
    }
    (fields, problems)
}

fn elsewhere(field: &str, given: &Value, kind: Kind, other: Option<Kind>) -> Problem {
    let (here, there) = (list(kind), other.map(list));
    let allowed = Words::of(format!("{kind} 类"), format!("what is of the kind {kind}"));
    let message = match there {
        Some(there) => Words::of(
            format!("{given} 不属于 {here}，请把这一条移到 {there}。"),
            format!("{given} does not belong into {here}; move the entry to {there}."),
        ),
        None => Words::of(
            format!("{here} 里的 {field} 不能是 {given}，请改为 {kind} 或去掉。"),
            format!("The {field} of an entry of {here} cannot be {given}; write {kind}, or leave it out."),
        ),
    };
    Problem::new(field, given, allowed, message)
}

/// The fields of an entry, those of `input` and `parameters` too.
fn fields_of(members: &[Member<'_>]) -> usize {
    let inner = |member: &Member<'_>| match &member.node.tree {
        Tree::Object(inner) => inner.len(),
        _ => 0,
    };
    members.iter().map(inner).fold(members.len(), usize::saturating_add)
}

fn too_many(count: usize) -> Problem {
    let allowed = Words::of(format!("最多 {MOST_FIELDS} 个字段"), format!("at most {MOST_FIELDS} fields"));
    let message = Words::of(
        format!("这一条有 {count} 个字段，没有模型用得到这么多，请核对括号。"),
        format!("The entry has {count} fields, more than any model takes; check its brackets."),
    );
    Problem::new("", &Value::from(count), allowed, message)
}

/// Names every key that stands twice in an entry, however deep. Whether there is none.
fn all_twice(node: &Node<'_>, path: &str, entry: &str, file: &mut File<'_>) -> bool {
    match &node.tree {
        Tree::Object(members) => {
            let mut is_once = twice(members, path, Some(entry), file);
            for member in members {
                if matches!(member.node.tree, Tree::Object(_) | Tree::List(_)) {
                    let path = format!("{path}{}.", member.key);
                    is_once &= all_twice(&member.node, &path, entry, file);
                }
            }
            is_once
        }
        Tree::List(items) => {
            let mut is_once = true;
            for item in items {
                is_once &= all_twice(item, path, entry, file);
            }
            is_once
        }
        _ => true,
    }
}

/// Names the keys of one object that stand twice. Whether there is none.
fn twice(members: &[Member<'_>], path: &str, entry: Option<&str>, file: &mut File<'_>) -> bool {
    let mut first = BTreeMap::new();
    let mut is_once = true;
    for member in members {
        let Some(at) = first.get(member.key.as_ref()).copied() else {
            first.insert(member.key.as_ref(), member.at);
            continue;
        };
        is_once = false;
        let place = file.place(at);
        let (line, column) = (place.line, place.column);
        let field = format!("{path}{}", member.key);
        let message = Words::of(
            format!("{field} 写了两次，第一次在第 {line} 行第 {column} 列，请只保留一处。"),
            format!("{field} stands twice, first in line {line}, column {column}; keep one of them."),
        );
        let allowed = Words::new("只写一处", "in one place only");
        file.wrong(member.at, entry, Problem::new(field, &member.node.value(), allowed, message));
    }
    is_once
}

fn lists() -> Words {
    let names = Kind::ALL.map(list);
    Words::of(names.join("、"), names.join(", "))
}

fn unknown(member: &Member<'_>) -> Problem {
    let allowed = lists();
    let message = Words::of(
        format!("没有 {} 这种列表，可用：{}。", member.key, allowed.zh),
        format!("There is no list {}; there are {}.", member.key, allowed.en),
    );
    Problem::new(member.key.as_ref(), &member.node.value(), allowed, message)
}

fn not_json(text: &str, broken: &Broken) -> Problem {
    let found = text.get(broken.at..).unwrap_or_default().chars().next();
    let Broken { expected, .. } = broken;
    let message = match found {
        Some(found) => Words::of(
            format!("不是合法的 JSON：这里是 {found:?}，应是{}。", expected.zh),
            format!("This is not JSON: here is {found:?}, there should be {}.", expected.en),
        ),
        None => Words::of(
            format!("不是合法的 JSON：文件到此为止，还应有{}。", expected.zh),
            format!("This is not JSON: the file ends here, there should be {}.", expected.en),
        ),
    };
    let given = found.map_or(Value::Null, |found| Value::from(found.to_string()));
    Problem::new("", &given, Words::from(*expected), message)
}
