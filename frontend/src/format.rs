//! Money, lengths, durations and moments as people read them. Pure but for [`absolute`], which asks the
//! browser for its time zone.

use js_sys::{Date, Intl, Object, Reflect};
use studio_shared::money::Money;
use studio_shared::time::Timestamp;
use studio_shared::words::Language;
use wasm_bindgen::{JsCast, JsValue};

use crate::words::texts;

/// An amount: `¥0.14`.
#[must_use]
pub fn money(amount: Money) -> String {
    let text = amount.to_string();
    text.strip_prefix('-').map_or_else(|| format!("¥{text}"), |rest| format!("-¥{rest}"))
}

/// An amount as a sum is read: four decimals at most, rounded; what is less than that is said to be.
#[must_use]
pub fn money_short(amount: Money) -> String {
    const LEAST: i64 = 100_000;
    match amount.nano() {
        1..LEAST => format!("<{}", money(Money::from_nano(LEAST))),
        nano => money(Money::from_nano(nano.saturating_add(LEAST / 2) / LEAST * LEAST)),
    }
}

/// A price before the work is done: `¥0.14`, or `¥0.14–0.56` where it is not known exactly.
#[must_use]
pub fn money_range(low: Money, high: Money) -> String {
    if low == high { money(low) } else { format!("{}–{high}", money(low)) }
}

/// A duration as a clock shows it: `0:12`, `12:05`, `1:02:03`.
#[must_use]
pub fn elapsed(ms: u64) -> String {
    let (hours, minutes, seconds) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// The same duration in words, for those who hear it.
#[must_use]
pub fn elapsed_spoken(ms: u64, language: Language) -> String {
    (texts(language).parts.spoken)(ms / 60_000, ms / 1000 % 60)
}

/// A length in bytes: `512 B`, `1.4 MB`, in steps of a thousand.
#[must_use]
pub fn bytes(length: u64) -> String {
    if length < 1000 {
        return format!("{length} B");
    }
    let mut tenths = length / 100;
    let mut units = ["kB", "MB", "GB"].into_iter();
    let unit = loop {
        let Some(unit) = units.next() else { break "TB" };
        if tenths < 10_000 {
            break unit;
        }
        tenths /= 1000;
    };
    match tenths {
        0..100 => format!("{}.{} {unit}", tenths / 10, tenths % 10),
        _ => format!("{} {unit}", tenths / 10),
    }
}

/// A whole number with a comma between groups of three digits: `2,000,000`.
#[must_use]
pub fn count(number: u64) -> String {
    let mut rest = number;
    let mut groups = Vec::new();
    while rest >= 1000 {
        groups.push(format!(",{:03}", rest % 1000));
        rest /= 1000;
    }
    groups.push(rest.to_string());
    groups.reverse();
    groups.concat()
}

/// How long ago a moment was: "3 minutes ago"; from a week on, its date and time.
#[must_use]
pub fn relative(moment: Timestamp, now: Timestamp, language: Language) -> String {
    recent(now.since(moment), language).unwrap_or_else(|| absolute(moment, language))
}

fn recent(ago_ms: u64, language: Language) -> Option<String> {
    let words = &texts(language).parts;
    let minutes = ago_ms / 60_000;
    match minutes {
        0 => Some(words.just_now.to_owned()),
        1..60 => Some((words.minutes_ago)(minutes)),
        60..1440 => Some((words.hours_ago)(minutes / 60)),
        1440..10_080 => Some((words.days_ago)(minutes / 1440)),
        _ => None,
    }
}

/// Date and time in the reader's time zone: `2026-01-20 10:00:00`.
#[must_use]
pub fn absolute(moment: Timestamp, language: Language) -> String {
    // Milliseconds of this age of the world are exact in a double.
    #[allow(clippy::cast_precision_loss)]
    let date = Date::new(&JsValue::from_f64(moment.ms() as f64));
    let options = Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "medium")] {
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    let format = Intl::DateTimeFormat::new(&[JsValue::from_str(language.tag())].iter().collect(), &options);
    format
        .format()
        .call1(&JsValue::UNDEFINED, &date)
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_else(|| String::from(date.to_iso_string().unchecked_into::<js_sys::JsString>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_shown_as_on_a_clock() {
        assert_eq!(elapsed(999), "0:00");
        assert_eq!(elapsed(12_400), "0:12");
        assert_eq!(elapsed(725_000), "12:05");
        assert_eq!(elapsed(3_723_000), "1:02:03");
        assert_eq!(elapsed_spoken(61_000, Language::En), "1 minute 1 second");
        assert_eq!(elapsed_spoken(61_000, Language::Zh), "1 分 1 秒");
    }

    #[test]
    fn lengths_have_two_or_more_digits_that_count() {
        assert_eq!(bytes(0), "0 B");
        assert_eq!(bytes(999), "999 B");
        assert_eq!(bytes(1_000), "1.0 kB");
        assert_eq!(bytes(14_200), "14 kB");
        assert_eq!(bytes(1_440_000), "1.4 MB");
        assert_eq!(bytes(999_999), "999 kB");
        assert_eq!(bytes(u64::MAX), "18446744 TB");
    }

    #[test]
    fn counts_are_grouped_by_three() {
        assert_eq!(count(7), "7");
        assert_eq!(count(1_024), "1,024");
        assert_eq!(count(2_000_000), "2,000,000");
    }

    #[test]
    fn amounts_carry_their_sign_before_the_mark() {
        assert_eq!(money(Money::from_fen(14)), "¥0.14");
        assert_eq!(money(Money::from_fen(-14)), "-¥0.14");
        assert_eq!(money_range(Money::from_fen(14), Money::from_fen(56)), "¥0.14–0.56");
        assert_eq!(money_range(Money::ZERO, Money::ZERO), "¥0.00");
    }

    #[test]
    fn sums_are_read_with_four_decimals() {
        let short = |text: &str| money_short(text.parse().unwrap());
        assert_eq!(short("3.7809114"), "¥3.7809");
        assert_eq!(short("3.78095"), "¥3.781");
        assert_eq!(short("20"), "¥20.00");
        assert_eq!(short("0.0000003"), "<¥0.0001");
        assert_eq!(short("0"), "¥0.00");
    }

    #[test]
    fn what_is_recent_is_told_by_its_age() {
        assert_eq!(recent(59_000, Language::Zh).as_deref(), Some("刚刚"));
        assert_eq!(recent(61_000, Language::En).as_deref(), Some("1 minute ago"));
        assert_eq!(recent(7_200_000, Language::Zh).as_deref(), Some("2 小时前"));
        assert_eq!(recent(86_400_000 * 6, Language::En).as_deref(), Some("6 days ago"));
        assert_eq!(recent(86_400_000 * 7, Language::En), None);
    }
}
