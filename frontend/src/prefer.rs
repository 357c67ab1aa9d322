//! What a person prefers, kept in the browser. Where storage is refused (private windows), a preference lasts
//! as long as the page.

/// The key of the language, as `boot/boot.js` reads it too.
pub const LANGUAGE: &str = "studio.language";
/// The key of the theme, as `boot/boot.js` reads it too.
pub const THEME: &str = "studio.theme";

/// What is kept under `key`.
#[must_use]
pub fn read(key: &str) -> Option<String> {
    web_sys::window()?.local_storage().ok()??.get_item(key).ok()?
}

/// Keeps `value` under `key`.
pub fn write(key: &str, value: &str) {
    if let Some(Ok(Some(storage))) = web_sys::window().map(|window| window.local_storage()) {
        let _ = storage.set_item(key, value);
    }
}

/// Forgets everything but language and theme: what was typed belongs to the member who typed it.
pub fn forget() {
    let Some(Ok(Some(storage))) = web_sys::window().map(|window| window.local_storage()) else { return };
    let all: Vec<String> = (0..storage.length().unwrap_or_default())
        .filter_map(|at| storage.key(at).ok().flatten())
        .filter(|key| key.starts_with("studio.") && key != LANGUAGE && key != THEME)
        .collect();
    for key in all {
        let _ = storage.remove_item(&key);
    }
}

/// Keeps `value` for the page that is loaded next in this tab.
pub fn hand_over(key: &str, value: &str) {
    if let Some(Ok(Some(storage))) = web_sys::window().map(|window| window.session_storage()) {
        let _ = storage.set_item(key, value);
    }
}

/// What the page before this one has kept, once.
#[must_use]
pub fn handed_over(key: &str) -> Option<String> {
    let storage = web_sys::window()?.session_storage().ok()??;
    let value = storage.get_item(key).ok()??;
    let _ = storage.remove_item(key);
    Some(value)
}

/// Sets or, with `None`, takes away an attribute of `<html>`.
pub(crate) fn mark_root(name: &str, value: Option<&str>) {
    let Some(root) = web_sys::window().and_then(|it| it.document()).and_then(|it| it.document_element())
    else {
        return;
    };
    let _ = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}
