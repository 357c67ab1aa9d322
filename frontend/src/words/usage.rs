//! The texts of the page: usage.

/// The texts of the page: usage.
#[derive(Debug)]
pub struct Texts {
    /// Title of the page.
    pub title: &'static str,
    /// Whose days these are.
    pub lead: &'static str,
    /// Leads here, from where a budget refused something.
    pub open: &'static str,
    /// Heading: budgets.
    pub budget: &'static str,
    /// Heading: the caller's own budget.
    pub own: &'static str,
    /// Heading: the whole studio's budget.
    pub studio: &'static str,
    /// The running day.
    pub today: &'static str,
    /// The running month.
    pub month: &'static str,
    /// So many hundredths are taken.
    pub taken: fn(u64) -> String,
    /// Nothing is left.
    pub used_up: &'static str,
    /// No budget is set.
    pub unlimited: &'static str,
    /// The budget: how much.
    pub of: fn(&str) -> String,
    /// Billed.
    pub spent: &'static str,
    /// Billed at most: nobody knows.
    pub at_most: &'static str,
    /// Held for what runs.
    pub reserved: &'static str,
    /// Left.
    pub left: &'static str,
    /// What the four mean.
    pub budget_help: &'static str,
    /// Opens the form.
    pub set: &'static str,
    /// Name of the form.
    pub form: &'static str,
    /// Fields: own day, own month, the studio's day, the studio's month.
    pub limits: [&'static str; 4],
    /// What an empty field means.
    pub limit_help: &'static str,
    /// What is wrong with a field.
    pub not_money: &'static str,
    /// Keeps what was written.
    pub save: &'static str,
    /// Leaves everything as it was.
    pub cancel: &'static str,
    /// It was kept.
    pub saved: &'static str,
    /// Name of the choice of a period.
    pub period: &'static str,
    /// Periods: this month, the last, 7 days, 30 days.
    pub periods: [&'static str; 4],
    /// Heading: spending.
    pub spending: &'static str,
    /// So many jobs.
    pub jobs_in_all: fn(u32) -> String,
    /// The same as a table.
    pub csv: &'static str,
    /// What the chart shows: the days, the sum, the day with most and how much.
    pub chart: fn(&str, &str, &str) -> String,
    /// The day with most, and how much.
    pub chart_most: fn(&str, &str) -> String,
    /// Table: by kind.
    pub by_kind: &'static str,
    /// Table: by model.
    pub by_model: &'static str,
    /// Table: by day.
    pub by_day: &'static str,
    /// Column: kind.
    pub kind: &'static str,
    /// Column: model.
    pub model: &'static str,
    /// Column: day.
    pub day: &'static str,
    /// Column: jobs.
    pub jobs: &'static str,
    /// Row: all of it.
    pub sum: &'static str,
    /// Nothing was made in the period.
    pub nothing: &'static str,
    /// What to do.
    pub nothing_help: &'static str,
}
