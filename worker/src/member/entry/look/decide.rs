//! What became of creations whose answer was lost, by what the vendor's list shows: pure.
//!
//! All lost creations of one member and model are decided about together. When in doubt nothing is sent again.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use studio_shared::request::Request;
use studio_shared::time::Timestamp;

use super::same::is_same;
use crate::dashscope::{Task, TaskStatus};

/// By so much the vendor's clock may differ from ours.
pub(super) const TOLERANCE_MS: u64 = 10_000;

/// So long after its answer was lost a creation may still show up in the list.
pub(super) const CLOSES_MS: u64 = 30_000;

/// Two reads that show nothing count as one answer only if they are so far apart.
pub(super) const APART_MS: u64 = 5_000;

/// How long the list may be unreadable, or others be in the way, before nobody will ever know.
pub(super) const PATIENCE_MS: u64 = 10 * 60 * 1000;

/// A creation whose answer was lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::member) struct Sought {
    /// Its job.
    pub(in crate::member) job: String,
    /// What was asked for.
    pub(in crate::member) request: Request,
    /// What was sent that the vendor repeats: the prompt, or the recording's address.
    pub(in crate::member) sent: String,
    /// How many results were asked for, where the vendor tells that of a task.
    pub(in crate::member) asked: Option<u32>,
    /// When it left.
    pub(in crate::member) sent_at: Timestamp,
    /// When its answer was lost.
    pub(in crate::member) lost_at: Timestamp,
    /// Since when it is looked for.
    pub(in crate::member) since: Timestamp,
    /// The first of the reads that showed nothing of it.
    pub(in crate::member) absent_since: Option<Timestamp>,
}

impl Sought {
    /// From when on its task may have been created, by the vendor's clock.
    pub(in crate::member) fn from(&self) -> Timestamp {
        Timestamp::from_ms(self.sent_at.ms().saturating_sub(TOLERANCE_MS))
    }

    /// Until when.
    pub(in crate::member) fn to(&self) -> Timestamp {
        self.lost_at.after(CLOSES_MS)
    }

    fn is_closed(&self, now: Timestamp) -> bool {
        now >= self.to()
    }

    /// Whether the task may be it, by all that is known.
    pub(super) fn may_be(&self, candidate: &Candidate) -> bool {
        candidate.at.is_none_or(|at| (self.from()..=self.to()).contains(&at))
            && candidate.told.as_ref().is_none_or(|told| told.may_be(&self.sent, self.asked))
    }
}

/// What a poll told of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::member) struct Told {
    /// Whether it has come to its end.
    pub(in crate::member) ended: bool,
    /// Whether it may be billed.
    pub(in crate::member) billed: bool,
    /// What it was made of.
    pub(in crate::member) made_of: Option<String>,
    /// How many results were asked for.
    pub(in crate::member) asked: Option<u32>,
}

impl Told {
    /// What a polled task tells. A failed or cancelled one is not billed (`dashscope-api.md` §8.1).
    pub(in crate::member) fn by(task: &Task) -> Self {
        Self {
            ended: !matches!(task.status, TaskStatus::Pending | TaskStatus::Running),
            billed: !matches!(task.status, TaskStatus::Failed | TaskStatus::Canceled),
            made_of: task.made_of.clone(),
            asked: task.asked,
        }
    }

    /// Whether nothing that is told speaks against it.
    pub(super) fn may_be(&self, sent: &str, asked: Option<u32>) -> bool {
        self.made_of.as_deref().is_none_or(|told| is_same(sent, told))
            && self.asked.zip(asked).is_none_or(|(told, asked)| told == asked)
    }
}

/// A task in the list that nobody is known to have made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::member) struct Candidate {
    pub(in crate::member) task: String,
    /// When it was created, by the vendor's clock.
    pub(in crate::member) at: Option<Timestamp>,
    /// What it told; nothing, where it was not asked.
    pub(in crate::member) told: Option<Told>,
}

impl Candidate {
    fn ended(&self) -> bool {
        self.told.as_ref().is_some_and(|told| told.ended)
    }

    fn names_itself(&self) -> bool {
        self.told.as_ref().is_some_and(|told| told.made_of.is_some())
    }

    fn unbilled(&self) -> bool {
        self.told.as_ref().is_some_and(|told| told.ended && !told.billed)
    }
}

/// Everything that is known about one model at one moment.
#[derive(Clone, Debug, Default)]
pub(in crate::member) struct Scene {
    /// What is looked for.
    pub(in crate::member) sought: Vec<Sought>,
    /// What else was lost that is not decided about now: by others, or given up before.
    pub(in crate::member) rivals: Vec<Sought>,
    /// Whether somebody's creation is being sent, to which a task may belong.
    pub(in crate::member) in_flight: bool,
    /// Tasks that nobody is known to have made.
    pub(in crate::member) candidates: Vec<Candidate>,
    /// When the list began to be read.
    pub(in crate::member) read_at: Timestamp,
}

/// What to do about a lost creation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::member) enum Step {
    /// The task is it; where it is not `sure`, what it tells at its end decides.
    Adopt { task: String, at: Option<Timestamp>, sure: bool },
    /// Look again. `absent` tells that nothing in the list could be it.
    Wait { absent: bool },
    /// It surely was not made.
    SendAgain,
    /// It was not made, or came to nothing: which of both nobody can tell, but nothing was billed.
    NotBilled,
    /// So many tasks could be it, and nothing will tell which.
    Unsure(usize),
}

/// What to do about each lost creation, and which tasks have to be asked before more can be said.
pub(in crate::member) fn decide(scene: &Scene) -> (Vec<(String, Step)>, Vec<String>) {
    let mut deciding =
        Deciding { scene, steps: Vec::new(), left: Vec::new(), taken: HashSet::new(), contested: false };
    deciding.confirmed();
    deciding.unconfirmed();
    let ask = deciding.ask();
    (deciding.steps, ask)
}

struct Deciding<'a> {
    scene: &'a Scene,
    steps: Vec<(String, Step)>,
    /// What no task that names itself was found for.
    left: Vec<&'a Sought>,
    /// Tasks that are given away, or that only name themselves as what cannot be told apart.
    taken: HashSet<&'a str>,
    /// Whether there are some that cannot be told apart.
    contested: bool,
}

impl<'a> Deciding<'a> {
    fn step(&mut self, sought: &Sought, step: Step) {
        self.steps.push((sought.job.clone(), step));
    }

    /// Tasks that tell what they were made of. Lost creations that asked for the same may be given any of theirs.
    fn confirmed(&mut self) {
        let mut groups: Vec<Vec<&'a Sought>> = Vec::new();
        for sought in sorted(&self.scene.sought) {
            let group = groups.iter_mut().find(|group| {
                group
                    .first()
                    .is_some_and(|first| is_same(&first.sent, &sought.sent) && first.asked == sought.asked)
            });
            match group {
                Some(group) => group.push(sought),
                None => groups.push(vec![sought]),
            }
        }
        for group in groups {
            let mut named: Vec<&Candidate> = self.scene.candidates.iter().collect();
            named.retain(|task| {
                task.names_itself()
                    && !self.taken.contains(task.task.as_str())
                    && group.iter().any(|sought| sought.may_be(task))
            });
            named.sort_by_key(|task| (task.at, task.task.clone()));
            let rival = |rival: &&Sought| named.iter().any(|task| rival.may_be(task));
            let rivals: Vec<&Sought> = self.scene.rivals.iter().filter(rival).collect();
            let all = || group.iter().chain(&rivals);
            let alike = group.first().is_none_or(|first| all().all(|other| other.request == first.request));
            if named.is_empty() || alike || rivals.is_empty() && in_step(&group, &named) {
                let pairs = matched(&group, &named);
                for (sought, pair) in group.into_iter().zip(pairs) {
                    match pair {
                        Some(task) => {
                            self.taken.insert(&task.task);
                            let step = Step::Adopt { task: task.task.clone(), at: task.at, sure: true };
                            self.step(sought, step);
                        }
                        None => self.left.push(sought),
                    }
                }
            } else {
                self.contested = true;
                self.taken.extend(named.iter().map(|task| task.task.as_str()));
                for sought in group {
                    let step = self.when_all_is_told(sought, named.len(), !rivals.is_empty());
                    self.step(sought, step);
                }
            }
        }
    }

    /// Several tasks could be it. Before that is the last word, all windows have to close, and whoever is in the way
    /// has some time to find their own.
    fn when_all_is_told(&self, sought: &Sought, tasks: usize, others: bool) -> Step {
        let read_at = self.scene.read_at;
        let waited = read_at.since(sought.to().max(sought.since)) >= PATIENCE_MS;
        let going = self.open(sought).any(|task| !task.ended());
        let open = !self.scene.sought.iter().all(|sought| sought.is_closed(read_at));
        if going || (open || others) && !(waited && sought.is_closed(read_at)) {
            return Step::Wait { absent: false };
        }
        Step::Unsure(tasks)
    }

    /// Tasks that may be it and say nothing against it.
    fn open(&self, sought: &Sought) -> impl Iterator<Item = &'a Candidate> {
        let open = |task: &&Candidate| {
            !self.taken.contains(task.task.as_str()) && !task.names_itself() && sought.may_be(task)
        };
        self.scene.candidates.iter().filter(open)
    }

    /// Tasks that do not tell, or not yet.
    fn unconfirmed(&mut self) {
        let read_at = self.scene.read_at;
        let (seen, unseen): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.left).into_iter().partition(|sought| self.has_candidates(sought));
        for sought in unseen {
            let seen_nothing = sought.absent_since.is_some_and(|first| read_at.since(first) >= APART_MS);
            let absent = sought.is_closed(read_at) && seen_nothing;
            self.step(sought, if absent { Step::SendAgain } else { Step::Wait { absent: true } });
        }
        let mut open: Vec<&Candidate> = self
            .scene
            .candidates
            .iter()
            .filter(|task| {
                !self.taken.contains(task.task.as_str())
                    && !task.names_itself()
                    && seen.iter().any(|sought| sought.may_be(task))
            })
            .collect();
        open.sort_by_key(|task| (task.at, task.task.clone()));
        let rivals = self.scene.rivals.iter().any(|rival| open.iter().any(|task| rival.may_be(task)));
        let others = self.scene.in_flight || rivals;
        if let ([sought], [task]) = (seen.as_slice(), open.as_slice())
            && !others
            && task.told.is_some()
            && (!task.ended() || sought.is_closed(read_at))
            && !self.contested
        {
            let step = Step::Adopt { task: task.task.clone(), at: task.at, sure: task.ended() };
            return self.step(sought, step);
        }
        let settled = !others && open.iter().all(|task| task.ended());
        let settled = settled && seen.iter().all(|sought| sought.is_closed(read_at));
        let alike = seen.iter().zip(seen.iter().skip(1)).all(|(one, next)| one.request == next.request);
        let unbilled = open.iter().all(|task| task.unbilled());
        let pairs = matched(&seen, &open);
        let paired =
            settled && (alike || unbilled) && seen.len() == open.len() && pairs.iter().all(Option::is_some);
        for (sought, pair) in seen.iter().zip(pairs) {
            let step = match pair {
                Some(task) if paired => Step::Adopt { task: task.task.clone(), at: task.at, sure: true },
                _ if settled && unbilled => Step::NotBilled,
                _ => self.when_all_is_told(sought, open.len(), others),
            };
            self.step(sought, step);
        }
    }

    /// Tasks that have to tell before more can be said.
    fn ask(&self) -> Vec<String> {
        let is_found = |sought: &&Sought| {
            let step = self.steps.iter().find(|(job, _)| *job == sought.job);
            !matches!(step, Some((_, Step::Adopt { .. })))
        };
        let left: Vec<&Sought> = self.scene.sought.iter().filter(is_found).collect();
        let adopted = |task: &str| {
            self.steps
                .iter()
                .any(|(_, step)| matches!(step, Step::Adopt { task: taken, .. } if taken == task))
        };
        let open = self.scene.candidates.iter().filter(|task| {
            !task.ended() && !adopted(&task.task) && left.iter().any(|sought| sought.may_be(task))
        });
        open.map(|task| task.task.clone()).collect()
    }

    fn has_candidates(&self, sought: &Sought) -> bool {
        self.open(sought).next().is_some()
    }
}

fn sorted(sought: &[Sought]) -> Vec<&Sought> {
    let mut sorted: Vec<&Sought> = sought.iter().collect();
    sorted.sort_by_key(|sought| (sought.sent_at, sought.job.clone()));
    sorted
}

/// A task for each, as many as there can be: nobody goes without one that another could have spared.
fn matched<'a>(sought: &[&Sought], tasks: &[&'a Candidate]) -> Vec<Option<&'a Candidate>> {
    let mut owner: Vec<Option<usize>> = vec![None; tasks.len()];
    for at in 0..sought.len() {
        give(at, sought, tasks, &mut owner, &mut HashSet::new());
    }
    (0..sought.len())
        .map(|at| tasks.iter().zip(&owner).find(|(_, owner)| **owner == Some(at)).map(|(task, _)| *task))
        .collect()
}

/// Finds a task for one, moving others to another of theirs where that helps.
fn give(
    at: usize,
    sought: &[&Sought],
    tasks: &[&Candidate],
    owner: &mut Vec<Option<usize>>,
    tried: &mut HashSet<usize>,
) -> bool {
    let fits = |task: &Candidate| sought.get(at).is_some_and(|sought| sought.may_be(task));
    let fitting: Vec<usize> =
        tasks.iter().enumerate().filter(|(_, task)| fits(task)).map(|(place, _)| place).collect();
    let free = fitting.iter().copied().find(|place| owner.get(*place).is_some_and(Option::is_none));
    let place = free.or_else(|| {
        fitting.into_iter().find(|place| {
            let other = owner.get(*place).copied().flatten();
            tried.insert(*place) && other.is_some_and(|other| give(other, sought, tasks, owner, tried))
        })
    });
    let Some(place) = place.and_then(|place| owner.get_mut(place)) else { return false };
    *place = Some(at);
    true
}

/// Whether there is a task for each, created in the order of sending and as far apart: then it is known which is
/// whose, though all tell the same.
fn in_step(sought: &[&Sought], tasks: &[&Candidate]) -> bool {
    let gaps = |moments: Vec<Timestamp>| {
        moments.iter().zip(moments.iter().skip(1)).map(|(one, next)| next.since(*one)).collect::<Vec<_>>()
    };
    let sent = gaps(sought.iter().map(|sought| sought.sent_at).collect());
    let created = gaps(tasks.iter().filter_map(|task| task.at).collect());
    let is_near = |(sent, created): (&u64, &u64)| *sent >= 300 && sent.abs_diff(*created) < sent / 2;
    sought.len() == tasks.len() && sent.len() == created.len() && sent.iter().zip(&created).all(is_near)
}
