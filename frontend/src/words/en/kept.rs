//! Storage and retention.

use crate::words::kept::Texts;

pub(super) const TEXTS: Texts = Texts {
    storage: "Storage",
    storage_lead: "Results are kept in your own bucket, beyond the vendor’s 24 hours.",
    used: "Space used",
    used_value: |bytes, files| match files {
        1 => format!("{bytes} in 1 file"),
        _ => format!("{bytes} in {files} files"),
    },
    used_help: "Uploaded recordings included. A deleted job can be brought back for 10 minutes; its space is free after that.",
    retention: "How long results are kept",
    retention_help: "Pictures, films, speech and transcripts are deleted after that by themselves; jobs, costs and text answers stay.",
    forever: "For good",
    days: |days| match days {
        1 => "1 day".to_owned(),
        _ => format!("{days} days"),
    },
    retention_ask: |days| match days {
        1 => "Keep only the results of the last day?".to_owned(),
        _ => format!("Keep only the results of the last {days} days?"),
    },
    retention_ask_help: "Older results begin to be deleted at once and cannot be brought back. Jobs, costs and text answers stay.",
    retention_yes: "Yes",
    retention_set: "The retention is set",
    no_bucket: "No bucket is bound",
    no_bucket_help: "Results live at the vendor for 24 hours only: download them in time. Once the owner binds an R2 bucket, new results are kept.",
    pick: "Select",
    pick_one: |prompt| format!("Select: {prompt}"),
    picked: |count| format!("{count} selected"),
    pick_all: "Select all",
    pick_end: "End selection",
    undo: "Undo the deletion",
    restored: "It is back",
    undo_help: "A deletion can be undone for 10 minutes.",
    at_risk: |count| match count {
        1 => "The results of 1 job may be lost".to_owned(),
        _ => format!("The results of {count} jobs may be lost"),
    },
    at_risk_more: |count| format!("And {count} more: see the jobs in the history that are being saved."),
    left: |clock| format!("{clock} left"),
    left_spoken: |hours, minutes| format!("Can be downloaded for {hours} hours {minutes} minutes"),
    expired: "Expired",
    retention_ended: "Deleted after its retention",
    looking: "Looking for it at the vendor",
    look_again: "Look again",
    send_again: "Send again",
    send_again_help: |amount| {
        match amount {
        Some(amount) => format!(
            "The answer to the last try was lost: it may be under way and billed already. Sending it again may bill it twice, \
             by at most {amount} more."
        ),
        None => "The answer to the last try was lost: it may be under way and billed already. Sending it again may bill it twice."
            .to_owned(),
    }
    },
    at_most: |amount| format!("at most {amount}"),
    at_most_name: "Cost at most",
};
