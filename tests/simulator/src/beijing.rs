//! Beijing wall times, as the service writes and reads them (dashscope-api.md §1.4, §2.1).

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned, civil::DateTime};

fn zoned(unix_ms: u64) -> Zoned {
    let timestamp = i64::try_from(unix_ms)
        .ok()
        .and_then(|ms| Timestamp::from_millisecond(ms).ok())
        .unwrap_or(Timestamp::MAX);
    timestamp.to_zoned(zone())
}

/// China has one zone and no summer time.
fn zone() -> TimeZone {
    TimeZone::fixed(Offset::constant(8))
}

/// `2026-01-20 10:00:00.101`: no zone, milliseconds always present (§1.4).
pub fn wall(unix_ms: u64) -> String {
    zoned(unix_ms).strftime("%Y-%m-%d %H:%M:%S%.3f").to_string()
}

/// `20260120`, as in the path of a result file (§1.4).
pub fn day(unix_ms: u64) -> String {
    zoned(unix_ms).strftime("%Y%m%d").to_string()
}

/// `2026-01-20T04:05:00.000Z`, as in an upload policy (§7).
pub fn utc(unix_ms: u64) -> String {
    zoned(unix_ms).with_time_zone(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// Reads it back.
pub fn parse_utc(text: &str) -> Option<u64> {
    u64::try_from(text.parse::<Timestamp>().ok()?.as_millisecond()).ok()
}

/// Reads the list's `start_time` and `end_time`, `YYYYMMDDhhmmss` (§2.1); `None` for anything else.
pub fn parse_compact(text: &str) -> Option<u64> {
    if text.len() != 14 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let civil = DateTime::strptime("%Y%m%d%H%M%S", text).ok()?;
    let unix_ms = civil.to_zoned(zone()).ok()?.timestamp().as_millisecond();
    u64::try_from(unix_ms).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_time_is_written_in_beijing_with_milliseconds() {
        assert_eq!(wall(1_768_874_400_101), "2026-01-20 10:00:00.101");
        assert_eq!(wall(1_768_874_400_000), "2026-01-20 10:00:00.000");
        assert_eq!(
            day(1_768_838_400_000),
            "20260120",
            "midnight in Beijing is 16:00 of the day before in UTC"
        );
    }

    #[test]
    fn a_compact_time_is_read_back() {
        assert_eq!(parse_compact("20260120100000"), Some(1_768_874_400_000));
        for bad in
            ["", "2026012010000", "20261320100000", "2026-01-20 100", "20260120100000 ", "202601201000xx"]
        {
            assert_eq!(parse_compact(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_policys_time_is_utc() {
        assert_eq!(utc(1_768_874_400_101), "2026-01-20T02:00:00.101Z");
        assert_eq!(parse_utc("2026-01-20T02:00:00.101Z"), Some(1_768_874_400_101));
    }

    proptest! {
        #[test]
        fn no_text_and_no_time_panics(text in ".{0,20}", unix_ms: u64) {
            let _ = parse_compact(&text);
            prop_assert!(wall(unix_ms).len() >= 23);
        }
    }
}
