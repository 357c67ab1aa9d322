//! Everything there is to know about a job.

use leptos::prelude::*;
use serde_json::Value;
use studio_shared::catalogue::{self, Parameter, Rule};
use studio_shared::job::Job;
use studio_shared::request::{Frame, Request};
use studio_shared::time::Timestamp;
use studio_shared::usage::Usage;

use super::facts::name;
use super::notes::Notes;
use crate::format;
use crate::parts::{Card, CopyButton, Elapsed, KeyList, KeyValue, Notice, Show, Tone};
use crate::state::fact;
use crate::text::Text;
use crate::words::{Texts, WordsHandle, use_words};

/// The prompt, and what the vendor made of it.
#[component]
pub(crate) fn Prompts(
    /// The job.
    job: RwSignal<Job>,
) -> impl IntoView {
    let words = use_words();
    let request = fact(job, |job| job.request.clone());
    let original = Signal::derive(move || request.with(|request| name(request, words.texts())));
    let kind = job.with_untracked(|job| job.kind);
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
            <h2 class="prompt-text__name">{move || (words.texts().job.original)(kind)}</h2>
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
    let rows = move || {
        let request = request.get();
        let model = request.model().to_owned();
        let known = catalogue::model(&model);
        let row = |(parameter, value): (&'static Parameter, Value)| {
            view! {
                <KeyValue name=Text::label(parameter.label)>
                    <bdi>{move || said(parameter, &value, words.texts())}</bdi>
                </KeyValue>
            }
        };
        view! {
            <KeyValue name=words.text(|t| t.create.model)>
                {known.map(|known| Text::label(known.name)).unwrap_or_default()}" "<code>{model}</code>
            </KeyValue>
            {given(&request).into_iter().map(row).collect_view()}
        }
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

/// The parameters of a request beside its main text, each with its value, in the order of the catalogue.
fn given(request: &Request) -> Vec<(&'static Parameter, Value)> {
    let Some(model) = catalogue::model(request.model()) else { return Vec::new() };
    let Ok(Value::Object(mut fields)) = serde_json::to_value(request) else { return Vec::new() };
    let is_main = |parameter: &&Parameter| parameter.required || parameter.name == "file";
    let rest = model.parameters.iter().filter(|parameter| !is_main(parameter));
    rest.filter_map(|parameter| Some((parameter, fields.remove(parameter.name)?))).collect()
}

/// A value as people read it.
fn said(parameter: &Parameter, value: &Value, texts: &Texts) -> String {
    let option = |word: &str| {
        (texts.create.option)(parameter.name, word).map_or_else(|| word.to_owned(), ToOwned::to_owned)
    };
    match value {
        Value::Bool(on) => if *on { texts.job.on } else { texts.job.off }.to_owned(),
        Value::String(text) if matches!(parameter.rule, Rule::Size(_)) => text.replace('*', "×"),
        Value::String(text) => option(text),
        Value::Array(words) => {
            words.iter().filter_map(Value::as_str).map(option).collect::<Vec<_>>().join(" · ")
        }
        other => other.to_string(),
    }
}

/// What distinguishes a request beside model and main text, in a few words.
pub(crate) fn in_short(request: &Request, words: WordsHandle) -> Vec<String> {
    let texts = words.texts();
    match request {
        Request::Image(image) => {
            vec![format!("{}×{}", image.size.width, image.size.height), (texts.job.count)(image.n)]
        }
        Request::Video(video) => {
            let frame = match &video.frame {
                Frame::Tier { resolution, ratio } => format!("{resolution} {ratio}"),
                frame => {
                    frame.size().map(|size| format!("{}×{}", size.width, size.height)).unwrap_or_default()
                }
            };
            vec![frame, (texts.job.seconds)(video.duration)]
        }
        Request::Speech(speech) => {
            let count = u32::try_from(speech.text.chars().count()).unwrap_or(u32::MAX);
            let voice = speech.voice.clone().into_iter().chain(speech.format.clone());
            voice.chain([(texts.job.characters)(count)]).collect()
        }
        Request::Text(_) | Request::Transcription(_) => Vec::new(),
    }
}

/// What was used, by the vendor's count.
fn used(usage: &Usage, texts: &Texts) -> String {
    let mut parts = Vec::new();
    parts.extend(usage.image_count.map(texts.job.count));
    parts.extend(usage.video_seconds.or(usage.audio_seconds).map(texts.job.seconds));
    parts.extend(usage.characters.map(texts.job.characters));
    if let (Some(input), Some(output)) = (usage.input_tokens, usage.output_tokens) {
        parts.push((texts.job.tokens)(input, output));
    }
    parts.join(" · ")
}

/// Times, money, ids.
#[component]
pub(crate) fn Record(
    /// The job.
    job: RwSignal<Job>,
) -> impl IntoView {
    let words = use_words();
    let times = fact(job, |job| (job.created_at, job.started_at, job.finished_at));
    let kind = job.with_untracked(|job| job.kind);
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
    let usage = fact(job, |job| job.usage);
    let money = move || {
        let cost = cost.get();
        let actual = cost.actual.map(format::money);
        let at_most = cost.at_most.map(format::money);
        let estimate = cost.estimate.map(format::money);
        let usage = usage.get().filter(|usage| *usage != Usage::default());
        view! {
            {usage.map(|usage| view! {
                <KeyValue name=words.text(|t| t.job.used)>{move || used(&usage, words.texts())}</KeyValue>
            })}
            <KeyValue name=words.text(|t| t.job.estimate)>
                {move || estimate.clone().unwrap_or_else(|| (words.texts().job.no_estimate)(kind).to_owned())}
            </KeyValue>
            {at_most.map(|amount| view! { <KeyValue name=words.text(|t| t.kept.at_most_name)>{amount}</KeyValue> })}
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

#[cfg(test)]
mod tests {
    use serde_json::json;
    use studio_shared::words::Language;

    use super::*;
    use crate::words::texts;

    #[test]
    fn settings_are_told_in_the_words_of_the_form() {
        let told = |value| {
            let request = Request::from_value(value).unwrap();
            let words = texts(Language::Zh);
            let all = given(&request);
            all.iter()
                .map(|(it, value)| format!("{}={}", it.label.zh, said(it, value, words)))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            told(json!({"model": "wan2.1-t2v-plus", "prompt": "日出延时摄影", "duration": 10})),
            ["分辨率=720×1280", "时长=10", "帧率=24", "智能改写=开", "水印=关"]
        );
        assert_eq!(
            told(json!({"model": "paraformer-v2", "file": "f"}))[..2],
            ["语言=中文 · 英文", "区分说话人=关"]
        );
    }
}
