//! Simulator and worker as child processes, with storage of their own.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::{fs, process};

use anyhow::Result;
use serde_json::{Value, json};
use tokio::runtime::Handle;
use tokio::task::block_in_place;
use xtask::project::Project;
use xtask::stack::{Simulator, SimulatorOptions, WorkerOptions, WorkerRuntime};

use crate::record::{self, record};
use crate::wait::until;
use crate::{Client, Setup, Vendor};

/// A running product. Its processes end, and its storage goes, with the value.
#[derive(Debug)]
pub struct Studio {
    /// The owner, by code.
    pub owner: Client,
    /// Somebody who is not logged in.
    pub nobody: Client,
    /// The vendor's side.
    pub vendor: Vendor,
    options: WorkerOptions,
    health: u16,
    /// The members that were asked for, by their names.
    pub(crate) members: tokio::sync::Mutex<HashMap<String, Client>>,
    worker: Mutex<Option<WorkerRuntime>>,
    _simulator: Simulator,
}

/// Several, because each keeps the vendor's pace: one alone would have all tests wait for its two pictures a second, and for
/// what one of them made the vendor say.
static SHARED: [Shared; 4] = [const { Shared::const_new(None) }; 4];

type Shared = tokio::sync::Mutex<Option<Result<Arc<Studio>, String>>>;

tokio::task_local! {
    /// Which of the shared studios a test uses.
    static PLACE: usize;
}
static PROJECT: OnceLock<(Project, PathBuf)> = OnceLock::new();
static STARTED: AtomicU32 = AtomicU32::new(0);

/// The checkout and the built simulator.
fn project() -> &'static (Project, PathBuf) {
    PROJECT.get_or_init(|| {
        let project = Project::find().unwrap();
        let simulator = Simulator::build(&project).unwrap();
        (project, simulator)
    })
}

impl Studio {
    /// Runs a test that may use a shared studio: always the same one for the same number.
    pub async fn sharing<T: Future>(number: usize, test: T) -> T::Output {
        PLACE.scope(number % SHARED.len(), test).await
    }

    /// The studio that the test uses together with others. Its vendor has no limits: only the tests of the pace meet them.
    pub async fn shared() -> Arc<Self> {
        let place = PLACE.try_with(|place| *place).unwrap_or_default();
        let mut shared = SHARED[place].lock().await;
        if shared.is_none() {
            let started = tokio::task::spawn_blocking(|| Self::start_now(&Setup::default())).await.unwrap();
            if let Ok(studio) = &started {
                let unlimited = [
                    "image.create",
                    "image.message.create",
                    "text.generate",
                    "video.create",
                    "asr.create",
                    "upload.policy",
                    "speech.socket",
                    "tts.http",
                ];
                let mut rates = json!({"task.get": 9999, "task.cancel": 9999});
                unlimited.into_iter().for_each(|endpoint| rates[endpoint] = json!(9999));
                // The vendor's 23 s of patience stay 23 real ones: a busy machine is not silence.
                let settings = json!({"rates": rates, "running_cap": 100, "idle_ms": 2_300_000});
                studio.vendor.settings(&settings).await;
            }
            *shared = Some(started.map(Arc::new).map_err(|error| format!("{error:#}")));
        }
        match shared.as_ref() {
            Some(Ok(studio)) => Arc::clone(studio),
            Some(Err(error)) => panic!("the shared studio did not start: {error}"),
            None => panic!("the shared studio was ended"),
        }
    }

    /// A studio for one test alone.
    pub async fn start(setup: Setup) -> Self {
        tokio::task::spawn_blocking(move || Self::start_now(&setup)).await.unwrap().unwrap()
    }

    /// Looks through what was built for the keys and codes of all studios.
    pub fn search_what_was_built() {
        let project = &project().0;
        for folder in [project.dist(), project.worker_build()] {
            record().search_files(&folder);
        }
    }

    /// Ends the shared studios. Answers how many prompts were settled, and which of them were sent again.
    pub async fn end_shared() -> (usize, Vec<String>) {
        let (mut settled, mut again) = (0, Vec::new());
        for shared in &SHARED {
            if let Some(Ok(studio)) = shared.lock().await.take() {
                let (count, prompts) = studio.vendor.sent_again().await;
                settled += count;
                again.extend(prompts);
            }
        }
        (settled, again)
    }

    fn start_now(setup: &Setup) -> Result<Self> {
        let (project, simulator) = project();
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let state = project.target.join(format!("e2e/{}-{number}", process::id()));
        let simulator = Simulator::start(
            simulator,
            &SimulatorOptions {
                port: 0,
                clock_scale: setup.clock_scale,
                api_key: setup.right_key.to_owned(),
                region: setup.vendor_region.to_owned(),
                log: state.join("logs/simulator.log"),
            },
        )?;
        let mut options = WorkerOptions {
            port: 0,
            state,
            api_key: setup.api_key.to_owned(),
            owner_code: setup.owner_code.to_owned(),
            signing_key: setup.signing_key.to_owned(),
            base_url: Some(simulator.base_url.clone()),
            vars: [("DASHSCOPE_REGION", setup.region), ("DASHSCOPE_WORKSPACE", setup.workspace)]
                .iter()
                .chain(setup.vars)
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            bucket: setup.bucket,
        };
        let worker = WorkerRuntime::start_answering(setup.health, project, &options)?;
        options.port = worker.port; // started again, it has to be at the same address
        let authority = simulator.base_url.trim_start_matches("http://");
        let keys = [setup.api_key, setup.owner_code, setup.signing_key];
        keys.into_iter().filter(|key| key.len() >= record::SHORTEST).for_each(record::key);
        record::task(authority);
        Ok(Self {
            owner: Client::new(&worker.base_url, Some(setup.owner_code)),
            nobody: Client::new(&worker.base_url, None),
            vendor: Vendor::new(&simulator.base_url, setup.right_key),
            options,
            health: setup.health,
            members: tokio::sync::Mutex::default(),
            worker: Mutex::new(Some(worker)),
            _simulator: simulator,
        })
    }

    /// The handles of the uploaded recordings that lie in the bucket, by the bucket's own book.
    #[must_use]
    pub fn kept_files(&self) -> BTreeSet<String> {
        let folder = self.options.state.join("worker/v3/r2/miniflare-R2BucketObject");
        let books = fs::read_dir(folder).into_iter().flatten().flatten();
        let texts = books.map(|book| String::from_utf8_lossy(&fs::read(book.path()).unwrap()).into_owned());
        let handles = |text: String| {
            let keys = text.split("/files/").skip(1);
            keys.map(|key| key.chars().take(36).collect()).collect::<Vec<_>>()
        };
        texts.flat_map(handles).collect()
    }

    /// Whether a text stands anywhere in what the worker has stored, or in its logs.
    #[must_use]
    pub fn stores(&self, text: &str) -> bool {
        let mut folders = vec![self.options.state.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if fs::read(path).is_ok_and(|bytes| contains(&bytes, text.as_bytes())) {
                    return true;
                }
            }
        }
        false
    }

    /// The folder of everything that the worker keeps or logs.
    #[must_use]
    pub fn state(&self) -> &Path {
        &self.options.state
    }

    /// Waits for a line of the worker's log that tells of `event` and says all of `what`; `null` stands for nothing.
    pub async fn heard(&self, event: &str, what: &Value) -> Value {
        let fields = what.as_object().unwrap();
        let is_it = |line: &Value| {
            line["event"] == event && fields.iter().all(|(name, value)| &line[name.as_str()] == value)
        };
        until(&format!("{event} {what} in the log"), async || {
            let log = fs::read(self.options.state.join("logs/worker.log")).unwrap_or_default();
            let lines = String::from_utf8_lossy(&log).into_owned();
            let mut lines = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
            lines.find(is_it)
        })
        .await
    }

    /// The folder of the bucket's bytes: one file for each part of an object.
    pub(crate) fn bucket_folder(&self) -> PathBuf {
        self.options.state.join("worker/v3/r2/bailian-studio-media/blobs")
    }

    fn take_worker(&self) -> Option<WorkerRuntime> {
        self.worker.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Ends the worker with SIGKILL, as a crash would.
    pub async fn kill_worker(&self) {
        let worker = self.take_worker().expect("it runs");
        tokio::task::spawn_blocking(move || worker.kill()).await.unwrap();
        record().logged(&self.options.state); // the next one begins another log
    }

    /// Starts the worker again: at the same address, with the same storage.
    pub async fn start_worker(&self) {
        let (options, health) = (self.options.clone(), self.health);
        let start = move || WorkerRuntime::start_answering(health, &project().0, &options);
        let worker = tokio::task::spawn_blocking(start).await.unwrap().unwrap();
        *self.worker.lock().unwrap() = Some(worker);
    }
}

impl Drop for Studio {
    fn drop(&mut self) {
        if let Some(worker) = self.take_worker() {
            worker.kill(); // nothing of it is kept
        }
        // Tasks that no test has asked about are secrets too.
        if let Ok(runtime) = Handle::try_current() {
            block_in_place(|| runtime.block_on(self.vendor.name_tasks()));
        }
        let mut record = record();
        record.logged(&self.options.state);
        record.search_files(&self.options.state.join("worker"));
        drop(record);
        // What cannot be removed lies in the build folder, where it harms nobody.
        let _ = fs::remove_dir_all(&self.options.state);
    }
}

fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}
