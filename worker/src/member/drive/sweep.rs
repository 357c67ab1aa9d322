//! Really deleting what was deleted, once it cannot be brought back, and results that the member does not want to keep
//! any longer. Bytes go first: a row without bytes can be deleted again, bytes without a row could not.

use studio_shared::time::Timestamp;
use worker::Result;

use super::Driver;
use crate::member::entry::Entry;
use crate::waits::Waits;
use crate::{clock, media};

/// Jobs at once: their results are deleted from the bucket by one call, which takes a thousand keys.
const CHUNK: u32 = 100;

/// After a sweep that failed, the next one waits so long.
const AGAIN_MS: u64 = 60_000;

impl Driver<'_> {
    /// Deletes what is to be deleted by now, or a part of it.
    pub(super) async fn sweep(&self) -> Result<()> {
        let (book, waits) = (self.member.book(), self.config.waits);
        let deleted = book.deleted_by(ago(clock::now(), waits.undo_ms()), CHUNK)?;
        self.delete_bytes(&deleted).await?;
        for entry in &deleted {
            book.drop_rows(&entry.id)?;
            book.remove(&entry.id)?;
        }
        let Some(days) = book.retention()? else { return Ok(()) };
        let old = book.kept_by(ago(clock::now(), kept_for(waits, days)), CHUNK)?;
        self.delete_bytes(&old).await?;
        for mut entry in old {
            entry.retention_ended(days);
            if book.read(&entry.id)?.is_some() {
                self.member.save(&entry)?;
            } else {
                book.save(&entry)?; // deleted, but it may come back: nobody is told of it
            }
        }
        Ok(())
    }

    /// When the next sweep is due. `swept` tells whether the last one went well.
    pub(super) fn next_sweep(&self, swept: bool) -> Result<Option<Timestamp>> {
        let (book, waits) = (self.member.book(), self.config.waits);
        let deleted = book.first_deleted()?.map(|deleted| deleted.after(waits.undo_ms()));
        let kept = match book.retention()? {
            Some(days) => {
                book.first_kept()?.map(|kept| on_the_hour(kept.after(kept_for(waits, days)), waits))
            }
            None => None,
        };
        let next = deleted.into_iter().chain(kept).min();
        Ok(if swept { next } else { next.map(|next| next.max(clock::now().after(AGAIN_MS))) })
    }

    async fn delete_bytes(&self, entries: &[Entry]) -> Result<()> {
        if !self.config.keeps_results {
            return Ok(());
        }
        let keys =
            entries.iter().flat_map(|entry| entry.numbers().map(|n| media::key(&self.id, &entry.id, n)));
        media::delete(&self.member.env, keys.collect()).await
    }
}

fn ago(now: Timestamp, ms: u64) -> Timestamp {
    Timestamp::from_ms(now.ms().saturating_sub(ms))
}

fn kept_for(waits: Waits, days: u32) -> u64 {
    waits.day_ms().saturating_mul(days.into())
}

/// The first full hour from a moment on: results that were made one after another are deleted together.
fn on_the_hour(moment: Timestamp, waits: Waits) -> Timestamp {
    let hour = waits.day_ms().checked_div(24).unwrap_or(0).max(1);
    Timestamp::from_ms(moment.ms().div_ceil(hour).saturating_mul(hour))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_old_in_one_hour_is_deleted_together() {
        let hour = 60 * 60 * 1000;
        let due = |ms| on_the_hour(Timestamp::from_ms(ms), Waits::default()).ms();
        assert_eq!((due(1), due(hour), due(hour + 1)), (hour, hour, 2 * hour));
        assert_eq!(kept_for(Waits::default(), 3650), 315_360_000_000);
        assert_eq!(ago(Timestamp::from_ms(5), 9), Timestamp::default());
    }
}
