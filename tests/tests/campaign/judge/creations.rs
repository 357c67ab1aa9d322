//! Every creation belongs to one job, and none was made twice by us.

use studio_shared::job::State;
use studio_shared::kind::Kind;

use super::case::{Case, shown};
use crate::tally::Verdict;

pub(super) fn judge(case: &Case) -> Vec<Verdict> {
    let orphans = case.orphans.iter().map(|creation| format!("of no order: {creation}"));
    let jobless = case.creations.keys().filter(|n| !case.jobs.contains_key(n));
    let jobless = jobless.map(|n| format!("order {n} has no job\n{}", case.shown(*n)));
    let created = case.creations.values().map(Vec::len).sum::<usize>() + case.orphans.len();

    let twice = case.creations.iter().filter_map(|(n, creations)| {
        let decisions = case.stories.get(n).map_or(0, |story| story.decisions.len());
        (creations.len() > decisions).then(|| {
            format!("order {n}: {} creations, {decisions} decisions\n{}", creations.len(), case.shown(*n))
        })
    });

    let strangers = case.strangers.iter().map(|job| format!("of no order: {}", shown(job)));
    let other_than_one = case.stories.iter().filter_map(|(n, story)| {
        let jobs = case.jobs.get(n).map_or(0, Vec::len);
        (jobs != usize::from(!story.refused))
            .then(|| format!("order {n} has {jobs} jobs\n{}", case.shown(*n)))
    });

    let unsure: Vec<_> = case.single_jobs().filter(|(_, job)| job.state == State::Unsure).collect();
    // What was made by a task can be looked for at the vendor.
    let by_task = unsure.iter().filter(|(_, job)| match job.kind {
        Kind::Video | Kind::Transcription => true,
        Kind::Image => job.request.model() != "qwen-image-2.0",
        Kind::Text | Kind::Speech => false,
    });
    let by_task = by_task.map(|(n, _)| format!("order {n} could have been found\n{}", case.shown(*n)));

    vec![
        Verdict::new("creations of exactly one job", created, orphans.chain(jobless).collect()),
        Verdict::new("orders not made more often than decided", case.creations.len(), twice.collect()),
        Verdict::new(
            "orders that are exactly one job",
            case.stories.len(),
            strangers.chain(other_than_one).collect(),
        ),
        Verdict::new("unsure jobs that nobody could look for", unsure.len(), by_task.collect()),
    ]
}
