//! Budgets and usage add up, to the last nano.

use std::time::{Duration, Instant};

use studio_shared::budget::Budgets;
use studio_shared::money::Money;
use studio_shared::spend::Spend;
use tokio::time::sleep;

use super::case::Case;
use crate::campaign::Campaign;
use crate::tally::Verdict;
use crate::treasurer::{self, Watched};

/// How long settlements may be on their way to the budgets.
const SETTLING: Duration = Duration::from_secs(30);

/// The budgets once nothing is reserved any more, or after a while.
pub(super) async fn settled(campaign: &Campaign) -> Option<Budgets> {
    let begun = Instant::now();
    loop {
        let budgets = treasurer::read(campaign).await?;
        if budgets.member.month.reserved == Money::ZERO || begun.elapsed() > SETTLING {
            return Some(budgets);
        }
        sleep(Duration::from_secs(1)).await;
    }
}

pub(super) async fn judge(
    campaign: &Campaign,
    case: &Case,
    budgets: Option<&Budgets>,
    watched: &Watched,
) -> Vec<Verdict> {
    let (mut spent, mut at_most, mut tries) = (Money::ZERO, Money::ZERO, 0);
    for (n, job) in case.single_jobs() {
        // A job says what all its tries have cost together.
        spent = spent.plus(job.cost.actual.unwrap_or_default());
        at_most = at_most.plus(job.cost.at_most.unwrap_or_default());
        tries += 1 + case.stories.get(&n).map_or(0, |story| story.earlier.len());
    }
    let by_jobs = (spent, at_most);

    let mut wrong = Vec::new();
    let Some(budgets) = budgets else {
        let nothing = || vec!["there are no budgets".to_owned()];
        return ["budgets", "usage", "budget never passed"]
            .map(|name| Verdict::new(name, 0, nothing()))
            .into();
    };
    let of_all = budgets.studio.map(|studio| ("the studio's", studio));
    for (whose, budget) in std::iter::once(("the member's", budgets.member)).chain(of_all) {
        for (period, spending) in [("day", budget.day), ("month", budget.month)] {
            if (spending.spent, spending.at_most) != by_jobs || spending.reserved != Money::ZERO {
                wrong.push(format!("{whose} {period}: {spending:?}; the jobs: {by_jobs:?}"));
            }
        }
    }
    let budgets_add_up = Verdict::new("tries whose sum is each budget, nothing reserved", tries, wrong);

    let from = budgets.today.month().first();
    let answer = campaign.get(&format!("/api/usage?from={from}&to={}", budgets.today)).await;
    let mut wrong = Vec::new();
    let mut rows = 0;
    match serde_json::from_slice::<Spend>(&answer.bytes) {
        Ok(spend) => {
            rows = spend.rows.len();
            let sum = spend.rows.iter().fold((Money::ZERO, Money::ZERO, 0), |sum, row| {
                (sum.0.plus(row.spent), sum.1.plus(row.at_most), sum.2 + row.jobs)
            });
            if (sum.0, sum.1) != by_jobs {
                wrong.push(format!("the rows: {sum:?}; the jobs: {by_jobs:?}, {tries} tries"));
            }
        }
        Err(_) => wrong.push(format!("/api/usage: {} {}", answer.status, answer.text())),
    }
    let usage_adds_up = Verdict::new("rows of usage whose sum is that of the jobs", rows, wrong);
    let ran_out = format!("the budget ran out {} times", watched.times);
    let looks = usize::try_from(watched.looks).unwrap();
    let never_passed = Verdict::new("looks at a budget that was not passed", looks, watched.beyond.clone());
    vec![
        budgets_add_up.with(format!("{spent} CNY, at most {at_most} more")),
        usage_adds_up,
        never_passed.with(ran_out),
    ]
}
