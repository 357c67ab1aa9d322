//! A field that may be absent, `null`, or there: for changes, where absent is "as it is" and `null` is "none".

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes the value, or `null`; absent fields are left out by `skip_serializing_if`.
///
/// # Errors
/// As the serializer's.
pub fn serialize<T: Serialize, S: Serializer>(
    value: &Option<Option<T>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    value.as_ref().and_then(Option::as_ref).serialize(serializer)
}

/// Reads a field that is there; `default` is for the absent one.
///
/// # Errors
/// Neither `null` nor a value.
pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
