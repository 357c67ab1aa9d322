//! Fetches results, counts their bytes, and has the browser keep them as ZIP files.
//!
//! The bytes are held by the browser as blobs, which it may put on its disk; only one piece of each result is ever in
//! the program's own memory. What could not be fetched is told, and the person decides: once more, or without it.

pub(crate) mod blobs;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::job::Job;
use web_sys::Blob;

use self::blobs::Pieces;
pub use self::blobs::Saved;
use super::gather::{Fetched, Of, Order, Part, Wanted, files_of, numbered};
use crate::api::{Client, Failure, JobQuery};
use crate::clock;
use crate::run::{Run, Runs};
use crate::state::sleep;
use crate::words::{WordsHandle, use_words};

/// Results that are fetched side by side: the browser keeps six connections to a server, and the page needs some.
const SIDE_BY_SIDE: usize = 4;

/// The pauses before a result is asked for once more, in milliseconds.
const PAUSES: [u64; 2] = [500, 2_000];

/// Jobs asked for at a time.
const PAGE: u32 = 100;

/// A file that did not come.
#[derive(Clone, Debug, PartialEq)]
pub struct Lost {
    /// The number of its job in the archive, from 1.
    pub entry: usize,
    /// Which result of it, from 1.
    pub n: u32,
    /// The job's prompt.
    pub prompt: String,
    /// Why.
    pub failure: Failure,
}

/// How far it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Step {
    /// Nothing was asked for yet.
    #[default]
    Idle,
    /// The list of jobs is read; so many so far.
    Listing(usize),
    /// Results are fetched.
    Fetching {
        /// Files that have come.
        done: usize,
        /// Files in all.
        total: usize,
        /// Bytes that have come.
        bytes: u64,
    },
    /// Some did not come: the person decides.
    Asking(Vec<Lost>),
    /// There was nothing to fetch.
    Nothing,
    /// It is saved, in these files.
    Done(Vec<Saved>),
    /// The list could not be read.
    Failed(Failure),
}

impl Step {
    /// Whether something is being done.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        matches!(self, Self::Listing(_) | Self::Fetching { .. })
    }
}

/// One order after another; given up when the view that made it goes.
#[derive(Clone, Copy)]
pub struct Archive {
    client: Option<Client>,
    words: WordsHandle,
    step: RwSignal<Step>,
    /// Goes up with each order, and when one is given up.
    runs: Runs,
    /// What waits for a decision.
    work: StoredValue<Option<Rc<Work>>, LocalStorage>,
}

/// What an order works with.
struct Work {
    order: Order,
    name: String,
    queue: RefCell<VecDeque<Wanted>>,
    part: RefCell<Part>,
    pieces: RefCell<Pieces>,
    saved: RefCell<Vec<Saved>>,
    lost: RefCell<Vec<(Wanted, Failure)>>,
}

impl Archive {
    /// To be made in a component.
    #[must_use]
    pub fn new() -> Self {
        let archive = Self {
            client: use_context(),
            words: use_words(),
            step: RwSignal::new(Step::Idle),
            runs: Runs::new(),
            work: StoredValue::new_local(None),
        };
        on_cleanup(move || archive.give_up());
        archive
    }

    /// How far it is.
    #[must_use]
    pub const fn step(self) -> RwSignal<Step> {
        self.step
    }

    /// Saves the results of the jobs that `query` finds and `keep` holds for, as `name.zip`.
    pub fn start(self, title: String, name: String, query: JobQuery, keep: fn(&Job) -> bool) {
        let Some(client) = self.client else { return };
        let run = self.runs.begin();
        self.step.set(Step::Listing(0));
        spawn_local(async move {
            match self.list(client, run, query, keep).await {
                Ok(jobs) if run.is_on() => {
                    let work = self.work(title, name, jobs);
                    self.go_on(client, run, &Rc::new(work));
                }
                Ok(_) => {}
                Err(failure) => self.tell(run, Step::Failed(failure)),
            }
        });
    }

    /// Saves the results of these jobs, as `name.zip`.
    pub fn start_with(self, title: String, name: String, jobs: Vec<Job>) {
        let Some(client) = self.client else { return };
        let run = self.runs.begin();
        self.go_on(client, run, &Rc::new(self.work(title, name, jobs)));
    }

    /// Asks once more for what did not come.
    pub fn again(self) {
        let (Some(client), Some(work)) = (self.client, self.take_work()) else { return };
        let run = self.runs.begin();
        let lost = work.lost.take();
        work.queue.borrow_mut().extend(lost.into_iter().map(|(wanted, _)| wanted));
        self.go_on(client, run, &work);
    }

    /// Saves what has come.
    pub fn rest(self) {
        if let Some(work) = self.take_work() {
            self.finish(&work);
        }
    }

    /// Stops; what was saved stays saved.
    pub fn give_up(self) {
        self.runs.give_up();
        drop(self.take_work());
        self.step.try_set(Step::Idle);
    }

    fn tell(self, run: Run, step: Step) {
        if run.is_on() {
            self.step.try_set(step);
        }
    }

    fn take_work(self) -> Option<Rc<Work>> {
        self.work.try_update_value(Option::take).flatten()
    }

    async fn list(
        self,
        client: Client,
        run: Run,
        query: JobQuery,
        keep: fn(&Job) -> bool,
    ) -> Result<Vec<Job>, Failure> {
        let mut query = JobQuery { limit: Some(PAGE), ..query };
        let mut jobs = Vec::new();
        while run.is_on() {
            let list = patiently(|| client.jobs(&query)).await?;
            jobs.extend(list.items.into_iter().filter(keep));
            self.tell(run, Step::Listing(jobs.len()));
            query.cursor = list.next;
            if query.cursor.is_none() {
                break;
            }
        }
        Ok(jobs)
    }

    fn work(self, title: String, name: String, jobs: Vec<Job>) -> Work {
        let jobs = numbered(jobs);
        let mut part = Part::default();
        let mut queue = VecDeque::new();
        for (number, job) in &jobs {
            let files = files_of(*number, job);
            if files.is_empty() {
                part.mention(*number, job); // the list names it all the same
            }
            queue.extend(files);
        }
        let order = Order {
            title,
            made_at: clock::now(),
            ahead_min: clock::ahead_min(),
            language: self.words.language_untracked(),
            most: jobs.iter().map(|(number, _)| *number).max().unwrap_or_default(),
        };
        Work {
            order,
            name,
            queue: RefCell::new(queue),
            part: RefCell::new(part),
            pieces: RefCell::default(),
            saved: RefCell::default(),
            lost: RefCell::default(),
        }
    }

    /// Fetches what is in the queue, several files side by side; the last to end does what comes then.
    fn go_on(self, client: Client, run: Run, work: &Rc<Work>) {
        let total = work.queue.borrow().len();
        if total == 0 {
            return self.tell(run, Step::Nothing);
        }
        let going = Going { archive: self, run, total, so_far: Rc::default() };
        going.tell(0, 0);
        let at_work = Rc::new(Cell::new(SIDE_BY_SIDE));
        for _ in 0..SIDE_BY_SIDE {
            let (work, going, at_work) = (Rc::clone(work), going.clone(), Rc::clone(&at_work));
            spawn_local(async move {
                loop {
                    let next = work.queue.borrow_mut().pop_front();
                    let Some(wanted) = next.filter(|_| run.is_on()) else { break };
                    match patiently(|| self.fetch(client, run, &wanted, &going)).await {
                        Ok((blob, file)) => work.put(&wanted, &blob, file),
                        Err(failure) => work.lost.borrow_mut().push((wanted, failure)),
                    }
                    going.tell(1, 0);
                }
                at_work.set(at_work.get().saturating_sub(1));
                if at_work.get() == 0 && run.is_on() {
                    self.fetched(run, work);
                }
            });
        }
    }

    /// Everything was asked for: saves it, or asks the person.
    fn fetched(self, run: Run, work: Rc<Work>) {
        let lost = work.told_lost();
        if lost.is_empty() {
            self.finish(&work);
        } else {
            self.work.try_set_value(Some(work));
            self.tell(run, Step::Asking(lost));
        }
    }

    /// The bytes of a file, as the browser holds them.
    async fn fetch(
        self,
        client: Client,
        run: Run,
        wanted: &Wanted,
        going: &Going,
    ) -> Result<(Blob, Fetched), Failure> {
        let mut pieces = Pieces::default();
        let media_type = match wanted.of {
            Of::Answer => {
                let text = whole_answer(client, &wanted.job).await?;
                pieces.push_bytes(text.as_bytes());
                "text/plain".to_owned()
            }
            Of::Output(n) => {
                let mut download = client.download(&wanted.job.id, n).await?;
                while let Some(piece) = download.next().await? {
                    if !run.is_on() {
                        return Err(Failure::Unreachable);
                    }
                    going.tell(0, u64::from(piece.length()));
                    pieces.push(&piece);
                }
                // What breaks off may look like an end.
                if download.length().is_some_and(|length| length != pieces.length()) {
                    return Err(Failure::Unreachable);
                }
                download.media_type().to_owned()
            }
        };
        let (size, crc) = (pieces.length(), pieces.crc());
        let blob = pieces.blob("").ok_or(Failure::Unreachable)?;
        Ok((blob, Fetched { media_type, size, crc }))
    }

    fn finish(self, work: &Work) {
        for (wanted, failure) in work.lost.take() {
            let why = crate::pages::failure::line(&failure, self.words.texts_untracked());
            let n = if let Of::Output(n) = wanted.of { n } else { 0 };
            work.part.borrow_mut().mention(wanted.number, &wanted.job).missing.push((n, why));
        }
        work.close(false);
        self.step.try_set(Step::Done(work.saved.take()));
    }
}

/// How far an order is.
#[derive(Clone)]
struct Going {
    archive: Archive,
    run: Run,
    total: usize,
    so_far: Rc<Cell<(usize, u64)>>,
}

impl Going {
    /// So many files and bytes more have come.
    fn tell(&self, files: usize, more: u64) {
        let (done, bytes) = self.so_far.get();
        let (done, bytes) = (done.saturating_add(files), bytes.saturating_add(more));
        self.so_far.set((done, bytes));
        self.archive.tell(self.run, Step::Fetching { done, total: self.total, bytes });
    }
}

impl Default for Archive {
    fn default() -> Self {
        Self::new()
    }
}

impl Work {
    fn put(&self, wanted: &Wanted, blob: &Blob, file: Fetched) {
        if self.part.borrow().is_full(file.size) {
            self.close(true);
        }
        let (before, after) = self.part.borrow_mut().put(&self.order, wanted, file);
        let mut pieces = self.pieces.borrow_mut();
        pieces.push_bytes(&before);
        pieces.push_blob(blob);
        pieces.push_bytes(&after);
    }

    /// Ends a part and has the browser keep it.
    fn close(&self, more: bool) {
        let mut part = self.part.borrow_mut();
        let mut pieces = self.pieces.take();
        pieces.push_bytes(&part.close(&self.order));
        let name = match part.nth {
            0 if !more => format!("{}.zip", self.name),
            nth => format!("{}-{}.zip", self.name, nth.saturating_add(1)),
        };
        let bytes = part.length();
        *part = part.next();
        if let Some(saved) = pieces.blob("application/zip").and_then(|blob| Saved::new(&blob, name, bytes)) {
            saved.save();
            self.saved.borrow_mut().push(saved);
        }
    }

    fn told_lost(&self) -> Vec<Lost> {
        let told = |(wanted, failure): &(Wanted, Failure)| Lost {
            entry: wanted.number,
            n: if let Of::Output(n) = wanted.of { n.saturating_add(1) } else { 1 },
            prompt: wanted.job.request.prompt().to_owned(),
            failure: failure.clone(),
        };
        self.lost.borrow().iter().map(told).collect()
    }
}

/// The answer of a text job; lists hold only the beginning of a long one.
async fn whole_answer(client: Client, job: &Job) -> Result<String, Failure> {
    match &job.text {
        Some(answer) if !answer.shortened => Ok(answer.text.clone()),
        _ => Ok(client.job(&job.id).await?.text.unwrap_or_default().text),
    }
}

/// Asks again after a pause where that may help.
pub(crate) async fn patiently<T, F>(ask: impl Fn() -> F) -> Result<T, Failure>
where
    F: Future<Output = Result<T, Failure>>,
{
    let mut pauses = PAUSES.into_iter();
    loop {
        match (ask().await, pauses.next()) {
            (Err(failure), Some(pause)) if failure.is_passing() => {
                let pause = failure.retry_after_ms().unwrap_or(pause);
                sleep(Duration::from_millis(pause)).await;
            }
            (answer, _) => return answer,
        }
    }
}
