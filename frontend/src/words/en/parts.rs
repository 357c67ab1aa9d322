//! Parts.

use studio_shared::job::State;

use crate::words::parts::Texts;

pub(super) const TEXTS: Texts = Texts {
    close: "Close",
    copy: "Copy",
    copied: "Copied",
    share: "Share",
    copy_failed: "The browser does not allow copying; please select the text by hand.",
    optional: "optional",
    more: "More",
    less: "Less",
    remove: "Remove",
    working: "Working",
    messages: "Messages",
    table: "Table",
    code: "Code",
    task_done: "Done",
    task_open: "Not done",
    elapsed: "Elapsed",
    problem: "Problem: ",
    characters: |used, most| format!("{used} / {most}"),
    state: |state| match state {
        State::Queued => "Queued",
        State::Submitting => "Submitting",
        State::Running => "Running",
        State::Collecting => "Saving",
        State::Done => "Done",
        State::Failed => "Failed",
        State::Canceled => "Canceled",
        State::Unsure => "Unsure",
    },
    just_now: "just now",
    minutes_ago: |n| ago(n, "minute"),
    hours_ago: |n| ago(n, "hour"),
    days_ago: |n| ago(n, "day"),
    spoken: |minutes, seconds| match minutes {
        0 => plural(seconds, "second"),
        _ => format!("{} {}", plural(minutes, "minute"), plural(seconds, "second")),
    },
};

fn plural(n: u64, unit: &str) -> String {
    format!("{n} {unit}{}", if n == 1 { "" } else { "s" })
}

fn ago(n: u64, unit: &str) -> String {
    format!("{} ago", plural(n, unit))
}
