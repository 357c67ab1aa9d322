//! Another try for a child that ends before it answers.
//!
//! Between finding a port and listening there somebody else may take it, and a runtime of several processes has
//! accidents of its own.

use std::time::Duration;

use anyhow::Result;

use crate::process::Ended;
use crate::{interrupt, report};

/// How often a child is started again.
const AGAIN: u32 = 3;

/// Whoever has the port may be about to leave it.
pub(super) const PAUSE: Duration = Duration::from_millis(500);

/// Starts, and starts again where that ends with [`Ended`]; any other error stands.
pub(super) fn start_again<T>(pause: Duration, mut start: impl FnMut() -> Result<T>) -> Result<T> {
    for again in 1..=AGAIN {
        match start() {
            Err(error) => match error.downcast::<Ended>() {
                // Whoever reads the log of a test or watches `serve` should know that it took several tries.
                Ok(ended) => {
                    report::aside(format_args!("{}; starting it again ({again} of {AGAIN})", ended.line()));
                }
                Err(other) => return Err(other),
            },
            started => return started,
        }
        interrupt::poll::<()>(pause, || Ok(None))?;
    }
    start()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::{Group, command};

    fn ended() -> anyhow::Error {
        let folder = tempfile::tempdir().unwrap();
        let mut child = command("sh");
        child.args(["-c", "echo starting; echo port already in use; exit 1"]);
        let mut group = Group::start("the child", child, &folder.path().join("log")).unwrap();
        interrupt::poll(Duration::from_secs(5), || Ok(group.check_alive().err())).unwrap().unwrap()
    }

    fn tries(mut start: impl FnMut(u32) -> Result<u32>) -> (u32, Result<u32>) {
        let mut tries = 0;
        let result = start_again(Duration::ZERO, || {
            tries += 1;
            start(tries)
        });
        (tries, result)
    }

    #[test]
    fn what_ended_early_is_started_again() {
        let (_, result) = tries(|number| if number < 3 { Err(ended()) } else { Ok(number) });
        assert_eq!(result.unwrap(), 3);
    }

    #[test]
    fn what_ends_every_time_is_given_up_and_says_why() {
        let (tries, result) = tries(|_| Err(ended()));
        let error = result.unwrap_err();
        assert_eq!(tries, 1 + AGAIN);
        assert!(error.to_string().ends_with("starting\nport already in use"), "{error}");
        let line = error.downcast::<Ended>().unwrap().line();
        assert_eq!(line, "the child ended by itself (exit status: 1): port already in use");
    }

    #[test]
    fn any_other_failure_stands() {
        let (tries, result) = tries(|_| anyhow::bail!("a setting is missing"));
        assert_eq!((tries, result.unwrap_err().to_string().as_str()), (1, "a setting is missing"));
    }
}
