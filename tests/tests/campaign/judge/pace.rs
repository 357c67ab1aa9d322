//! No kind's calls came faster than allowed, in any second.

use super::case::Case;
use crate::tally::Verdict;

/// By how many milliseconds the way to the vendor may blur a second. The product itself stays 2 % below the limit; the
/// rest is the machine, on which the worker, the vendor and the person share two processors.
const JITTER_MS: u64 = 100;

/// What is limited: its name, calls a second, and which requests are meant.
type Limit = (&'static str, usize, fn(&str) -> bool);

const LIMITS: [Limit; 8] = [
    ("image", 2, |endpoint| matches!(endpoint, "image.create" | "image.message.create")),
    ("text", 10, |endpoint| endpoint == "text.generate"),
    ("video", 1, |endpoint| endpoint == "video.create"),
    ("speech", 3, |endpoint| matches!(endpoint, "speech.socket" | "tts.http")),
    ("transcription", 10, |endpoint| endpoint == "asr.create"),
    ("poll", 20, |endpoint| endpoint == "task.get"),
    ("list", 20, |endpoint| endpoint == "task.list"),
    ("cancel", 20, |endpoint| endpoint == "task.cancel"),
];

pub(super) fn judge(case: &Case) -> Vec<Verdict> {
    let (mut calls, mut wrong, mut busiest) = (0, Vec::new(), Vec::new());
    for (name, limit, is_meant) in LIMITS {
        let all = case.arrivals.iter().filter(|(endpoint, _)| is_meant(endpoint));
        let mut moments: Vec<u64> =
            all.flat_map(|(_, arrivals)| arrivals.iter().map(|(at, _)| *at)).collect();
        moments.sort_unstable();
        calls += moments.len();
        busiest.push(format!("{name} {} of {limit}", most_within(&moments, 1000)));
        if let Some(from) = too_many(&moments, limit, 1000 - JITTER_MS) {
            let around: Vec<u64> = moments.iter().copied().filter(|at| at.abs_diff(from) < 3000).collect();
            wrong.push(format!("{name}: more than {limit} from {from} on: {around:?}"));
        }
    }
    let verdict = Verdict::new("calls within the limits of any second", calls, wrong);
    vec![verdict.with(format!("busiest 1,000 ms: {}; judged in {} ms", busiest.join(", "), 1000 - JITTER_MS))]
}

fn most_within(moments: &[u64], length: u64) -> usize {
    let count = |from: &u64| moments.iter().filter(|at| (*from..from + length).contains(at)).count();
    moments.iter().map(count).max().unwrap_or(0)
}

fn too_many(moments: &[u64], limit: usize, length: u64) -> Option<u64> {
    moments.windows(limit + 1).find(|window| window[limit] - window[0] < length).map(|window| window[0])
}
