//! Readers come and go; the answer is read from the vendor to its end, once.

use futures_util::future::join_all;
use serde_json::{Value, json};
use studio_shared::job::{Finish, State};
use studio_tests::client::send;
use studio_tests::order::with;
use studio_tests::talk::Talk;
use studio_tests::wait::until;
use studio_tests::{Answer, Studio, text, unique};

tests![
    a_reader_who_leaves_finds_the_whole_answer_and_one_bill,
    readers_are_told_exactly_the_rest,
    a_stop_keeps_the_text_and_books_what_was_used,
    an_answer_without_end_is_stopped,
    an_answer_is_stopped_before_it_begins,
    what_has_ended_cannot_be_stopped,
    twenty_repeats_at_once_are_one_call,
    the_same_key_with_another_body_is_a_conflict,
    an_answer_in_the_queue_is_called_back,
    a_quiet_connection_is_kept_alive,
];

fn slow(tokens: u32) -> String {
    unique(&format!("[[sim:slow 120]] [[sim:tokens {tokens}]] 慢"))
}

async fn a_reader_who_leaves_finds_the_whole_answer_and_one_bill() {
    let studio = Studio::shared().await;
    let prompt = slow(48);
    let mut talk = studio.owner.talk(&text(&prompt)).await;
    talk.until(5).await;
    let (id, seen) = (talk.id.clone(), talk.heard.text());
    drop(talk); // the tab is closed
    let job = studio.ended(&id).await;
    assert_eq!((job.state, job.usage.unwrap().output_tokens), (State::Done, Some(48)));
    let whole = job.text.unwrap();
    assert_eq!((whole.finish, whole.text.starts_with(&seen)), (Some(Finish::Stop), true));
    assert!(whole.text.len() > seen.len());
    let back = studio.owner.go_on(&id, seen.chars().count()).await.to_end().await;
    let rest = back.text_from(u32::try_from(seen.chars().count()).unwrap());
    assert_eq!(format!("{seen}{rest}"), whole.text);
    assert_eq!(back.job().cost.actual, job.cost.actual);
    studio.vendor.settled(&prompt, 1).await;
}

async fn readers_are_told_exactly_the_rest() {
    let studio = Studio::shared().await;
    let prompt = slow(80);
    let mut first = studio.owner.talk(&text(&prompt)).await;
    first.until(9).await;
    let id = first.id.clone();
    let resumed = |after: u32| {
        let (studio, id) = (&studio, &id);
        async move {
            let heard = studio.owner.go_on(id, after).await.to_end().await;
            (after, heard.text_from(after), heard.job().clone())
        }
    };
    let by_header = async {
        let path = format!("/api/text/{id}/events?after=0");
        let talk = Talk::open(studio.owner.request("GET", path).header("last-event-id", "7")).await;
        talk.to_end().await.text_from(7)
    };
    let (all, by_header, first) =
        tokio::join!(join_all([0, 1, 5, 9].map(resumed)), by_header, first.to_end());
    let whole = first.text();
    let after = |count: u32| whole.chars().skip(usize::try_from(count).unwrap()).collect::<String>();
    for (count, rest, job) in all {
        assert_eq!(rest, after(count), "after {count}");
        assert_eq!(&job, first.job());
    }
    assert_eq!(by_header, after(7));
    // After the end: the rest of what is stored, and nothing beyond it.
    let length = u32::try_from(whole.chars().count()).unwrap();
    for (count, rest) in [(0, whole.as_str()), (length, ""), (length + 1000, "")] {
        let heard = studio.owner.go_on(&id, count).await.to_end().await;
        assert_eq!((heard.text_from(count).as_str(), heard.job()), (rest, first.job()));
    }
    studio.vendor.settled(&prompt, 1).await;
}

async fn a_stop_keeps_the_text_and_books_what_was_used() {
    let studio = Studio::shared().await;
    let prompt = slow(4000);
    let mut talk = studio.owner.talk(&text(&prompt)).await;
    talk.until(9).await;
    let left = streams_left(&studio).await;
    let stopped = studio.stop(&talk.id).await.with(200).job();
    let answer = stopped.text.clone().unwrap();
    assert_eq!((stopped.state, answer.finish), (State::Done, Some(Finish::Stopped)));
    let usage = stopped.usage.unwrap();
    // Nine characters are three tokens at least: up to four letters or digits in a row are one.
    assert!((3..1000).contains(&usage.output_tokens.unwrap()), "{usage:?}");
    assert_eq!(stopped.cost.actual, stopped.request.price_of(&usage));
    let heard = talk.to_end().await;
    assert_eq!((heard.job(), &heard.text()), (&stopped, &answer.text));
    assert_eq!(studio.job(&stopped.id).await, stopped);
    // The vendor has noticed that nobody reads on.
    until("the call to be hung up", async || (streams_left(&studio).await > left).then_some(())).await;
    studio.vendor.settled(&prompt, 1).await;
}

/// Streams that the vendor could not send to their end.
async fn streams_left(studio: &Studio) -> u64 {
    studio.vendor.figures().await["streams"]["text.generate"]["left"].as_u64().unwrap()
}

async fn an_answer_without_end_is_stopped() {
    let studio = Studio::shared().await;
    let prompt = unique("[[sim:endless]] [[sim:slow 5]] 没完没了");
    let mut talk = studio.owner.talk(&text(&prompt)).await;
    talk.until(2000).await;
    let job = studio.stop(&talk.id).await.with(200).job();
    assert_eq!(talk.to_end().await.text(), job.text.unwrap().text);
    assert!(job.usage.unwrap().output_tokens > Some(1000));
}

async fn an_answer_is_stopped_before_it_begins() {
    let studio = Studio::shared().await;
    let prompt = unique("不耐烦");
    studio.vendor.fault("text.generate", &prompt, json!({"hang": "after"})).await;
    let talk = studio.owner.talk(&text(&prompt)).await;
    let waiting = studio.in_state(&talk.id, State::Submitting).await;
    assert!(waiting.cancelable);
    let stopped = studio.stop(&talk.id).await.with(200).job();
    assert_eq!((stopped.state, stopped.cost.actual), (State::Done, None), "nobody knows what it cost");
    assert_eq!(stopped.text.as_ref().map(|answer| answer.finish), Some(Some(Finish::Stopped)));
    assert_eq!(talk.to_end().await.job(), &stopped);
}

async fn what_has_ended_cannot_be_stopped() {
    let studio = Studio::shared().await;
    let job = studio.run(&text(&unique("[[sim:say 好]]"))).await;
    studio.stop(&job.id).await.refused(409, "WrongState");
    assert_eq!(studio.job(&job.id).await, job);
}

/// A key that no other test uses.
fn key() -> String {
    unique("text").replace(|c: char| !c.is_ascii_alphanumeric(), "-")
}

async fn say_once(studio: &Studio, key: &str, request: &Value) -> Answer {
    let post = studio.owner.request("POST", "/api/text").header("idempotency-key", key);
    send(post.header("accept", "application/json").json(request)).await
}

async fn twenty_repeats_at_once_are_one_call() {
    let studio = Studio::shared().await;
    let (key, prompt) = (key(), slow(16));
    let request = text(&prompt);
    let streamed = (0..10).map(async |_| {
        let post = studio.owner.request("POST", "/api/text").header("idempotency-key", &key);
        Talk::open(post.json(&request)).await.to_end().await.job().clone()
    });
    let at_once = (0..10).map(async |_| say_once(&studio, &key, &request).await.with(200).job());
    let (streamed, at_once) = tokio::join!(join_all(streamed), join_all(at_once));
    let all: Vec<_> = streamed.into_iter().chain(at_once).collect();
    assert!(all.iter().all(|job| job == &all[0]), "{all:?}");
    let thread = format!("/api/conversations/{}", all[0].conversation.as_ref().unwrap());
    assert_eq!(studio.owner.get(thread).await.with(200).json()["turns"].as_array().map(Vec::len), Some(1));
    studio.vendor.settled(&prompt, 1).await;
}

async fn the_same_key_with_another_body_is_a_conflict() {
    let studio = Studio::shared().await;
    let (key, prompt) = (key(), unique("[[sim:say 好]]"));
    let first = say_once(&studio, &key, &text(&prompt)).await.with(200).job();
    let conversation = first.conversation.as_ref().unwrap();
    for other in [
        with(text(&prompt), &json!({"max_tokens": 7})),
        with(text(&prompt), &json!({ "conversation": conversation })),
        with(text(&prompt), &json!({ "conversation": conversation, "after": first.id })),
    ] {
        say_once(&studio, &key, &other).await.refused(409, "IdempotencyConflict");
    }
    studio.submit_once(&key, &text(&prompt)).await.refused(409, "IdempotencyConflict");
    let same =
        json!({"model": "qwen-turbo", "input": {"prompt": prompt}, "parameters": {"max_tokens": 1500}});
    assert_eq!(say_once(&studio, &key, &same).await.with(200).job(), first);
    studio.vendor.settled(&prompt, 1).await;
}

async fn an_answer_in_the_queue_is_called_back() {
    let studio = Studio::shared().await;
    let prompt = unique("召回");
    studio
        .vendor
        .fault("text.generate", &prompt, json!({"status": 429, "code": "Throttling", "retry_after": 30}))
        .await;
    let talk = studio.owner.talk(&text(&prompt)).await;
    studio.once(&talk.id, |job| job.state == State::Queued && job.error.is_some()).await;
    let canceled = studio.stop(&talk.id).await.with(200).job();
    assert_eq!((canceled.state, canceled.text.as_ref()), (State::Canceled, None));
    assert_eq!(talk.to_end().await.job(), &canceled);
    studio.vendor.settled(&prompt, 0).await;
}

async fn a_quiet_connection_is_kept_alive() {
    let studio = Studio::shared().await;
    let prompt = unique("[[sim:say 好]] 安静");
    studio.vendor.fault("text.generate", &prompt, json!({"delay_ms": 17_000})).await;
    let heard = studio.ask(&text(&prompt)).await;
    // One for each fifteen seconds; where others are before it, it is quiet for longer.
    assert!(heard.text() == "好" && heard.comments >= 1, "{} comments", heard.comments);
}
