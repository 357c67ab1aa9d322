//! Everything in one archive.

use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::export;

use super::names;
use crate::api::{Client, Failure};
use crate::clock;
use crate::format;
use crate::pages::failure::FailureNotice;
use crate::pages::job::facts::is_there;
use crate::parts::{Button, ButtonKind, Card, IconName, Notice, Progress, Tone};
use crate::run::{Run, Runs};
use crate::words::use_words;
use crate::zip::Saved;
use crate::zip::archive::blobs::Pieces;
use crate::zip::archive::patiently;
use crate::zip::bundle::Bundle;
use crate::zip::directory::DosTime;

/// What has come so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct SoFar {
    jobs: usize,
    files: usize,
    lost: usize,
    bytes: u64,
}

#[derive(Clone, Debug, Default, PartialEq)]
enum Step {
    #[default]
    Idle,
    Going(SoFar),
    Done(SoFar, Vec<Saved>),
    Failed(Failure),
}

/// Why it ended early.
enum Early {
    /// The person did not want it any more.
    Stopped,
    Failed(Failure),
}

/// An export under way.
#[derive(Clone, Copy)]
struct Exporting {
    client: Client,
    step: RwSignal<Step>,
    run: Run,
}

impl Exporting {
    fn tell(self, step: Step) -> Result<(), Early> {
        if !self.run.is_on() {
            return Err(Early::Stopped);
        }
        self.step.try_set(step);
        Ok(())
    }

    async fn go(self) {
        let now = clock::now();
        let day = now.to_string().chars().take(10).collect::<String>();
        let made_at = DosTime::of(now, clock::ahead_min());
        let Ok(mut bundle) = Bundle::begin(format!("bailian-{day}"), made_at).await else {
            self.step.try_set(Step::Idle);
            return;
        };
        let mut so_far = SoFar::default();
        match self.fill(&mut bundle, &mut so_far).await {
            Ok(()) => {
                let end = bundle.finish().await;
                let step =
                    end.map_or_else(|| Step::Failed(Failure::Unreachable), |saved| Step::Done(so_far, saved));
                drop(self.tell(step));
            }
            Err(early) => {
                bundle.give_up().await;
                if let Early::Failed(failure) = early {
                    drop(self.tell(Step::Failed(failure)));
                }
            }
        }
    }

    async fn fill(self, bundle: &mut Bundle, so_far: &mut SoFar) -> Result<(), Early> {
        let mut cursor = None::<String>;
        let disk = || Early::Failed(Failure::Unreachable);
        for nth in 1_usize.. {
            self.tell(Step::Going(so_far.clone()))?;
            let text = patiently(|| self.client.export(cursor.as_deref())).await.map_err(Early::Failed)?;
            let page: export::Export =
                serde_json::from_str(&text).map_err(|_| Early::Failed(Failure::Strange { status: 200 }))?;
            bundle.add_text(names::page(nth), &text).await.ok_or_else(disk)?;
            for job in &page.jobs {
                so_far.jobs = so_far.jobs.saturating_add(1);
                for output in job.outputs.iter().filter(|output| is_there(output)) {
                    match patiently(|| self.fetch(&job.id, output.n)).await {
                        Ok((pieces, media_type)) => {
                            so_far.files = so_far.files.saturating_add(1);
                            so_far.bytes = so_far.bytes.saturating_add(pieces.length());
                            let name = names::media(&job.id, output.n, &media_type);
                            bundle.add(name, pieces).await.ok_or_else(disk)?;
                        }
                        Err(_) => so_far.lost = so_far.lost.saturating_add(1),
                    }
                    self.tell(Step::Going(so_far.clone()))?;
                }
            }
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        Ok(())
    }

    /// The bytes of a result, as the browser holds them.
    async fn fetch(self, job: &str, n: u32) -> Result<(Pieces, String), Failure> {
        let mut pieces = Pieces::default();
        let mut download = self.client.download(job, n).await?;
        while let Some(piece) = download.next().await? {
            if !self.run.is_on() {
                return Err(Failure::Unreachable);
            }
            pieces.push(&piece);
        }
        // What breaks off may look like an end.
        if download.length().is_some_and(|length| length != pieces.length()) {
            return Err(Failure::Unreachable);
        }
        Ok((pieces, download.media_type().to_owned()))
    }
}

/// Everything in one archive.
#[component]
pub(super) fn Export() -> AnyView {
    let words = use_words();
    let client = use_context::<Client>();
    let step = RwSignal::new(Step::Idle);
    let runs = Runs::new();
    let start = Callback::new(move |()| {
        let Some(client) = client else { return };
        spawn_local(Exporting { client, step, run: runs.begin() }.go());
    });
    let stop = move |_| {
        runs.give_up();
        step.set(Step::Idle);
    };
    let is_going = Memo::new(move |_| step.with(|step| matches!(step, Step::Going(_))));
    let label = move || match step.get() {
        Step::Going(so_far) => {
            (words.texts().data.so_far)(so_far.jobs, so_far.files, &format::bytes(so_far.bytes))
        }
        _ => String::new(),
    };
    let ended = Memo::new(move |_| step.with(|step| (!matches!(step, Step::Going(_))).then(|| step.clone())));
    let told = move || match ended.get() {
        Some(Step::Done(so_far, saved)) => view! { <Ended so_far saved /> }.into_any(),
        Some(Step::Failed(failure)) => view! { <FailureNotice failure on_again=start /> }.into_any(),
        _ => ().into_any(),
    };
    view! {
        <Card heading=words.text(|t| t.data.export)>
            <p class="data__help">{words.text(|t| t.data.export_help)}</p>
            <Show
                when=move || is_going.get()
                fallback=move || view! {
                    <div><Button icon=IconName::Download on_click=move |_| start.run(())>{words.text(|t| t.data.export_start)}</Button></div>
                }
            >
                <Progress label />
                <p class="small muted">{words.text(|t| t.data.stay)}</p>
                <div><Button icon=IconName::Stop on_click=stop>{words.text(|t| t.data.stop)}</Button></div>
            </Show>
            {told}
        </Card>
    }
    .into_any()
}

/// What was exported.
#[component]
fn Ended(
    /// What came.
    so_far: SoFar,
    /// The files that the browser holds.
    saved: Vec<Saved>,
) -> AnyView {
    let words = use_words();
    let SoFar { jobs, files, lost, .. } = so_far;
    let tone = if lost > 0 { Tone::Warning } else { Tone::Success };
    let again = move |saved: Saved| {
        let name = saved.name.clone();
        view! {
            <li class="archive__file">
                <span class="truncate">{name}</span>
                <span class="muted">{format::bytes(saved.bytes)}</span>
                <Button kind=ButtonKind::Quiet icon=IconName::Download on_click=move |_| saved.save()>
                    {words.text(|t| t.archive.save_again)}
                </Button>
            </li>
        }
    };
    view! {
        <Notice tone live=true title=move || (words.texts().data.exported)(jobs, files)>
            {(lost > 0).then(|| view! { <p>{move || (words.texts().data.lost)(lost)}</p> })}
        </Notice>
        <ul class="archive__files">{saved.into_iter().map(again).collect_view()}</ul>
    }
    .into_any()
}
