//! Data of one's own.

use crate::words::data::Texts;

pub(super) const TEXTS: Texts = Texts {
    title: "My data",
    lead: "Take everything along, move it to another studio, or delete it all.",
    export: "Export everything",
    export_help: "One ZIP: jobs, chats, batches and settings as JSON; pictures, films, speech and transcripts as files.",
    export_start: "Export",
    so_far: |jobs, files, bytes| format!("{jobs} jobs and {files} files so far, {bytes}"),
    stay: "Keep this page open.",
    stop: "Stop",
    exported: |jobs, files| format!("Exported: {jobs} jobs, {files} files"),
    lost: |n| {
        format!("{n} files could not be fetched and are not in the ZIP. Export again to try once more.")
    },
    import: "Import",
    import_help: "Choose what was exported from any studio; where it came in several files, choose them all. Nothing comes twice: after a break, import again to go on.",
    choose: "Choose ZIP files",
    reading: |done, total| format!("Importing page {done} of {total}"),
    sending: |done, total| format!("Sending files: {done} of {total}"),
    imported: |added, known, files| format!("{added} new, {known} known already, {files} files sent"),
    unfinished: |n| format!("{n} jobs had not ended when they were exported and were left out."),
    absent: |n| {
        format!("{n} files are not in what you chose, or did not arrive. Import again with what is missing.")
    },
    no_zip: |name| {
        format!("{name} is no ZIP exported by a studio, or not whole. Choose the file as it was exported.")
    },
    delete: "Delete everything",
    delete_help: "Deletes all jobs, results, chats, batches, recordings and shares, for good. What was spent stays on record. Export first.",
    delete_start: "Delete everything…",
    delete_title: "Delete everything?",
    delete_word: "delete everything",
    delete_type: |word| format!("Type “{word}” to confirm"),
    delete_yes: "Delete for good",
    deleted: "Everything is deleted",
    storage: "Storage",
};
