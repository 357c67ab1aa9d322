//! What of a job is in the bucket, and what is left of it when that is deleted.

use studio_shared::error::{Charged, code};
use studio_shared::job::JobError;
use studio_shared::time::Timestamp;
use studio_shared::words::Words;

use super::{Entry, Stored};

/// What of a job is in the bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::member) struct Kept {
    /// Bytes of its results.
    pub(in crate::member) bytes: u64,
    /// How many results.
    pub(in crate::member) files: u32,
    /// Since when, once no more come.
    pub(in crate::member) since: Option<Timestamp>,
}

impl Entry {
    /// What is in the bucket.
    pub(in crate::member) fn kept(&self) -> Kept {
        let kept = self.outputs.iter().filter(|output| output.kept);
        let sum = kept.fold(Kept::default(), |sum, output| Kept {
            bytes: sum.bytes.saturating_add(output.bytes.unwrap_or(0)),
            files: sum.files.saturating_add(1),
            since: None,
        });
        Kept { since: self.finished_at.filter(|_| sum.files > 0), ..sum }
    }

    /// The numbers of its results: also of those that are not kept, since a crash may have come between their bytes and
    /// the row that tells of them.
    pub(in crate::member) fn numbers(&self) -> impl Iterator<Item = u32> {
        (0..).zip(&self.outputs).map(|(n, _)| n)
    }

    /// Its results were deleted after so many days, as the member wishes. The job stays, with what it cost.
    pub(in crate::member) fn retention_ended(&mut self, days: u32) {
        for output in self.outputs.iter_mut().filter(|output| output.kept) {
            *output = Stored {
                orig_prompt: output.orig_prompt.take(),
                actual_prompt: output.actual_prompt.take(),
                error: Some(ended(days)),
                ..Stored::default()
            };
        }
    }
}

fn ended(days: u32) -> JobError {
    JobError {
        code: code::RETENTION_ENDED.to_owned(),
        message: format!("the result was deleted here after {days} days"),
        advice: Words::of(
            format!("按保留期限（{days} 天），结果已删除；任务与费用记录还在。需要时用相同的设置重新生成。"),
            format!(
                "The result was deleted after {days} days, as the storage setting asks; the job and its cost stay. Make it \
                 again with the same settings if you need it."
            ),
        ),
        charged: Charged::Yes,
    }
}
