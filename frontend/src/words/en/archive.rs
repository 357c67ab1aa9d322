//! ZIP files.

use crate::words::archive::Texts;

pub(super) const TEXTS: Texts = Texts {
    save: "Download ZIP",
    save_help: "All results in one ZIP file: the settings beside each file, a manifest.json, and an index.html to open and look at.",
    listing: |n| format!("Reading the list, {n} so far"),
    fetching: |done, total, bytes| format!("Fetching files: {done} of {total}, {bytes}"),
    stay: "Keep this page open; the browser saves the file when it is complete.",
    stop: "Stop",
    nothing: "There is no result to save yet",
    nothing_help: "Try again when an entry is done.",
    lost: |n| {
        if n == 1 {
            "1 file could not be fetched".to_owned()
        } else {
            format!("{n} files could not be fetched")
        }
    },
    lost_file: |entry, n| format!("Entry {entry}, result {n}"),
    lost_others: |n| format!("and {n} more"),
    again: "Fetch them again",
    rest: "Save the rest",
    saved: "Saved",
    saved_help: |parts| match parts {
        1 => "Look among your browser's downloads.".to_owned(),
        _ => format!(
            "It is large, so there are {parts} files. The browser may ask whether several downloads are allowed."
        ),
    },
    save_again: "Save again",
    entries: |n| if n == 1 { "1 entry".to_owned() } else { format!("{n} entries") },
    missing: |n| format!("Result {n} is not here:"),
};
