//! Batches.

use studio_shared::batch::{BatchState, Format};
use studio_shared::kind::Kind;

use crate::words::batches::Texts;

fn entries(n: u32) -> String {
    if n == 1 { "1 entry".to_owned() } else { format!("{n} entries") }
}

pub(super) const TEXTS: Texts = Texts {
    title: "Batches",
    new: "New batch",
    new_lead: "First a dry run: every entry is checked, price and time are told, nothing is spent. Then it runs in the background; you may close the page.",
    nothing: "No batch yet",
    nothing_help: "Up to 2,000 entries at once, done one after another in the background as the limits allow. There are three ways to write them:",
    format: |format| match format {
        Format::Json => "JSON file",
        Format::Csv => "CSV table",
        Format::Lines => "Plain lines",
    },
    format_help: |format| match format {
        Format::Json => "Lists by kind; each entry may have a model and settings of its own",
        Format::Csv => "The first row names the fields; an empty cell takes the default",
        Format::Lines => "One prompt a line, with shared settings",
    },
    source: "Where entries come from",
    by_file: "Upload",
    by_paste: "Paste",
    by_form: "Form",
    pick: "Choose a file, or drop it here",
    pick_help: "JSON, CSV or TXT, up to 1 MiB and 2,000 entries",
    other_file: "Another file",
    too_large: |bytes| format!("This file has {bytes}; at most 1 MiB is taken. Split it."),
    unreadable: "The browser cannot read this file; choose it again.",
    format_label: "Written as",
    text: "Entries",
    prompts: |kind| match kind {
        Kind::Speech => "Texts to be read",
        Kind::Transcription => "Addresses of recordings",
        Kind::Image | Kind::Text | Kind::Video => "Prompts",
    },
    prompts_help: "One a line; empty lines do not count",
    example: "A lane in the rain, old town\nA lake below snowy mountains\nA night market, cyberpunk",
    kind: "What is made",
    shared: "Shared settings",
    shared_csv: "Fill in what the table leaves out",
    shared_csv_help: "What the table says goes first",
    name: "Name",
    name_help: "To find it again in the list",
    check: "Dry run",
    check_now: "Check",
    checking: "Checking",
    check_help: "Once there are entries, their number, the price, the time and every problem are listed here.",
    entries,
    price: "Price",
    unpriced: |n| format!("and {}, whose price is known only afterwards", entries(n)),
    time: "Time",
    sent_in: |time| format!("about {time} until all is sent, at current limits"),
    about: |ms| {
        let seconds = ms.div_ceil(1000);
        match seconds {
            0..100 => format!("{seconds} s"),
            100..5400 => format!("{} min", seconds.div_ceil(60)),
            _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
        }
    },
    all_right: "No problem",
    wrong: |n| if n == 1 { "1 problem".to_owned() } else { format!("{n} problems") },
    wrong_help: "Put them right to start; nothing has been sent.",
    more_wrong: |n| format!("{n} more are not listed; put these right first."),
    place: "Place",
    field: "Entry and field",
    given: "Given",
    allowed: "Allowed",
    nothing_given: "nothing",
    jump: |line, column| format!("Go to line {line}, column {column}"),
    start: |price| match price {
        Some(price) => format!("Start · at most {price}"),
        None => "Start".to_owned(),
    },
    not_yet: "You can start once the check has passed",
    started: "The batch has started; you may close the page.",
    state: |state| match state {
        BatchState::Running => "Running",
        BatchState::Paused => "Paused",
        BatchState::Done => "Done",
        BatchState::Canceled => "Canceled",
    },
    waiting: "Waiting",
    active: "Active",
    done: "Done",
    failed: "Failed",
    canceled: "Canceled",
    unsure: "Unsure",
    all: "All",
    progress: |ended, total| format!("{ended} of {total} ended"),
    spent: "Spent",
    quoted: "Quoted",
    at_most: |money| format!("and at most {money} of which nobody knows"),
    eta: "All sent in about",
    pause: "Pause",
    resume: "Resume",
    cancel: "Cancel",
    cancel_ask: "Cancel this batch?",
    cancel_help: |waiting, active| {
        format!(
            "{} that wait are cancelled and cost nothing. {active} at work come to their end and are billed.",
            entries(waiting)
        )
    },
    cancel_now: "Cancel the batch",
    retry: |n| format!("Retry {n} failed"),
    delete: "Delete",
    delete_ask: "Delete this batch?",
    delete_help: |n| format!("{} and their results are deleted.", entries(n)),
    delete_now: "Delete the batch",
    held_up: "The batch has paused; the rest has not been sent",
    goes_on: "It runs in the background; you may close the page.",
    is_paused: "Paused: what was sent comes to its end, the rest waits for you.",
    list: "Entries",
    shown: "Which are shown",
    none_so: "No entry stands there",
    entry: |n| format!("Entry {n}"),
    edit: "Edit and retry",
    edit_help: "This entry is submitted anew as you change it; the others stay.",
    edit_send: "Save and retry",
    edit_json: "Entry (JSON)",
    no_object: "This is no JSON object; check brackets and quotes.",
    gone: "There is no such batch",
    gone_help: "It may have been deleted, or belong to another member.",
    to_list: "All batches",
};
