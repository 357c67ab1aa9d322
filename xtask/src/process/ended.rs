//! A child that was to live on.

use std::fmt;
use std::process::ExitStatus;

use crate::text;

/// A child has ended by itself. An error of its own type, since it may be worth starting the child again.
#[derive(Clone, Debug)]
pub struct Ended {
    name: String,
    status: ExitStatus,
    cause: Option<String>,
    gist: String,
}

impl Ended {
    pub(super) fn new(name: &str, status: ExitStatus, output: &str) -> Self {
        let (cause, gist) = (text::first_error(output), text::gist(output, 30));
        Self { name: name.to_owned(), status, cause, gist }
    }

    /// The same in one line.
    pub fn line(&self) -> String {
        let cause = self.cause.as_ref().map(|cause| format!(": {cause}")).unwrap_or_default();
        format!("{} ended by itself ({}){cause}", self.name, self.status)
    }
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ended by itself ({}); of what it said:\n{}", self.name, self.status, self.gist)
    }
}

impl std::error::Error for Ended {}
