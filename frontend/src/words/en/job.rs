//! The texts of jobs, in lists and on their own page.

use studio_shared::kind::Kind;

use crate::words::job::Texts;

pub(super) const TEXTS: Texts = Texts {
    took: "took",
    place: |place, begins, done| {
        let begins = begins.map_or_else(String::new, |seconds| format!(", about {}", about(seconds)));
        let done = done.map_or_else(String::new, |seconds| format!("; done in about {}", about(seconds)));
        format!("Place {place}{begins}{done}")
    },
    waits: "Queued",
    usual: |state, seconds| format!("{state}, usually about {seconds} s"),
    done_in: |state, seconds| format!("{state}, done in about {}", about(seconds)),
    count: |n| if n == 1 { "1 picture".to_owned() } else { format!("{n} pictures") },
    request_id: "Request ID",
    copy_request_id: "Copy request ID",
    lost: "This picture was lost",
    not_charged: "Not charged",
    charged: "Charged",
    maybe_charged: "May have been charged",
    open_picture: |n| format!("Enlarge picture {n}"),
    picture: |n, prompt| format!("Picture {n}: {prompt}"),
    picture_gone: "The picture could not be loaded",
    picture_of: |n, all| format!("Picture {n} of {all}"),
    previous: "Previous picture",
    next: "Next picture",
    open_in_tab: "Open in a new tab",
    download: "Download",
    cancel: "Cancel",
    too_late: "Too late to cancel: it has begun and goes on, and is billed when it comes out.",
    retry: "Retry",
    retry_unsure: "This may be billed twice",
    use_again: "Use these settings",
    original: |kind| match kind {
        Kind::Image | Kind::Video => "Original prompt",
        Kind::Text => "Question",
        Kind::Speech => "Text",
        Kind::Transcription => "Recording",
    },
    seconds: |n| format!("{n} s"),
    characters: |n| if n == 1 { "1 character".to_owned() } else { format!("{n} characters") },
    tokens: |input, output| format!("{input} tokens in · {output} out"),
    film: |prompt| format!("Film: {prompt}"),
    film_gone: "The film could not be loaded",
    speech: "Speech",
    sound_gone: "The speech could not be loaded; download it to play it",
    play: "Load and play",
    spoken: "Word by word; press one to hear it",
    transcript: "Transcript",
    recording: "Uploaded recording",
    open_recording: "Open the recording",
    recording_gone: "The recording could not be loaded: it may have expired, or its address does not answer",
    search_transcript: "Search the transcript",
    nothing_said: "Not found",
    exports: "Export",
    speaker: |n| format!("Speaker {n}"),
    used: "Used",
    no_estimate: |kind| match kind {
        Kind::Transcription => "By the length of the recording",
        _ => "Price not listed",
    },
    rewritten: "Rewritten prompt",
    settings: "Settings",
    on: "On",
    off: "Off",
    sent_otherwise: "This was sent differently:",
    record: "Record",
    created: "Submitted",
    started: "Started",
    finished: "Finished",
    duration: "Duration",
    estimate: "Estimated cost",
    actual: "Actual cost",
    job_id: "Job ID",
    copy_link: "Copy recipe link",
    copy_json: "Copy as JSON",
    copy_curl: "Copy as cURL",
    delete: "Delete",
    deleted: "Deleted",
    keep: "Keep it",
    gone: "There is no such job",
    gone_help: "It may have been deleted, or belong to another member.",
    to_history: "See the history",
};

/// A time to come, as exactly as it is of use.
fn about(seconds: u64) -> String {
    match seconds {
        0..100 => format!("{seconds} s"),
        100..5_400 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h", seconds.div_ceil(3_600)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_says_when_it_begins_and_when_it_is_done() {
        assert_eq!((TEXTS.place)(12, Some(6), None), "Place 12, about 6 s");
        assert_eq!((TEXTS.place)(12, Some(6), Some(40)), "Place 12, about 6 s; done in about 40 s");
        assert_eq!((TEXTS.place)(900, Some(450), Some(7_000)), "Place 900, about 8 min; done in about 2 h");
        assert_eq!((TEXTS.done_in)("Running", 8), "Running, done in about 8 s");
    }
}
