//! What CSV and lines have in common: flat fields of their own, and settings that all entries share.

use serde_json::{Map, Value};

use super::reading::File;
use crate::problem::Problem;
use crate::request::Request;
use crate::words::Words;

/// The entries of a sheet.
pub(super) struct Sheet<'s> {
    settings: &'s Map<String, Value>,
    /// What was named for all entries at once: fields and what is wrong with them.
    named: Vec<(String, Words)>,
}

/// An entry of its own.
pub(super) struct Entry<'e> {
    /// Its number in the batch.
    pub(super) n: u32,
    /// Where it begins.
    pub(super) at: usize,
    /// What problems call it.
    pub(super) name: String,
    /// Its own fields.
    pub(super) fields: Map<String, Value>,
    /// Where a field of its own stands, or would.
    pub(super) place: &'e dyn Fn(&str) -> Option<usize>,
}

impl<'s> Sheet<'s> {
    pub(super) const fn new(settings: &'s Map<String, Value>) -> Self {
        Self { settings, named: Vec::new() }
    }

    /// A field that all entries share, as a text.
    pub(super) fn setting(&self, name: &str) -> Option<&'s str> {
        self.settings.get(name).and_then(Value::as_str)
    }

    /// Names what is wrong with the settings themselves, once.
    pub(super) fn settings_are_wrong(&mut self, problem: Problem, file: &mut File<'_>) {
        self.once(0, "settings", problem, file);
    }

    /// Checks an entry. What is wrong with the settings, or is nowhere, is named once and not for every entry: at the
    /// settings, or at `head`, where a field would have to be named.
    pub(super) fn entry(&mut self, entry: Entry<'_>, head: Option<usize>, file: &mut File<'_>) {
        let mut fields = self.settings.clone();
        fields.extend(entry.fields.clone());
        let problems = match Request::from_value(Value::Object(fields)) {
            Ok(request) => return file.right(entry.n, entry.at, entry.name, request),
            Err(problems) => problems,
        };
        for problem in problems {
            let field = problem.field.split(['.', '[']).next().unwrap_or_default();
            let is_shared = self.settings.contains_key(field) && !entry.fields.contains_key(field);
            match ((entry.place)(field), head) {
                (Some(at), _) if !is_shared => file.wrong(at, Some(&entry.name), problem),
                (_, Some(head)) if !is_shared => self.once(head, &entry.name, problem, file),
                _ => self.settings_are_wrong(problem, file),
            }
        }
    }

    fn once(&mut self, at: usize, entry: &str, problem: Problem, file: &mut File<'_>) {
        let is_new =
            !self.named.iter().any(|(field, words)| (field, words) == (&problem.field, &problem.message));
        if is_new {
            self.named.push((problem.field.clone(), problem.message.clone()));
            file.wrong(at, Some(entry), problem);
        }
    }
}
