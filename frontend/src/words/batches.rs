//! The texts of batches.

use studio_shared::batch::{BatchState, Format};
use studio_shared::kind::Kind;

/// The texts of batches.
#[derive(Debug)]
pub struct Texts {
    /// Page: batches.
    pub title: &'static str,
    /// Page: a new one.
    pub new: &'static str,
    /// What a new one is for.
    pub new_lead: &'static str,
    /// There is none yet.
    pub nothing: &'static str,
    /// What they are for.
    pub nothing_help: &'static str,
    /// A form in which entries are written.
    pub format: fn(Format) -> &'static str,
    /// When to use it.
    pub format_help: fn(Format) -> &'static str,
    /// Label: where entries come from.
    pub source: &'static str,
    /// From a file.
    pub by_file: &'static str,
    /// Pasted.
    pub by_paste: &'static str,
    /// By the form.
    pub by_form: &'static str,
    /// The way to pick a file.
    pub pick: &'static str,
    /// What may be picked.
    pub pick_help: &'static str,
    /// Another file.
    pub other_file: &'static str,
    /// A file is larger than is taken.
    pub too_large: fn(&str) -> String,
    /// A file could not be read.
    pub unreadable: &'static str,
    /// Label: the format.
    pub format_label: &'static str,
    /// Label: the entries' text.
    pub text: &'static str,
    /// Label: the prompts.
    pub prompts: fn(Kind) -> &'static str,
    /// What stands in a line.
    pub prompts_help: &'static str,
    /// An example for an empty field.
    pub example: &'static str,
    /// Label: the kind of work.
    pub kind: &'static str,
    /// Heading: what entries have in common.
    pub shared: &'static str,
    /// For rows of a table that say nothing else.
    pub shared_csv: &'static str,
    /// What that does.
    pub shared_csv_help: &'static str,
    /// Label: the batch's name.
    pub name: &'static str,
    /// Where the name is shown.
    pub name_help: &'static str,
    /// Heading: the dry run.
    pub check: &'static str,
    /// Do it now.
    pub check_now: &'static str,
    /// It is done.
    pub checking: &'static str,
    /// Before there is anything to check.
    pub check_help: &'static str,
    /// So many entries.
    pub entries: fn(u32) -> String,
    /// Label: the price.
    pub price: &'static str,
    /// The price is not known beforehand.
    pub unpriced: fn(u32) -> String,
    /// Label: the time.
    pub time: &'static str,
    /// All of it is sent after so long, at current limits.
    pub sent_in: fn(&str) -> String,
    /// A length of time.
    pub about: fn(ms: u64) -> String,
    /// Nothing is wrong.
    pub all_right: &'static str,
    /// So many things are wrong.
    pub wrong: fn(u32) -> String,
    /// What to do.
    pub wrong_help: &'static str,
    /// More than are shown.
    pub more_wrong: fn(u32) -> String,
    /// Column: place.
    pub place: &'static str,
    /// Column: entry and field.
    pub field: &'static str,
    /// Column: what was given.
    pub given: &'static str,
    /// Column: what is allowed.
    pub allowed: &'static str,
    /// Nothing was given.
    pub nothing_given: &'static str,
    /// Leads to a place.
    pub jump: fn(line: u32, column: u32) -> String,
    /// The button that starts it.
    pub start: fn(Option<&str>) -> String,
    /// What has to be done first.
    pub not_yet: &'static str,
    /// It was started.
    pub started: &'static str,
    /// The state of a batch.
    pub state: fn(BatchState) -> &'static str,
    /// Entries that wait.
    pub waiting: &'static str,
    /// Entries under way.
    pub active: &'static str,
    /// Entries that are done.
    pub done: &'static str,
    /// Entries that failed.
    pub failed: &'static str,
    /// Entries that were cancelled.
    pub canceled: &'static str,
    /// Entries of which nobody knows.
    pub unsure: &'static str,
    /// All entries.
    pub all: &'static str,
    /// How many have ended.
    pub progress: fn(ended: u32, total: u32) -> String,
    /// Label: billed so far.
    pub spent: &'static str,
    /// Label: as it was quoted.
    pub quoted: &'static str,
    /// Billed at most beside that.
    pub at_most: fn(&str) -> String,
    /// Label: when all of it has been sent.
    pub eta: &'static str,
    /// Sends nothing more for now.
    pub pause: &'static str,
    /// Goes on.
    pub resume: &'static str,
    /// Calls it back.
    pub cancel: &'static str,
    /// Asks before.
    pub cancel_ask: &'static str,
    /// What that means.
    pub cancel_help: fn(waiting: u32, active: u32) -> String,
    /// Calls it back indeed.
    pub cancel_now: &'static str,
    /// Tries all that failed once more.
    pub retry: fn(u32) -> String,
    /// Deletes it.
    pub delete: &'static str,
    /// Asks before.
    pub delete_ask: &'static str,
    /// What goes.
    pub delete_help: fn(u32) -> String,
    /// Yes.
    pub delete_now: &'static str,
    /// It has paused itself.
    pub held_up: &'static str,
    /// It goes on without this page.
    pub goes_on: &'static str,
    /// It waits for the person.
    pub is_paused: &'static str,
    /// Name of the list of entries.
    pub list: &'static str,
    /// Label: which entries are shown.
    pub shown: &'static str,
    /// No entry is in that state.
    pub none_so: &'static str,
    /// The number of an entry.
    pub entry: fn(u32) -> String,
    /// Changes an entry and tries it once more.
    pub edit: &'static str,
    /// What that means.
    pub edit_help: &'static str,
    /// Sends it.
    pub edit_send: &'static str,
    /// The entry as JSON.
    pub edit_json: &'static str,
    /// The text is no JSON object.
    pub no_object: &'static str,
    /// There is no such batch.
    pub gone: &'static str,
    /// Why.
    pub gone_help: &'static str,
    /// Leads to the list.
    pub to_list: &'static str,
}
