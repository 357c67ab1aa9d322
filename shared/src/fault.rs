//! What the vendor's errors mean and what to do about each (`dashscope-api.md` §8).

mod recording;
mod table;

use crate::words::{Label, Words};
use recording::RECORDINGS;
use table::FAULTS;

/// Whether the same call may be sent again after an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Yes, after a pause.
    Yes,
    /// No: it would fail the same way.
    No,
    /// Once, or after the person has changed something.
    Once,
}

/// One error of the vendor's catalogue.
#[derive(Debug)]
pub struct Fault {
    /// The HTTP status it comes with; 0 where it comes over a socket or is not the live service's.
    pub status: u16,
    /// Its codes: the native one first, then its twins on OpenAI-style paths.
    pub codes: &'static [&'static str],
    /// How its message begins, where one code means several things; else empty.
    pub says: &'static str,
    /// Whether to send again.
    pub retry: Retry,
    /// What happened.
    pub what: Label,
    /// What to do.
    pub advice: Label,
}

/// What a code means. The code is read first, then the status, the message last, because messages change
/// their wording (`dashscope-api.md` §8.1); `status` 0 where there was none (a failed task).
#[must_use]
pub fn find(code: &str, status: u16, message: &str) -> Option<&'static Fault> {
    let known = || FAULTS.iter().chain(&RECORDINGS).filter(|fault| fault.codes.contains(&code));
    known()
        .find(|fault| !fault.says.is_empty() && message.starts_with(fault.says))
        .or_else(|| known().find(|fault| fault.says.is_empty() && fault.status == status))
        .or_else(|| known().find(|fault| fault.says.is_empty()))
        .or_else(|| known().next())
}

/// Money, not speed: a 429 that no waiting mends (`dashscope-api.md` §8.1).
#[must_use]
pub fn is_throttling(status: u16, code: &str, message: &str) -> bool {
    status == 429
        && !message.starts_with("Free allocated quota exceeded.")
        && find(code, status, message).is_none_or(|fault| fault.retry != Retry::No)
}

/// What happened, where the vendor's catalogue knows the code.
#[must_use]
pub fn what(code: &str, status: u16, message: &str) -> Option<Words> {
    find(code, status, message).map(|fault| fault.what.into())
}

/// What to do about an error of the vendor, also one that its catalogue does not know.
#[must_use]
pub fn advice(code: &str, status: u16, message: &str) -> Words {
    if let Some(fault) = find(code, status, message) {
        return fault.advice.into();
    }
    match status {
        401 | 403 => Words::new("检查密钥、权限和地域", "Check the key, its rights and its region."),
        429 => Words::new("放慢速度，稍后再试", "Slow down and try again later."),
        400..=499 => Words::new("按提示修改后再提交", "Change what the message names, then submit again."),
        500..=599 => Words::new("服务出错，稍后重试", "The service is at fault; try again later."),
        _ => Words::new("重试；仍失败请联系技术支持", "Try again; if it keeps failing, contact support."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_catalogue_is_found_by_each_of_its_codes() {
        assert_eq!(FAULTS.len(), 66);
        for row in FAULTS.iter().chain(&RECORDINGS) {
            for code in row.codes {
                let found = find(code, row.status, row.says).unwrap();
                assert_eq!(found.status, row.status, "{code}");
                assert_eq!(found.says, row.says, "{code}");
            }
            for label in [row.what, row.advice] {
                assert!(!label.zh.is_empty() && label.en.ends_with('.'), "{:?}", row.codes);
            }
        }
    }

    #[test]
    fn one_code_with_several_meanings_is_told_apart_by_its_message() {
        let model = find("InvalidParameter", 400, "Model not exist.").unwrap();
        let size = find("InvalidParameter", 400, "Range of n should be [1, 4]").unwrap();
        assert!(model.advice.en.contains("region"), "{model:?}");
        assert!(size.advice.en.contains("range"), "{size:?}");
    }

    #[test]
    fn a_429_about_money_is_no_throttling() {
        assert!(is_throttling(
            429,
            "Throttling.RateQuota",
            "Requests rate limit exceeded, please try again later."
        ));
        assert!(is_throttling(429, "SomethingNew", ""));
        assert!(!is_throttling(429, "PrepaidBillOverdue", "The prepaid bill is overdue."));
        assert!(!is_throttling(429, "Throttling.AllocationQuota", "Free allocated quota exceeded."));
        assert!(!is_throttling(500, "InternalError", ""));
    }

    #[test]
    fn an_unknown_code_still_has_an_advice() {
        for status in [0, 200, 400, 401, 418, 429, 500, 503] {
            assert!(!advice("NeverSeen", status, "").zh.is_empty());
        }
    }
}
