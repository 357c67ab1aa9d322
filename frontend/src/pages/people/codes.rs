//! Codes: of a member, or one's own.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::member::{Code, CodeChange, Issued};

use super::code::{CodeForm, CodeRow};
use crate::api::{Client, Failure};
use crate::pages::failure;
use crate::parts::{
    Button, ButtonSize, Card, IconName, Skeleton, SkeletonShape, ToastsHandle, focus_list, use_toasts,
};
use crate::state::live::Live;
use crate::state::session::{SessionState, Who};
use crate::state::{settled, soon};
use crate::words::{WordsHandle, use_words};

/// What can be done with codes.
#[derive(Clone, Copy)]
pub(super) struct Keys {
    client: Client,
    /// Whose codes these are; the caller's own without one.
    member: StoredValue<Option<String>>,
    session: SessionState,
    live: Option<Live>,
    toasts: ToastsHandle,
    words: WordsHandle,
    issued: RwSignal<Option<Issued>>,
    on_change: Callback<()>,
    /// Whether something is being done.
    pub(super) busy: RwSignal<bool>,
    /// The codes that can be used.
    list: NodeRef<html::Ul>,
}

impl Keys {
    /// Makes a code, or, where one is given, changes it; `then` gets why it could not be.
    pub(super) fn write(self, id: Option<String>, change: CodeChange, then: Callback<Option<Failure>>) {
        let member = self.member.get_value();
        self.busy.set(true);
        spawn_local(async move {
            let answer = match &id {
                None => self.client.make_code(member.as_deref(), &change).await.map(Some),
                Some(id) => self.client.change_code(member.as_deref(), id, &change).await.map(|()| None),
            };
            self.busy.try_set(false);
            match answer {
                Ok(issued) => {
                    self.show(issued);
                    then.try_run(None);
                }
                Err(failure) => {
                    then.try_run(Some(failure));
                }
            }
        });
    }

    /// Makes a code say something else. Where this page came in with it, it comes in with the new one: the worker's answer
    /// brings the new session along.
    pub(super) fn rotate(self, id: String) {
        let member = self.member.get_value();
        let is_own = self.came_with(&id);
        self.busy.set(true);
        if is_own {
            self.session.renew();
        }
        spawn_local(async move {
            let answer = self.client.rotate_code(member.as_deref(), &id).await;
            if is_own {
                if answer.is_ok()
                    && let Some(live) = self.live
                {
                    live.reopen();
                }
                self.session.renewed();
            }
            self.busy.try_set(false);
            match answer {
                Ok(issued) => self.show(Some(issued)),
                Err(failure) => self.failed(&failure),
            }
        });
    }

    /// Revokes a code.
    pub(super) fn revoke(self, id: String) {
        let member = self.member.get_value();
        self.busy.set(true);
        spawn_local(async move {
            let answer = self.client.revoke_code(member.as_deref(), &id).await;
            self.busy.try_set(false);
            match answer {
                Ok(()) => {
                    self.toasts.success(self.words.texts_untracked().people.revoked_done);
                    focus_list(self.list);
                    self.on_change.try_run(());
                }
                Err(failure) => self.failed(&failure),
            }
        });
    }

    /// Whether this page came in with this code. Followed.
    pub(super) fn is_this(self, id: &str) -> bool {
        let came_with =
            |who: &Who| matches!(who, Who::Member(session) if session.code.as_deref() == Some(id));
        self.session.who().with(came_with)
    }

    fn came_with(self, id: &str) -> bool {
        untrack(|| self.is_this(id))
    }

    fn show(self, issued: Option<Issued>) {
        if issued.is_some() {
            self.issued.try_set(issued);
        }
        self.on_change.try_run(());
    }

    fn failed(self, failure: &Failure) {
        self.toasts.danger(failure::line(failure, self.words.texts_untracked()));
    }
}

/// Codes, with a form to make one.
#[component]
pub(super) fn Codes(
    /// The way to the worker.
    client: Client,
    /// Whose they are; the caller's own without one.
    #[prop(optional, into)]
    member: Option<String>,
    /// The codes, once they are known.
    #[prop(into)]
    codes: Signal<Option<Vec<Code>>>,
    /// Where a code is shown that was made.
    issued: RwSignal<Option<Issued>>,
    /// Something was changed.
    #[prop(into)]
    on_change: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let keys = Keys {
        client,
        member: StoredValue::new(member),
        session: SessionState::get(),
        live: Live::get(),
        toasts: use_toasts(),
        words,
        issued,
        on_change,
        busy: RwSignal::new(false),
        list: NodeRef::new(),
    };
    let open = RwSignal::new(false);
    let shut = move || {
        soon(move || {
            open.try_set(false);
        });
    };
    let ids = move |revoked: bool| {
        codes.with(|codes| {
            let all = codes.iter().flatten().filter(|code| code.revoked_at.is_some() == revoked);
            all.map(|code| code.id.clone()).collect::<Vec<_>>()
        })
    };
    let is_known = Memo::new(move |_| codes.with(Option::is_some));
    let (active, revoked) = (settled(move || ids(false)), settled(move || ids(true)));
    let count = Memo::new(move |_| revoked.with(Vec::len));
    let none = move || is_known.get() && active.with(Vec::is_empty) && !open.get();
    let aside = move || {
        view! {
            <Button size=ButtonSize::Small icon=IconName::Plus on_click=move |_| open.set(true)>
                {words.text(|t| t.people.new_code)}
            </Button>
        }
    };
    view! {
        <Card heading=words.text(|t| t.people.codes) aside>
            <Show when=move || open.get()>
                <CodeForm keys on_done=move |()| shut() />
            </Show>
            <ul class="codes" tabindex="-1" node_ref=keys.list aria-label=words.text(|t| t.people.codes) aria-busy=move || (!is_known.get()).to_string()>
                <For each=move || active.get() key=|id| id.clone() let:id><li><CodeRow keys codes id /></li></For>
            </ul>
            <Show when=move || !is_known.get()><Skeleton shape=SkeletonShape::Lines(2) /></Show>
            <Show when=none><p class="muted">{words.text(|t| t.people.no_codes)}</p></Show>
            <Show when=move || count.get() != 0>
                <details class="fold">
                    <summary class="fold__summary">{move || (words.texts().people.revoked_ones)(count.get())}</summary>
                    <ul class="codes" aria-label=words.text(|t| t.people.revoked)>
                        <For each=move || revoked.get() key=|id| id.clone() let:id><li><CodeRow keys codes id /></li></For>
                    </ul>
                </details>
            </Show>
        </Card>
    }
    .into_any()
}
