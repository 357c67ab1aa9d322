//! The page: batches. Each is a page of its own below it.

mod bar;
pub mod new;
pub mod one;
mod row;

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use studio_shared::batch::{BatchList, Format};

use self::row::BatchRow;
use super::failure::FailureNotice;
use crate::api::{Client, Failure};
use crate::parts::{
    Button, ButtonKind, ButtonLink, Card, Empty, For, IconName, Page, Show, Skeleton, SkeletonShape,
};
use crate::state::batches::Batches;
use crate::state::live::Live;
use crate::words::use_words;

/// The page: batches.
#[component]
pub fn BatchesPage() -> impl IntoView {
    let words = use_words();
    let desk = Desk::new();
    let batches = Memo::new(move |_| desk.batches.all());
    let failure = move || {
        desk.failed.get().map(|failure| view! { <FailureNotice failure on_again=move |()| desk.ask(None) /> })
    };
    let is_first = Memo::new(move |_| desk.next.with(Option::is_none) && desk.failed.with(Option::is_none));
    let nothing = move || desk.next.with(Option::is_some) && batches.with(Vec::is_empty);
    let has_more = move || desk.next.with(|next| matches!(next, Some(Some(_))));
    let aside = move || {
        view! {
            <ButtonLink href="/batches/new" kind=ButtonKind::Primary icon=IconName::Plus>{words.text(|t| t.batches.new)}</ButtonLink>
        }
    };
    view! {
        <Page title=words.text(|t| t.batches.title) aside>
            {failure}
            <ul class="batches" aria-busy=move || is_first.get().to_string() aria-label=words.text(|t| t.batches.title)>
                <For each=move || batches.get() key=|(id, _)| id.clone() let((_, batch))>
                    <li><BatchRow batch /></li>
                </For>
                <Show when=move || is_first.get() && batches.with(Vec::is_empty)><Placeholders /></Show>
            </ul>
            <Show when=nothing><Nothing /></Show>
            <Show when=has_more>
                <div class="history__more">
                    <Button busy=desk.asking on_click=move |_| desk.more()>{words.text(|t| t.history.more)}</Button>
                </div>
            </Show>
        </Page>
    }
}

/// The list as it is asked for.
#[derive(Clone, Copy)]
struct Desk {
    client: Option<Client>,
    batches: Batches,
    /// Where the next page begins, once the first one has come.
    next: RwSignal<Option<Option<String>>>,
    asking: RwSignal<bool>,
    failed: RwSignal<Option<Failure>>,
}

impl Desk {
    fn new() -> Self {
        let desk = Self {
            client: use_context(),
            batches: Batches::get(),
            next: RwSignal::new(None),
            asking: RwSignal::new(false),
            failed: RwSignal::new(None),
        };
        let live = Live::get();
        Effect::new(move |_| {
            live.map(|live| live.generation().get());
            desk.ask(None);
        });
        desk
    }

    fn more(self) {
        if let Some(Some(cursor)) = self.next.get_untracked() {
            self.ask(Some(cursor));
        }
    }

    fn ask(self, cursor: Option<String>) {
        let Some(client) = self.client else { return };
        let asked = self.batches.mark();
        self.asking.set(true);
        self.failed.set(None);
        spawn_local_scoped_with_cancellation(async move {
            let answer = client.batches(cursor.as_deref()).await;
            self.asking.try_set(false);
            match answer {
                Ok(BatchList { items, next }) => {
                    self.batches.merge(items, asked);
                    self.next.try_set(Some(next));
                }
                Err(failure) => {
                    self.failed.try_set(Some(failure));
                }
            }
        });
    }
}

/// Places of batches to come.
#[component]
fn Placeholders() -> impl IntoView {
    let place = |_| view! { <li aria-hidden="true"><Card tight=true><Skeleton shape=SkeletonShape::Lines(2) /></Card></li> };
    (0..4).map(place).collect_view()
}

/// There is none yet: what they are, and how they are written.
#[component]
fn Nothing() -> impl IntoView {
    let words = use_words();
    let form = move |format: Format| {
        view! {
            <li>
                <h2 class="batches__form">{move || (words.texts().batches.format)(format)}</h2>
                <p class="small muted">{move || (words.texts().batches.format_help)(format)}</p>
                <pre class="batches__example" tabindex="0" aria-label=move || (words.texts().batches.format)(format)>{example(format)}</pre>
            </li>
        }
    };
    view! {
        <Empty icon=IconName::Stack title=words.text(|t| t.batches.nothing)>
            {words.text(|t| t.batches.nothing_help)}
        </Empty>
        <ul class="batches__forms">{Format::ALL.into_iter().map(form).collect_view()}</ul>
    }
}

/// How entries are written (`bailian-reference.md` §6).
const fn example(format: Format) -> &'static str {
    match format {
        Format::Json => {
            "{\n  \"image_tasks\": [\n    {\"model\": \"wan2.2-t2i-flash\",\n     \"prompt\": \"未来科技城市\",\n     \"size\": \"1440*810\", \"n\": 2}\n  ],\n  \"text_tasks\": [\n    {\"model\": \"qwen-turbo\", \"prompt\": \"生成产品文案\"}\n  ],\n  \"video_tasks\": [\n    {\"model\": \"wan2.1-t2v-plus\",\n     \"prompt\": \"日出延时摄影\", \"duration\": 5}\n  ]\n}"
        }
        Format::Csv => {
            "model,prompt,size,n\nwan2.2-t2i-flash,未来科技城市,1440*810,2\nqwen-image,\"对联：春风，福地\",,\nqwen-turbo,生成产品文案,,"
        }
        Format::Lines => "雨后的江南小巷\n雪山下的湖泊\n赛博朋克风格的夜市",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use studio_shared::batch;

    use super::*;

    #[test]
    fn every_example_is_accepted_as_it_stands() {
        for format in Format::ALL {
            let settings = match format {
                Format::Lines => json!({"model": "wan2.2-t2i-flash"}),
                Format::Json | Format::Csv => json!({}),
            };
            let read = batch::read(example(format).as_bytes(), format, settings.as_object().unwrap());
            assert_eq!(read.map(|entries| entries.len()), Ok(3), "{format:?}");
        }
    }
}
