//! The page: members; for the owner.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use studio_shared::member::{Issued, Member, MemberChange, MemberList};

use super::draft::Draft;
use super::editor::{Editor, MemberForm};
use super::issued::IssuedCard;
use super::rights::{StandingBadge, told};
use super::used::Used;
use crate::api::Client;
use crate::clock::use_minute;
use crate::pages::failure::FailureNotice;
use crate::pages::usage::{Load, Meter};
use crate::parts::{
    Button, ButtonKind, Card, Empty, IconName, Page, Skeleton, SkeletonShape, focus_again, focused,
};
use crate::state::{settled, soon};
use crate::words::use_words;

/// So many are drawn at first, and more with each press.
const SHOWN: usize = 50;

/// The page: members.
#[component]
pub fn MembersPage() -> impl IntoView {
    let words = use_words();
    let open = RwSignal::new(false);
    let aside = move || {
        view! {
            <Button kind=ButtonKind::Primary icon=IconName::Plus on_click=move |_| open.set(true)>
                {words.text(|t| t.people.new_member)}
            </Button>
        }
    };
    view! {
        <Page title=words.text(|t| t.people.members) lead=words.text(|t| t.people.members_lead) aside>
            {use_context::<Client>().map(|client| view! { <Members client open /> }.into_any())}
        </Page>
    }
}

/// The list, and the form of a new one.
#[component]
fn Members(
    /// The way to the worker.
    client: Client,
    /// Whether the form is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let words = use_words();
    let load: Load<MemberList> = Load::new();
    let again = RwSignal::new(());
    let minute = use_minute();
    Effect::new(move |_| {
        minute.track();
        again.track();
        load.ask(client.members());
    });
    let issued = RwSignal::new(None::<Issued>);
    let members = Memo::new(move |_| {
        load.value.with(|list| list.as_ref().map(|list| list.items.clone()).unwrap_or_default())
    });
    let most = RwSignal::new(SHOWN);
    let shown = settled(move || {
        let ids =
            |members: &Vec<Member>| members.iter().take(most.get()).map(|member| member.id.clone()).collect();
        members.with(ids)
    });
    let shown = move || -> Vec<String> { shown.get() };
    let has_more = move || members.with(Vec::len) > most.get();
    let is_first = Memo::new(move |_| load.value.with(Option::is_none) && load.failure.with(Option::is_none));
    let nobody = move || load.value.with(Option::is_some) && members.with(Vec::is_empty) && !open.get();
    let failure = move || {
        load.failure.get().map(|failure| view! { <FailureNotice failure on_again=move |()| again.set(()) /> })
    };
    view! {
        <IssuedCard issued />
        <Show when=move || open.get()>
            <NewMember client open on_made=move |made| { issued.set(Some(made)); again.set(()); } />
        </Show>
        {failure}
        <ul class="members" aria-busy=move || is_first.get().to_string() aria-label=words.text(|t| t.people.members)>
            <For each=shown key=|id| id.clone() let:id>
                <li><Row members id /></li>
            </For>
            <Show when=move || is_first.get()><li aria-hidden="true"><Card tight=true><Skeleton shape=SkeletonShape::Lines(3) /></Card></li></Show>
        </ul>
        <Show when=nobody>
            <Empty icon=IconName::People title=words.text(|t| t.people.nobody)>{words.text(|t| t.people.nobody_help)}</Empty>
        </Show>
        <Show when=has_more>
            <div class="history__more">
                <Button on_click=move |_| most.update(|most| *most = most.saturating_add(SHOWN))>{words.text(|t| t.history.more)}</Button>
            </div>
        </Show>
    }
}

/// The form of a new member.
#[component]
fn NewMember(
    /// The way to the worker.
    client: Client,
    /// Whether the form is open.
    open: RwSignal<bool>,
    /// The member was made, and this is the code.
    #[prop(into)]
    on_made: Callback<Issued>,
) -> impl IntoView {
    let words = use_words();
    let editor = Editor::new(Draft::default());
    let shut = move || {
        soon(move || {
            open.try_set(false);
        });
    };
    let opener = StoredValue::new_local(focused());
    let cancel = move || {
        let opener = opener.try_get_value().flatten();
        shut();
        focus_again(opener);
    };
    let make = move |change: MemberChange| {
        spawn_local(async move {
            match client.make_member(&change).await {
                Ok(issued) => {
                    on_made.try_run(issued);
                    shut();
                }
                Err(failure) => editor.refuse(failure),
            }
        });
    };
    view! {
        <Card heading=words.text(|t| t.people.new_member)>
            <MemberForm
                editor
                label=words.text(|t| t.people.new_member)
                submit=words.text(|t| t.people.make)
                on_submit=make
                on_cancel=move |()| cancel()
            />
        </Card>
    }
}

/// One member in the list.
#[component]
fn Row(
    /// All of them.
    members: Memo<Vec<Member>>,
    /// Which one.
    id: String,
) -> impl IntoView {
    let words = use_words();
    let address = format!("/members/{id}");
    let member = Memo::new(move |_| members.with(|all| all.iter().find(|member| member.id == id).cloned()));
    let day = Signal::derive(move || member.with(|member| member.as_ref().map(|member| member.budget.day)));
    let month =
        Signal::derive(move || member.with(|member| member.as_ref().map(|member| member.budget.month)));
    let may = move || {
        let texts = words.texts();
        member.with(|member| {
            member.as_ref().map(|member| format!("{} {}", texts.people.may, told(&member.rights, texts)))
        })
    };
    let used =
        Signal::derive(move || member.with(|member| member.as_ref().and_then(|member| member.used_at)));
    let until = move || {
        member.with(|member| {
            member
                .as_ref()
                .and_then(|member| Some(format!("{} {}", words.texts().people.last_day, member.last_day?)))
        })
    };
    let badge = move || {
        member
            .with(|member| member.as_ref().map(|member| member.standing))
            .map(|standing| view! { <StandingBadge standing=Signal::stored(standing) /> })
    };
    let name = move || member.with(|member| member.as_ref().map(|member| member.name.clone()));
    view! {
        <Card tight=true>
            <div class="member-row">
                <div class="member-row__head">
                    <A href=address attr:class="member-row__name" attr:dir="auto">{name}</A>
                    {badge}
                </div>
                <p class="member-row__facts">
                    <span>{may}</span>
                    <span>{words.text(|t| t.people.used)}" "<Used at=used /></span>
                    <span>{until}</span>
                </p>
                <div class="member-row__meters">
                    <Meter brief=true label=words.text(|t| t.usage.today) spending=day />
                    <Meter brief=true label=words.text(|t| t.usage.month) spending=month />
                </div>
            </div>
        </Card>
    }
    .into_any()
}
