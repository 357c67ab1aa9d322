//! Releasing the entries of batches, a few at a time.

use std::time::Duration;

use futures_util::future::LocalBoxFuture;
use worker::{Delay, Result};

use super::{Driver, Flight};
use crate::member::entry::Entry;
use crate::member::{batches, purse};

impl Driver<'_> {
    /// Releases what can be of the first batch that has something to release.
    pub(super) fn release(&self) -> Result<Option<LocalBoxFuture<'_, Flight>>> {
        let Some((id, held)) = batches::to_release(&self.member.book())? else { return Ok(None) };
        Ok(Some(Box::pin(async move {
            let result = self.release_once(&id, held).await;
            if result.is_err() {
                Delay::from(Duration::from_secs(1)).await; // the Studio is away; they stay held
            }
            Flight::Released(result)
        })))
    }

    /// Reserves the money of these entries and releases them as far as the budgets allow. Nothing awaits between the
    /// release and what a person did to the batch meanwhile.
    async fn release_once(&self, id: &str, held: Vec<Entry>) -> Result<()> {
        let (_, refused) = purse::release(self.member, held).await?;
        batches::released(self.member, id, refused)
    }
}

/// In a moment: a batch that was told just now is told again only then.
pub(super) fn soon<'a>() -> LocalBoxFuture<'a, Flight> {
    Box::pin(async {
        Delay::from(Duration::from_millis(250)).await;
        Flight::News
    })
}
