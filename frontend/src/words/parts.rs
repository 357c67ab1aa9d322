//! The texts that parts say by themselves.

use studio_shared::job::State;

/// The texts that parts say by themselves.
#[derive(Debug)]
pub struct Texts {
    /// Close a dialog or a message.
    pub close: &'static str,
    /// Copy to the clipboard.
    pub copy: &'static str,
    /// It was copied.
    pub copied: &'static str,
    /// The browser refused to copy.
    pub copy_failed: &'static str,
    /// Hand it to another program.
    pub share: &'static str,
    /// A field that may be left empty.
    pub optional: &'static str,
    /// Step up.
    pub more: &'static str,
    /// Step down.
    pub less: &'static str,
    /// Take a chip away.
    pub remove: &'static str,
    /// Something is being done.
    pub working: &'static str,
    /// Name of the region of messages.
    pub messages: &'static str,
    /// Name of a table.
    pub table: &'static str,
    /// Name of a listing whose language is not told.
    pub code: &'static str,
    /// A task of a list that is done.
    pub task_done: &'static str,
    /// A task of a list that is not.
    pub task_open: &'static str,
    /// How long it has been going on.
    pub elapsed: &'static str,
    /// Before a problem with a field, for those who do not see its colour.
    pub problem: &'static str,
    /// How many characters were written of how many.
    pub characters: fn(used: usize, most: usize) -> String,
    /// The name of a job's state.
    pub state: fn(State) -> &'static str,
    /// Less than a minute ago.
    pub just_now: &'static str,
    /// So many minutes ago.
    pub minutes_ago: fn(u64) -> String,
    /// So many hours ago.
    pub hours_ago: fn(u64) -> String,
    /// So many days ago.
    pub days_ago: fn(u64) -> String,
    /// A duration, in words for listeners: minutes and seconds.
    pub spoken: fn(minutes: u64, seconds: u64) -> String,
}
