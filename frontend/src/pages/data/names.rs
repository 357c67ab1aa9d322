//! What the files of an export are called. Pure.

use crate::zip::names::ending;

/// A page, counted from 1.
pub(super) fn page(n: usize) -> String {
    format!("pages/{n:06}.json")
}

/// A result.
pub(super) fn media(job: &str, n: u32, media_type: &str) -> String {
    format!("media/{job}/{n}.{}", ending(media_type))
}

/// Whether a file is a page.
pub(super) fn is_page(name: &str) -> bool {
    name.starts_with("pages/") && name.ends_with(".json")
}

/// The job and the number of a result.
pub(super) fn of_media(name: &str) -> Option<(&str, u32)> {
    let (job, file) = name.strip_prefix("media/")?.split_once('/')?;
    let (n, _) = file.split_once('.')?;
    Some((job, n.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_back_and_others_are_nobodys() {
        assert_eq!(of_media(&media("0198-a", 3, "image/png")), Some(("0198-a", 3)));
        assert!(is_page(&page(7)) && page(7) < page(10));
        assert_eq!(
            (of_media("media/a"), of_media("pages/1.json"), of_media("media/a/x.png")),
            (None, None, None)
        );
        assert!(!is_page("media/pages/1.json"));
    }
}
