//! Whether a member may have something made, asked before anything is looked up or written down.

use studio_shared::batch::{BatchProblem, Placed};
use studio_shared::request::Request;

use crate::access::Caller;
use crate::reply::Refusal;

/// Refuses a kind or a model that the owner does not allow the caller.
pub(super) fn check(caller: &Caller, request: &Request) -> Result<(), Refusal> {
    match caller.pass.rights.problem(request.kind(), request.model()) {
        Some(problem) => Err(Refusal::not_allowed(vec![problem])),
        None => Ok(()),
    }
}

/// The entries of a batch that the owner does not allow the caller.
pub(super) fn of_batch(caller: &Caller, entries: &[Placed<Request>]) -> Vec<BatchProblem> {
    let problem = |entry: &Placed<Request>| {
        let request = &entry.value;
        let problem = caller.pass.rights.problem(request.kind(), request.model())?;
        Some(entry.problem(problem))
    };
    entries.iter().filter_map(problem).collect()
}
