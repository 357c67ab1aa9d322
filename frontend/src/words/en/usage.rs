//! The page: usage.

use crate::words::usage::Texts;

pub(super) const TEXTS: Texts = Texts {
    title: "Usage",
    lead: "What was spent, and what is left. Days are Beijing's.",
    open: "See usage and budgets",
    budget: "Budgets",
    own: "Mine",
    studio: "The whole studio",
    today: "Today",
    month: "This month",
    taken: |hundredths| format!("{hundredths}% taken"),
    used_up: "used up",
    unlimited: "no budget",
    of: |limit| format!("budget {limit}"),
    spent: "Spent",
    at_most: "Unsettled",
    reserved: "Held",
    left: "Left",
    budget_help: "Held: the most that running jobs can cost; what they do not need comes back. Unsettled: nobody knows whether it was billed, so it counts in full.",
    set: "Set budgets",
    form: "Set budgets",
    limits: ["Mine, a day (CNY)", "Mine, a month (CNY)", "Studio, a day (CNY)", "Studio, a month (CNY)"],
    limit_help: "Empty is without limit.",
    not_money: "Write an amount from 0 to 1,000,000, such as 20 or 0.5.",
    save: "Save",
    cancel: "Cancel",
    saved: "The budgets are kept.",
    period: "Period",
    periods: ["This month", "Last month", "7 days", "30 days"],
    spending: "Spending",
    jobs_in_all: |jobs| if jobs == 1 { "1 job".to_owned() } else { format!("{jobs} jobs") },
    csv: "Download CSV",
    chart: |days, sum, most| {
        format!(
            "Spending by day, {days}, stacked by kind: {sum} in all. {most}The tables below hold the same numbers."
        )
    },
    chart_most: |day, sum| format!("Most on {day}: {sum}. "),
    by_kind: "By kind",
    by_model: "By model",
    by_day: "By day",
    kind: "Kind",
    model: "Model",
    day: "Day",
    jobs: "Jobs",
    sum: "Total",
    nothing: "Nothing was used in this time",
    nothing_help: "Spending is written down here by day as soon as jobs have ended.",
};
