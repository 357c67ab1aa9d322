//! login.

use crate::words::login::Texts;

pub(super) const TEXTS: Texts = Texts {};
