//! Batches.

use crate::words::batches::Texts;

pub(super) const TEXTS: Texts = Texts { title: "Batches" };
