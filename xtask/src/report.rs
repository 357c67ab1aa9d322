//! What a person sees while things happen: one line a step, with how long it took.

use std::fmt::Display;
use std::io::{IsTerminal, Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::text;

/// Prints steps, or nothing where quiet was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Report {
    quiet: bool,
    live: bool,
}

impl Report {
    /// Shows elapsed time while a step runs only where somebody watches a terminal.
    pub fn new(quiet: bool) -> Self {
        Self { quiet, live: !quiet && stdout().is_terminal() }
    }

    /// Does one step. While it runs a terminal shows `doing`; afterwards a line says what was done, in the
    /// step's own words, and how long it took.
    pub fn step<T>(&self, doing: &str, work: impl FnOnce() -> Result<(String, T)>) -> Result<T> {
        let start = Instant::now();
        let result = if self.live { with_ticker(doing, work) } else { work() };
        let took = text::duration(start.elapsed());
        match result {
            Ok((done, value)) => {
                self.line(format_args!("✓ {done}  {took}"));
                Ok(value)
            }
            Err(error) => {
                self.line(format_args!("✗ {doing}  {took}"));
                Err(error)
            }
        }
    }

    /// A line of its own.
    pub fn line(&self, line: impl Display) {
        if !self.quiet {
            println!("{line}");
        }
    }
}

/// A line for whoever reads along, on standard error: also where quiet was asked for, and in the middle of a step.
pub fn aside(line: impl Display) {
    if stdout().is_terminal() {
        show("");
    }
    eprintln!("{line}");
}

/// Runs `work` while another thread rewrites one line.
fn with_ticker<T>(doing: &str, work: impl FnOnce() -> T) -> T {
    let done = AtomicBool::new(false);
    let start = Instant::now();
    thread::scope(|scope| {
        scope.spawn(|| {
            for frame in "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏".chars().cycle() {
                if done.load(Ordering::Acquire) {
                    break;
                }
                show(&format!("{frame} {doing}  {} s", start.elapsed().as_secs()));
                thread::park_timeout(Duration::from_millis(120));
            }
            show("");
        });
        let result = work();
        done.store(true, Ordering::Release);
        result
    })
}

/// Replaces the current line of the terminal. A terminal that went away is no reason to stop a build.
fn show(line: &str) {
    let mut out = stdout().lock();
    let _ = write!(out, "\r\x1b[2K{line}").and_then(|()| out.flush());
}

/// Rows as aligned columns: the first to the left, the others to the right.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
        })
        .collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate();
        let aligned = cells.map(|(column, (cell, &width))| match column {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        aligned.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned() {
        let rows = [["page", "9.1 kB"], ["of it js", "12.0 kB"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(table(&rows), "page       9.1 kB\nof it js  12.0 kB");
    }

    #[test]
    fn a_step_hands_on_its_result() {
        let report = Report::new(true);
        assert_eq!(report.step("adding", || Ok(("added".into(), 3))).unwrap(), 3);
        assert!(report.step("failing", || -> Result<(String, ())> { anyhow::bail!("no") }).is_err());
    }
}
