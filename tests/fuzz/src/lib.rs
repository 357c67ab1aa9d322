//! Fuzzing by properties: what a parser that sees outside bytes promises, tried on mutations of right examples.
//!
//! A target is a test whose name begins with `fuzz_`, beside the parser it is about. Among the unit tests it runs a few
//! hundred cases; `cargo xtask test --only fuzz` gives each target some seconds and prints its figures. A failure is
//! shrunk to its smallest form and names the seed that makes it again.
//!
//! - `STUDIO_FUZZ_SECONDS`: seconds for each target;
//! - `STUDIO_FUZZ_SEED`: the seed, where a run is to be made again.

// All of this is a test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod mutate;

use std::env;
use std::fmt::Debug;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

pub use mutate::{bytes, edited, json, text, value};
pub use proptest;

/// Cases of a target where no time is given.
const FEW: u32 = 256;

/// Cases between two looks at the time.
const ROUND: u32 = 128;

/// Tries a property on cases of a strategy: a few hundred, or as many as fit into the time that is given.
///
/// # Panics
/// A case breaks the property: the target fails with the smallest such case and the seed.
pub fn run<S: Strategy>(target: &str, strategy: S, property: impl Fn(S::Value) -> Result<(), String>)
where
    S::Value: Clone + Debug,
{
    let seed = number("STUDIO_FUZZ_SEED").unwrap_or_else(entropy);
    let time = number("STUDIO_FUZZ_SECONDS").map(Duration::from_secs);
    let start = Instant::now();
    let (mut cases, mut round) = (0_u64, 0_u64);
    loop {
        let size = if time.is_some() { ROUND } else { FEW };
        let mut runner = TestRunner::new_with_rng(settings(size), generator(seed, round));
        let tried = runner.run(&strategy, |case| property(case).map_err(TestCaseError::fail));
        if let Err(broken) = tried {
            panic!("{target}: {broken}\nSTUDIO_FUZZ_SEED={seed}, round {round}");
        }
        cases += u64::from(size);
        round += 1;
        if time.is_none_or(|time| start.elapsed() >= time) {
            break;
        }
    }
    if time.is_some() {
        let seconds = start.elapsed().as_secs_f64();
        println!("fuzz {target}: {cases} cases, {:.0}/s, seed {seed}", cases as f64 / seconds);
    }
}

fn settings(cases: u32) -> Config {
    // What failed is told with its seed; files beside the sources would say the same less well.
    Config { cases, failure_persistence: None, max_shrink_iters: 4096, ..Config::default() }
}

/// Another stretch of chance for each round of a seed.
fn generator(seed: u64, round: u64) -> TestRng {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..16].copy_from_slice(&round.to_le_bytes());
    TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)
}

fn number(name: &str) -> Option<u64> {
    env::var(name)
        .ok()
        .map(|value| value.parse().unwrap_or_else(|_| panic!("{name} is {value:?}: no number")))
}

fn entropy() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    since.as_nanos() as u64
}

/// A property's verdict: `Err` with what was promised, where it does not hold.
pub fn holds(condition: bool, promise: impl FnOnce() -> String) -> Result<(), String> {
    if condition { Ok(()) } else { Err(promise()) }
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::*;

    #[test]
    fn a_broken_promise_is_found_shrunk_and_named_with_its_seed() {
        let broken = catch_unwind(|| {
            run("numbers", 0_u32..1000, |n| holds(n < 500, || "n is below 500".to_owned()));
        });
        let said = *broken.unwrap_err().downcast::<String>().unwrap();
        assert!(said.contains("numbers") && said.contains("n is below 500"), "{said}");
        assert!(said.contains("input: 500") || said.contains("500"), "{said}");
        assert!(said.contains("STUDIO_FUZZ_SEED="), "{said}");
    }

    #[test]
    fn the_same_seed_makes_the_same_cases() {
        let draw = |seed| {
            let mut runner = TestRunner::new_with_rng(settings(1), generator(seed, 0));
            let tree = text(&["abc", "{\"x\":1}"], &["\0"]).new_tree(&mut runner).unwrap();
            proptest::strategy::ValueTree::current(&tree)
        };
        assert_eq!(draw(7), draw(7));
    }
}
