//! Chance, from the browser's own source.

use leptos::leptos_dom::helpers::window;

/// Sixteen random bytes; zeros where the browser has no source of chance.
fn bytes() -> [u8; 16] {
    let mut bytes = [0; 16];
    if let Ok(crypto) = window().crypto() {
        // A refusal leaves zeros; there is nothing better to fall back to.
        drop(crypto.get_random_values_with_u8_array(&mut bytes));
    }
    bytes
}

/// A key that no other submission has.
#[must_use]
pub fn key() -> String {
    format!("{:032x}", u128::from_be_bytes(bytes()))
}

/// A whole number from `min` to `max`, both included.
#[must_use]
pub fn between(min: i64, max: i64) -> i64 {
    let span = u128::from(max.abs_diff(min)).saturating_add(1);
    let offset = u128::from_be_bytes(bytes()).checked_rem(span).unwrap_or_default();
    i64::try_from(offset).map_or(min, |offset| min.saturating_add(offset))
}
