//! Every job has the charge that the vendor bills, for all its tries together.

use studio_shared::error::Charged;
use studio_shared::job::{Finish, Job, State};
use studio_shared::money::Money;

use super::case::{Case, bill};
use crate::tally::Verdict;

pub(super) fn judge(case: &Case) -> Vec<Verdict> {
    let (mut exact, mut bounded) = (0, 0);
    let (mut not_exact, mut not_bounded) = (Vec::new(), Vec::new());
    for (n, job) in case.single_jobs() {
        let bills: Option<Vec<Money>> =
            case.creations_of(n).iter().map(|creation| bill(job, creation)).collect();
        let Some(bills) = bills else {
            not_exact.push(format!("order {n}: nobody can tell its bill\n{}", case.shown(n)));
            continue;
        };
        let billed = bills.into_iter().fold(Money::ZERO, Money::plus);
        let (actual, at_most) = (job.cost.actual, job.cost.at_most);
        let taken = actual.unwrap_or_default().plus(at_most.unwrap_or_default());
        let wrong =
            || format!("order {n}: {actual:?}, at most {at_most:?}, billed {billed}\n{}", case.shown(n));
        let tries = case.stories.get(&n).map_or(&[] as &[Job], |story| &story.earlier);
        if nobody_knows(job) || tries.iter().any(nobody_knows) {
            bounded += 1;
            if taken < billed {
                not_bounded.push(wrong());
            }
        } else {
            exact += 1;
            let not_charged =
                tries.is_empty() && job.error.as_ref().is_some_and(|error| error.charged == Charged::No);
            if taken != billed || actual.is_none() || not_charged && billed != Money::ZERO {
                not_exact.push(wrong());
            }
        }
    }
    vec![
        Verdict::new("charges equal to the vendor's bill", exact, not_exact),
        Verdict::new("charges that nobody knows, and not below the bill", bounded, not_bounded),
    ]
}

/// Whether what was lost on the way holds the bill: of an unsure job, of an answer or a speech that was cut or stopped.
fn nobody_knows(job: &Job) -> bool {
    let finish = job.text.as_ref().and_then(|answer| answer.finish);
    let unknown = job.error.as_ref().is_some_and(|error| error.charged == Charged::Unknown);
    job.state == State::Unsure
        || unknown
        || job.cost.at_most.is_some_and(|at_most| at_most != Money::ZERO)
        || matches!(finish, Some(Finish::Cut | Finish::Stopped))
}
