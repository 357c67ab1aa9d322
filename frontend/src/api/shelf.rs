//! Where the results that a view shows are read.

use leptos::prelude::*;
use studio_shared::route::Path;

/// Where the results that a view shows are read: in the member's own jobs, or in what was shared. A view finds it in
/// its context; where nothing is said, they are the member's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Shelf {
    /// The member's own jobs.
    #[default]
    Own,
    /// A share that was opened.
    Shared {
        /// The share.
        id: String,
        /// What its opening gave.
        view: String,
        /// The number, in the share, of the first result of the item that is shown.
        first: u32,
        /// Whether a download is offered.
        download: bool,
    },
}

impl Shelf {
    /// Where the results around this place are read. To be asked for in a component.
    #[must_use]
    pub fn get() -> Self {
        use_context().unwrap_or_default()
    }

    /// Whether they are the member's own.
    #[must_use]
    pub const fn is_own(&self) -> bool {
        matches!(self, Self::Own)
    }

    /// Whether a download is offered.
    #[must_use]
    pub const fn offers_download(&self) -> bool {
        matches!(self, Self::Own | Self::Shared { download: true, .. })
    }

    /// The address of the bytes of a result.
    #[must_use]
    pub fn address(&self, job: &str, n: u32) -> String {
        match self {
            Self::Own => Path::Output(job, n).to_string(),
            Self::Shared { id, view, first, .. } => {
                Path::SharedOutput(id, first.saturating_add(n), view).to_string()
            }
        }
    }

    /// The address of the bytes of a result as a file to keep.
    #[must_use]
    pub fn download_address(&self, job: &str, n: u32, name: &str) -> String {
        let name: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
        let mark = if self.is_own() { '?' } else { '&' };
        format!("{}{mark}download={name}", self.address(job, n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_cannot_leave_its_place_in_the_address() {
        assert_eq!(
            Shelf::Own.download_address("a", 1, "x&y=1#.png"),
            "/api/jobs/a/outputs/1?download=x%26y%3D1%23.png"
        );
    }

    #[test]
    fn results_of_a_share_are_counted_over_all_its_items() {
        let shelf = Shelf::Shared { id: "s".into(), view: "1.a".into(), first: 3, download: false };
        assert_eq!(shelf.address("any", 1), "/api/shares/s/outputs/4?view=1.a");
        assert_eq!(
            shelf.download_address("any", 0, "a.png"),
            "/api/shares/s/outputs/3?view=1.a&download=a.png"
        );
        assert!(!shelf.offers_download() && Shelf::Own.offers_download());
    }
}
