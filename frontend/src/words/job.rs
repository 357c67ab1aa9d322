//! The texts of jobs, in lists and on their own page.

use studio_shared::kind::Kind;

/// The texts of jobs, in lists and on their own page.
#[derive(Debug)]
pub struct Texts {
    /// Before a duration.
    pub took: &'static str,
    /// Place in the queue, when it begins and when it is done, in seconds from now.
    pub place: fn(place: u32, begins: Option<u64>, done: Option<u64>) -> String,
    /// In the queue, place unknown.
    pub waits: &'static str,
    /// A state, and how long it usually takes.
    pub usual: fn(state: &str, seconds: u64) -> String,
    /// A state, and when it is expected to be done.
    pub done_in: fn(state: &str, seconds: u64) -> String,
    /// So many pictures.
    pub count: fn(u32) -> String,
    /// The vendor's id.
    pub request_id: &'static str,
    /// Copy it.
    pub copy_request_id: &'static str,
    /// A picture did not come out.
    pub lost: &'static str,
    /// Nothing was billed.
    pub not_charged: &'static str,
    /// It was billed.
    pub charged: &'static str,
    /// It may have been billed.
    pub maybe_charged: &'static str,
    /// Open a picture large.
    pub open_picture: fn(u32) -> String,
    /// What a picture shows, for those who do not see it.
    pub picture: fn(u32, prompt: &str) -> String,
    /// A picture could not be loaded.
    pub picture_gone: &'static str,
    /// Which picture of how many.
    pub picture_of: fn(n: u32, all: u32) -> String,
    /// The picture before.
    pub previous: &'static str,
    /// The picture after.
    pub next: &'static str,
    /// Open in a new tab.
    pub open_in_tab: &'static str,
    /// Download.
    pub download: &'static str,
    /// Call the job back.
    pub cancel: &'static str,
    /// It is too late to cancel.
    pub too_late: &'static str,
    /// Once more.
    pub retry: &'static str,
    /// Ask before a retry that may be billed twice.
    pub retry_unsure: &'static str,
    /// Fill the form with these settings.
    pub use_again: &'static str,
    /// What was asked for, as given.
    pub original: fn(Kind) -> &'static str,
    /// So many seconds.
    pub seconds: fn(u32) -> String,
    /// So many characters.
    pub characters: fn(u32) -> String,
    /// Tokens that went in and came out.
    pub tokens: fn(input: u32, output: u32) -> String,
    /// What a film shows, for those who do not see it.
    pub film: fn(prompt: &str) -> String,
    /// A film could not be loaded.
    pub film_gone: &'static str,
    /// Name of the player of a speech.
    pub speech: &'static str,
    /// A speech could not be loaded.
    pub sound_gone: &'static str,
    /// Load and play.
    pub play: &'static str,
    /// Name of the words of a speech.
    pub spoken: &'static str,
    /// Name of a transcript.
    pub transcript: &'static str,
    /// A recording that was uploaded.
    pub recording: &'static str,
    /// Open the recording at its address.
    pub open_recording: &'static str,
    /// The recording could not be loaded.
    pub recording_gone: &'static str,
    /// Search in a transcript.
    pub search_transcript: &'static str,
    /// Nobody says such a thing.
    pub nothing_said: &'static str,
    /// Name of the ways to keep a transcript.
    pub exports: &'static str,
    /// The number of a speaker.
    pub speaker: fn(u32) -> String,
    /// What was used, by the vendor's count.
    pub used: &'static str,
    /// Why there is no estimate.
    pub no_estimate: fn(Kind) -> &'static str,
    /// The prompt as rewritten.
    pub rewritten: &'static str,
    /// Heading: settings.
    pub settings: &'static str,
    /// A switch is on.
    pub on: &'static str,
    /// A switch is off.
    pub off: &'static str,
    /// Before what was sent otherwise.
    pub sent_otherwise: &'static str,
    /// Heading: times, money, ids.
    pub record: &'static str,
    /// When it was submitted.
    pub created: &'static str,
    /// When the vendor began.
    pub started: &'static str,
    /// When it ended.
    pub finished: &'static str,
    /// How long it took.
    pub duration: &'static str,
    /// What it was expected to cost.
    pub estimate: &'static str,
    /// What it cost.
    pub actual: &'static str,
    /// Our own id.
    pub job_id: &'static str,
    /// Copy the recipe link.
    pub copy_link: &'static str,
    /// Copy as JSON.
    pub copy_json: &'static str,
    /// Copy as a command line.
    pub copy_curl: &'static str,
    /// Delete the job.
    pub delete: &'static str,
    /// It is gone.
    pub deleted: &'static str,
    /// No.
    pub keep: &'static str,
    /// There is no such job.
    pub gone: &'static str,
    /// Why.
    pub gone_help: &'static str,
    /// Link to the history.
    pub to_history: &'static str,
}
