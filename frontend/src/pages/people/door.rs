//! Shutting a member out, letting them in again, deleting them.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use studio_shared::member::{Member, MemberChange, Standing};

use crate::api::Client;
use crate::pages::failure;
use crate::pages::usage::Load;
use crate::parts::{Button, ButtonKind, Card, Dialog, IconName, use_toasts};
use crate::state::soon;
use crate::words::use_words;

/// Shutting a member out, letting them in again, deleting them.
#[component]
pub(super) fn Door(
    /// The way to the worker.
    client: Client,
    /// The member.
    load: Load<Member>,
) -> impl IntoView {
    let words = use_words();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let of = |member: &Option<Member>| member.as_ref().map(|member| member.id.clone()).unwrap_or_default();
    let id = StoredValue::new(load.value.with_untracked(of));
    let name = Memo::new(move |_| {
        load.value.with(|member| member.as_ref().map(|member| member.name.clone()).unwrap_or_default())
    });
    let is_out = Memo::new(move |_| {
        load.value.with(|member| member.as_ref().is_some_and(|member| member.standing == Standing::Revoked))
    });
    let busy = RwSignal::new(false);
    let (shutting, deleting) = (RwSignal::new(false), RwSignal::new(false));
    let set = move |revoked: bool| {
        busy.set(true);
        let id = id.get_value();
        spawn_local(async move {
            let change = MemberChange { revoked: Some(revoked), ..MemberChange::default() };
            let answer = client.change_member(&id, &change).await;
            busy.try_set(false);
            let texts = words.texts_untracked();
            match answer {
                Ok(member) => {
                    let done = if revoked { texts.people.shut_out_done } else { texts.people.let_in_done };
                    toasts.success(done(&member.name));
                    load.value.try_set(Some(member));
                }
                Err(failure) => toasts.danger(failure::line(&failure, texts)),
            }
        });
    };
    let leave = Callback::new(move |()| navigate("/members", NavigateOptions::default()));
    let delete = move || {
        busy.set(true);
        let id = id.get_value();
        let name = name.get_untracked();
        spawn_local(async move {
            let answer = client.delete_member(&id).await;
            busy.try_set(false);
            let texts = words.texts_untracked();
            match answer {
                Ok(()) => {
                    toasts.success((texts.people.deleted)(&name));
                    soon(move || {
                        leave.try_run(());
                    });
                }
                Err(failure) => toasts.danger(failure::line(&failure, texts)),
            }
        });
    };
    let shut_actions = move || {
        view! {
            <Button on_click=move |_| shutting.set(false)>{words.text(|t| t.people.cancel)}</Button>
            <Button kind=ButtonKind::Danger on_click=move |_| { shutting.set(false); set(true); }>{words.text(|t| t.people.shut_out)}</Button>
        }
    };
    let delete_actions = move || {
        view! {
            <Button on_click=move |_| deleting.set(false)>{words.text(|t| t.people.cancel)}</Button>
            <Button kind=ButtonKind::Danger on_click=move |_| { deleting.set(false); delete(); }>{words.text(|t| t.people.delete)}</Button>
        }
    };
    let goes = move || {
        let line = |line: &'static str| view! { <li>{line}</li> };
        words.texts().people.delete_goes.map(line).collect_view()
    };
    view! {
        <Card heading=words.text(|t| t.people.door)>
            <div class="stack stack--tight">
                <p>{move || if is_out.get() { words.texts().people.let_in_help } else { words.texts().people.shut_out_help }}</p>
                <div class="cluster">
                    // One button that changes: it keeps the focus.
                    <Button busy on_click=move |_| if is_out.get_untracked() { set(false) } else { shutting.set(true) }>
                        {move || if is_out.get() { words.texts().people.let_in } else { words.texts().people.shut_out }}
                    </Button>
                    <Button kind=ButtonKind::Danger icon=IconName::Trash busy on_click=move |_| deleting.set(true)>
                        {words.text(|t| t.people.delete)}
                    </Button>
                </div>
            </div>
        </Card>
        <Dialog open=shutting title=move || name.with(|name| (words.texts().people.shut_out_ask)(name)) actions=shut_actions>
            <p>{words.text(|t| t.people.shut_out_help)}</p>
        </Dialog>
        <Dialog open=deleting title=move || name.with(|name| (words.texts().people.delete_ask)(name)) actions=delete_actions>
            <ul class="member-goes">{goes}</ul>
            <p>{words.text(|t| t.people.delete_stays)}</p>
        </Dialog>
    }
    .into_any()
}
