//! What was opened in this tab, for as long as its view is good: a reload is no second view.

use serde::{Deserialize, Serialize};
use studio_shared::share::{Shared, VIEW_MS};
use studio_shared::time::Timestamp;
use web_sys::Storage;

use crate::clock;

#[derive(Serialize, Deserialize)]
struct Kept {
    until: Timestamp,
    shared: Shared,
}

fn key(id: &str) -> String {
    format!("studio.shared.{id}")
}

/// Gone with the tab.
fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// Keeps what was opened. Where storage is refused, or it is too long, a reload is another view.
pub(super) fn keep(id: &str, shared: &Shared) {
    let kept = Kept { until: clock::now().after(VIEW_MS), shared: shared.clone() };
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(&kept)) {
        let _ = storage.set_item(&key(id), &text);
    }
}

/// What was opened.
pub(super) fn recall(id: &str) -> Option<Shared> {
    let text = storage()?.get_item(&key(id)).ok()??;
    read(&text, clock::now())
}

/// It can no longer be read.
pub(super) fn forget(id: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&key(id));
    }
}

fn read(text: &str, now: Timestamp) -> Option<Shared> {
    let Kept { until, shared } = serde_json::from_str(text).ok()?;
    (now < until).then_some(shared)
}

#[cfg(test)]
mod tests {
    use studio_shared::share::Shown;

    use super::*;

    #[test]
    fn what_was_opened_is_kept_as_long_as_its_view_is_good() {
        let shared = Shared {
            title: "猫".into(),
            shown: Shown::Result,
            conversation: false,
            items: Vec::new(),
            download: false,
            view: "1.a".into(),
        };
        let kept = Kept { until: Timestamp::from_ms(5), shared: shared.clone() };
        let text = serde_json::to_string(&kept).unwrap();
        assert_eq!(read(&text, Timestamp::from_ms(4)), Some(shared));
        assert_eq!(read(&text, Timestamp::from_ms(5)), None);
        assert_eq!(read("{}", Timestamp::from_ms(0)), None);
    }
}
