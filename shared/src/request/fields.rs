//! The fields of a request, wherever they stood.

use serde_json::{Map, Value};

use crate::catalogue::{self, Model};
use crate::kind::Kind;
use crate::problem::Problem;
use crate::words::Words;

/// One field as it was given.
pub(super) struct Field {
    /// Its own name, such as `size`.
    pub(super) name: String,
    /// Where it stood, such as `parameters.size`.
    pub(super) path: String,
    /// Its value.
    pub(super) value: Value,
}

/// The fields of a request, flat.
pub(super) struct Fields(Vec<Field>);

impl Fields {
    /// Lays the flat form and the reference page's form out as one list. A field that is given at two
    /// places is a problem; a field that is `null` counts as absent.
    pub(super) fn flatten(value: Value, problems: &mut Vec<Problem>) -> Self {
        let mut fields = Self(Vec::new());
        match value {
            Value::Object(map) => {
                for (name, value) in map {
                    match (name.as_str(), value) {
                        ("input" | "parameters", Value::Object(inner)) => {
                            fields.add_all(&name, inner, problems);
                        }
                        (_, value) => fields.add(name.clone(), name, value, problems),
                    }
                }
            }
            other => problems.push(Problem::new(
                "",
                &other,
                Words::new("JSON 对象", "a JSON object"),
                Words::new("请求必须是一个 JSON 对象。", "The request must be a JSON object."),
            )),
        }
        fields
    }

    fn add_all(&mut self, group: &str, inner: Map<String, Value>, problems: &mut Vec<Problem>) {
        for (name, value) in inner {
            let path = format!("{group}.{name}");
            self.add(name, path, value, problems);
        }
    }

    fn add(&mut self, name: String, path: String, value: Value, problems: &mut Vec<Problem>) {
        if value.is_null() {
            return;
        }
        match self.0.iter().find(|field| field.name == name) {
            Some(first) => problems.push(Problem::new(
                path.clone(),
                &value,
                Words::new("只写一处", "in one place only"),
                Words::of(
                    format!("{path} 与 {} 重复，请只保留一处。", first.path),
                    format!("{path} repeats {}; keep one of them.", first.path),
                ),
            )),
            None => self.0.push(Field { name, path, value }),
        }
    }

    /// A field, left where it is.
    pub(super) fn find(&self, name: &str) -> Option<&Field> {
        self.0.iter().find(|field| field.name == name)
    }

    /// Takes a field out.
    pub(super) fn take(&mut self, name: &str) -> Option<Field> {
        let at = self.0.iter().position(|field| field.name == name)?;
        Some(self.0.remove(at))
    }

    /// What was not taken.
    pub(super) fn rest(self) -> Vec<Field> {
        self.0
    }

    /// Takes the kind, where one is given. The reference page's form names none: the model decides.
    pub(super) fn kind(&mut self, problems: &mut Vec<Problem>) -> Option<Kind> {
        let field = self.take("kind")?;
        let kind = field.value.as_str().and_then(|text| text.parse().ok());
        if kind.is_none() {
            let names = Kind::ALL.map(Kind::as_str).join(", ");
            problems.push(Problem::new(
                field.path,
                &field.value,
                Words::of(names.clone(), names.clone()),
                Words::of(
                    format!("没有这一类任务，可用：{names}。"),
                    format!("No such kind; there are {names}."),
                ),
            ));
        }
        kind
    }

    /// Takes the model, which must be known and of the kind, where one is given.
    pub(super) fn model(
        &mut self,
        kind: Option<Kind>,
        problems: &mut Vec<Problem>,
    ) -> Option<&'static Model> {
        let of_kind = |model: &&Model| kind.is_none_or(|kind| model.kind == kind);
        let known: Vec<_> =
            Kind::ALL.into_iter().flat_map(catalogue::models).filter(of_kind).map(|model| model.id).collect();
        let allowed = Words::of(known.join("、"), known.join(", "));
        let Some(field) = self.take("model") else {
            problems.push(Problem::missing("model", allowed));
            return None;
        };
        let model = field.value.as_str().and_then(catalogue::model);
        match model {
            Some(model) if of_kind(&model) => Some(model),
            Some(model) => {
                problems.push(Problem::new(
                    field.path,
                    &field.value,
                    allowed,
                    Words::of(
                        format!("{} 属于 {} 类任务，与所选的类别不符。", model.id, model.kind),
                        format!(
                            "{} makes {}, which is not the kind that was asked for.",
                            model.id, model.kind
                        ),
                    ),
                ));
                None
            }
            None => {
                problems.push(Problem::new(
                    field.path,
                    &field.value,
                    allowed,
                    Words::new(
                        "没有这个模型，请核对名称的大小写和空格。",
                        "There is no such model; check its spelling, capitals and spaces.",
                    ),
                ));
                None
            }
        }
    }
}
