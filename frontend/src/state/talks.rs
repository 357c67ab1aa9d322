//! Conversations that this page has opened, and the answers that come in them. They outlive the page that shows
//! them: whoever looks elsewhere meanwhile finds the answer complete.
//!
//! 1. [`talk`]: one conversation, its turns, the way through its branches (`tree`);
//! 2. [`turn`]: one turn, what was said and the answer as it comes (`answer`, [`pace`]);
//! 3. `run`: sends a turn and reads its answer, over every break of the connection.

mod answer;
pub mod pace;
mod run;
pub mod talk;
mod tree;
pub mod turn;

use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::conversation::{Conversation, Thread};
use studio_shared::job::Job;
use studio_shared::kind::Kind;
use studio_shared::request::TextRequest;

use self::talk::{Phase, Talk};
use self::turn::{Step, Turn};
use crate::api::{Client, Failure};

/// The conversations of the application.
#[derive(Clone, Copy)]
pub struct Talks {
    client: Client,
    open: StoredValue<Vec<Talk>>,
    /// One in which nothing was said yet.
    fresh: StoredValue<Option<Talk>>,
    /// Goes up when the list of conversations has changed.
    moves: RwSignal<u32>,
}

impl Talks {
    pub(super) fn new(client: Client) -> Self {
        Self {
            client,
            open: StoredValue::new(Vec::new()),
            fresh: StoredValue::new(None),
            moves: RwSignal::new(0),
        }
    }

    /// The conversations of the application, where it runs.
    #[must_use]
    pub fn get() -> Option<Self> {
        use_context()
    }

    /// The conversation of that id.
    #[must_use]
    pub fn open(self, id: &str) -> Talk {
        self.find(id).unwrap_or_else(|| {
            let talk = Talk::new(Some(id.to_owned()));
            self.open.try_update_value(|open| open.push(talk.clone()));
            talk
        })
    }

    /// One in which nothing was said yet.
    #[must_use]
    pub fn fresh(self) -> Talk {
        let known = self.fresh.try_get_value().flatten();
        known.unwrap_or_else(|| {
            let talk = Talk::new(None);
            self.fresh.try_update_value(|fresh| *fresh = Some(talk.clone()));
            talk
        })
    }

    /// Goes up when the list of conversations has changed.
    #[must_use]
    pub fn moves(self) -> ReadSignal<u32> {
        self.moves.read_only()
    }

    /// Reads a conversation, or reads it again.
    pub fn ask(self, talk: &Talk) {
        let Some(id) = talk.id.get_untracked() else { return };
        let talk = talk.clone();
        spawn_local(async move {
            match self.client.conversation(&id).await {
                Ok(thread) => self.merge(&talk, thread),
                // What is shown already stays.
                Err(failure) => {
                    if talk.turns.with_untracked(Vec::is_empty) {
                        talk.phase.set(Phase::Failed(failure));
                    }
                }
            }
        });
    }

    /// Says something after the turn `after`, or as the first thing.
    pub fn say(self, talk: &Talk, request: TextRequest, after: Option<String>) -> Turn {
        let turn = Turn::new(request, after);
        talk.turns.update(|turns| turns.push(turn.clone()));
        self.run(talk, &turn);
        turn
    }

    /// Sends what was refused once more, with its first key.
    pub fn again(self, talk: &Talk, turn: &Turn) {
        turn.step.set(Step::Sending);
        self.run(talk, turn);
    }

    /// Takes what was refused away.
    pub fn forget(self, talk: &Talk, turn: &Turn) {
        talk.turns.update(|turns| turns.retain(|other| other != turn));
    }

    /// Stops an answer; what has come is kept.
    ///
    /// # Errors
    /// It has ended, or the worker cannot be reached.
    pub async fn stop(self, turn: &Turn) -> Result<(), Failure> {
        let Some(id) = turn.id.get_untracked() else { return Ok(()) };
        let job = self.client.cancel(&id).await?;
        turn.know(job);
        Ok(())
    }

    /// Gives a conversation another title.
    ///
    /// # Errors
    /// The worker refuses, or cannot be reached.
    pub async fn rename(self, id: &str, title: &str) -> Result<Conversation, Failure> {
        let renamed = self.client.rename(id, title).await?;
        if let Some(talk) = self.find(id) {
            talk.title.set(renamed.title.clone());
        }
        self.moved();
        Ok(renamed)
    }

    /// Deletes a conversation.
    ///
    /// # Errors
    /// An answer is still coming in it, or the worker cannot be reached.
    pub async fn delete(self, id: &str) -> Result<(), Failure> {
        self.client.delete_conversation(id).await?;
        self.open.try_update_value(|open| {
            open.retain(|talk| {
                let is_it = talk.id.with_untracked(|known| known.as_deref() == Some(id));
                if is_it {
                    talk.close();
                }
                !is_it
            });
        });
        self.moved();
        Ok(())
    }

    /// A job is new or has changed, by whichever page it was made.
    pub(super) fn heard(self, job: &Job) {
        if job.kind != Kind::Text {
            return;
        }
        let Some(talk) = job.conversation.as_deref().and_then(|id| self.find(id)) else {
            self.moved();
            return;
        };
        let is_known = talk.find(&job.id).is_some()
            || talk.is_sending(job.after.as_deref(), job.request.prompt())
            || talk.phase.with_untracked(|phase| *phase == Phase::Asking);
        if !is_known && let Some(turn) = Turn::of(job.clone()) {
            talk.turns.update(|turns| turns.push(turn.clone()));
            self.moved();
            // Its text may be shortened: it is read from its stream, also where it has ended.
            self.run(&talk, &turn);
        }
    }

    /// Forgets everything: another member may log in next.
    pub(crate) fn clear(self) {
        let open = self.open.try_update_value(std::mem::take).unwrap_or_default();
        let fresh = self.fresh.try_update_value(Option::take).flatten();
        for talk in open.into_iter().chain(fresh) {
            talk.close();
        }
    }

    pub(super) const fn client(self) -> Client {
        self.client
    }

    pub(super) fn moved(self) {
        self.moves.try_update(|moves| *moves = moves.wrapping_add(1));
    }

    /// The worker has told which conversation a turn belongs to.
    pub(super) fn named(self, talk: &Talk, job: &Job) {
        if talk.id.with_untracked(Option::is_some) || job.conversation.is_none() {
            return;
        }
        self.open.try_update_value(|open| open.push(talk.clone()));
        self.fresh.try_update_value(|fresh| {
            if fresh.as_ref() == Some(talk) {
                *fresh = None;
            }
        });
        talk.title.set(job.request.prompt().chars().take(40).collect());
        talk.id.set(job.conversation.clone());
        self.moved();
    }

    fn find(self, id: &str) -> Option<Talk> {
        let is_it = |talk: &&Talk| talk.id.with_untracked(|known| known.as_deref() == Some(id));
        self.open.try_with_value(|open| open.iter().find(is_it).cloned()).flatten()
    }

    fn run(self, talk: &Talk, turn: &Turn) {
        spawn_local(run::run(self, talk.clone(), turn.clone()));
    }

    /// Takes in what the worker has; what is on its way stays at the end.
    fn merge(self, talk: &Talk, thread: Thread) {
        let Thread { conversation, turns: jobs } = thread;
        let mut turns = Vec::with_capacity(jobs.len());
        let mut coming = Vec::new();
        for job in jobs {
            if let Some(known) = talk.find(&job.id) {
                turns.push(known);
            } else if let Some(turn) = Turn::of(job) {
                if turn.step.with_untracked(|step| *step == Step::Coming) {
                    coming.push(turn.clone());
                }
                turns.push(turn);
            }
        }
        let others = talk.turns.with_untracked(|known| {
            known.iter().filter(|turn| !turns.contains(turn)).cloned().collect::<Vec<_>>()
        });
        turns.extend(others);
        talk.title.set(conversation.title);
        if talk.turns.with_untracked(|known| *known != turns) {
            talk.turns.set(turns);
        }
        talk.phase.set(Phase::Ready);
        for turn in coming {
            self.run(talk, &turn);
        }
    }
}
