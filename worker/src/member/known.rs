//! What a member knows of the vendor's tasks, for another one that looks for a lost creation.

use serde::{Deserialize, Serialize};
use studio_shared::catalogue;
use studio_shared::live::Settings;
use studio_shared::request::Request;
use studio_shared::time::Timestamp;
use worker::Result;

use super::Member;
use super::entry::{Entry, Sought, VENDOR_KEEPS_MS};

/// What is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Asked {
    /// Which of these tasks are yours?
    pub(crate) tasks: Vec<String>,
    /// The model, by its live name.
    pub(crate) model: String,
}

/// What is known.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Known {
    /// Of the asked tasks, these were made by one's own jobs.
    pub(crate) tasks: Vec<String>,
    /// A creation of the model is being sent, and its task may be in the list already.
    pub(crate) in_flight: bool,
    /// Creations of the model whose answer was lost, too.
    pub(in crate::member) lost: Vec<Sought>,
}

impl Member {
    /// What this member knows.
    pub(super) fn known(&self, asked: &Asked, settings: Settings, now: Timestamp) -> Result<Known> {
        let book = self.book();
        let mut known = Known::default();
        for task in &asked.tasks {
            if book.knows_task(task)? {
                known.tasks.push(task.clone());
            }
        }
        let is_asked = |entry: &Entry| live_name(&entry.request, settings) == Some(asked.model.as_str());
        let submitting = book.submitting()?.into_iter().filter(is_asked);
        let (lost, sent): (Vec<_>, Vec<_>) = submitting.partition(Entry::is_looked_for);
        known.in_flight = sent.iter().any(|entry| !entry.upload.is_under_way);
        // What was queued for a day and sent this morning is older than what the vendor remembers.
        let after = Timestamp::from_ms(now.ms().saturating_sub(VENDOR_KEEPS_MS.saturating_mul(2)));
        let unsure: Vec<Entry> = book.unsure(after)?.into_iter().filter(is_asked).collect();
        known.lost = lost.iter().chain(&unsure).filter_map(Entry::sought).collect();
        Ok(known)
    }
}

/// What the vendor calls the model of a request; nothing, where the region does not offer it.
pub(super) fn live_name(request: &Request, settings: Settings) -> Option<&'static str> {
    catalogue::model(request.model())?.live_name(settings.region)
}
