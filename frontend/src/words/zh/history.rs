//! history.

use crate::words::history::Texts;

pub(super) const TEXTS: Texts = Texts {};
