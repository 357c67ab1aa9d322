//! Copying results to storage before the vendor deletes them.

use studio_shared::error::{Charged, code};
use studio_shared::job::{JobError, State};
use studio_shared::time::Timestamp;
use studio_shared::words::Words;

use super::{Entry, Stored, VENDOR_KEEPS_MS, spoken};

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
    /// The bucket takes nothing: it is full, or set up wrongly, or out of order.
    Refused,
    /// There is something, but not what it should be.
    Unreadable,
}

/// How often a result that cannot be read is fetched before it is given up: a gateway may have answered instead of
/// the vendor's store.
const READS: u32 = 4;

impl Entry {
    /// The first result that still has to be copied, with its address.
    pub(in crate::member) fn next_to_collect(&self) -> Option<(u32, String)> {
        let waiting = |(_, output): &(usize, &Stored)| !output.kept && !output.here && output.error.is_none();
        let (n, output) = self.outputs.iter().enumerate().find(waiting)?;
        Some((u32::try_from(n).ok()?, output.url.clone()?))
    }

    /// The first result that lies in the object's own storage until the bucket takes it.
    pub(in crate::member) fn next_here(&self) -> Option<(u32, &Stored)> {
        (0..).zip(&self.outputs).find(|(_, output)| output.here)
    }

    /// What was spoken is in the object's own storage, because the bucket took nothing: it waits for the bucket.
    pub(in crate::member) fn wait_for_bucket(&mut self, now: Timestamp) {
        let here = self.next_here().filter(|_| self.state == State::Done);
        let Some(end) = here.map(|(_, output)| output.expires_at) else { return };
        self.error = Some(refused(end, true));
        self.state = State::Collecting;
        self.finished_at = None;
        self.again(now, 0);
    }

    /// What came of copying result `n`.
    pub(in crate::member) fn collected(&mut self, n: u32, result: Collected, now: Timestamp) {
        let output = usize::try_from(n).ok().and_then(|n| self.outputs.get_mut(n));
        let Some(output) = output else { return };
        self.error = None;
        let is_there = output.expires_at.is_none_or(|end| now < end);
        match result {
            Collected::Kept { bytes, media_type } => {
                output.kept = true;
                output.here = false;
                output.bytes = Some(bytes);
                let known = spoken::known_type(&self.request).map(str::to_owned);
                output.media_type = Some(known.unwrap_or(media_type));
                output.url = None;
                output.expires_at = None;
                self.failures = 0;
            }
            Collected::Refused if is_there => {
                self.error = Some(refused(output.expires_at, output.here));
                self.again(now, 0);
                return;
            }
            Collected::Later if is_there => {
                self.again(now, 0);
                return;
            }
            Collected::Unreadable if self.failures < READS => {
                self.again(now, 0);
                return;
            }
            Collected::Gone | Collected::Later | Collected::Refused | Collected::Unreadable => {
                output.url = None;
                output.here = false;
                output.media_type = None;
                output.expires_at = None;
                output.error = Some(match result {
                    Collected::Unreadable => unreadable(),
                    _ => expired(),
                });
            }
        }
        self.due = Some(now);
        if self.next_to_collect().is_none() && self.next_here().is_none() {
            if self.outputs.iter().any(|output| output.kept) {
                self.finish(State::Done, now);
            } else {
                let lost = self.outputs.iter().find_map(|output| output.error.clone());
                self.fail(lost.unwrap_or_else(expired), now);
            }
        }
    }
    /// Says so where a result is at risk: it could not be copied within `risk_ms`, and the vendor keeps it for
    /// [`VENDOR_KEEPS_MS`] only.
    pub(in crate::member) fn weigh_risk(&mut self, risk_ms: u64, now: Timestamp) {
        let is_waiting = |output: &&Stored| !output.kept && (output.here || output.url.is_some());
        let end = self.outputs.iter().filter(is_waiting).filter_map(|output| output.expires_at).min();
        let Some(end) = end.filter(|_| self.state == State::Collecting) else { return };
        if now.since(Timestamp::from_ms(end.ms().saturating_sub(VENDOR_KEEPS_MS))) >= risk_ms {
            let is_refused = self.error.as_ref().is_some_and(|error| error.code == code::STORAGE_REFUSED);
            self.error = Some(at_risk(end, is_refused));
        }
    }
}

/// The bucket takes nothing. Nothing is lost yet: the vendor has the result until `end`, or this object has.
fn refused(end: Option<Timestamp>, here: bool) -> JobError {
    let (where_zh, where_is) = if here {
        ("暂存在这里", "is kept here meanwhile")
    } else {
        ("还在百炼", "is still at the vendor")
    };
    let (zh, en) = end.map_or_else(Default::default, |end| {
        let end = end.in_beijing();
        (format!("，最迟到北京时间 {end}"), format!(", until {end} Beijing time at the latest"))
    });
    JobError {
        code: code::STORAGE_REFUSED.to_owned(),
        message: "the bucket takes no results".to_owned(),
        advice: Words::of(
            format!(
                "存储桶写不进去（可能已满或出错）。结果{where_zh}，恢复后会自动保存{zh}。请所有者检查 R2 存储桶；\
                 结果现在就可以下载。"
            ),
            format!(
                "The bucket takes nothing; it may be full or out of order. The result {where_is} and is stored by \
                 itself as soon as the bucket works again{en}. The owner should look at the R2 bucket; the result can be \
                 downloaded now."
            ),
        ),
        charged: Charged::Yes,
    }
}

fn at_risk(end: Timestamp, is_refused: bool) -> JobError {
    let (why_zh, why) = if is_refused {
        (
            "存储桶写不进去，请所有者检查 R2 存储桶",
            "the bucket takes nothing, and the owner should look at it",
        )
    } else {
        ("百炼的下载地址没有给出文件", "the vendor does not hand it out")
    };
    let end = end.in_beijing();
    JobError {
        code: code::RESULT_AT_RISK.to_owned(),
        message: format!("the result could not be kept: {why}"),
        advice: Words::of(
            format!(
                "结果一直未能保存：{why_zh}。百炼将在北京时间 {end} 删除它，请现在下载；这里会继续尝试保存。"
            ),
            format!(
                "The result could not be kept so far: {why}. The vendor deletes it at {end} Beijing time. Download it now; \
                 keeping it goes on being tried."
            ),
        ),
        charged: Charged::Yes,
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
