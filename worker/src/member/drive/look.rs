//! Looking for creations whose answer was lost, in the vendor's list of tasks.
//!
//! All of one model are looked for together. What is known is put together after the list was read: a task that is in
//! the list then belongs to a job that knows it, that is being sent, or that is looked for; or to a stranger.

use std::collections::{HashMap, HashSet};

use studio_shared::time::Timestamp;
use worker::Result;

use super::Driver;
use crate::clock;
use crate::dashscope::{Fault, Listed, Poll, Query};
use crate::member::entry::{Candidate, Entry, Scene, Sought, Step, Told, decide};
use crate::member::known::{Asked, Known, live_name};
use crate::member::others;
use crate::pacer::{self, Lane};

/// Pages of the list that are read at most.
const PAGES: u32 = 30;

/// Tasks that are asked at most before the list is read again.
const POLLS: usize = 20;

/// Whose turn comes so soon is served at once with the others.
const SOON_MS: u64 = 500;

/// Tasks of strangers whose words are remembered.
const REMEMBERED: usize = 1000;

/// Own tasks that were accepted so long ago have to be in the list, else the list does not show what there is.
const SHOWN_AFTER_MS: u64 = 15_000;

/// Own tasks are looked for there if they are not older than this.
const SHOWN_FOR_MS: u64 = 10 * 60 * 1000;

/// So long before its answer came a task may have been created.
const ANSWER_MS: u64 = 40_000;

impl Driver<'_> {
    /// Looks for everything that is due, model by model.
    pub(super) async fn look(&self) -> Result<()> {
        let now = clock::now();
        let mut models = HashSet::new();
        for entry in self.member.book().looks_due(now)? {
            match live_name(&entry.request, self.config.live()) {
                Some(model) => drop(models.insert(model)),
                None => self.give_up(entry, "the region does not offer its model any more")?,
            }
        }
        for model in models {
            self.look_for(model).await?;
        }
        Ok(())
    }

    fn give_up(&self, mut entry: Entry, why: &str) -> Result<()> {
        entry.stays_unsure(why, clock::now());
        self.member.save(&entry).map(drop)
    }

    /// The jobs of a model that are looked for.
    fn looked_for(&self, model: &str) -> Result<Vec<Entry>> {
        let is_one = |entry: &Entry| {
            entry.is_looked_for() && live_name(&entry.request, self.config.live()) == Some(model)
        };
        Ok(self.member.book().submitting()?.into_iter().filter(is_one).collect())
    }

    async fn look_for(&self, model: &str) -> Result<()> {
        let sought: Vec<Sought> = self.looked_for(model)?.iter().filter_map(Entry::sought).collect();
        let Some(from) = sought.iter().map(Sought::from).min() else { return Ok(()) };
        let to = sought.iter().map(Sought::to).max().unwrap_or(from);
        let read_at = clock::now();
        let ago = |moment: Timestamp, ms: u64| Timestamp::from_ms(moment.ms().saturating_sub(ms));
        let (oldest, newest) = (ago(read_at, SHOWN_FOR_MS), ago(read_at.min(to), SHOWN_AFTER_MS));
        let expected = self.member.book().newest_tasks(model, oldest, newest)?;
        let first = expected.iter().map(|(_, at)| ago(*at, ANSWER_MS)).chain([from]).min();
        let query = Query { from: first, to: Some(to), model: Some(model), status: None };
        let listed = match self.list(&query).await {
            Ok(listed) => listed,
            Err(fault) => return self.not_read(model, &fault.message),
        };
        let is_shown = |(task, _): &(String, Timestamp)| listed.iter().any(|row| row.task == *task);
        if !expected.is_empty() && !expected.iter().any(is_shown) {
            return self.not_read(model, "it does not show tasks that are there");
        }
        let is_the_models = |row: &Listed| row.model.as_deref().is_none_or(|name| name == model);
        let rows = listed.into_iter().filter(is_the_models).filter(|row| row.at.is_none_or(|at| at >= from));
        let mut candidates = Vec::new();
        for row in rows {
            if !self.member.book().knows_task(&row.task)? {
                let told = self.member.told.borrow().get(&row.task).cloned();
                candidates.push(Candidate { task: row.task, at: row.at, told });
            }
        }
        let Some(known) = self.others_know(model, &candidates).await else {
            return self.not_read(model, "other members cannot be asked");
        };
        candidates.retain(|candidate| !known.tasks.contains(&candidate.task));
        let jobs: HashSet<&str> = sought.iter().map(|sought| sought.job.as_str()).collect();
        let scene = self.scene(model, &jobs, &known, candidates, read_at)?;
        let (_, ask) = decide(&scene);
        self.ask_tasks(ask).await;
        let (steps, _) = decide(&self.scene(model, &jobs, &known, scene.candidates, read_at)?);
        self.take_steps(model, steps, read_at).await
    }

    /// All pages of the list.
    async fn list(&self, query: &Query<'_>) -> std::result::Result<Vec<Listed>, Fault> {
        let unread = |message: String| Fault { status: 0, code: String::new(), message, request_id: None };
        let mut found: HashMap<String, Listed> = HashMap::new();
        for page in 1..=PAGES {
            self.permit_for(Lane::List).await.map_err(|error| unread(error.to_string()))?;
            let page = self.client.list(query, page).await?;
            let rows = page.tasks.len();
            found.extend(page.tasks.into_iter().map(|row| (row.task.clone(), row)));
            let all =
                page.total.is_some_and(|total| u64::try_from(found.len()).is_ok_and(|found| found >= total));
            if all {
                return Ok(found.into_values().collect());
            }
            if rows == 0 {
                return match page.total {
                    None => Ok(found.into_values().collect()),
                    Some(total) => Err(unread(format!("it shows {} of {total} tasks", found.len()))),
                };
            }
        }
        Err(unread("it is too long".to_owned()))
    }

    /// Waits until a call that is not about a model may be made.
    pub(super) async fn permit_for(&self, lane: Lane) -> Result<()> {
        pacer::wait(&self.member.env, lane, &self.id).await
    }

    /// What other members know of the tasks; nothing where one of them could not be asked.
    async fn others_know(&self, model: &str, candidates: &[Candidate]) -> Option<Known> {
        if candidates.is_empty() {
            return Some(Known::default());
        }
        let tasks = candidates.iter().map(|candidate| candidate.task.clone()).collect();
        let known = others::ask(self.member, &Asked { tasks, model: model.to_owned() }).await;
        self.logged(known)
    }

    /// What is known at this moment, with what the tasks have told by now.
    fn scene(
        &self,
        model: &str,
        jobs: &HashSet<&str>,
        known: &Known,
        candidates: Vec<Candidate>,
        read_at: Timestamp,
    ) -> Result<Scene> {
        let asked = Asked { tasks: Vec::new(), model: model.to_owned() };
        let own = self.member.known(&asked, self.config.live(), clock::now())?;
        let still: HashSet<String> = self.looked_for(model)?.into_iter().map(|entry| entry.id).collect();
        let decided = |sought: &Sought| jobs.contains(sought.job.as_str()) && still.contains(&sought.job);
        let (sought, mut rivals): (Vec<_>, Vec<_>) = own.lost.into_iter().partition(decided);
        rivals.extend(known.lost.iter().cloned());
        let mut left = Vec::new();
        for candidate in candidates {
            if !self.member.book().knows_task(&candidate.task)? {
                let told = self.member.told.borrow().get(&candidate.task).cloned();
                left.push(Candidate { told, ..candidate });
            }
        }
        Ok(Scene { sought, rivals, in_flight: own.in_flight || known.in_flight, candidates: left, read_at })
    }

    /// Asks tasks what they are. What ended is not asked again.
    async fn ask_tasks(&self, tasks: Vec<String>) {
        for task in tasks.into_iter().take(POLLS) {
            if self.logged(self.permit_for(Lane::Query).await).is_none() {
                return;
            }
            if let Poll::Task(told) = self.client.poll(&task).await {
                if self.member.told.borrow().len() >= REMEMBERED {
                    self.member.told.borrow_mut().clear(); // what is still needed is asked again
                }
                self.member.told.borrow_mut().insert(task, Told::by(&told));
            }
        }
    }

    async fn take_steps(&self, model: &str, steps: Vec<(String, Step)>, read_at: Timestamp) -> Result<()> {
        for (job, step) in steps {
            if let Step::Adopt { task, .. } = &step
                && !self.logged(others::claim(self.member, task).await).unwrap_or(false)
            {
                self.looked(&job, |entry, now| entry.not_found_yet(false, read_at, now))?;
                continue;
            }
            self.take_step(model, &job, step, read_at)?;
        }
        Ok(())
    }

    fn take_step(&self, model: &str, job: &str, step: Step, read_at: Timestamp) -> Result<()> {
        match step {
            Step::Adopt { task, at, sure } => {
                if self.member.book().knows_task(&task)? {
                    return self.looked(job, |entry, now| entry.not_found_yet(false, read_at, now));
                }
                self.looked(job, |entry, now| entry.found(task.clone(), at, sure, now))?;
                self.member.told.borrow_mut().remove(&task);
                self.member.book().add_task(&task, job, model, at.unwrap_or(read_at))
            }
            Step::Wait { absent } => self.looked(job, |entry, now| {
                // Who is not due was only looked at on the way: its own read comes at its own moment.
                if entry.due.is_none_or(|due| due <= read_at.after(SOON_MS)) {
                    entry.not_found_yet(absent, read_at, now);
                }
            }),
            Step::SendAgain => self.looked(job, Entry::send_again),
            Step::NotBilled => self.looked(job, Entry::was_not_billed),
            Step::Unsure(tasks) => {
                let what = format!("{tasks} tasks of {model} could be it, and nothing tells which");
                self.looked(job, |entry, now| entry.stays_unsure(&what, now))
            }
        }
    }

    fn not_read(&self, model: &str, why: &str) -> Result<()> {
        crate::log::event("list_not_read", why);
        for entry in self.looked_for(model)? {
            self.looked(&entry.id, |entry, now| entry.not_read(why, now))?;
        }
        Ok(())
    }

    /// Changes a job where it is still looked for.
    fn looked(&self, id: &str, change: impl FnOnce(&mut Entry, Timestamp)) -> Result<()> {
        let Some(before) = self.member.book().read(id)?.filter(Entry::is_looked_for) else {
            return Ok(());
        };
        let mut entry = before.clone();
        change(&mut entry, clock::now());
        if entry == before { Ok(()) } else { self.member.save(&entry).map(drop) }
    }

    /// A task that was taken for a job's turned out to be somebody else's: it is given back.
    pub(super) async fn give_back(&self, id: &str, task: &str, told: Told) -> Result<()> {
        if !self.member.book().read(id)?.is_some_and(|entry| entry.is_looked_for()) {
            return Ok(());
        }
        self.member.book().disown_task(task)?;
        self.member.told.borrow_mut().insert(task.to_owned(), told);
        others::unclaim(self.member, task).await
    }
}
