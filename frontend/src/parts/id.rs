//! Ids that tie a label to its control.

use std::sync::atomic::{AtomicU32, Ordering};

/// An id that no other element of the page has: `field-7`.
#[must_use]
pub fn unique_id(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
