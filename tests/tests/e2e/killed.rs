//! The worker is killed like a crash would: with a job at the vendor, one being sent, and several in the queue.
//! All three tests look at the same crash.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use studio_shared::job::{Job, State};
use studio_tests::wait::until;
use studio_tests::{Setup, Studio, picture, png, unique};
use tokio::sync::OnceCell;

tests![
    a_job_at_the_vendor_is_finished_after_a_crash,
    a_job_that_was_being_sent_is_found_after_a_crash,
    queued_jobs_are_sent_once_after_a_crash_and_by_themselves,
    what_was_finished_before_a_crash_is_still_there,
];

/// A job, how many creations of it the vendor accepted, and how many of its results open.
type Told = (Job, usize, usize);

#[derive(Debug)]
struct Crash {
    done: Told,
    running: Told,
    sending: Told,
    queued: Vec<Told>,
    /// How many of the queued ones had been sent when the worker was killed.
    sent_before: usize,
    /// How long it took until the vendor heard of all of them, without anybody asking.
    resumed: Duration,
}

static CRASH: OnceCell<Crash> = OnceCell::const_new();

async fn crash() -> &'static Crash {
    CRASH.get_or_init(kill_and_start_again).await
}

async fn sent(studio: &Studio, prompts: &[String]) -> usize {
    let figures = studio.vendor.figures().await;
    let creations = figures["creations"].as_array().unwrap().iter();
    let is_one = |prompt: &Value| prompts.iter().any(|one| prompt == one);
    creations.filter(|creation| is_one(&creation["body"]["input"]["prompt"])).count()
}

async fn kill_and_start_again() -> Crash {
    let studio = Studio::start(Setup::default()).await;
    let finished = unique("已完成");
    let done = studio.run(&picture(&finished)).await;
    let running = unique("进行中 [[sim:run 800]]");
    let running_job = studio.submit(&picture(&running)).await;
    studio.in_state(&running_job.id, State::Running).await;
    let sending = unique("发送中");
    studio.vendor.fault("image.create", &sending, json!({"hang": "after"})).await;
    let sending_job = studio.submit(&picture(&sending)).await;
    studio.in_state(&sending_job.id, State::Submitting).await;
    let prompts: Vec<String> = (0..6).map(|_| unique("排队中")).collect();
    let mut queued = Vec::new();
    for prompt in &prompts {
        queued.push(studio.submit(&picture(prompt)).await);
    }
    studio.kill_worker().await;
    let sent_before = sent(&studio, &prompts).await;

    studio.start_worker().await; // asks for /api/health, which wakes no object
    let start = Instant::now();
    until("the queued jobs to be sent", async || (sent(&studio, &prompts).await >= 5).then_some(())).await;
    let resumed = start.elapsed();

    let told = async |job: &Job, prompt: &str| {
        let job = studio.ended(&job.id).await;
        let mut opened = 0;
        for output in &job.outputs {
            let answer = studio.output(&job.id, output.n).await;
            opened += usize::from(answer.status == 200 && png::size(&answer.bytes) == (512, 512));
        }
        (job, studio.vendor.creations(prompt).await.len(), opened)
    };
    let mut ended = Vec::new();
    for (job, prompt) in queued.iter().zip(&prompts) {
        ended.push(told(job, prompt).await);
    }
    Crash {
        done: told(&done, &finished).await,
        running: told(&running_job, &running).await,
        sending: told(&sending_job, &sending).await,
        queued: ended,
        sent_before,
        resumed,
    }
}

async fn a_job_at_the_vendor_is_finished_after_a_crash() {
    let (job, creations, opened) = &crash().await.running;
    assert_eq!((job.state, *creations, *opened), (State::Done, 1, 1), "{job:?}");
}

async fn a_job_that_was_being_sent_is_found_after_a_crash() {
    let (job, creations, opened) = &crash().await.sending;
    assert_eq!((job.state, *creations, *opened, &job.error), (State::Done, 1, 1, &None), "{job:?}");
}

async fn queued_jobs_are_sent_once_after_a_crash_and_by_themselves() {
    let crash = crash().await;
    assert!(crash.sent_before <= 4, "too few were left in the queue: {}", crash.sent_before);
    println!(
        "{} of 6 sent before the crash, the rest {:?} after the start",
        crash.sent_before, crash.resumed
    );
    for (job, creations, opened) in &crash.queued {
        // Also one that the crash has hit just while it was being sent.
        assert_eq!((job.state, *creations, *opened), (State::Done, 1, 1), "{job:?}");
    }
}

async fn what_was_finished_before_a_crash_is_still_there() {
    let (job, creations, opened) = &crash().await.done;
    assert_eq!((job.state, *creations, *opened), (State::Done, 1, 1), "{job:?}");
}
