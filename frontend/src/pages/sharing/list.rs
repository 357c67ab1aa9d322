//! The page: what was shared.

use leptos::html;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use studio_shared::share::Share;

use super::edit::{Edit, Revoke};
use super::link::address;
use crate::api::{Client, Failure};
use crate::clock::use_minute;
use crate::format;
use crate::pages::failure::FailureNotice;
use crate::parts::{
    Ago, Badge, Button, ButtonKind, ButtonLink, ButtonSize, Card, CopyButton, Empty, IconName, Page,
    Skeleton, SkeletonShape, Tone, focus_list,
};
use crate::words::use_words;

/// What the worker has listed.
#[derive(Clone, Copy)]
pub(super) struct Shares {
    items: RwSignal<Option<Vec<Share>>>,
    next: RwSignal<Option<String>>,
    failure: RwSignal<Option<Failure>>,
    busy: RwSignal<bool>,
    list: NodeRef<html::Ul>,
}

impl Shares {
    fn new() -> Self {
        Self {
            items: RwSignal::new(None),
            next: RwSignal::new(None),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            list: NodeRef::new(),
        }
    }

    fn ask(self, client: Client, cursor: Option<String>) {
        self.busy.set(true);
        self.failure.set(None);
        spawn_local_scoped_with_cancellation(async move {
            let answer = client.shares(cursor.as_deref()).await;
            self.busy.try_set(false);
            match answer {
                Ok(list) => {
                    self.next.try_set(list.next);
                    self.items.try_update(|items| match items {
                        Some(items) if cursor.is_some() => items.extend(list.items),
                        items => *items = Some(list.items),
                    });
                }
                Err(failure) => {
                    self.failure.try_set(Some(failure));
                }
            }
        });
    }

    fn find(self, id: String) -> Memo<Option<Share>> {
        Memo::new(move |_| {
            let is_it = |share: &&Share| share.id == id;
            self.items.try_with(|items| items.iter().flatten().find(is_it).cloned()).flatten()
        })
    }

    /// A share was changed.
    pub(super) fn put(self, share: Share) {
        self.items.try_update(|items| {
            let known = items.iter_mut().flatten().find(|known| known.id == share.id);
            if let Some(known) = known {
                *known = share;
            }
        });
    }

    /// A share was taken back.
    pub(super) fn remove(self, id: &str) {
        focus_list(self.list);
        self.items.try_update(|items| {
            if let Some(items) = items {
                items.retain(|share| share.id != id);
            }
        });
    }
}

/// The page: what was shared, newest first.
#[component]
pub fn SharesPage() -> impl IntoView {
    let words = use_words();
    let client = use_context::<Client>();
    let shares = Shares::new();
    let editing = RwSignal::new(None::<Share>);
    let revoking = RwSignal::new(None::<Share>);
    let ask = Callback::new(move |cursor: Option<String>| {
        if let Some(client) = client {
            shares.ask(client, cursor);
        }
    });
    Effect::new(move |_| ask.run(None));
    let ids = move || {
        shares.items.with(|items| items.iter().flatten().map(|share| share.id.clone()).collect::<Vec<_>>())
    };
    let is_first = move || shares.items.with(Option::is_none) && shares.busy.get();
    let nothing = move || shares.items.with(|items| items.as_ref().is_some_and(Vec::is_empty));
    let failure = move || {
        shares
            .failure
            .get()
            .map(|failure| view! { <FailureNotice failure on_again=move |()| ask.run(None) /> })
    };
    let more = move |_| ask.run(shares.next.get_untracked());
    view! {
        <Page title=words.text(|t| t.share.shares) lead=words.text(|t| t.share.shares_lead)>
            {failure}
            <ul class="shares" tabindex="-1" node_ref=shares.list aria-label=words.text(|t| t.share.list) aria-busy=move || shares.busy.get().to_string()>
                <For each=ids key=Clone::clone let:id>
                    <li><Row share=shares.find(id) editing revoking /></li>
                </For>
            </ul>
            <Show when=is_first><Card><Skeleton shape=SkeletonShape::Lines(4) /></Card></Show>
            <Show when=nothing>
                <Empty icon=IconName::Link title=words.text(|t| t.share.none)>{words.text(|t| t.share.none_help)}</Empty>
            </Show>
            <Show when=move || shares.next.with(Option::is_some)>
                <div class="history__more">
                    <Button busy=shares.busy on_click=more>{words.text(|t| t.share.more)}</Button>
                </div>
            </Show>
            <Edit shares editing />
            <Revoke shares revoking />
        </Page>
    }
    .into_any()
}

/// One share.
#[component]
fn Row(
    /// The share; it may be gone when this is asked for the last time.
    share: Memo<Option<Share>>,
    /// The one that is changed.
    editing: RwSignal<Option<Share>>,
    /// The one that is taken back.
    revoking: RwSignal<Option<Share>>,
) -> AnyView {
    let words = use_words();
    let minute = use_minute();
    let get = move || share.try_get().flatten();
    let title = move || {
        let title = get().map(|share| share.title).unwrap_or_default();
        if title.is_empty() { words.texts().share.untitled.to_owned() } else { title }
    };
    let standing = Memo::new(move |_| {
        let share = get()?;
        Some(match share.ends_at {
            Some(end) if end <= minute.get() => Standing::Over,
            _ if share.views.is_some_and(|most| share.viewed >= most) => Standing::UsedUp,
            _ => Standing::Open,
        })
    });
    let tone = Signal::derive(move || match standing.get() {
        Some(Standing::Open) => Tone::Success,
        _ => Tone::Neutral,
    });
    let stands = move || match standing.get() {
        Some(Standing::Over) => words.texts().share.over,
        Some(Standing::UsedUp) => words.texts().share.used_up,
        _ => words.texts().share.open,
    };
    let facts = move || {
        let (texts, language) = (words.texts(), words.language());
        let Some(share) = get() else { return String::new() };
        let mut facts = vec![
            (texts.shell.kind)(share.kind).to_owned(),
            (texts.share.items)(share.items),
            (texts.share.shown)(share.shown).to_owned(),
            (texts.share.viewed)(share.viewed, share.views),
        ];
        facts.extend(share.ends_at.map(|end| (texts.share.ends)(&format::absolute(end, language))));
        facts.extend(share.password.then(|| texts.share.has_password.to_owned()));
        facts.extend(share.download.then(|| texts.share.download.to_owned()));
        facts.extend((share.bytes > 0).then(|| format::bytes(share.bytes)));
        facts.join(" · ")
    };
    let made = Signal::derive(move || get().map(|share| share.created_at).unwrap_or_default());
    let link = Signal::derive(move || get().map(|share| address(&share)).unwrap_or_default());
    let is_open = move || standing.get() == Some(Standing::Open);
    view! {
        <Card tight=true>
            <article class="share-row" aria-label=title>
                <div class="share-row__head">
                    <h2 class="share-row__title" dir="auto">{title}</h2>
                    <Badge tone>{stands}</Badge>
                    <span class="muted small"><Ago at=made /></span>
                </div>
                <p class="share-row__facts">{facts}</p>
                <div class="job-actions">
                    <Show when=is_open>
                        <CopyButton text=link label=words.text(|t| t.share.copy) />
                        <ButtonLink kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::External new_tab=true href=link>
                            {words.text(|t| t.share.look)}
                        </ButtonLink>
                    </Show>
                    <Show when=move || standing.get() != Some(Standing::Over)>
                        <Button kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Pencil on_click=move |_| editing.set(get())>
                            {words.text(|t| t.share.edit)}
                        </Button>
                    </Show>
                    <Button kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Trash on_click=move |_| revoking.set(get())>
                        {words.text(|t| t.share.revoke)}
                    </Button>
                </div>
            </article>
        </Card>
    }
    .into_any()
}

/// Whether a share can still be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Open,
    Over,
    UsedUp,
}
