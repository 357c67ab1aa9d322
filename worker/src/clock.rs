//! The one place where the worker reads the time. What decides gets it passed in.

use studio_shared::time::Timestamp;

/// This moment.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_ms(worker::Date::now().as_millis())
}

/// A moment as the platform's date.
pub(crate) fn date(moment: Timestamp) -> js_sys::Date {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds until the year 9999 fit a double exactly")]
    let ms = moment.ms() as f64;
    js_sys::Date::new(&js_sys::Number::from(ms))
}
