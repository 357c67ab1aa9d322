//! Something that is asked for again and again: what was answered last stays in sight meanwhile.

use std::future::Future;

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use crate::api::Failure;

/// What was answered last.
pub(crate) struct Load<T: Send + Sync + 'static> {
    /// What was answered.
    pub(crate) value: RwSignal<Option<T>>,
    /// Why there was no answer the last time.
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// Whether an answer is awaited.
    pub(crate) is_asking: RwSignal<bool>,
    question: StoredValue<u32>,
}

impl<T: Send + Sync + 'static> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Load<T> {}

impl<T: Send + Sync + 'static> Load<T> {
    pub(crate) fn new() -> Self {
        Self {
            value: RwSignal::new(None),
            failure: RwSignal::new(None),
            is_asking: RwSignal::new(false),
            question: StoredValue::new(0),
        }
    }

    /// Asks; only the newest question counts.
    pub(crate) fn ask(self, answer: impl Future<Output = Result<T, Failure>> + 'static) {
        let question = self.question.with_value(|question| question.wrapping_add(1));
        self.question.set_value(question);
        self.is_asking.set(true);
        spawn_local_scoped_with_cancellation(async move {
            let answer = answer.await;
            if self.question.try_get_value() != Some(question) {
                return;
            }
            match answer {
                Ok(value) => {
                    self.failure.try_set(None);
                    self.value.try_set(Some(value));
                }
                Err(failure) => {
                    self.failure.try_set(Some(failure));
                }
            }
            self.is_asking.try_set(false);
        });
    }
}
