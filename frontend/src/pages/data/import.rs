//! What another studio has exported, taken in. A page that was taken in before changes nothing, so after a break the same
//! is done once more.

use std::collections::BTreeMap;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::export;
use web_sys::File;

use super::names;
use crate::api::{Client, Failure};
use crate::pages::failure::FailureNotice;
use crate::parts::{Button, Card, IconName, Notice, Progress, Tone};
use crate::run::{Run, Runs};
use crate::words::use_words;
use crate::zip::archive::patiently;
use crate::zip::open::Opened;
use crate::zip::read::Entry;

/// What has gone in so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct SoFar {
    added: u32,
    known: u32,
    unfinished: u32,
    files: usize,
    absent: usize,
}

#[derive(Clone, Debug, Default, PartialEq)]
enum Step {
    #[default]
    Idle,
    /// So many pages of how many.
    Pages(usize, usize),
    /// So many files of how many, of one page.
    Files(usize, usize),
    Done(SoFar),
    /// This file is no such archive.
    NoArchive(String),
    Failed(Failure),
}

impl Step {
    const fn is_going(&self) -> bool {
        matches!(self, Self::Pages(..) | Self::Files(..))
    }
}

/// An import under way.
#[derive(Clone, Copy)]
struct Importing {
    client: Client,
    step: RwSignal<Step>,
    run: Run,
}

impl Importing {
    /// Says how it stands; the error where it was given up.
    fn tell(self, step: Step) -> Result<(), Step> {
        if !self.run.is_on() {
            return Err(Step::Idle);
        }
        self.step.try_set(step);
        Ok(())
    }

    async fn go(self, files: Vec<File>) {
        let end = match self.take(files).await {
            Ok(so_far) => Step::Done(so_far),
            Err(end) => end,
        };
        drop(self.tell(end));
    }

    async fn take(self, files: Vec<File>) -> Result<SoFar, Step> {
        self.tell(Step::Pages(0, 0))?;
        let mut archives = Vec::new();
        for file in files {
            let name = file.name();
            archives.push((Opened::read(file).await.ok_or_else(|| Step::NoArchive(name.clone()))?, name));
        }
        let (pages, media) = sorted(archives.iter().map(|(archive, _)| archive.entries.as_slice()));
        if pages.is_empty() {
            return Err(Step::NoArchive(archives.first().map(|(_, name)| name.clone()).unwrap_or_default()));
        }
        let mut so_far = SoFar::default();
        for (nth, (of, page)) in pages.iter().enumerate() {
            self.tell(Step::Pages(nth, pages.len()))?;
            let Some((archive, name)) = archives.get(*of) else { continue };
            let no_archive = || Step::NoArchive(name.clone());
            let text = archive.text(page).await.ok_or_else(no_archive)?;
            let read: export::Export = serde_json::from_str(&text).map_err(|_| no_archive())?;
            let taken = patiently(|| self.client.import(text.clone())).await.map_err(Step::Failed)?;
            so_far.added = so_far.added.saturating_add(taken.added);
            so_far.known = so_far.known.saturating_add(taken.known);
            so_far.unfinished = so_far.unfinished.saturating_add(taken.unfinished);
            for (nth, missing) in taken.missing.iter().enumerate() {
                self.tell(Step::Files(nth, taken.missing.len()))?;
                let found = media.get(&(missing.job.as_str(), missing.n));
                let found = found.and_then(|(of, entry)| Some((&archives.get(*of)?.0, *entry)));
                let sent = match found.zip(media_type(&read, missing)) {
                    Some(((archive, entry), media_type)) => {
                        self.send(archive, entry, missing, media_type).await?
                    }
                    None => false,
                };
                let count = if sent { &mut so_far.files } else { &mut so_far.absent };
                *count = count.saturating_add(1);
            }
        }
        Ok(so_far)
    }

    /// Sends one file; whether it went. What concerns all of them ends the import.
    async fn send(
        self,
        archive: &Opened,
        entry: &Entry,
        missing: &export::Missing,
        media_type: &str,
    ) -> Result<bool, Step> {
        let Some(blob) = archive.blob(entry).await else { return Ok(false) };
        let send = || self.client.import_output(&missing.job, missing.n, &blob, media_type);
        match patiently(send).await {
            Ok(()) => Ok(true),
            Err(failure @ (Failure::Unreachable | Failure::Strange { .. })) => Err(Step::Failed(failure)),
            Err(failure) if failure.is_logged_out() => Err(Step::Failed(failure)),
            Err(_) => Ok(false),
        }
    }
}

/// The media type of a result, as its page tells it.
fn media_type<'a>(page: &'a export::Export, missing: &export::Missing) -> Option<&'a str> {
    let job = page.jobs.iter().find(|job| job.id == missing.job)?;
    job.outputs.iter().find(|output| output.n == missing.n)?.media_type.as_deref()
}

/// The results of several archives, by job and number: in which archive, and where.
type Media<'a> = BTreeMap<(&'a str, u32), (usize, &'a Entry)>;

/// The pages of several archives in their order, and the results.
fn sorted<'a>(archives: impl Iterator<Item = &'a [Entry]>) -> (Vec<(usize, &'a Entry)>, Media<'a>) {
    let (mut pages, mut media) = (Vec::new(), BTreeMap::new());
    for (of, entries) in archives.enumerate() {
        for entry in entries {
            if names::is_page(&entry.name) {
                pages.push((of, entry));
            } else if let Some(key) = names::of_media(&entry.name) {
                media.insert(key, (of, entry));
            }
        }
    }
    pages.sort_by(|(_, a), (_, b)| a.name.cmp(&b.name));
    (pages, media)
}

/// Takes in what was exported.
#[component]
pub(super) fn Import() -> AnyView {
    let words = use_words();
    let client = use_context::<Client>();
    let step = RwSignal::new(Step::Idle);
    let runs = Runs::new();
    let input = NodeRef::<html::Input>::new();
    let choose = Callback::new(move |()| {
        if let Some(input) = input.get_untracked() {
            // The same file may be chosen once more.
            input.set_value("");
            input.click();
        }
    });
    let chosen = move |_| {
        let files = input.get_untracked().and_then(|input| input.files());
        let files: Vec<File> =
            files.map(|files| (0..files.length()).filter_map(|n| files.get(n)).collect()).unwrap_or_default();
        let Some(client) = client.filter(|_| !files.is_empty()) else { return };
        spawn_local(Importing { client, step, run: runs.begin() }.go(files));
    };
    let stop = move |_| {
        runs.give_up();
        step.set(Step::Idle);
    };
    let is_going = Memo::new(move |_| step.with(Step::is_going));
    let label = move || match step.get() {
        Step::Pages(done, total) => (words.texts().data.reading)(done, total),
        Step::Files(done, total) => (words.texts().data.sending)(done, total),
        _ => String::new(),
    };
    let value = Signal::derive(move || match step.get() {
        Step::Pages(done, total) | Step::Files(done, total) => {
            let part = done.saturating_mul(100).checked_div(total)?;
            u8::try_from(part.min(100)).ok()
        }
        _ => None,
    });
    let ended = Memo::new(move |_| step.with(|step| (!step.is_going()).then(|| step.clone())));
    let told = move || match ended.get() {
        Some(Step::Done(so_far)) => view! { <Ended so_far /> }.into_any(),
        Some(Step::Failed(failure)) => view! { <FailureNotice failure on_again=choose /> }.into_any(),
        Some(Step::NoArchive(name)) => view! {
            <Notice tone=Tone::Danger live=true title=move || (words.texts().data.no_zip)(&name) />
        }
        .into_any(),
        _ => ().into_any(),
    };
    view! {
        <Card heading=words.text(|t| t.data.import)>
            <p class="data__help">{words.text(|t| t.data.import_help)}</p>
            <input type="file" hidden=true multiple=true accept=".zip,application/zip" node_ref=input on:change=chosen />
            <Show
                when=move || is_going.get()
                fallback=move || view! {
                    <div><Button icon=IconName::Upload on_click=move |_| choose.run(())>{words.text(|t| t.data.choose)}</Button></div>
                }
            >
                <Progress label value />
                <p class="small muted">{words.text(|t| t.data.stay)}</p>
                <div><Button icon=IconName::Stop on_click=stop>{words.text(|t| t.data.stop)}</Button></div>
            </Show>
            {told}
        </Card>
    }
    .into_any()
}

/// What went in.
#[component]
fn Ended(
    /// What went in.
    so_far: SoFar,
) -> AnyView {
    let words = use_words();
    let SoFar { added, known, unfinished, files, absent } = so_far;
    let tone = if absent > 0 { Tone::Warning } else { Tone::Success };
    view! {
        <Notice tone live=true title=move || (words.texts().data.imported)(added, known, files)>
            {(unfinished > 0).then(|| view! { <p>{move || (words.texts().data.unfinished)(unfinished)}</p> })}
            {(absent > 0).then(|| view! { <p>{move || (words.texts().data.absent)(absent)}</p> })}
        </Notice>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_all_archives_come_in_their_order() {
        let entry = |name: &str| Entry { name: name.to_owned(), bytes: 1, at: 0 };
        let first = [entry("pages/000002.json"), entry("media/a/0.png")];
        let second = [entry("pages/000001.json"), entry("media/b/1.mp4"), entry("index.html")];
        let (pages, media) = sorted([first.as_slice(), second.as_slice()].into_iter());
        assert_eq!(pages.iter().map(|(of, _)| *of).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(media.keys().copied().collect::<Vec<_>>(), [("a", 0), ("b", 1)]);
    }
}
