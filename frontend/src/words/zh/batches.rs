//! 批量。

use crate::words::batches::Texts;

pub(super) const TEXTS: Texts = Texts { title: "批量" };
