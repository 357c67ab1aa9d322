//! One conversation.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use leptos::prelude::*;
use serde_json::{Value, json};
use studio_shared::request::Request;

use super::tree::{self, Node};
use super::turn::{Step, Turn};
use crate::api::Failure;

/// How a conversation stands between this page and the worker.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// Its turns are on their way.
    Asking,
    /// They are there.
    Ready,
    /// They did not come.
    Failed(Failure),
}

/// One conversation. A copy of the handle is as good as the handle.
#[derive(Clone)]
pub struct Talk {
    key: u32,
    /// The worker's id; none before something was said.
    pub id: ArcRwSignal<Option<String>>,
    /// What it is called.
    pub title: ArcRwSignal<String>,
    /// Its turns over all branches, oldest first.
    pub turns: ArcRwSignal<Vec<Turn>>,
    /// How it stands.
    pub phase: ArcRwSignal<Phase>,
    /// Whether nobody reads it any more.
    over: Arc<AtomicBool>,
}

impl PartialEq for Talk {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

/// A turn on the way through a conversation.
#[derive(Clone, PartialEq)]
pub struct Place {
    /// The turn.
    pub turn: Turn,
    /// Which branch it is, from 0.
    pub branch: usize,
    /// The keys of all branches in its place.
    pub branches: Vec<String>,
}

impl Talk {
    pub(super) fn new(id: Option<String>) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let phase = if id.is_some() { Phase::Asking } else { Phase::Ready };
        Self {
            key: NEXT.fetch_add(1, Ordering::Relaxed),
            id: ArcRwSignal::new(id),
            title: ArcRwSignal::new(String::new()),
            turns: ArcRwSignal::new(Vec::new()),
            phase: ArcRwSignal::new(phase),
            over: Arc::default(),
        }
    }

    /// The way through it: by the turn `focus` where there is such a one, else to what was said last.
    #[must_use]
    pub fn way(&self, focus: Option<&str>) -> Vec<Place> {
        self.turns.with(|turns| {
            let ids: Vec<Option<String>> = turns.iter().map(|turn| turn.id.get()).collect();
            let nodes: Vec<Node<'_>> = turns
                .iter()
                .zip(&ids)
                .map(|(turn, id)| Node { id: id.as_deref(), after: turn.after.as_deref() })
                .collect();
            let place = |step: tree::Step| {
                let branches =
                    step.branches.iter().filter_map(|at| Some(turns.get(*at)?.key.clone())).collect();
                let branch = step.branches.iter().position(|at| *at == step.node).unwrap_or_default();
                Some(Place { turn: turns.get(step.node)?.clone(), branch, branches })
            };
            tree::way(&nodes, focus).into_iter().filter_map(place).collect()
        })
    }

    /// The turn of that key.
    #[must_use]
    pub fn turn(&self, key: &str) -> Option<Turn> {
        self.turns.with_untracked(|turns| turns.iter().find(|turn| turn.key == key).cloned())
    }

    /// The turn that the worker calls so.
    pub(super) fn find(&self, id: &str) -> Option<Turn> {
        let is_it = |turn: &&Turn| turn.id.with_untracked(|known| known.as_deref() == Some(id));
        self.turns.with_untracked(|turns| turns.iter().find(is_it).cloned())
    }

    /// Whether this page is sending just that, and does not know its id yet.
    pub(super) fn is_sending(&self, after: Option<&str>, prompt: &str) -> bool {
        self.turns.with_untracked(|turns| {
            turns.iter().any(|turn| {
                turn.after.as_deref() == after
                    && turn.request.prompt() == prompt
                    && turn.step.with_untracked(|step| matches!(step, Step::Sending | Step::Unsent))
            })
        })
    }

    /// What is sent for a turn.
    pub(super) fn body(&self, turn: &Turn) -> Value {
        let mut body = serde_json::to_value(Request::Text((*turn.request).clone())).unwrap_or_default();
        if let (Some(fields), Some(id)) = (body.as_object_mut(), self.id.get_untracked()) {
            fields.insert("conversation".to_owned(), Value::from(id));
            fields.insert("after".to_owned(), json!(turn.after));
        }
        body
    }

    /// Nobody reads it any more: what comes is let go.
    pub(super) fn close(&self) {
        self.over.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }
}
