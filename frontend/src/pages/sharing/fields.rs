//! The controls of the terms.

use leptos::prelude::*;
use studio_shared::share::{MOST_VIEWS, Share, TITLE_CAP};

use super::terms::{ENDS, KEEP, Terms};
use crate::format;
use crate::parts::{
    Choice, ChoiceOption, Field, NumberInput, Select, SelectOption, Switch, TextInput, TextInputKind,
};
use crate::text::Text;
use crate::words::{Texts, use_words};

/// Title, password, end, views, download.
#[component]
pub(super) fn TermsFields(
    /// What is typed.
    terms: Terms,
    /// The share, where one is changed.
    #[prop(optional_no_strip)]
    share: Option<Share>,
) -> AnyView {
    let words = use_words();
    let counter =
        Signal::derive(move || Some((terms.title.with(|title| title.trim().chars().count()), TITLE_CAP)));
    let wrong = move |is: bool, pick: fn(&'static Texts) -> &'static str| {
        (terms.pressed.get() && is).then(|| pick(words.texts()).to_owned())
    };
    let views_problem = Signal::derive(move || wrong(terms.views().is_err(), |t| t.share.views_wrong));
    let day_problem = Signal::derive(move || wrong(terms.ends_at().is_err(), |t| t.share.end_wrong));
    let is_date = move || terms.end.with(|end| end == "date");
    let ends = ends(share.as_ref());
    let has_password = share.is_some_and(|share| share.password);
    view! {
        <Field label=words.text(|t| t.share.name) help=words.text(|t| t.share.name_help) counter>
            <TextInput value=terms.title on_input=move |text: String| terms.title.set(text) />
        </Field>
        {if has_password { view! { <PasswordChange terms /> }.into_any() } else { view! { <Password terms /> }.into_any() }}
        <div class="pair">
            <Field label=words.text(|t| t.share.end)>
                <Select options=ends value=terms.end on_change=move |end: String| terms.end.set(end) />
            </Field>
            <Show when=is_date>
                <Field label=words.text(|t| t.share.end_day_label) problem=day_problem>
                    <TextInput kind=TextInputKind::Day value=terms.day on_input=move |day: String| terms.day.set(day) />
                </Field>
            </Show>
            <Field
                label=words.text(|t| t.share.views)
                help=words.text(|t| t.share.views_help)
                problem=views_problem
                optional=true
            >
                <NumberInput
                    value=terms.views
                    on_input=move |text: String| terms.views.set(text)
                    min=1
                    max=i64::from(MOST_VIEWS)
                />
            </Field>
        </div>
        <Switch
            checked=terms.download
            on_change=move |on| terms.download.set(on)
            label=words.text(|t| t.share.download)
        />
    }
    .into_any()
}

/// When it may end; of one that is changed, also as it does.
fn ends(share: Option<&Share>) -> Vec<SelectOption> {
    let words = use_words();
    let kept = share.and_then(|share| share.ends_at).map(|end| {
        let label = Text::by_language(move |language| {
            (crate::words::texts(language).share.end_keep)(&format::absolute(end, language))
        });
        SelectOption::new(KEEP, label)
    });
    let named = ENDS.map(|end| {
        SelectOption::new(
            end,
            words.text(match end {
                "1" => |t| t.share.end_day,
                "7" => |t| t.share.end_week,
                "30" => |t| t.share.end_month,
                "date" => |t| t.share.end_date,
                _ => |t| t.share.end_never,
            }),
        )
    });
    kept.into_iter().chain(named).collect()
}

/// A password, in letters: it is to be told to somebody.
#[component]
fn Password(
    /// What is typed.
    terms: Terms,
    /// Whether it may not be left empty.
    #[prop(optional)]
    needed: bool,
) -> AnyView {
    let words = use_words();
    let problem = Signal::derive(move || {
        let is_missing = needed && terms.password.with(String::is_empty);
        (terms.pressed.get() && (terms.password().is_err() || is_missing))
            .then(|| words.texts().share.password_wrong.to_owned())
    });
    let write = move |text: String| {
        terms.password_way.set("set".to_owned());
        terms.password.set(text);
    };
    view! {
        <Field
            label=words.text(|t| t.share.password)
            help=words.text(|t| t.share.password_help)
            problem
            optional=!needed
        >
            <TextInput value=terms.password on_input=write />
        </Field>
    }
    .into_any()
}

/// What becomes of the password that a share has.
#[component]
fn PasswordChange(
    /// What is typed.
    terms: Terms,
) -> AnyView {
    let words = use_words();
    let options = Signal::stored(vec![
        ChoiceOption::new(KEEP, words.text(|t| t.share.password_keep)),
        ChoiceOption::new("set", words.text(|t| t.share.password_set)),
        ChoiceOption::new("none", words.text(|t| t.share.password_none)),
    ]);
    view! {
        <Field label=words.text(|t| t.share.password) group=true>
            <Choice options value=terms.password_way on_change=move |way: String| terms.password_way.set(way) />
        </Field>
        <Show when=move || terms.password_way.with(|way| way == "set")><Password terms needed=true /></Show>
    }
    .into_any()
}
