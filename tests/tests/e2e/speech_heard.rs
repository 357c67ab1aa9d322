//! `POST /api/speech`: the sound as it comes, whoever listens and for how long.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::json;
use studio_shared::event::LiveEvent;
use studio_shared::job::State;
use studio_shared::transcript::{Spoken, Word};
use studio_tests::live::Socket;
use studio_tests::order::with;
use studio_tests::wait::until;
use studio_tests::{Setup, Studio, sound, speech, unique};

tests![
    sound_arrives_long_before_its_end,
    what_was_heard_is_what_is_kept,
    a_long_wav_is_kept_in_parts_with_its_true_length,
    words_are_pushed_while_they_are_spoken,
    a_slow_listener_hears_everything_in_the_end,
    a_listener_who_leaves_changes_nothing,
    a_speech_that_nobody_listens_to_is_made,
    twenty_repeats_at_once_are_one_synthesis_and_all_hear_it,
    a_late_repeat_hears_the_kept_file,
    the_same_key_with_another_text_is_a_conflict,
    a_repeat_in_the_middle_hears_everything,
    without_a_bucket_a_speech_is_kept_for_a_day,
];

fn key() -> String {
    unique("key").replace(|c: char| !c.is_ascii_alphanumeric(), "-")
}

async fn sound_arrives_long_before_its_end() {
    let studio = Studio::shared().await;
    let text = unique("声音一边合成一边到达，不必等到最后。[[sim:slow 600]]");
    let request = with(speech(&text), &json!({"format": "pcm", "sample_rate": 16_000}));
    let heard = studio.hear(&request).await;
    assert!(heard.whole && heard.answer.status == 200, "{heard:?}");
    assert_eq!(heard.answer.header("content-type"), "audio/pcm");
    assert_eq!(heard.answer.header("x-sample-rate"), "16000");
    let (first, last) = (heard.chunks[0], *heard.chunks.last().unwrap());
    println!("{} chunks, the first after {first:?}, the last after {last:?}", heard.chunks.len());
    assert!(heard.chunks.len() > 5 && last - first > Duration::from_secs(2), "{:?}", heard.chunks);
    let job = studio.ended(&heard.id()).await;
    assert_eq!(job.state, State::Done, "{job:?}");
    studio.vendor.settled(&text, 1).await;
}

async fn what_was_heard_is_what_is_kept() {
    let studio = Studio::shared().await;
    for (format, media_type) in [("mp3", "audio/mpeg"), ("pcm", "audio/pcm"), ("wav", "audio/wav")] {
        let text = unique("听到的就是保存的。");
        let heard = studio.hear(&with(speech(&text), &json!({"format": format}))).await;
        assert!(heard.whole, "{heard:?}");
        assert_eq!(heard.answer.header("content-type"), media_type);
        let job = studio.ended(&heard.id()).await;
        assert_eq!(job.state, State::Done, "{job:?}");
        let kept = studio.output(&job.id, 0).await.with(200).bytes;
        if format == "wav" {
            // Only the lengths in the header were not known yet.
            assert_eq!(heard.answer.bytes[40..44], [0xff; 4]);
            let _ = sound::wav(&kept);
            assert_eq!((kept.len(), &kept[44..]), (heard.answer.bytes.len(), &heard.answer.bytes[44..]));
        } else {
            assert!(kept == heard.answer.bytes, "{format}");
        }
    }
}

async fn a_long_wav_is_kept_in_parts_with_its_true_length() {
    let studio = Studio::shared().await;
    let text = unique(&"长".repeat(900));
    let heard = studio.hear(&with(speech(&text), &json!({"format": "wav", "sample_rate": 48_000}))).await;
    assert!(heard.whole, "{} bytes", heard.answer.bytes.len());
    let job = studio.ended(&heard.id()).await;
    assert_eq!(job.state, State::Done, "{job:?}");
    let kept = studio.output(&job.id, 0).await.with(200).bytes;
    let (rate, length) = sound::wav(&kept);
    println!("{length} bytes of sound in {} chunks", heard.chunks.len());
    assert!(rate == 48_000 && length > 16_000_000, "{rate} {length}");
    assert!(kept.len() == heard.answer.bytes.len() && kept[44..] == heard.answer.bytes[44..]);
    let range = studio.owner.request("GET", format!("/api/jobs/{}/outputs/0", job.id));
    let range = range.header("range", "bytes=5242870-5242889");
    assert_eq!(studio_tests::client::send(range).await.with(206).bytes, kept[5_242_870..5_242_890]);
}

async fn words_are_pushed_while_they_are_spoken() {
    let studio = Studio::shared().await;
    let code = format!("Bearer {}", Setup::default().owner_code);
    let mut socket = Socket::open(&studio.nobody, &[("authorization", &code)]).await.unwrap();
    let text = unique("第一句话。第二句话。[[sim:slow 100]]");
    let job = studio.submit(&with(speech(&text), &json!({"word_timestamp_enabled": true}))).await;
    let (mut told, mut pushed, mut before_the_end) = (Vec::<Word>::new(), 0, 0);
    loop {
        match socket.event().await {
            LiveEvent::Words { id, words } if id == job.id => {
                pushed += 1;
                told.extend(words);
            }
            LiveEvent::Job { job: now } if now.id == job.id => {
                if now.state.is_final() {
                    break;
                }
                before_the_end = pushed;
            }
            _ => {}
        }
    }
    assert!(pushed >= 2, "{pushed} pushes, {before_the_end} of them early");
    let kept: Spoken = serde_json::from_value(studio.output(&job.id, 1).await.with(200).json()).unwrap();
    assert_eq!(kept.words, told);
}

async fn a_listener_who_leaves_changes_nothing() {
    let studio = Studio::shared().await;
    let text = unique("听众听到一半就走了，朗读照常进行到底。[[sim:slow 150]]");
    let heard = studio.hear_until(&with(speech(&text), &json!({"format": "wav"})), None, 1).await;
    assert!(
        !heard.whole && heard.chunks.len() == 1 && heard.answer.status == 200,
        "{:?}",
        heard.answer.text()
    );
    let job = studio.ended(&heard.id()).await;
    assert_eq!(job.state, State::Done, "{job:?}");
    let (_, length) = sound::wav(&studio.output(&job.id, 0).await.with(200).bytes);
    assert!(length > 4 * heard.answer.bytes.len(), "{length}");
    assert_eq!(job.cost.actual, job.request.price_of(&job.usage.unwrap()));
    studio.vendor.settled(&text, 1).await;
}

async fn a_speech_that_nobody_listens_to_is_made() {
    let studio = Studio::shared().await;
    let text = unique("没有听众");
    let job = studio.run(&speech(&text)).await;
    assert_eq!(job.state, State::Done, "{job:?}");
    assert!(!studio.output(&job.id, 0).await.with(200).bytes.is_empty());
}

async fn twenty_repeats_at_once_are_one_synthesis_and_all_hear_it() {
    let studio = Studio::shared().await;
    let (key, text) = (key(), unique("二十位听众。[[sim:slow 60]]"));
    let request = speech(&text);
    let all = join_all((0..20).map(|_| studio.hear_once(&key, &request))).await;
    let first = &all[0];
    assert!(all.iter().all(|heard| heard.answer.status == 200 && heard.whole && heard.id() == first.id()));
    let kept = studio.output(&first.id(), 0).await.with(200).bytes;
    assert!(all.iter().all(|heard| heard.answer.bytes == kept));
    studio.vendor.settled(&text, 1).await;
}

async fn a_late_repeat_hears_the_kept_file() {
    let studio = Studio::shared().await;
    let (key, text) = (key(), unique("迟到的重复"));
    let request = with(speech(&text), &json!({"format": "wav"}));
    let first = studio.hear_once(&key, &request).await;
    let job = studio.ended(&first.id()).await;
    let again = studio.hear_once(&key, &request).await;
    assert_eq!((again.answer.status, again.id()), (200, job.id.clone()));
    assert_eq!(
        (again.answer.header("content-type"), again.answer.header("x-sample-rate")),
        ("audio/wav", "16000")
    );
    assert_eq!(again.answer.bytes, studio.output(&job.id, 0).await.bytes);
    let by_job = studio.submit_once(&key, &request).await.with(200).job();
    assert_eq!(by_job, job);
    studio.vendor.settled(&text, 1).await;
}

async fn the_same_key_with_another_text_is_a_conflict() {
    let studio = Studio::shared().await;
    let (key, text) = (key(), unique("换内容"));
    assert!(studio.hear_once(&key, &speech(&text)).await.whole);
    let other = studio.hear_once(&key, &speech(&unique("另一段"))).await;
    other.answer.refused(409, "IdempotencyConflict");
    studio.vendor.settled(&text, 1).await;
}

async fn a_repeat_in_the_middle_hears_everything() {
    let studio = Studio::shared().await;
    let (key, text) = (key(), unique("中途加入的听众也听到全部内容。[[sim:slow 200]]"));
    let request = speech(&text);
    let first = studio.hear_until(&request, Some(&key), 1).await;
    let again = studio.hear_once(&key, &request).await;
    assert_eq!((again.answer.status, again.id(), again.whole), (200, first.id(), true));
    let kept = until("the file", async || {
        let file = studio.output(&first.id(), 0).await;
        (file.status == 200).then_some(file.bytes)
    })
    .await;
    assert!(again.answer.bytes == kept);
    studio.vendor.settled(&text, 1).await;
}

async fn without_a_bucket_a_speech_is_kept_for_a_day() {
    let studio = Studio::start(Setup { bucket: false, ..Setup::default() }).await;
    studio.vendor.settings(&json!({"idle_ms": 2_300_000})).await;
    let text = unique(&"久".repeat(120));
    let fields = json!({"format": "wav", "sample_rate": 48_000, "word_timestamp_enabled": true});
    let heard = studio.hear(&with(speech(&text), &fields)).await;
    assert!(heard.whole, "{} bytes", heard.answer.bytes.len());
    let job = studio.ended(&heard.id()).await;
    assert_eq!((job.state, job.outputs.len()), (State::Done, 2), "{job:?}");
    let life = job.outputs[0].expires_at.unwrap().since(job.finished_at.unwrap());
    assert!((86_390_000..=86_400_000).contains(&life), "{life}");
    let path = format!("/api/jobs/{}/outputs/0", job.id);
    let kept = studio.owner.get(&path).await.with(200).bytes;
    // More than one row of the object's storage, and a part across two of them.
    let (_, length) = sound::wav(&kept);
    assert!(length > 2 * 1024 * 1024 && kept[44..] == heard.answer.bytes[44..], "{length}");
    let part = studio.owner.request("GET", &path).header("range", "bytes=1048570-1048589");
    assert_eq!(studio_tests::client::send(part).await.with(206).bytes, kept[1_048_570..1_048_590]);
    let spoken: Spoken = serde_json::from_value(studio.output(&job.id, 1).await.with(200).json()).unwrap();
    assert!(spoken.words.len() >= 120);
    let _ = studio.owner.delete(format!("/api/jobs/{}", job.id)).await.with(204);
    studio.owner.get(&path).await.refused(404, "NotFound");
}

async fn a_slow_listener_hears_everything_in_the_end() {
    let studio = Studio::shared().await;
    let request = with(speech(&unique(&"慢".repeat(900))), &json!({"format": "wav", "sample_rate": 48_000}));
    let mut response = studio.owner.request("POST", "/api/speech").json(&request).send().await.unwrap();
    let id = response.headers()["x-job-id"].to_str().unwrap().to_owned();
    let mut heard = response.chunk().await.unwrap().unwrap().to_vec();
    // Far more than what waits for a listener: the rest comes from the kept file.
    let job = studio.ended(&id).await;
    assert_eq!(job.state, State::Done, "{job:?}");
    while let Some(chunk) = response.chunk().await.unwrap() {
        heard.extend_from_slice(&chunk);
    }
    let kept = studio.output(&id, 0).await.with(200).bytes;
    assert!(kept.len() > 16_000_000 && kept.len() == heard.len(), "{} of {}", heard.len(), kept.len());
    assert!(kept[44..] == heard[44..]);
}
