//! Copying results to storage before the vendor deletes them.

use studio_shared::error::{Charged, code};
use studio_shared::job::{JobError, State};
use studio_shared::time::Timestamp;
use studio_shared::words::Words;

use super::{Entry, spoken};

/// What came of copying one result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::member) enum Collected {
    /// Its bytes are in the bucket.
    Kept {
        /// How many.
        bytes: u64,
        /// Of which type.
        media_type: String,
    },
    /// The vendor's link is dead.
    Gone,
    /// Not this time.
    Later,
    /// There is something, but not what it should be.
    Unreadable,
}

/// How often a result that cannot be read is fetched before it is given up: a gateway may have answered instead of
/// the vendor's store.
const READS: u32 = 4;

impl Entry {
    /// The first result that still has to be copied, with its address.
    pub(in crate::member) fn next_to_collect(&self) -> Option<(u32, String)> {
        let waiting = |(_, output): &(usize, &super::Stored)| !output.kept && output.error.is_none();
        let (n, output) = self.outputs.iter().enumerate().find(waiting)?;
        Some((u32::try_from(n).ok()?, output.url.clone()?))
    }

    /// What came of copying result `n`.
    pub(in crate::member) fn collected(&mut self, n: u32, result: Collected, now: Timestamp) {
        let output = usize::try_from(n).ok().and_then(|n| self.outputs.get_mut(n));
        let Some(output) = output else { return };
        match result {
            Collected::Kept { bytes, media_type } => {
                output.kept = true;
                output.bytes = Some(bytes);
                let known = spoken::known_type(&self.request).map(str::to_owned);
                output.media_type = Some(known.unwrap_or(media_type));
                output.url = None;
                output.expires_at = None;
                self.failures = 0;
            }
            Collected::Later if output.expires_at.is_none_or(|end| now < end) => {
                self.again(now, 0);
                return;
            }
            Collected::Unreadable if self.failures < READS => {
                self.again(now, 0);
                return;
            }
            Collected::Gone | Collected::Later | Collected::Unreadable => {
                output.url = None;
                output.media_type = None;
                output.expires_at = None;
                output.error = Some(match result {
                    Collected::Unreadable => unreadable(),
                    _ => expired(),
                });
            }
        }
        self.due = Some(now);
        if self.next_to_collect().is_none() {
            if self.outputs.iter().any(|output| output.kept) {
                self.finish(State::Done, now);
            } else {
                let lost = self.outputs.iter().find_map(|output| output.error.clone());
                self.fail(lost.unwrap_or_else(expired), now);
            }
        }
    }
}

fn unreadable() -> JobError {
    JobError {
        code: code::RESULT_UNREADABLE.to_owned(),
        message: "the vendor's document is not what it should be".to_owned(),
        advice: Words::new(
            "百炼给出的结果无法读取。请重新提交；反复出现请联系所有者。",
            "What the vendor gave cannot be read. Submit it again; tell the owner if it keeps happening.",
        ),
        charged: Charged::Yes,
    }
}

fn expired() -> JobError {
    JobError {
        code: code::RESULT_EXPIRED.to_owned(),
        message: "the vendor deleted the result before it could be copied".to_owned(),
        advice: Words::new(
            "结果在保存之前已被百炼删除。请用相同的设置重新生成。",
            "The vendor deleted the result before it could be kept. Make it again with the same settings.",
        ),
        charged: Charged::Yes,
    }
}
