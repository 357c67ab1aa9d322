//! What is shared. Pure.

use studio_shared::job::Job;
use studio_shared::share::{Branch, Chosen, NewShare, Shown};

use crate::pages::job::facts::is_there;
use crate::place;

/// What is shared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Subject {
    items: Vec<Chosen>,
    conversation: Option<Branch>,
    /// The results of the only job, where there are several to choose from.
    pub(super) outputs: Vec<u32>,
    /// The address that opens a form filled with the settings of the only job.
    pub(super) recipe: Option<String>,
    /// What it may be called.
    pub(super) title: String,
}

impl Subject {
    /// One job.
    pub(crate) fn job(job: &Job) -> Self {
        let there = job.outputs.iter().filter(|output| is_there(output)).map(|output| output.n);
        // The words of a speech are a result too, but nobody shares them alone.
        let outputs: Vec<u32> = match job.kind {
            studio_shared::kind::Kind::Image => there.collect(),
            _ => Vec::new(),
        };
        Self {
            items: vec![chosen(job)],
            outputs: if outputs.len() > 1 { outputs } else { Vec::new() },
            recipe: Some(place::recipe(&job.request)),
            ..Self::default()
        }
    }

    /// Several jobs, in their order.
    pub(crate) fn jobs(jobs: &[Job]) -> Self {
        match jobs {
            [job] => Self::job(job),
            jobs => Self { items: jobs.iter().map(chosen).collect(), ..Self::default() },
        }
    }

    /// A conversation, from its first turn to `last`.
    pub(crate) fn conversation(id: String, last: String, title: String) -> Self {
        Self { conversation: Some(Branch { id, last }), title, ..Self::default() }
    }

    /// How many jobs were chosen; a conversation counts as one.
    pub(super) fn count(&self) -> usize {
        self.items.len().saturating_add(usize::from(self.conversation.is_some()))
    }

    /// What can be shown of it.
    pub(super) const fn ways(&self) -> &'static [Shown] {
        match self.conversation {
            Some(_) => &[Shown::Result, Shown::Both],
            None => &[Shown::Result, Shown::Both, Shown::Recipe],
        }
    }

    /// The share of it that shows `shown`, of the only job the results `outputs`; its terms are still to be set.
    pub(super) fn share(&self, shown: Shown, outputs: &[u32]) -> NewShare {
        let mut items = self.items.clone();
        if let [only] = items.as_mut_slice()
            && shown.results()
            && !self.outputs.is_empty()
            && outputs != self.outputs
        {
            only.outputs = Some(outputs.to_vec());
        }
        NewShare { items, conversation: self.conversation.clone(), shown, ..NewShare::default() }
    }
}

fn chosen(job: &Job) -> Chosen {
    Chosen { job: job.id.clone(), outputs: None }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use studio_shared::job::State;

    use super::*;
    use crate::state::sample;

    fn pictures(count: u32) -> Job {
        let outputs = (0..count).map(|n| json!({"n": n, "type": "image/png"})).collect::<Vec<_>>();
        let outputs = serde_json::from_value(json!(outputs)).unwrap();
        Job { outputs, ..sample::job("a", State::Done) }
    }

    #[test]
    fn one_of_several_results_is_named_and_all_of_them_are_not() {
        let subject = Subject::job(&pictures(3));
        assert_eq!(subject.outputs, [0, 1, 2]);
        assert_eq!(subject.share(Shown::Result, &[0, 1, 2]).items[0].outputs, None);
        assert_eq!(subject.share(Shown::Both, &[1]).items[0].outputs, Some(vec![1]));
        assert_eq!(subject.share(Shown::Recipe, &[1]).items[0].outputs, None, "the settings are of all");
        assert!(Subject::job(&pictures(1)).outputs.is_empty(), "there is nothing to choose");
    }

    #[test]
    fn several_jobs_keep_their_order_and_one_is_a_job() {
        let [a, b] = ["b", "a"].map(|id| sample::job(id, State::Done));
        let subject = Subject::jobs(&[a.clone(), b]);
        assert_eq!(subject.items.iter().map(|item| item.job.as_str()).collect::<Vec<_>>(), ["b", "a"]);
        assert_eq!((subject.count(), &subject.recipe), (2, &None));
        assert_eq!(Subject::jobs(std::slice::from_ref(&a)), Subject::job(&a));
        assert_eq!(Subject::jobs(&[]).count(), 0);
    }

    #[test]
    fn a_conversation_is_shared_up_to_a_turn() {
        let subject = Subject::conversation("c".into(), "t".into(), "聊天".into());
        let share = subject.share(Shown::Result, &[]);
        assert_eq!(share.conversation, Some(Branch { id: "c".into(), last: "t".into() }));
        assert!(share.items.is_empty() && !subject.ways().contains(&Shown::Recipe));
    }
}
