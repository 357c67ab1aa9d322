//! Many running tasks are asked about by the list: one call tells of a hundred. Only those that it does not show as
//! running or queued are polled, since they have come to their end.

use std::collections::HashMap;

use futures_util::future::LocalBoxFuture;
use studio_shared::job::State;
use studio_shared::time::Timestamp;
use worker::Result;

use super::{Driver, Flight};
use crate::clock;
use crate::dashscope::{Query, TaskStatus};
use crate::member::entry::{Entry, VENDOR_KEEPS_MS};
use crate::pacer::Lane;

/// From so many on the list is asked.
const MANY: usize = 5;

/// What is due so soon is asked about at once with the others.
const SOON_MS: u64 = 2_500;

/// Tasks that one look at the list may tell of.
const MOST: u32 = 200;

/// Pages of the list that are read at most, of a hundred tasks.
const PAGES: u32 = 3;

/// The list is asked for tasks from so long before the oldest was accepted.
const BEFORE_MS: u64 = 60_000;

impl<'a> Driver<'a> {
    /// A look at the list, where many running tasks are due that it can tell of.
    pub(super) fn ask_the_list(&'a self, now: Timestamp) -> Result<Option<LocalBoxFuture<'a, Flight>>> {
        if self.listing.get() || self.member.book().due(now, 1)?.is_empty() {
            return Ok(None);
        }
        let mut many = self.member.book().due(now.after(SOON_MS), MOST)?;
        many.retain(|entry| self.is_for_the_list(entry));
        if many.len() < MANY || !many.iter().any(|entry| entry.due.is_some_and(|due| due <= now)) {
            return Ok(None);
        }
        self.listing.set(true);
        self.listed.borrow_mut().extend(many.iter().map(|entry| entry.id.clone()));
        Ok(Some(Box::pin(async move {
            let result = self.read_the_list(many).await;
            self.listing.set(false);
            Flight::Listed(result)
        })))
    }

    fn is_for_the_list(&self, entry: &Entry) -> bool {
        entry.state == State::Running
            && entry.task_id.is_some()
            && !entry.is_unconfirmed()
            && !self.singly.borrow().contains(&entry.id)
    }

    async fn read_the_list(&self, many: Vec<Entry>) -> Result<()> {
        let first = many.iter().filter_map(|entry| entry.accepted_at).min();
        let from = first.map(|first| Timestamp::from_ms(first.ms().saturating_sub(BEFORE_MS)));
        // The list tells of a day at most; what is older is polled.
        let from = from.filter(|from| clock::now().since(*from) < VENDOR_KEEPS_MS);
        let mut left: HashMap<String, Entry> =
            many.iter().filter_map(|entry| Some((entry.task_id.clone()?, entry.clone()))).collect();
        let mut result = Ok(());
        for status in [TaskStatus::Running, TaskStatus::Pending] {
            let asked = left.values().any(|entry| status == TaskStatus::Running || entry.pending_there);
            if result.is_ok() && asked && from.is_some() {
                result = self.read_pages(from, status, &mut left).await;
            }
        }
        self.singly.borrow_mut().extend(left.into_values().map(|entry| entry.id));
        let mut listed = self.listed.borrow_mut();
        for entry in &many {
            listed.remove(&entry.id);
        }
        result
    }

    /// Reads the tasks in one state, and takes out those that were asked for.
    async fn read_pages(
        &self,
        from: Option<Timestamp>,
        status: TaskStatus,
        left: &mut HashMap<String, Entry>,
    ) -> Result<()> {
        let query = Query { from, status: Some(status), ..Query::default() };
        let mut seen = 0_usize;
        for page in 1..=PAGES {
            self.permit_for(Lane::List).await?;
            let Ok(page) = self.client.list(&query, page).await else { return Ok(()) };
            seen = seen.saturating_add(page.tasks.len());
            for row in page.tasks.iter().filter(|row| row.status == status) {
                if let Some(entry) = left.remove(&row.task) {
                    self.change(&entry.id, State::Running, |entry, now| entry.still(status, now))?;
                }
            }
            let more = page.total.is_none_or(|total| u64::try_from(seen).is_ok_and(|seen| seen < total));
            if left.is_empty() || page.tasks.is_empty() || !more {
                return Ok(());
            }
        }
        Ok(())
    }
}
