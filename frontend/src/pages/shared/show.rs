//! What was shared, drawn by the studio's own components.

use leptos::context::Provider;
use leptos::prelude::*;
use studio_shared::job::Job;
use studio_shared::kind::Kind;
use studio_shared::share::{Shared, SharedItem};

use super::item;
use crate::api::Shelf;
use crate::pages::job::files::Download;
use crate::pages::job::made::{Made, Room};
use crate::pages::job::settings::{Prompts, Settings};
use crate::parts::{ButtonKind, ButtonLink, IconName, Markdown};
use crate::words::use_words;

/// All that was shared.
#[component]
pub(super) fn SharedItems(
    /// The share.
    id: String,
    /// What it shows.
    shared: Shared,
) -> AnyView {
    let words = use_words();
    let called = match shared.title.trim() {
        "" => words.texts_untracked().share.reader.to_owned(),
        title => title.to_owned(),
    };
    let Shared { shown, conversation, items, download, view, .. } = shared;
    let recipes = shown.recipe();
    if conversation {
        // The turns have their settings in common, or nearly so: those of the last one are shown.
        let settings = items.last().filter(|_| recipes).and_then(|last| {
            let job = item::job(last, id, &called)?;
            Some(view! { <Recipe item=last.clone() job=RwSignal::new(job) /> })
        });
        return view! {
            <div class="shared__talk">
                <ol class="thread__turns" aria-label=words.text(|t| (t.shell.kind)(Kind::Text))>
                    {items.into_iter().map(|item| view! { <Turn item /> }).collect_view()}
                </ol>
                {settings}
            </div>
        }
        .into_any();
    }
    let draw = move |(n, item): (usize, SharedItem)| {
        let job = item::job(&item, format!("{id}-{n}"), &called)?;
        let first = item::first(&item);
        let shelf = Shelf::Shared { id: id.clone(), view: view.clone(), first, download };
        Some(view! { <Provider value=shelf><Item item job recipes /></Provider> })
    };
    view! { <div class="shared__items">{items.into_iter().enumerate().map(draw).collect_view()}</div> }
        .into_any()
}

/// One thing: what came out, and where they are shown, its settings beside it.
#[component]
fn Item(
    /// What it is.
    item: SharedItem,
    /// The same as a job.
    job: Job,
    /// Whether the settings are shown.
    recipes: bool,
) -> AnyView {
    let has_result = !item.outputs.is_empty() || item.text.is_some();
    let is_file = matches!(job.kind, Kind::Video | Kind::Speech);
    let job = RwSignal::new(job);
    let has_recipe = recipes && item.recipe.is_some();
    let made = has_result.then(|| {
        view! {
            <div class="job__main">
                <Made job room=Room::Page />
                {is_file.then(|| view! { <Download job /> })}
            </div>
        }
    });
    let settings = has_recipe.then(|| view! { <div class="job__side"><Recipe item job /></div> });
    let class = if has_result && has_recipe { "job" } else { "stack" };
    view! { <section class=class>{made}{settings}</section> }.into_any()
}

/// The settings, and the way to use them.
#[component]
fn Recipe(
    /// What they are of.
    item: SharedItem,
    /// The same as a job.
    job: RwSignal<Job>,
) -> AnyView {
    let words = use_words();
    let is_told = !matches!(item.kind, Kind::Transcription) && item.said.is_none();
    let prompts = is_told.then(|| view! { <Prompts job /> });
    let link = item::recipe(&item).map(|address| {
        view! {
            <div class="stack stack--tight">
                <div>
                    // Not by the router: the studio begins anew, and asks who is there.
                    <ButtonLink kind=ButtonKind::Primary icon=IconName::Tune href=address external=true>
                        {words.text(|t| t.share.use_recipe)}
                    </ButtonLink>
                </div>
                <p class="small muted">{words.text(|t| t.share.use_recipe_help)}</p>
            </div>
        }
    });
    view! { {prompts}<Settings job />{link} }.into_any()
}

/// One turn of a conversation.
#[component]
fn Turn(
    /// What it is.
    item: SharedItem,
) -> AnyView {
    let words = use_words();
    let answer = item.text.map(|answer| answer.text).unwrap_or_default();
    view! {
        <li class="turn">
            <section class="turn__said" aria-label=words.text(|t| t.chat.you)>
                <p class="turn__prompt" dir="auto">{item.said.unwrap_or_default()}</p>
            </section>
            <section class="turn__answer" aria-label=words.text(|t| t.chat.model_said)>
                <Markdown text=Signal::stored(answer) level=2 />
            </section>
        </li>
    }
    .into_any()
}
