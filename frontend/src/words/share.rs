//! The texts of share links, for who gives them and for who reads them.

use studio_shared::share::Shown;

/// The texts of share links, for who gives them and for who reads them.
#[derive(Debug)]
pub struct Texts {
    /// Share.
    pub share: &'static str,
    /// Dialog: share.
    pub title: &'static str,
    /// Share a conversation up to here.
    pub up_to_here: &'static str,
    /// Label: what is shown.
    pub what: &'static str,
    /// What is shown, by name.
    pub shown: fn(Shown) -> &'static str,
    /// What that means.
    pub shown_help: fn(Shown) -> &'static str,
    /// The recipe link without a server part.
    pub fragment: &'static str,
    /// What that means.
    pub fragment_help: &'static str,
    /// More on it, beside the link.
    pub fragment_more: &'static str,
    /// Label: which results.
    pub which: &'static str,
    /// None is chosen.
    pub which_none: &'static str,
    /// Label: the share's title.
    pub name: &'static str,
    /// What it is for.
    pub name_help: &'static str,
    /// Label: password.
    pub password: &'static str,
    /// How long it is.
    pub password_help: &'static str,
    /// It is too short or too long.
    pub password_wrong: &'static str,
    /// Label: when it ends.
    pub end: &'static str,
    /// Never.
    pub end_never: &'static str,
    /// In a day.
    pub end_day: &'static str,
    /// In a week.
    pub end_week: &'static str,
    /// In a month.
    pub end_month: &'static str,
    /// At the end of a day.
    pub end_date: &'static str,
    /// As it is.
    pub end_keep: fn(&str) -> String,
    /// Label: that day.
    pub end_day_label: &'static str,
    /// It is no day to come.
    pub end_wrong: &'static str,
    /// Label: how often it may be opened.
    pub views: &'static str,
    /// What counts.
    pub views_help: &'static str,
    /// It is no such number.
    pub views_wrong: &'static str,
    /// Switch: offer a download.
    pub download: &'static str,
    /// Makes the share.
    pub make: &'static str,
    /// It is made.
    pub made: &'static str,
    /// Who can read it.
    pub made_help: &'static str,
    /// Label: the link.
    pub link: &'static str,
    /// Copies the link.
    pub copy: &'static str,
    /// The platform's own way to share.
    pub send: &'static str,
    /// To the list of shares.
    pub to_list: &'static str,
    /// Nothing is selected.
    pub nothing: &'static str,
    /// Too many are selected.
    pub too_many: fn(usize) -> String,
    /// Page: shares.
    pub shares: &'static str,
    /// What it is about.
    pub shares_lead: &'static str,
    /// There is none.
    pub none: &'static str,
    /// How to make one.
    pub none_help: &'static str,
    /// Name of the list.
    pub list: &'static str,
    /// A share without a title.
    pub untitled: &'static str,
    /// So many jobs or turns.
    pub items: fn(u32) -> String,
    /// How often it was read, of how often it may be.
    pub viewed: fn(u32, Option<u32>) -> String,
    /// When it ends.
    pub ends: fn(&str) -> String,
    /// It asks for a password.
    pub has_password: &'static str,
    /// It can be read.
    pub open: &'static str,
    /// Its time is over.
    pub over: &'static str,
    /// It was read as often as it may be.
    pub used_up: &'static str,
    /// Opens it.
    pub look: &'static str,
    /// Changes its terms.
    pub edit: &'static str,
    /// Dialog: change.
    pub edit_title: &'static str,
    /// The password stays.
    pub password_keep: &'static str,
    /// Another password.
    pub password_set: &'static str,
    /// No password.
    pub password_none: &'static str,
    /// Saves the change.
    pub save: &'static str,
    /// It is saved.
    pub saved: &'static str,
    /// Takes it back.
    pub revoke: &'static str,
    /// Ask before it is taken back.
    pub revoke_title: &'static str,
    /// What that means.
    pub revoke_help: &'static str,
    /// It is taken back.
    pub revoked: &'static str,
    /// No.
    pub no: &'static str,
    /// More of the list.
    pub more: &'static str,
    /// For a reader: a share, whose title is not known or empty.
    pub reader: &'static str,
    /// For a reader: a password is asked for.
    pub ask_password: &'static str,
    /// What to do.
    pub ask_password_help: &'static str,
    /// For a reader: opens it.
    pub open_it: &'static str,
    /// Nothing was entered.
    pub empty_password: &'static str,
    /// It is wrong.
    pub wrong_password: &'static str,
    /// So many seconds until another try.
    pub wait: fn(u64) -> String,
    /// For a reader: there is nothing.
    pub gone: &'static str,
    /// Why.
    pub gone_help: &'static str,
    /// For a reader: fills the form.
    pub use_recipe: &'static str,
    /// What that does.
    pub use_recipe_help: &'static str,
    /// The mark.
    pub made_with: &'static str,
}
