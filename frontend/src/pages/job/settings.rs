//! Everything there is to know about a job.

use leptos::prelude::*;
use studio_shared::catalogue;
use studio_shared::job::Job;
use studio_shared::request::{ImageRequest, Request};
use studio_shared::time::Timestamp;

use super::facts::fact;
use super::notes::{Notes, label};
use crate::format;
use crate::parts::{Card, CopyButton, Elapsed, KeyList, KeyValue, Notice, Tone};
use crate::text::Text;
use crate::words::use_words;

/// The prompt, and what the vendor made of it.
#[component]
pub(crate) fn Prompts(
    /// The job.
    job: RwSignal<Job>,
) -> impl IntoView {
    let words = use_words();
    let original = fact(job, |job| job.request.prompt().to_owned());
    let rewritten = fact(job, |job| {
        let mut all = Vec::new();
        for text in job.outputs.iter().filter_map(|output| output.actual_prompt.clone()) {
            if text != job.request.prompt() && !all.contains(&text) {
                all.push(text);
            }
        }
        all
    });
    let rewritten = move || {
        let texts = rewritten.get().into_iter();
        let each = texts.map(|text| {
            view! {
                <div class="prompt-text">
                    <h2 class="prompt-text__name">{words.text(|t| t.job.rewritten)}</h2>
                    <p class="prompt-text__text" dir="auto">{text.clone()}</p>
                    <CopyButton text />
                </div>
            }
        });
        each.collect_view()
    };
    view! {
        <div class="prompt-text">
            <h2 class="prompt-text__name">{words.text(|t| t.job.original)}</h2>
            <p class="prompt-text__text prompt-text__text--main" dir="auto">{original}</p>
            <CopyButton text=original />
        </div>
        {rewritten}
    }
}

/// The settings, in the words of the form.
#[component]
pub(crate) fn Settings(
    /// The job.
    job: RwSignal<Job>,
) -> impl IntoView {
    let words = use_words();
    let request = fact(job, |job| job.request.clone());
    let notes = fact(job, |job| job.notes.clone());
    let name = move |field: &'static str| Text::by_language(move |language| label(field, language));
    let rows = move || {
        let Some(ImageRequest { model, prompt: _, negative_prompt, size, n, prompt_extend, watermark, seed }) =
            picture(request.get())
        else {
            return ().into_any();
        };
        let on_off = move |on: bool| words.text(if on { |t| t.job.on } else { |t| t.job.off });
        let name_of_model = catalogue::model(&model).map(|known| Text::label(known.name)).unwrap_or_default();
        view! {
            <KeyValue name=words.text(|t| t.create.model)>{name_of_model}" "<code>{model}</code></KeyValue>
            {negative_prompt.map(|text| view! { <KeyValue name=name("negative_prompt")><bdi>{text}</bdi></KeyValue> })}
            <KeyValue name=name("size")>{format!("{}×{}", size.width, size.height)}</KeyValue>
            <KeyValue name=name("n")>{n}</KeyValue>
            <KeyValue name=name("prompt_extend")>{on_off(prompt_extend)}</KeyValue>
            <KeyValue name=name("watermark")>{on_off(watermark)}</KeyValue>
            {seed.map(|seed| view! { <KeyValue name=name("seed")>{seed}</KeyValue> })}
        }
        .into_any()
    };
    view! {
        <Card heading=words.text(|t| t.job.settings)>
            <KeyList>{rows}</KeyList>
            <Show when=move || notes.with(|notes| !notes.is_empty())>
                <Notice tone=Tone::Info title=words.text(|t| t.job.sent_otherwise)><Notes notes /></Notice>
            </Show>
        </Card>
    }
}

fn picture(request: Request) -> Option<ImageRequest> {
    match request {
        Request::Image(image) => Some(image),
        _ => None,
    }
}

/// Times, money, ids.
#[component]
pub(crate) fn Record(
    /// The job.
    job: RwSignal<Job>,
) -> impl IntoView {
    let words = use_words();
    let times = fact(job, |job| (job.created_at, job.started_at, job.finished_at));
    let cost = fact(job, |job| job.cost.clone());
    let ids = fact(job, |job| (job.id.clone(), job.request_id.clone()));
    let moment = move |moment: Timestamp| {
        view! { <time datetime=moment.to_string()>{move || format::absolute(moment, words.language())}</time> }
    };
    let rows = move || {
        let (created, started, finished) = times.get();
        view! {
            <KeyValue name=words.text(|t| t.job.created)>{moment(created)}</KeyValue>
            {started.map(|at| view! { <KeyValue name=words.text(|t| t.job.started)>{moment(at)}</KeyValue> })}
            {finished.map(|at| view! {
                <KeyValue name=words.text(|t| t.job.finished)>{moment(at)}</KeyValue>
                <KeyValue name=words.text(|t| t.job.duration)>
                    <Elapsed since=started.unwrap_or(created) until=Some(at) />
                </KeyValue>
            })}
        }
    };
    let money = move || {
        let cost = cost.get();
        let actual = cost.actual.map(format::money);
        view! {
            <KeyValue name=words.text(|t| t.job.estimate)>{cost.estimate.map(format::money)}</KeyValue>
            {actual.map(|actual| view! { <KeyValue name=words.text(|t| t.job.actual)>{actual}</KeyValue> })}
        }
    };
    let ids = move || {
        let (id, request_id) = ids.get();
        view! {
            <KeyValue name=words.text(|t| t.job.job_id)><code>{id}</code></KeyValue>
            {request_id.map(|id| view! {
                <KeyValue name=words.text(|t| t.job.request_id)>
                    <code>{id.clone()}</code>
                    <CopyButton text=id label=words.text(|t| t.job.copy_request_id) />
                </KeyValue>
            })}
        }
    };
    view! { <Card heading=words.text(|t| t.job.record)><KeyList>{rows}{money}{ids}</KeyList></Card> }
}
