//! One code: what is known of it, and what can be done with it.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use studio_shared::budget::Limits;
use studio_shared::member::{Code, CodeChange, NAME_CAP};
use studio_shared::money::Money;

use super::codes::Keys;
use super::used::Used;
use crate::api::Failure;
use crate::pages::failure;
use crate::pages::usage::{Meter, amount};
use crate::parts::{
    Ago, Badge, Button, ButtonKind, ButtonSize, Dialog, Field, IconName, Notice, TextInput, Tone,
    focus_again, focused,
};
use crate::state::soon;
use crate::words::{Texts, use_words};

/// What is asked before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Rotate,
    Revoke,
}

/// One code in a list.
#[component]
pub(super) fn CodeRow(
    /// What can be done.
    keys: Keys,
    /// All codes.
    codes: Signal<Option<Vec<Code>>>,
    /// Which one.
    id: String,
) -> impl IntoView {
    let words = use_words();
    let id = StoredValue::new(id);
    let code = Memo::new(move |_| {
        codes.with(|codes| id.with_value(|id| codes.iter().flatten().find(|code| code.id == *id).cloned()))
    });
    let read = move || code.get();
    let name =
        Memo::new(move |_| code.with(|code| code.as_ref().map(|code| code.name.clone()).unwrap_or_default()));
    let is_revoked =
        Memo::new(move |_| code.with(|code| code.as_ref().is_some_and(|code| code.revoked_at.is_some())));
    // Read by `try_get`: the end of a session changes it and takes the row away at once.
    let is_this = Memo::new(move |_| id.with_value(|id| keys.is_this(id)));
    let used = Signal::derive(move || read().and_then(|code| code.used_at));
    let made = move || read().map(|code| view! { <Ago at=code.created_at /> });
    let day = Signal::derive(move || read().map(|code| code.budget.day));
    let month = Signal::derive(move || read().map(|code| code.budget.month));
    let has = move |spending: Signal<Option<studio_shared::budget::Spending>>| {
        spending.get().is_some_and(|spending| spending.limit.is_some())
    };
    let editing = RwSignal::new(false);
    let shut = move || {
        soon(move || {
            editing.try_set(false);
        });
    };
    let open = RwSignal::new(false);
    let asked = RwSignal::new(Asked::Rotate);
    let ask = move |what: Asked| {
        asked.set(what);
        open.set(true);
    };
    let does = move || {
        open.set(false);
        let id = id.get_value();
        match asked.get_untracked() {
            Asked::Rotate => keys.rotate(id),
            Asked::Revoke => keys.revoke(id),
        }
    };
    let question = move || {
        let texts = &words.texts().people;
        name.with(|name| match asked.get() {
            Asked::Rotate => (texts.rotate_ask)(name),
            Asked::Revoke => (texts.revoke_ask)(name),
        })
    };
    let actions = move || {
        view! {
            <Button on_click=move |_| open.set(false)>{words.text(|t| t.people.cancel)}</Button>
            <Button kind=ButtonKind::Danger on_click=move |_| does()>
                {move || match asked.get() {
                    Asked::Rotate => words.texts().people.rotate,
                    Asked::Revoke => words.texts().people.revoke,
                }}
            </Button>
        }
    };
    let consequence = move || {
        let texts = &words.texts().people;
        let (all, own) = match asked.get() {
            Asked::Rotate => (texts.rotate_help, texts.rotate_own),
            Asked::Revoke => (texts.revoke_help, texts.revoke_own),
        };
        view! { <p>{all}</p>{is_this.try_get().unwrap_or_default().then(|| view! { <p class="strong">{own}</p> })} }
    };
    view! {
        <article class="code-row" class:code-row--revoked=is_revoked aria-label=move || name.get()>
            <p class="code-row__head">
                <span class="strong" dir="auto">{move || name.get()}</span>
                <Show when=move || is_this.try_get().unwrap_or_default()><Badge tone=Tone::Info>{words.text(|t| t.people.this_one)}</Badge></Show>
                <Show when=move || is_revoked.get()><Badge>{words.text(|t| t.people.revoked)}</Badge></Show>
            </p>
            <p class="member-row__facts">
                <span>{words.text(|t| t.people.used)}" "<Used at=used /></span>
                <span>{words.text(|t| t.people.made)}" "{made}</span>
            </p>
            <Show when=move || (has(day) || has(month)) && !is_revoked.get()>
                <div class="member-row__meters">
                    <Show when=move || has(day)><Meter brief=true label=words.text(|t| t.usage.today) spending=day /></Show>
                    <Show when=move || has(month)><Meter brief=true label=words.text(|t| t.usage.month) spending=month /></Show>
                </div>
            </Show>
            <Show when=move || !is_revoked.get()>
                <div class="cluster">
                    <Button size=ButtonSize::Small icon=IconName::Pencil on_click=move |_| editing.update(|editing| *editing = !*editing)>{words.text(|t| t.people.edit)}</Button>
                    <Button size=ButtonSize::Small icon=IconName::Retry busy=keys.busy on_click=move |_| ask(Asked::Rotate)>{words.text(|t| t.people.rotate)}</Button>
                    <Button size=ButtonSize::Small icon=IconName::Close busy=keys.busy on_click=move |_| ask(Asked::Revoke)>{words.text(|t| t.people.revoke)}</Button>
                </div>
            </Show>
            <Show when=move || editing.get() && !is_revoked.get()>
                <CodeForm keys code=code.get_untracked() on_done=move |()| shut() />
            </Show>
            <Dialog open title=question actions>{consequence}</Dialog>
        </article>
    }
    .into_any()
}

/// The form of a code: a new one, or one that is changed.
#[component]
pub(super) fn CodeForm(
    /// What can be done.
    keys: Keys,
    /// The code that is changed; a new one where there is none.
    #[prop(optional_no_strip)]
    code: Option<Code>,
    /// It was kept, or given up.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let limit = |limit: Option<Money>| limit.map(|money| money.to_string()).unwrap_or_default();
    let budget = code.as_ref().map(|code| code.budget).unwrap_or_default();
    let name = RwSignal::new(code.as_ref().map(|code| code.name.clone()).unwrap_or_default());
    let fields = [limit(budget.day.limit), limit(budget.month.limit)].map(RwSignal::new);
    let id = StoredValue::new(code.map(|code| code.id));
    let is_new = id.with_value(Option::is_none);
    // Name, day, month.
    let wrong = RwSignal::new([false; 3]);
    let failure = RwSignal::new(None::<Failure>);
    let opener = StoredValue::new_local(focused());
    let shut = move || {
        let opener = opener.try_get_value().flatten();
        on_done.try_run(());
        focus_again(opener);
    };
    let then = Callback::new(move |refused: Option<Failure>| match refused {
        // The card of the new code takes the focus.
        None if is_new => {
            on_done.try_run(());
        }
        None => shut(),
        Some(refused) => {
            let named = |field: &str| refused.problems().iter().any(|problem| problem.field == field);
            let fields = [named("name"), named("budget.day"), named("budget.month")];
            wrong.try_set(fields);
            failure.try_set((!fields.contains(&true)).then_some(refused));
        }
    });
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let text = name.with_untracked(|name| name.trim().to_owned());
        let amounts = fields.map(|field| field.with_untracked(|text| amount(text)));
        let name_wrong = text.is_empty() || text.chars().count() > NAME_CAP;
        failure.set(None);
        wrong.set([name_wrong, amounts[0].is_err(), amounts[1].is_err()]);
        let ([Ok(day), Ok(month)], false) = (amounts, name_wrong) else { return };
        if !keys.busy.get_untracked() {
            let change = CodeChange { name: Some(text), budget: Some(Limits { day, month }) };
            keys.write(id.get_value(), change, then);
        }
    };
    let first = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = first.get() {
            drop(input.focus());
        }
    });
    let problem = move |at: usize, say: fn(&'static Texts) -> String| {
        Signal::derive(move || {
            let is_wrong = wrong.with(|wrong| wrong.get(at).copied().unwrap_or_default());
            is_wrong.then(|| say(words.texts()))
        })
    };
    let share = move |at: usize, value: RwSignal<String>, label: fn(&'static Texts) -> &'static str| {
        view! {
            <Field
                label=words.text(label)
                help=words.text(|t| t.usage.limit_help)
                problem=problem(at, |t| t.usage.not_money.to_owned())
                optional=true
            >
                <TextInput value on_input=move |text| value.set(text) />
            </Field>
        }
    };
    let [day, month] = fields;
    let label = if is_new { words.text(|t| t.people.new_code) } else { words.text(|t| t.people.edit) };
    let notice = move || {
        failure.get().map(|failure| {
            let line = move || failure::line(&failure, words.texts());
            view! { <Notice tone=Tone::Danger live=true title=line /> }
        })
    };
    view! {
        <form class="member-form code-form" aria-label=label novalidate=true on:submit=send>
            <Field
                label=words.text(|t| t.people.code_name)
                help=words.text(|t| t.people.code_name_help)
                problem=problem(0, |t| (t.people.name_wrong)(NAME_CAP))
            >
                <TextInput value=name on_input=move |text| name.set(text) node_ref=first />
            </Field>
            <div class="pair">
                {share(1, day, |t| t.people.shares[0])}
                {share(2, month, |t| t.people.shares[1])}
            </div>
            {notice}
            <div class="cluster">
                <Button kind=ButtonKind::Primary submit=true busy=keys.busy>
                    {if is_new { words.text(|t| t.people.new_code) } else { words.text(|t| t.people.save) }}
                </Button>
                <Button kind=ButtonKind::Quiet on_click=move |_| shut()>{words.text(|t| t.people.cancel)}</Button>
            </div>
        </form>
    }
    .into_any()
}
