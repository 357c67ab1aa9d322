//! What a campaign came to, as a table.

use std::fmt;

/// Failures of one verdict that are shown in full.
const SHOWN: usize = 5;

/// One thing that was judged.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    name: &'static str,
    counted: usize,
    /// What is wrong, each with everything that is known of it.
    wrong: Vec<String>,
    remark: String,
}

impl Verdict {
    pub(crate) fn new(name: &'static str, counted: usize, wrong: Vec<String>) -> Self {
        Self { name, counted, wrong, remark: String::new() }
    }

    /// The same with something worth knowing.
    pub(crate) fn with(self, remark: String) -> Self {
        Self { remark, ..self }
    }
}

/// All of it.
#[derive(Debug)]
pub(crate) struct Tally {
    pub(crate) verdicts: Vec<Verdict>,
    pub(crate) facts: Vec<(String, String)>,
}

impl Tally {
    /// Whether nothing is wrong.
    pub(crate) fn holds(&self) -> bool {
        self.verdicts.iter().all(|verdict| verdict.wrong.is_empty())
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, fact) in &self.facts {
            writeln!(f, "  {name:<52}{fact}")?;
        }
        for Verdict { name, counted, wrong, remark } in &self.verdicts {
            let verdict =
                if wrong.is_empty() { "right".to_owned() } else { format!("{} WRONG", wrong.len()) };
            writeln!(f, "  {name:<52}{counted:>8}  {verdict:<10}{remark}")?;
        }
        for Verdict { name, wrong, .. } in self.verdicts.iter().filter(|verdict| !verdict.wrong.is_empty()) {
            writeln!(f, "\n{name}: {} wrong", wrong.len())?;
            for (at, what) in wrong.iter().take(SHOWN).enumerate() {
                writeln!(f, "  {}. {what}", at + 1)?;
            }
        }
        Ok(())
    }
}
