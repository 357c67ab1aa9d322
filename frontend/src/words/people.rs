//! The texts of members, their codes, and what they may.

use studio_shared::member::Standing;

/// The texts of members, their codes, and what they may.
#[derive(Debug)]
pub struct Texts {
    /// Page: members.
    pub members: &'static str,
    /// What it is about.
    pub members_lead: &'static str,
    /// Makes a member; and the name of the form.
    pub new_member: &'static str,
    /// There is none yet.
    pub nobody: &'static str,
    /// What members are for.
    pub nobody_help: &'static str,
    /// Whether a member is let in.
    pub standing: fn(Standing) -> &'static str,
    /// May use: label.
    pub may: &'static str,
    /// May use everything.
    pub may_all: &'static str,
    /// May use nothing.
    pub may_nothing: &'static str,
    /// Between two kinds.
    pub comma: &'static str,
    /// So many models of these kinds.
    pub of_models: fn(&str, usize) -> String,
    /// When a code was last used: label.
    pub used: &'static str,
    /// Not used yet.
    pub never_used: &'static str,
    /// Used within the last hour.
    pub used_lately: &'static str,
    /// The last day: label.
    pub last_day: &'static str,
    /// Without a last day.
    pub no_last_day: &'static str,
    /// When it was made: label.
    pub made: &'static str,
    /// Label: name of a member.
    pub name: &'static str,
    /// What the name is for.
    pub name_help: &'static str,
    /// The name is missing or too long.
    pub name_wrong: fn(usize) -> String,
    /// Label: kinds of work.
    pub kinds: &'static str,
    /// What they do.
    pub kinds_help: &'static str,
    /// None is chosen.
    pub kinds_wrong: &'static str,
    /// Switch: all models of these kinds.
    pub every_model: &'static str,
    /// What it does.
    pub every_model_help: &'static str,
    /// Label: models of a kind.
    pub models_of: fn(&str) -> String,
    /// None is chosen.
    pub models_wrong: &'static str,
    /// Labels: budgets of a day and of a month.
    pub limits: [&'static str; 2],
    /// The last day is no day.
    pub day_wrong: &'static str,
    /// What the last day means.
    pub last_day_help: &'static str,
    /// Label: note.
    pub note: &'static str,
    /// Who reads it.
    pub note_help: &'static str,
    /// The note is too long.
    pub note_wrong: fn(usize) -> String,
    /// The button that makes one.
    pub make: &'static str,
    /// Keeps what was changed.
    pub save: &'static str,
    /// It was kept.
    pub saved: &'static str,
    /// Leaves everything as it was.
    pub cancel: &'static str,
    /// Heading: settings of a member.
    pub settings: &'static str,
    /// Heading: budget of a member.
    pub budget: &'static str,
    /// Heading: usage of a member.
    pub usage: &'static str,
    /// Back to all of them.
    pub back: &'static str,
    /// There is no such member.
    pub gone: &'static str,
    /// Heading: letting in and shutting out.
    pub door: &'static str,
    /// What shutting out does.
    pub shut_out_help: &'static str,
    /// Shuts out.
    pub shut_out: &'static str,
    /// They were shut out.
    pub shut_out_done: fn(&str) -> String,
    /// Asks before: whom.
    pub shut_out_ask: fn(&str) -> String,
    /// Lets in again.
    pub let_in: &'static str,
    /// What that does.
    pub let_in_help: &'static str,
    /// They were let in again.
    pub let_in_done: fn(&str) -> String,
    /// Deletes a member.
    pub delete: &'static str,
    /// Asks before: whom.
    pub delete_ask: fn(&str) -> String,
    /// What goes.
    pub delete_goes: [&'static str; 4],
    /// That it is for good, and what is enough to keep them out.
    pub delete_stays: &'static str,
    /// They were deleted.
    pub deleted: fn(&str) -> String,
    /// Page and heading: codes.
    pub codes: &'static str,
    /// What one's own codes are for.
    pub codes_lead: &'static str,
    /// What the owner's codes are beside that of the deployment.
    pub codes_owner: &'static str,
    /// Makes a code.
    pub new_code: &'static str,
    /// There is none.
    pub no_codes: &'static str,
    /// Label: name of a code.
    pub code_name: &'static str,
    /// What it is for.
    pub code_name_help: &'static str,
    /// Labels: the code's share of a day's and a month's budget.
    pub shares: [&'static str; 2],
    /// Badge: the code one came in with.
    pub this_one: &'static str,
    /// Badge: revoked.
    pub revoked: &'static str,
    /// Shows those that were revoked.
    pub revoked_ones: fn(usize) -> String,
    /// Changes name and share.
    pub edit: &'static str,
    /// Makes it say something else.
    pub rotate: &'static str,
    /// Asks before.
    pub rotate_ask: fn(&str) -> String,
    /// What that does.
    pub rotate_help: &'static str,
    /// Revokes it.
    pub revoke: &'static str,
    /// Asks before.
    pub revoke_ask: fn(&str) -> String,
    /// What that does.
    pub revoke_help: &'static str,
    /// It is replaced, and this browser came in with it.
    pub rotate_own: &'static str,
    /// It is revoked, and this browser came in with it.
    pub revoke_own: &'static str,
    /// It was revoked.
    pub revoked_done: &'static str,
    /// Heading: a code that was just made.
    pub issued: fn(&str) -> String,
    /// It is shown this once.
    pub once: &'static str,
    /// Label: the code as text.
    pub as_text: &'static str,
    /// Label: the code as a link.
    pub as_link: &'static str,
    /// What the link does.
    pub as_link_help: &'static str,
    /// Copies the code.
    pub copy_code: &'static str,
    /// Copies the link.
    pub copy_link: &'static str,
    /// What the picture is.
    pub qr: fn(&str) -> String,
    /// What it is for.
    pub qr_help: &'static str,
    /// It was written down: takes it out of sight.
    pub kept: &'static str,
    /// Heading and button: log out everywhere.
    pub everywhere: &'static str,
    /// What that does.
    pub everywhere_help: &'static str,
    /// Asks before.
    pub everywhere_ask: &'static str,
    /// Title of a page that this member may not use.
    pub not_yours: fn(&str) -> String,
    /// Why, and what to do.
    pub not_yours_help: &'static str,
    /// What can be used instead.
    pub instead: &'static str,
    /// A model that this member may not use: what to do.
    pub model_not_yours: fn(&str) -> String,
    /// What is left today, this month; each as an amount.
    pub left_day: fn(&str) -> String,
    /// What is left this month.
    pub left_month: fn(&str) -> String,
    /// The last day that this member is let in.
    pub until: fn(&str) -> String,
    /// Heading: usage by member.
    pub by_member: &'static str,
    /// Column: member.
    pub member: &'static str,
    /// The owner, among members.
    pub owner: &'static str,
}
