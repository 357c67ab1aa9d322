//! A table whose first row names the fields.

mod row;

use serde_json::{Map, Value};

use super::reading::{File, MOST_FIELDS};
use super::sheet::{Entry, Sheet};
use crate::catalogue;
use crate::kind::Kind;
use crate::problem::Problem;
use crate::words::Words;
use row::{Cell, Row, Rows};

/// A column: its field, where it is known.
type Column = Option<&'static str>;

/// Reads all rows. Empty ones are skipped.
pub(super) fn read(text: &str, settings: &Map<String, Value>, file: &mut File<'_>) {
    let mut rows = Rows::new(text, MOST_FIELDS);
    let Some(head) = rows.next() else { return };
    let columns = columns(&head, file);
    if head.count > MOST_FIELDS || columns.iter().all(Option::is_none) {
        return; // the rows can mean anything
    }
    let mut sheet = Sheet::new(settings);
    for row in rows {
        let Some(n) = file.count(row.at) else { continue };
        let name = format!("rows[{n}]");
        let is_sound = row.faults.is_empty();
        faults(&row, &name, file);
        if is_sound && row.count != columns.len() {
            file.wrong(row.end_of(columns.len()), Some(&name), ragged(&row, columns.len()));
        } else if is_sound {
            let fields = fields(&columns, &row, &sheet);
            let place = |name: &str| {
                let at = columns.iter().position(|column| *column == Some(name))?;
                row.cells.get(at).map(|cell| cell.at)
            };
            sheet.entry(Entry { n, at: row.at, name, fields, place: &place }, Some(head.at), file);
        }
    }
}

/// The fields that the columns are for.
fn columns(head: &Row<'_>, file: &mut File<'_>) -> Vec<Column> {
    faults(head, "", file);
    if head.count > MOST_FIELDS {
        let allowed = Words::of(format!("最多 {MOST_FIELDS} 列"), format!("at most {MOST_FIELDS} columns"));
        let message = Words::of(
            format!("表头有 {} 列，没有模型用得到这么多。", head.count),
            format!("The header has {} columns, more than any model takes.", head.count),
        );
        file.wrong(head.at, None, Problem::new("", &Value::from(head.count), allowed, message));
    }
    let known = known();
    let mut columns: Vec<Column> = Vec::new();
    for cell in &head.cells {
        let given = cell.text.trim();
        let column = known.iter().copied().find(|name| *name == given);
        if column.is_none() {
            file.wrong(cell.at, None, unknown(given, &known));
        } else if columns.contains(&column) {
            let allowed = Words::new("每列一次", "each column once");
            let message = Words::of(
                format!("{given} 这一列出现了两次，请只保留一列。"),
                format!("The column {given} stands twice; keep one of them."),
            );
            file.wrong(cell.at, None, Problem::new(given, &Value::from(given), allowed, message));
        }
        columns.push(column);
    }
    columns
}

/// Every field of every model, and what says which one is meant.
fn known() -> Vec<&'static str> {
    let mut names = vec!["kind", "model"];
    let models = Kind::ALL.into_iter().flat_map(catalogue::models);
    for parameter in models.flat_map(|model| model.parameters) {
        if !names.contains(&parameter.name) {
            names.push(parameter.name);
        }
    }
    names
}

fn unknown(given: &str, known: &[&str]) -> Problem {
    let allowed = Words::of(known.join("、"), known.join(", "));
    let message = if given.is_empty() {
        Words::new(
            "表头里有一列没有名称，请写上或删去这一列。",
            "A column of the header has no name; name it, or delete the column.",
        )
    } else {
        Words::of(
            format!("没有 {given} 这一列；第一行应是列名，例如 model,prompt,size。"),
            format!(
                "There is no column {given}; the first row names the columns, such as model,prompt,size."
            ),
        )
    };
    Problem::new(given, &Value::from(given), allowed, message)
}

/// The fields of a row, each in the type that its rule takes; an empty cell is none.
fn fields(columns: &[Column], row: &Row<'_>, sheet: &Sheet<'_>) -> Map<String, Value> {
    let given = || columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.text.trim().is_empty());
    let own = given().find(|(column, _)| **column == Some("model")).map(|(_, cell)| cell.text.trim());
    let model = own.or_else(|| sheet.setting("model")).and_then(catalogue::model);
    let value = |name: &str, cell: &Cell<'_>| match model.and_then(|model| model.parameter(name)) {
        Some(parameter) => parameter.rule.typed(&cell.text),
        None => Value::from(cell.text.trim()),
    };
    given().filter_map(|(column, cell)| column.map(|name| (name.to_owned(), value(name, cell)))).collect()
}

fn faults(row: &Row<'_>, name: &str, file: &mut File<'_>) {
    for (at, message) in &row.faults {
        let allowed = Words::new("\"文字\"，其中的引号写两遍", "\"text\", a quote in it written twice");
        let entry = (!name.is_empty()).then_some(name);
        file.wrong(*at, entry, Problem::new("", &Value::Null, allowed, Words::from(*message)));
    }
}

fn ragged(row: &Row<'_>, columns: usize) -> Problem {
    let count = row.count;
    let allowed = Words::of(format!("{columns} 格"), format!("{columns} cells"));
    let message = Words::of(
        format!("这一行有 {count} 格，表头有 {columns} 列；含分隔符的文字请放进双引号。"),
        format!(
            "The row has {count} cells, the header {columns}; put a text with separators into double quotes."
        ),
    );
    Problem::new("", &Value::from(count), allowed, message)
}
