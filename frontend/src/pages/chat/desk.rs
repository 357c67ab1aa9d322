//! What the views of one conversation work with.

use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use studio_shared::money::Money;
use studio_shared::request::{Message, Request, Role, TextRequest};

use super::form::Form;
use crate::state::talks::Talks;
use crate::state::talks::talk::{Place, Talk};
use crate::state::talks::turn::{Step, Turn};

/// What the views of one conversation work with. A copy of the handle is as good as the handle.
#[derive(Clone)]
pub(super) struct Desk {
    /// All conversations.
    pub(super) talks: Talks,
    /// This one.
    pub(super) talk: Talk,
    /// The way through it that is shown.
    pub(super) way: Memo<Vec<Place>>,
    /// What is being written.
    pub(super) form: Form,
    /// Where it is written.
    pub(super) composer: NodeRef<html::Textarea>,
    /// Shows the way through a turn; through what was said last where none is given.
    show: Callback<Option<String>>,
}

impl Desk {
    /// To be made in a component.
    pub(super) fn new(talks: Talks, talk: Talk, focus: Memo<Option<String>>, form: Form) -> Self {
        let navigate = use_navigate();
        let id = talk.id.clone();
        let show = Callback::new(move |turn: Option<String>| {
            let Some(id) = id.get_untracked() else { return };
            let turn = turn.map(|turn| format!("?turn={turn}")).unwrap_or_default();
            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            navigate(&format!("/chat/{id}{turn}"), options);
        });
        let way = {
            let talk = talk.clone();
            Memo::new(move |_| focus.with(|focus| talk.way(focus.as_deref())))
        };
        Self { talks, talk, way, form, composer: NodeRef::new(), show }
    }

    /// The turn at the end of the way.
    pub(super) fn last(&self) -> Option<Turn> {
        self.way.with(|way| way.last().map(|place| place.turn.clone()))
    }

    /// Whether an answer is still coming at the end of the way.
    pub(super) fn is_busy(&self) -> bool {
        self.last().is_some_and(|turn| !turn.is_over())
    }

    /// Says what is written; `false` where that cannot be.
    pub(super) fn send(&self) -> bool {
        let text = self.form.text().get_untracked();
        let said = !text.trim().is_empty() && self.say(&text);
        if said {
            self.form.text().set(String::new());
        }
        said
    }

    /// Says something at the end of the way.
    pub(super) fn say(&self, text: &str) -> bool {
        let Ok(request) = untrack(|| self.form.request(text)) else { return false };
        let last = untrack(|| self.last());
        if last.as_ref().is_some_and(|turn| !untrack(|| turn.is_over())) {
            return false;
        }
        let after = match &last {
            None => None,
            Some(turn) => match turn.id.get_untracked() {
                Some(id) => Some(id),
                // What was refused is taken away: this is said in its place.
                None => {
                    self.talks.forget(&self.talk, turn);
                    turn.after.clone()
                }
            },
        };
        self.talks.say(&self.talk, request, after);
        true
    }

    /// Says `text`, or the same once more, in the place of `turn`: a branch.
    pub(super) fn branch(&self, turn: &Turn, text: Option<&str>) -> bool {
        let request = match text {
            Some(text) => untrack(|| self.form.request(text)).ok(),
            None => Some((*turn.request).clone()),
        };
        let Some(request) = request else { return false };
        if untrack(|| self.is_busy()) {
            return false;
        }
        self.talks.say(&self.talk, request, turn.after.clone());
        self.show.run(None);
        true
    }

    /// Shows another branch, by the key of its turn.
    pub(super) fn show(&self, key: &str) {
        let id = self.talk.turn(key).and_then(|turn| turn.id.get_untracked());
        self.show.run(id);
    }

    /// What `text` costs at most, said at the end of the way: everything before it is sent again.
    pub(super) fn estimate(&self, text: &str) -> Option<Money> {
        let mut request: TextRequest =
            self.form.request(if text.trim().is_empty() { "." } else { text }).ok()?;
        let mut before = Vec::new();
        self.way.with(|way| {
            for Place { turn, .. } in way {
                // What still grows is not read each time it does.
                let is_whole = turn.step.with(|step| *step == Step::Ended);
                if is_whole && turn.text.with(|answer| !answer.is_empty()) {
                    before.push(Message::user(turn.request.prompt().to_owned()));
                    before.push(Message { role: Role::Assistant, content: turn.text.get() });
                }
            }
        });
        before.append(&mut request.messages);
        request.messages = before;
        Request::Text(request).price()
    }

    /// Gives the focus to where one writes.
    pub(super) fn focus(&self) {
        if let Some(composer) = self.composer.get_untracked() {
            drop(composer.focus());
        }
    }
}
