//! create.

use crate::words::create::Texts;

pub(super) const TEXTS: Texts = Texts {};
