//! From the queue to the vendor.

use studio_shared::error::Charged;
use studio_shared::job::State;
use studio_shared::money::Money;
use studio_shared::time::Timestamp;

use super::{Entry, pause};
use crate::dashscope::Create;

impl Entry {
    /// About to be sent. Stored before the request leaves, so that a crash is noticed.
    pub(in crate::member) fn submitting(&mut self, now: Timestamp) {
        self.state = State::Submitting;
        self.sent_at = Some(now);
        self.due = None;
        self.error = None;
    }

    /// What the vendor said to the creation. `keeps` tells whether results are copied to a bucket.
    pub(in crate::member) fn submitted(&mut self, answer: Create, keeps: bool, now: Timestamp) {
        match answer {
            Create::Accepted { task_id, request_id } => {
                self.state = State::Running;
                self.task_id = Some(task_id);
                self.request_id = request_id;
                self.accepted_at = Some(now);
                self.pending_there = true;
                self.failures = 0;
                self.due = Some(now.after(pause::before_poll(self.kind(), 0)));
            }
            Create::Finished { task, request_id } => {
                self.request_id = request_id;
                self.accepted_at = Some(now);
                self.failures = 0;
                self.succeeded(task, keeps, now);
            }
            Create::Refused(fault) => {
                self.request_id.clone_from(&fault.request_id);
                self.actual = Some(Money::ZERO);
                self.fail(fault.job_error(Charged::No), now);
            }
            Create::Later { fault, retry_after_ms } => {
                self.state = State::Queued;
                self.error = Some(fault.job_error(Charged::No));
                self.again(now, retry_after_ms.unwrap_or(0));
            }
            Create::Lost(why) => self.lost(&why, now),
        }
    }

    /// Found in `submitting` by a driver that did not send it: the worker stopped in between, and nobody knows
    /// whether the request arrived.
    pub(in crate::member) fn interrupted(&mut self, now: Timestamp) {
        if self.is_looked_for() {
            return; // and is looked for again when it is due
        }
        if self.upload.is_under_way {
            return self.upload_again(None, now); // no creation had left
        }
        self.lost("the worker stopped while the creation was being sent", now);
    }
}
