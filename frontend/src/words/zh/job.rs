//! job.

use crate::words::job::Texts;

pub(super) const TEXTS: Texts = Texts {};
