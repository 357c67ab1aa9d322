//! The small values that are written otherwise than they are held.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::day::Day;
use crate::error::Charged;
use crate::money::Money;
use crate::size::Size;
use crate::time::Timestamp;

/// The schema of a value by its name.
macro_rules! value {
    ($type:ty, $name:literal, $($schema:tt)+) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                Cow::Borrowed($name)
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($($schema)+)
            }
        }
    };
}

value!(Money, "Money", {
    "type": "string",
    "pattern": "^-?[0-9]{1,10}([.][0-9]{1,9})?$",
    "description": "An amount in CNY, as a decimal text such as \"0.14\".",
});
value!(Timestamp, "Timestamp", {
    "type": "string",
    "format": "date-time",
    "description": "A moment, RFC 3339 in UTC, such as 2026-01-20T02:00:00.101Z.",
});
value!(Day, "Day", {
    "type": "string",
    "format": "date",
    "description": "A day in Beijing, such as 2026-11-22.",
});
value!(Size, "Size", {
    "type": "string",
    "pattern": "^[0-9]{1,5}[*][0-9]{1,5}$",
    "description": "Width and height in pixels, such as 1024*1024.",
});
value!(Charged, "Charged", {
    "type": ["boolean", "null"],
    "description": "Whether money was spent; null where it is not known.",
});
