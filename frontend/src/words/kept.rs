//! The texts of what is kept, for how long, and what may be lost.

/// The texts of what is kept, for how long, and what may be lost.
#[derive(Debug)]
pub struct Texts {
    /// Page: storage; and the link to it.
    pub storage: &'static str,
    /// What it is about.
    pub storage_lead: &'static str,
    /// Heading: what is used.
    pub used: &'static str,
    /// So many bytes, in so many files.
    pub used_value: fn(bytes: &str, files: u64) -> String,
    /// What counts, and when it is set free.
    pub used_help: &'static str,
    /// Label: for how long results are kept.
    pub retention: &'static str,
    /// What it does.
    pub retention_help: &'static str,
    /// For good.
    pub forever: &'static str,
    /// So many days.
    pub days: fn(u32) -> String,
    /// Ask before results are deleted.
    pub retention_ask: fn(u32) -> String,
    /// What goes and what stays.
    pub retention_ask_help: &'static str,
    /// Yes.
    pub retention_yes: &'static str,
    /// It is set.
    pub retention_set: &'static str,
    /// No bucket is bound.
    pub no_bucket: &'static str,
    /// What that means, and what to do.
    pub no_bucket_help: &'static str,
    /// Begin to pick jobs.
    pub pick: &'static str,
    /// Pick this one.
    pub pick_one: fn(prompt: &str) -> String,
    /// So many are picked.
    pub picked: fn(usize) -> String,
    /// Pick all that are listed.
    pub pick_all: &'static str,
    /// No more picking.
    pub pick_end: &'static str,
    /// Bring back what was deleted.
    pub undo: &'static str,
    /// It is back.
    pub restored: &'static str,
    /// How long it can be brought back.
    pub undo_help: &'static str,
    /// So many results may be lost.
    pub at_risk: fn(usize) -> String,
    /// So many more.
    pub at_risk_more: fn(usize) -> String,
    /// There for so long: a clock.
    pub left: fn(clock: &str) -> String,
    /// The same in words.
    pub left_spoken: fn(hours: u64, minutes: u64) -> String,
    /// It has gone.
    pub expired: &'static str,
    /// Deleted, because its time was over.
    pub retention_ended: &'static str,
    /// It is being looked for at the vendor.
    pub looking: &'static str,
    /// Look for it once more.
    pub look_again: &'static str,
    /// Send it once more.
    pub send_again: &'static str,
    /// What that may cost.
    pub send_again_help: fn(amount: Option<&str>) -> String,
    /// An amount that is not exceeded.
    pub at_most: fn(amount: &str) -> String,
    /// What it cost at most.
    pub at_most_name: &'static str,
}
