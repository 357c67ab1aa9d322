//! No kind's calls came faster than allowed, in any second.
//!
//! What is judged is when calls reach the vendor, which is later than the permit by as much as the machine takes, on
//! which worker, vendor and person share two processors: a call that is late comes close to the next. So a second is
//! judged by [`JITTER_MS`] less, and by as much less again as the worker was just then measured to be late (`pulse`): once
//! for each of the two things that are written down between the permit and the call, the guard's alarm and the job.

use super::case::Case;
use crate::pulse::Beat;
use crate::tally::Verdict;

/// By how many milliseconds the way to the vendor blurs a second on a machine that is not busy. The product itself stays
/// 2 % below the limit.
const JITTER_MS: u64 = 60;

/// What is written down between a permit and its call.
const WRITES: u64 = 2;

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

pub(super) fn judge(case: &Case, beats: &[Beat]) -> Vec<Verdict> {
    let (mut calls, mut blurred, mut wrong, mut busiest) = (0, 0, Vec::new(), Vec::new());
    for (name, limit, is_meant) in LIMITS {
        let all = case.arrivals.iter().filter(|(endpoint, _)| is_meant(endpoint));
        let mut moments: Vec<u64> =
            all.flat_map(|(_, arrivals)| arrivals.iter().map(|(at, _)| *at)).collect();
        moments.sort_unstable();
        calls += moments.len();
        busiest.push(format!("{name} {} of {limit}", most_within(&moments, 1000 - JITTER_MS)));
        for window in moments.windows(limit + 1) {
            let (from, to) = (window[0], window[limit]);
            let late = late_ms(beats, from, to);
            if to - from + JITTER_MS < 1000 {
                blurred += 1;
                if to - from + JITTER_MS + WRITES * late < 1000 {
                    wrong.push(format!(
                        "{name}: {} calls within {} ms, {late} ms late: {window:?}",
                        limit + 1,
                        to - from
                    ));
                }
            }
        }
    }
    let slowest = beats.iter().map(|beat| beat.late_ms).max().unwrap_or(0);
    let remark = format!(
        "busiest {} ms: {}; {blurred} too close, the worker was up to {slowest} ms late",
        1000 - JITTER_MS,
        busiest.join(", ")
    );
    vec![Verdict::new("calls within the limits of any second", calls, wrong).with(remark)]
}

fn most_within(moments: &[u64], length: u64) -> usize {
    let count = |from: &u64| moments.iter().filter(|at| (*from..from + length).contains(at)).count();
    moments.iter().map(count).max().unwrap_or(0)
}

/// How late the worker was at most, around these calls.
fn late_ms(beats: &[Beat], from: u64, to: u64) -> u64 {
    let around = beats.iter().filter(|beat| beat.at_ms <= to && beat.at_ms + beat.late_ms + 1000 >= from);
    around.map(|beat| beat.late_ms).max().unwrap_or(0)
}
