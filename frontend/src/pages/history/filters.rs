//! What the history shows; kept in the address, so that it can be shared, marked and gone back to.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use studio_shared::catalogue;
use studio_shared::job::State;
use studio_shared::kind::Kind;

use crate::api::JobQuery;
use crate::parts::{
    ButtonKind, ButtonLink, ButtonSize, IconName, Select, SelectOption, Show, TextInput, TextInputKind,
};
use crate::text::Text;
use crate::words::use_words;

/// A pause in typing after which the list follows.
const PAUSE: Duration = Duration::from_millis(300);

/// What the address asks for.
pub(super) fn query_of_address(limit: u32) -> Memo<JobQuery> {
    let search = use_location().search;
    Memo::new(move |_| search.with(|search| JobQuery { limit: Some(limit), ..read(search) }))
}

/// Reads the part of an address after `?`. It comes from outside: unknown words are left out.
fn read(search: &str) -> JobQuery {
    let mut query = JobQuery::default();
    for (name, value) in form_urlencoded::parse(search.trim_start_matches('?').as_bytes()) {
        match name.as_ref() {
            "kind" => query.kind = value.parse().ok(),
            "state" => query.state = State::from_name(&value),
            "model" => query.model = catalogue::model(&value).map(|model| model.id.to_owned()),
            "q" => query.text = (!value.trim().is_empty()).then(|| value.into_owned()),
            _ => {}
        }
    }
    query
}

/// The address of the history that asks for this.
fn write(query: &JobQuery) -> String {
    let pairs = [
        ("kind", query.kind.map(Kind::as_str)),
        ("state", query.state.map(State::as_str)),
        ("model", query.model.as_deref()),
        ("q", query.text.as_deref().filter(|text| !text.trim().is_empty())),
    ];
    let mut search = form_urlencoded::Serializer::new(String::new());
    search.extend_pairs(pairs.into_iter().filter_map(|(name, value)| Some((name, value?))));
    match search.finish() {
        search if search.is_empty() => "/history".to_owned(),
        search => format!("/history?{search}"),
    }
}

/// Whether something is left out.
pub(super) fn is_narrow(query: &JobQuery) -> bool {
    query.kind.is_some() || query.state.is_some() || query.model.is_some() || query.text.is_some()
}

/// By kind, by state, by model, by words of the prompt.
#[component]
pub(super) fn Filters(
    /// What the address asks for.
    query: Memo<JobQuery>,
) -> impl IntoView {
    let words = use_words();
    let navigate = use_navigate();
    let go = Callback::new(move |query: JobQuery| {
        navigate(
            &write(&query),
            NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() },
        );
    });
    let states = move || {
        let all = SelectOption::new("", words.text(|t| t.history.all_states));
        let each =
            |state: State| SelectOption::new(state.as_str(), move || (words.texts().parts.state)(state));
        std::iter::once(all).chain(State::ALL.map(each)).collect::<Vec<_>>()
    };
    let kinds = move || {
        let all = SelectOption::new("", words.text(|t| t.history.all_kinds));
        let each = |kind: Kind| SelectOption::new(kind.as_str(), move || (words.texts().shell.kind)(kind));
        std::iter::once(all).chain(Kind::ALL.map(each)).collect::<Vec<_>>()
    };
    let kind = Memo::new(move |_| query.with(|query| query.kind));
    // Each made once: what an option shows must not end before the option.
    let each = Kind::ALL.into_iter().flat_map(catalogue::models);
    let each = each.map(|model| (model.kind, SelectOption::new(model.id, Text::label(model.name))));
    let each = StoredValue::new(each.collect::<Vec<_>>());
    let all_models = SelectOption::new("", words.text(|t| t.history.all_models));
    let models = Signal::derive(move || {
        let fits = |of: &Kind| kind.get().is_none_or(|kind| kind == *of);
        let fitting = each.with_value(|each| {
            each.iter().filter(|(of, _)| fits(of)).map(|(_, option)| option.clone()).collect::<Vec<_>>()
        });
        std::iter::once(all_models.clone()).chain(fitting).collect::<Vec<_>>()
    });
    let by_state = move |name: String| {
        go.run(JobQuery { state: State::from_name(&name), ..query.get_untracked() });
    };
    // A model is of one kind.
    let by_kind = move |name: String| {
        go.run(JobQuery { kind: name.parse().ok(), model: None, ..query.get_untracked() });
    };
    let by_model = move |id: String| {
        go.run(JobQuery { model: (!id.is_empty()).then_some(id), ..query.get_untracked() });
    };
    view! {
        <search class="filters">
            <SearchByText query on_search=move |text| go.run(JobQuery { text: Some(text), ..query.get_untracked() }) />
            <Select
                label=words.text(|t| t.history.kind)
                options=kinds()
                value=Signal::derive(move || kind.get().map(Kind::as_str).unwrap_or_default().to_owned())
                on_change=by_kind
            />
            <Select
                label=words.text(|t| t.history.state)
                options=states()
                value=Signal::derive(move || query.with(|query| query.state.map(State::as_str).unwrap_or_default().to_owned()))
                on_change=by_state
            />
            <Select
                label=words.text(|t| t.history.model)
                options=models
                value=Signal::derive(move || query.with(|query| query.model.clone().unwrap_or_default()))
                on_change=by_model
            />
            <Show when=move || query.with(is_narrow)>
                <ButtonLink href="/history" kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Close>
                    {words.text(|t| t.history.clear)}
                </ButtonLink>
            </Show>
        </search>
    }
}

/// Words of the prompt; the list follows after a pause in typing.
#[component]
fn SearchByText(
    /// What the address asks for.
    query: Memo<JobQuery>,
    /// What to look for.
    #[prop(into)]
    on_search: Callback<String>,
) -> impl IntoView {
    let words = use_words();
    // What is being typed and not looked for yet; the address, as soon as it has followed.
    let typing = RwSignal::new(None::<String>);
    let value = Signal::derive(move || {
        typing.get().unwrap_or_else(|| query.with(|query| query.text.clone().unwrap_or_default()))
    });
    let follow = debounce(PAUSE, move |text: String| {
        on_search.try_run(text);
        typing.try_set(None);
    });
    let follow = StoredValue::new_local(follow);
    let on_input = move |text: String| {
        typing.set(Some(text.clone()));
        follow.update_value(|follow| follow(text));
    };
    view! {
        <span class="filters__text">
            <TextInput
                kind=TextInputKind::Search
                label=words.text(|t| t.history.search)
                placeholder=words.text(|t| t.history.search)
                value
                on_input
            />
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_reads_back_what_was_chosen() {
        let query = JobQuery {
            kind: Some(Kind::Image),
            state: Some(State::Failed),
            model: Some("qwen-image".to_owned()),
            text: Some("猫 & 狗=1".to_owned()),
            ..JobQuery::default()
        };
        let address = write(&query);
        assert_eq!(read(address.trim_start_matches("/history")), query);
        assert_eq!(write(&JobQuery::default()), "/history");
    }

    #[test]
    fn strangers_in_the_address_are_left_out() {
        assert_eq!(read("?kind=gif&state=%3Cb%3E&model=gpt&q=++&x=y&%"), JobQuery::default());
        assert_eq!(read("?q=100%2541").text.as_deref(), Some("100%41"));
    }
}
