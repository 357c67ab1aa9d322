//! What a person asked for: read from JSON, checked against the catalogue, defaults filled in.
//!
//! Two forms are read and mean the same: the flat one, as the entries of a batch file,
//! `{"kind":"image","model":…,"prompt":…,"size":…}`, and the reference page's own,
//! `{"model":…,"input":{"prompt":…},"parameters":{"size":…}}`.

mod check;
mod fields;
mod image;

pub use image::ImageRequest;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::catalogue::{self, Price};
use crate::json;
use crate::kind::Kind;
use crate::money::Money;
use crate::problem::Problem;
use crate::words::Words;
use check::Checked;
use fields::Fields;

/// A checked request for one piece of work, with every default filled in. Written flat, tagged with `kind`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Request {
    /// Text to image.
    Image(ImageRequest),
}

impl Request {
    /// Reads a request from the bytes of a body.
    ///
    /// # Errors
    /// All problems at once.
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        let value = json::read(bytes).map_err(|problem| vec![problem])?;
        Self::from_value(value)
    }

    /// Reads a request from JSON.
    ///
    /// # Errors
    /// All problems at once: missing, unknown and doubly given fields, wrong types, values out of range.
    pub fn from_value(value: Value) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut fields = Fields::flatten(value, &mut problems);
        let kind = fields.kind(&mut problems);
        let Some(model) = fields.model(kind, &mut problems) else {
            return Err(problems);
        };
        let checked = Checked::read(model, fields, &mut problems);
        match model.kind {
            Kind::Image => {
                let image = ImageRequest::from_checked(model, &checked);
                if problems.is_empty() { Ok(Self::Image(image)) } else { Err(problems) }
            }
            other => {
                problems.push(Problem::new(
                    "kind",
                    &Value::from(other.as_str()),
                    Words::new("image", "image"),
                    Words::of(
                        format!("{other} 尚未开放，目前只能生成图片。"),
                        format!("{other} is not offered yet; this version makes images."),
                    ),
                ));
                Err(problems)
            }
        }
    }

    /// The kind of work.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Image(_) => Kind::Image,
        }
    }

    /// The model's name as the person wrote it.
    #[must_use]
    pub fn model(&self) -> &str {
        match self {
            Self::Image(image) => &image.model,
        }
    }

    /// The main text: what lists show and search looks through.
    #[must_use]
    pub fn prompt(&self) -> &str {
        match self {
            Self::Image(image) => &image.prompt,
        }
    }

    /// What the request costs if everything comes out.
    #[must_use]
    pub fn price(&self) -> Money {
        match self {
            Self::Image(image) => self.price_of(image.n),
        }
    }

    /// What so many results of the request cost.
    #[must_use]
    pub fn price_of(&self, count: u32) -> Money {
        match catalogue::model(self.model()).map(|model| model.price) {
            Some(Price::Image { cny }) => cny.times(count),
            _ => Money::ZERO,
        }
    }
}

#[cfg(test)]
mod tests;
