//! The page: one member; for the owner.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;
use studio_shared::error::code;
use studio_shared::member::{Issued, Member, MemberChange};

use super::codes::Codes;
use super::door::Door;
use super::draft::Draft;
use super::editor::{Editor, MemberForm};
use super::issued::IssuedCard;
use super::rights::{StandingBadge, told};
use super::used::Used;
use crate::api::Client;
use crate::clock::use_minute;
use crate::pages::failure::FailureNotice;
use crate::pages::usage::{Load, MemberSpending, Meter};
use crate::parts::{
    Ago, ButtonKind, ButtonLink, ButtonSize, Card, Empty, IconName, KeyList, KeyValue, Page, Skeleton,
    SkeletonShape, use_toasts,
};
use crate::words::use_words;

/// The page: one member.
#[component]
pub fn MemberPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let client = use_context::<Client>();
    // Another member is another page: nothing of what was written stays.
    move || client.map(|client| view! { <One client id=id.get() /> }.into_any())
}

/// One member.
#[component]
fn One(
    /// The way to the worker.
    client: Client,
    /// Who.
    id: String,
) -> impl IntoView {
    let words = use_words();
    let load: Load<Member> = Load::new();
    let again = RwSignal::new(());
    let minute = use_minute();
    let id = StoredValue::new(id);
    Effect::new(move |_| {
        minute.track();
        again.track();
        let id = id.get_value();
        load.ask(async move { client.member(&id).await });
    });
    let is_known = Memo::new(move |_| load.value.with(Option::is_some));
    let is_gone = Memo::new(move |_| {
        load.failure.with(|failure| failure.as_ref().is_some_and(|failure| failure.code() == code::NOT_FOUND))
    });
    let name = move || {
        load.value
            .with(|member| member.as_ref().map(|member| member.name.clone()))
            .unwrap_or_else(|| words.texts().people.member.to_owned())
    };
    let badge = move || {
        let standing = move || load.value.with(|member| member.as_ref().map(|member| member.standing));
        view! { {move || standing().map(|standing| view! { <StandingBadge standing=Signal::stored(standing) /> })} }
    };
    let failure = move || {
        let failure = load.failure.get().filter(|_| !is_gone.get())?;
        Some(view! { <FailureNotice failure on_again=move |()| again.set(()) /> })
    };
    view! {
        <Page title=name aside=badge>
            <p>
                <ButtonLink href="/members" kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::ChevronLeft>
                    {words.text(|t| t.people.back)}
                </ButtonLink>
            </p>
            {failure}
            <Show when=move || is_gone.get()>
                <Empty icon=IconName::People title=words.text(|t| t.people.gone) />
            </Show>
            <Show when=move || !is_known.get() && !is_gone.get() && load.failure.with(Option::is_none)>
                <Card><Skeleton shape=SkeletonShape::Lines(6) /></Card>
            </Show>
            <Show when=move || is_known.get() && !is_gone.get()>
                <Whole client load again />
            </Show>
        </Page>
    }
}

/// Everything of a member.
#[component]
fn Whole(
    /// The way to the worker.
    client: Client,
    /// The member.
    load: Load<Member>,
    /// Asks again.
    again: RwSignal<()>,
) -> impl IntoView {
    let issued = RwSignal::new(None::<Issued>);
    let member = Memo::new(move |_| load.value.get());
    let id =
        member.with_untracked(|member| member.as_ref().map(|member| member.id.clone()).unwrap_or_default());
    let usage = id.clone();
    let codes = Memo::new(move |_| member.with(|member| member.as_ref().map(|member| member.codes.clone())));
    view! {
        <IssuedCard issued />
        <Standing member />
        <Codes client member=id codes issued on_change=move |()| again.set(()) />
        <Settings client load />
        <MemberSpending client id=usage />
        <Door client load />
    }
    .into_any()
}

/// Budgets, and what is known of a member.
#[component]
fn Standing(
    /// The member.
    member: Memo<Option<Member>>,
) -> impl IntoView {
    let words = use_words();
    let day = Signal::derive(move || member.with(|member| member.as_ref().map(|member| member.budget.day)));
    let month =
        Signal::derive(move || member.with(|member| member.as_ref().map(|member| member.budget.month)));
    let may = move || {
        let texts = words.texts();
        member.with(|member| member.as_ref().map(|member| told(&member.rights, texts)))
    };
    let used =
        Signal::derive(move || member.with(|member| member.as_ref().and_then(|member| member.used_at)));
    let made = move || {
        member.with(|member| member.as_ref().map(|member| member.created_at)).map(|at| view! { <Ago at /> })
    };
    let until = move || {
        let day = member.with(|member| member.as_ref().and_then(|member| member.last_day));
        day.map_or_else(|| words.texts().people.no_last_day.to_owned(), |day| day.to_string())
    };
    let note = move || {
        member
            .with(|member| member.as_ref().map(|member| member.note.clone()))
            .filter(|note| !note.is_empty())
    };
    view! {
        <Card heading=words.text(|t| t.people.budget)>
            <div class="budgets">
                <section class="budgets__whose">
                    <Meter label=words.text(|t| t.usage.today) spending=day />
                    <Meter label=words.text(|t| t.usage.month) spending=month />
                </section>
                <KeyList>
                    <KeyValue name=words.text(|t| t.people.may)>{may}</KeyValue>
                    <KeyValue name=words.text(|t| t.people.used)><Used at=used /></KeyValue>
                    <KeyValue name=words.text(|t| t.people.last_day)>{until}</KeyValue>
                    <KeyValue name=words.text(|t| t.people.made)>{made}</KeyValue>
                    {move || note().map(|note| view! {
                        <KeyValue name=words.text(|t| t.people.note)><span class="member-note" dir="auto">{note}</span></KeyValue>
                    })}
                </KeyList>
            </div>
        </Card>
    }
    .into_any()
}

/// Everything that can be changed.
#[component]
fn Settings(
    /// The way to the worker.
    client: Client,
    /// The member.
    load: Load<Member>,
) -> impl IntoView {
    let words = use_words();
    let toasts = use_toasts();
    let member = load.value.get_untracked();
    let id = StoredValue::new(member.as_ref().map(|member| member.id.clone()).unwrap_or_default());
    // Made once: what is being written is not written over by what is asked for meanwhile.
    let editor = Editor::new(member.as_ref().map(Draft::of).unwrap_or_default());
    let save = move |change: MemberChange| {
        let id = id.get_value();
        spawn_local(async move {
            match client.change_member(&id, &change).await {
                Ok(member) => {
                    editor.busy.try_set(false);
                    load.value.try_set(Some(member));
                    toasts.success(words.texts_untracked().people.saved);
                }
                Err(failure) => editor.refuse(failure),
            }
        });
    };
    view! {
        <Card heading=words.text(|t| t.people.settings)>
            <MemberForm editor label=words.text(|t| t.people.settings) submit=words.text(|t| t.people.save) on_submit=save />
        </Card>
    }
}
