//! The product from outside: the built worker in the real Workers runtime, over HTTP, with the simulator behind it.
//!
//! A harness of its own, because `cargo test`'s has no end: here the shared studios are stopped when all tests are
//! over, and everything that was ever answered is searched for secrets. Tests wait far more than they work, so
//! more of them run at once than there are processors.

// All of this is a test, also the helpers, which clippy does not take for one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

/// The tests of a module, each by its name.
macro_rules! tests {
    ($($name:ident),* $(,)?) => {
        pub(crate) fn tests() -> Vec<libtest_mimic::Trial> {
            vec![$(crate::trial(module_path!(), stringify!($name), || Box::pin($name()))),*]
        }
    };
}

mod access;
mod access_wall;
mod batch_input;
mod batches;
mod batches_many;
mod batches_run;
mod billed;
mod budget;
mod cancel;
mod codes;
mod conversations;
mod crossing;
mod deletion;
mod envelope;
mod export;
mod fairness;
mod fault_table;
mod files;
mod guessing;
mod idempotency;
mod input;
mod input_kinds;
mod isolation;
mod kept;
mod killed;
mod list;
mod live;
mod looked_for;
mod many_running;
mod members;
mod newer_images;
mod outside;
mod pace;
mod picture;
mod poll_faults;
mod recorder;
mod regions;
mod result_faults;
mod retention;
mod retry;
mod revocation;
mod rights;
mod routes;
mod rows;
mod sessions;
mod settings;
mod shares;
mod shares_kept;
mod shares_open;
mod speech;
mod speech_faults;
mod speech_heard;
mod speech_input;
mod speech_newer;
mod text;
mod text_faults;
mod text_input;
mod text_killed;
mod text_readers;
mod throttling;
mod timing;
mod transcription;
mod turnstile;
mod upload_faults;
mod vendor_says;
mod video;
mod walls;
mod without_bucket;
mod witness;

use std::future::Future;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::{LazyLock, Mutex};
use std::time::{Duration, Instant};

use libtest_mimic::{Arguments, Conclusion, Failed, Trial};
use studio_tests::Studio;
use studio_tests::record::{Found, record};
use tokio::runtime::Runtime;

/// Tests at once, unless the command line says otherwise.
const AT_ONCE: usize = 20;

/// So many are named at the end, with the time they took.
const LONGEST: usize = 10;

static TOOK: Mutex<Vec<(Duration, String)>> = Mutex::new(Vec::new());

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(AT_ONCE);
    // Those that take longest come first: they wait, or start a studio of their own.
    let all = [
        guessing::tests(),
        newer_images::tests(),
        looked_for::tests(),
        text_faults::tests(),
        text_readers::tests(),
        outside::tests(),
        batches_run::tests(),
        billed::tests(),
        export::tests(),
        shares_kept::tests(),
        revocation::tests(),
        members::tests(),
        codes::tests(),
        sessions::tests(),
        rights::tests(),
        routes::tests(),
        isolation::tests(),
        budget::tests(),
        batches_many::tests(),
        killed::tests(),
        many_running::tests(),
        kept::tests(),
        deletion::tests(),
        retention::tests(),
        speech_faults::tests(),
        speech_heard::tests(),
        speech::tests(),
        text_killed::tests(),
        text::tests(),
        conversations::tests(),
        shares::tests(),
        shares_open::tests(),
        text_input::tests(),
        settings::tests(),
        recorder::tests(),
        turnstile::tests(),
        access_wall::tests(),
        witness::tests(),
        walls::tests(),
        regions::tests(),
        throttling::tests(),
        upload_faults::tests(),
        without_bucket::tests(),
        files::tests(),
        transcription::tests(),
        video::tests(),
        picture::tests(),
        vendor_says::tests(),
        fault_table::tests(),
        rows::tests(),
        poll_faults::tests(),
        result_faults::tests(),
        cancel::tests(),
        retry::tests(),
        idempotency::tests(),
        live::tests(),
        list::tests(),
        batches::tests(),
        crossing::tests(),
        batch_input::tests(),
        input::tests(),
        input_kinds::tests(),
        speech_input::tests(),
        speech_newer::tests(),
        envelope::tests(),
        access::tests(),
    ];
    // What is measured is measured while hardly anything else goes on.
    let side_by_side = Arguments { test_threads: Some(2), ..arguments.clone() };
    let first = libtest_mimic::run(&side_by_side, pace::tests());
    let alone = Arguments { test_threads: Some(1), ..arguments.clone() };
    let second = libtest_mimic::run(&alone, fairness::tests().into_iter().chain(timing::tests()).collect());
    let conclusion = libtest_mimic::run(&arguments, all.into_iter().flatten().collect());
    let settled = RUNTIME.block_on(Studio::end_shared());
    let after_all = vec![
        Trial::test("after_all::nothing_that_was_settled_was_sent_again", move || sent_again(&settled)),
        Trial::test("after_all::no_answer_held_a_key_a_code_a_task_or_a_signed_address", search),
        Trial::test(
            "after_all::no_log_storage_or_build_held_a_key_a_code_or_a_prompt",
            search_kept_and_logged,
        ),
    ];
    let last = libtest_mimic::run(&arguments, after_all);
    slowest();
    if [first, second, conclusion, last].iter().any(Conclusion::has_failed) {
        ExitCode::from(101)
    } else {
        ExitCode::SUCCESS
    }
}

/// Names those that took longest: they decide how long all of them take.
fn slowest() {
    let mut took = TOOK.lock().unwrap();
    took.sort_unstable();
    println!("longest:");
    for (took, name) in took.iter().rev().take(LONGEST) {
        println!("{:>6.1} s  {name}", took.as_secs_f64());
    }
}

fn sent_again((settled, again): &(usize, Vec<String>)) -> Result<(), Failed> {
    println!("{settled} prompts were settled");
    if again.is_empty() { Ok(()) } else { Err(format!("sent again: {again:?}").into()) }
}

fn search() -> Result<(), Failed> {
    judge(record().in_replies())
}

fn search_kept_and_logged() -> Result<(), Failed> {
    Studio::search_what_was_built();
    judge(record().in_files_and_logs())
}

fn judge(Found { figures, leaks }: Found) -> Result<(), Failed> {
    println!("{figures}");
    if leaks.is_empty() { Ok(()) } else { Err(leaks.join("\n").into()) }
}

type Test = Pin<Box<dyn Future<Output = ()>>>;

fn trial(module: &str, name: &str, test: fn() -> Test) -> Trial {
    let module = module.trim_start_matches("e2e::");
    // Tests of one module may share what they look at.
    let number = module.bytes().map(usize::from).sum();
    let name = format!("{module}::{name}");
    Trial::test(name.clone(), move || {
        let begun = Instant::now();
        RUNTIME.block_on(Studio::sharing(number, test()));
        TOOK.lock().unwrap().push((begun.elapsed(), name));
        Ok(())
    })
}
