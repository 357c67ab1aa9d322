//! What all parts of a running campaign share.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use reqwest::RequestBuilder;
use serde_json::Value;
use studio_shared::job::{Job, JobList, State};
use studio_shared::request::{Recording, Request};
use studio_tests::{Answer, Client, Studio};
use tokio::sync::watch;
use tokio::time::sleep;

use crate::plan::number_in;
use crate::story::Story;

/// How long one thing may be tried for, kills and all.
const LONGEST_TRY: Duration = Duration::from_secs(240);

/// How often an answer is asked for again that says that the product itself is at fault.
const FAULTS: u32 = 5;

/// A running campaign.
pub(crate) struct Campaign {
    pub(crate) studio: Studio,
    pub(crate) seed: u64,
    /// Whether the worker runs.
    pub(crate) up: watch::Sender<bool>,
    /// By number.
    stories: Mutex<BTreeMap<u32, Story>>,
    /// How the jobs stood when they were last looked at, by id.
    jobs: Mutex<HashMap<String, (u32, State)>>,
    /// Orders of which everything has been done.
    pub(crate) carried_out: AtomicU32,
    /// Answers that were lost on the way to the person.
    pub(crate) lost: AtomicU32,
    pub(crate) refused: AtomicU32,
    pub(crate) repeated: AtomicU32,
    pub(crate) retried: AtomicU32,
    /// Nothing more is ordered or killed.
    pub(crate) over: AtomicBool,
    /// What was answered otherwise than it should be.
    pub(crate) surprises: Mutex<Vec<String>>,
}

impl Campaign {
    pub(crate) fn new(studio: Studio, seed: u64) -> Self {
        Self {
            studio,
            seed,
            up: watch::Sender::new(true),
            stories: Mutex::default(),
            jobs: Mutex::default(),
            carried_out: AtomicU32::new(0),
            lost: AtomicU32::new(0),
            refused: AtomicU32::new(0),
            repeated: AtomicU32::new(0),
            retried: AtomicU32::new(0),
            over: AtomicBool::new(false),
            surprises: Mutex::default(),
        }
    }

    pub(crate) fn stories(&self) -> MutexGuard<'_, BTreeMap<u32, Story>> {
        self.stories.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes one story.
    pub(crate) fn story<T>(&self, n: u32, change: impl FnOnce(&mut Story) -> T) -> T {
        change(self.stories().entry(n).or_default())
    }

    /// Notes an answer that should not have been.
    pub(crate) fn surprise(&self, what: String) {
        self.surprises.lock().unwrap_or_else(PoisonError::into_inner).push(what);
    }

    /// Waits until the worker runs.
    pub(crate) async fn running(&self) {
        self.up.subscribe().wait_for(|up| *up).await.unwrap();
    }

    /// Sends a request until an answer of the product comes, whatever it says: as a page does whose connection broke.
    pub(crate) async fn ask(&self, request: impl Fn(&Client) -> RequestBuilder) -> Answer {
        let (begun, mut faults) = (Instant::now(), 0);
        loop {
            self.running().await;
            match once(request(&self.studio.owner)).await {
                Some(answer) if answer.status == 500 && faults < FAULTS => faults += 1,
                Some(answer) => return answer,
                None => {
                    self.lost.fetch_add(1, Ordering::Relaxed);
                }
            }
            assert!(begun.elapsed() < LONGEST_TRY, "no answer: {:?}", request(&self.studio.owner));
            sleep(Duration::from_millis(200)).await;
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(|client| client.request("GET", path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.ask(|client| client.request("POST", path).json(body)).await
    }

    /// A page of jobs, whose states are taken over.
    pub(crate) async fn page(&self, query: &str) -> JobList {
        let answer = self.get(&format!("/api/jobs?limit=100{query}")).await.with(200);
        let page: JobList = serde_json::from_slice(&answer.bytes).unwrap();
        page.items.iter().for_each(|job| self.saw(job));
        page
    }

    /// Takes a job's state over.
    pub(crate) fn saw(&self, job: &Job) {
        let Some(n) = self.number_of(job) else { return };
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.insert(job.id.clone(), (n, job.state));
    }

    /// The job of a number, and how it stood when it was last looked at.
    pub(crate) fn job_of(&self, number: u32) -> Option<(String, State)> {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.iter().find(|(_, (n, _))| *n == number).map(|(id, (_, state))| (id.clone(), *state))
    }

    /// How the job stood when it was last looked at.
    pub(crate) fn state_of(&self, id: &str) -> Option<State> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).get(id).map(|(_, state)| *state)
    }

    /// The number of the order that a job is.
    pub(crate) fn number_of(&self, job: &Job) -> Option<u32> {
        match &job.request {
            Request::Image(image) => number_in(&image.prompt),
            Request::Video(video) => number_in(&video.prompt),
            Request::Speech(speech) => number_in(&speech.text),
            Request::Transcription(asked) => match &asked.recording {
                Recording::Url { url } => number_in(url),
                Recording::File { file } => self.number_of_file(file),
            },
            Request::Text(_) => number_in(&serde_json::to_value(&job.request).unwrap().to_string()),
        }
    }

    /// The number of the order that a recording was uploaded for.
    pub(crate) fn number_of_file(&self, text: &str) -> Option<u32> {
        let stories = self.stories();
        let of = |story: &Story| story.file.as_ref().is_some_and(|file| text.contains(file.as_str()));
        stories.iter().find(|(_, story)| of(story)).map(|(n, _)| *n)
    }
}

/// One try; `None` where the worker, or the way to it, was lost.
pub(crate) async fn once(request: RequestBuilder) -> Option<Answer> {
    let response = request.send().await.ok()?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let bytes = response.bytes().await.ok()?.to_vec();
    let answer = Answer { status, headers, bytes };
    (!is_lost(&answer)).then_some(answer)
}

/// Whether not the product answered, but what stands before it and has lost it.
pub(crate) fn is_lost(answer: &Answer) -> bool {
    let own =
        || serde_json::from_slice::<Value>(&answer.bytes).is_ok_and(|body| body["error"]["code"].is_string());
    answer.status >= 500 && !own()
}
