//! The worker is killed like a crash would, in the middle of an answer.

use std::time::Duration;

use studio_shared::error::Charged;
use studio_shared::job::{Finish, State};
use studio_tests::jobs::error;
use studio_tests::{Setup, Studio, text, unique};

tests![an_answer_that_was_coming_is_cut_and_never_sent_again];

async fn an_answer_that_was_coming_is_cut_and_never_sent_again() {
    let studio = Studio::start(Setup::default()).await;
    let prompt = unique("[[sim:slow 100]] [[sim:tokens 4000]] 很长");
    let mut talk = studio.owner.talk(&text(&prompt)).await;
    talk.until(40).await;
    let (id, seen) = (talk.id.clone(), talk.heard.text());
    studio.kill_worker().await;
    drop(talk);
    studio.start_worker().await;
    let job = studio.ended(&id).await;
    let answer = job.text.clone().unwrap();
    assert_eq!((job.state, answer.finish), (State::Failed, Some(Finish::Cut)), "{job:?}");
    assert_eq!((error(&job).code.as_str(), error(&job).charged), ("AnswerCut", Charged::Unknown));
    // At most what had come within the last moment before the crash is lost.
    assert!(answer.text.chars().count() >= 20, "{answer:?}");
    assert!(answer.text.starts_with(&seen) || seen.starts_with(&answer.text));
    assert_eq!(job.cost.actual, job.request.price_of(&job.usage.unwrap()), "what is known was used");
    let back = studio.owner.go_on(&id, 10).await.to_end().await;
    assert_eq!(back.text_from(10), answer.text.chars().skip(10).collect::<String>());
    assert_eq!(back.job(), &job);
    tokio::time::sleep(Duration::from_secs(2)).await; // nothing happens by itself, for longer than a driver's pause
    assert_eq!(studio.vendor.creations(&prompt).await.len(), 1);
}
