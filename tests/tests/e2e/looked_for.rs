//! The answer to a creation is lost, in every way: the task is found in the vendor's list and gone on with, or it surely
//! was not made and is sent again. Whatever happens, the vendor has made each job exactly once.

use futures_util::future::join_all;
use futures_util::join;
use serde_json::{Value, json};
use studio_shared::error::Charged;
use studio_shared::job::{Job, State};
use studio_tests::jobs::error;
use studio_tests::order::with;
use studio_tests::recording::wav;
use studio_tests::{Client, Setup, Studio, picture, unique};

tests![
    a_creation_that_did_not_arrive_is_sent_again_once,
    silence_is_waited_out_and_then_looked_into,
    a_creation_that_arrived_is_gone_on_with,
    an_uploaded_recording_is_known_by_its_name_in_the_vendors_store,
    many_that_were_lost_at_once_are_told_apart,
    what_cannot_be_told_apart_is_left_to_the_person,
    a_list_that_does_not_answer_decides_nothing,
    a_killed_worker_looks_before_it_sends,
    nobody_elses_task_is_taken,
    two_members_who_lost_the_same_each_get_one,
    a_deleted_jobs_task_is_not_taken_for_another,
];

fn film(prompt: &str) -> Value {
    json!({"kind": "video", "model": "wan2.1-t2v-turbo", "prompt": prompt})
}

/// An address that no other test has.
fn address() -> String {
    let unique = unique("");
    let number = unique.trim_start_matches(" №").trim_end_matches('.');
    format!("https://example.com/lost-{number}.mp3?%5B%5Bsim:seconds%2090%5D%5D")
}

/// A kind: its request, the endpoint of its creation, its price.
type Made = (fn(&str) -> Value, &'static str, &'static str);

const PICTURE: Made = (picture, "image.create", "0.14");
const FILM: Made = (film, "video.create", "1.20");
const TRANSCRIPT: Made =
    (|url| json!({"kind": "transcription", "model": "paraformer-v2", "url": url}), "asr.create", "0.0072");

/// Loses the answer of one job's creation in this way. The job ends well, the vendor was asked for it once, and it costs
/// what it costs.
async fn is_made_once(studio: &Studio, (request, endpoint, price): Made, fault: Value) {
    let asked = if endpoint == "asr.create" { address() } else { unique("失去答复") };
    studio.vendor.fault(endpoint, &asked, fault.clone()).await;
    let job = studio.run(&request(&asked)).await;
    assert_eq!(studio.vendor.faults_left(&asked).await, 0, "{fault} did not strike");
    assert_eq!((job.state, job.outputs.len(), &job.error), (State::Done, 1, &None), "{endpoint} {fault}");
    assert_eq!(job.cost.actual.unwrap().to_string(), price, "{endpoint} {fault}");
    assert!(!studio.output(&job.id, 0).await.with(200).bytes.is_empty());
    studio.vendor.settled(&asked, 1).await;
}

async fn a_creation_that_did_not_arrive_is_sent_again_once() {
    let studio = Studio::shared().await;
    let rows = [
        (PICTURE, json!({"cut": "before"})),
        (PICTURE, json!({"html": 502})),
        (PICTURE, json!({"html": 500})),
        (PICTURE, json!({"not_json": true})),
        (FILM, json!({"cut": "before"})),
        (FILM, json!({"html": 504})),
        (TRANSCRIPT, json!({"cut": "before"})),
        (TRANSCRIPT, json!({"html": 502})),
    ];
    join_all(rows.map(async |(made, fault)| is_made_once(&studio, made, fault).await)).await;
}

async fn silence_is_waited_out_and_then_looked_into() {
    let studio = Studio::shared().await;
    let rows = [
        (PICTURE, json!({"hang": true})),
        (PICTURE, json!({"hang": "after"})),
        (FILM, json!({"hang": "after"})),
        (TRANSCRIPT, json!({"hang": "after"})),
    ];
    join_all(rows.map(async |(made, fault)| is_made_once(&studio, made, fault).await)).await;
}

async fn a_creation_that_arrived_is_gone_on_with() {
    let studio = Studio::shared().await;
    let faults = [
        json!({"cut": "after"}),
        json!({"cut": "inside"}),
        json!({"half_body": true}),
        json!({"html": 502, "processed": true}),
        json!({"html": 500, "processed": true}),
        json!({"not_json": true, "processed": true}),
    ];
    let rows = [PICTURE, FILM, TRANSCRIPT]
        .into_iter()
        .flat_map(|made| faults.iter().map(move |f| (made, f.clone())));
    join_all(rows.map(async |(made, fault)| is_made_once(&studio, made, fault).await)).await;
}

async fn an_uploaded_recording_is_known_by_its_name_in_the_vendors_store() {
    let studio = Studio::shared().await;
    let (first, second) = (wav(2500, 17), wav(1600, 18));
    let files = [studio.uploaded("first.wav", first).await, studio.uploaded("second.wav", second).await];
    for file in &files {
        studio.vendor.fault("asr.create", &file.id, json!({"cut": "after"})).await;
    }
    let jobs = join_all(files.iter().map(|file| {
        let request = json!({"kind": "transcription", "model": "paraformer-8k-v2", "file": file.id});
        let studio = &studio;
        async move { studio.run(&request).await }
    }))
    .await;
    for (job, file) in jobs.iter().zip(&files) {
        assert_eq!((job.state, job.outputs.len(), &job.error), (State::Done, 1, &None), "{job:?}");
        assert_eq!(studio.creations_of(&file.id).await.len(), 1);
        assert_eq!(studio.stored_at_the_vendor(&file.id).await.len(), 1, "uploaded once");
    }
    assert_eq!(
        jobs.iter().map(|job| job.usage.unwrap().audio_seconds).collect::<Vec<_>>(),
        [Some(3), Some(2)]
    );
}

async fn many_that_were_lost_at_once_are_told_apart() {
    let studio = Studio::shared().await;
    let together = unique("同时失去");
    let different: Vec<String> = (0..5).map(|n| format!("{together} {n}")).collect();
    let equal = unique("同样的请求");
    studio.vendor.faults("image.create", &together, 5, json!({"cut": "after"})).await;
    studio.vendor.faults("image.create", &equal, 3, json!({"cut": "after"})).await;
    studio.vendor.faults("image.create", &equal, 2, json!({"cut": "before"})).await;
    let prompts = different.iter().chain(std::iter::repeat_n(&equal, 5));
    let jobs = join_all(prompts.map(|prompt| {
        let request = picture(prompt);
        let studio = &studio;
        async move { studio.run(&request).await }
    }))
    .await;
    for job in &jobs {
        assert_eq!((job.state, job.outputs.len()), (State::Done, 1), "{job:?}");
        assert_eq!(job.outputs[0].orig_prompt.as_deref(), Some(job.request.prompt()), "another's picture");
    }
    for prompt in &different {
        studio.vendor.settled(prompt, 1).await;
    }
    studio.vendor.settled(&equal, 5).await;
}

async fn what_cannot_be_told_apart_is_left_to_the_person() {
    // Alone, so that both are sent, and lost, within a second.
    let studio = Studio::start(Setup::default()).await;
    let prompt = unique("分不清");
    studio.vendor.fault("image.create", &prompt, json!({"cut": "after"})).await;
    studio.vendor.fault("image.create", &prompt, json!({"cut": "before"})).await;
    let request = |seed: u32| with(picture(&prompt), &json!({ "seed": seed }));
    let jobs = join_all([1, 2].map(|seed| {
        let (studio, request) = (&studio, request(seed));
        async move { studio.run(&request).await }
    }))
    .await;
    for job in &jobs {
        assert_eq!((job.state, job.cancelable, job.cost.actual), (State::Unsure, false, None), "{job:?}");
        let error = error(job);
        assert_eq!((error.code.as_str(), error.charged), ("AnswerLost", Charged::Unknown));
        assert!(
            error.message.contains("sent at 20") && error.message.contains("1 tasks of"),
            "{}",
            error.message
        );
        assert!(error.advice.zh.contains("不会自动重发"), "{}", error.advice.zh);
        assert!(error.advice.en.contains("not sent again by itself"), "{}", error.advice.en);
        let told = studio.owner.get(format!("/api/jobs/{}", job.id)).await.json();
        assert_eq!(told["error"].get("charged"), Some(&Value::Null), "{told}");
    }
    assert_eq!(studio.vendor.creations(&prompt).await.len(), 1, "neither was sent again");

    // The person sends one of them again: then the task that is there can only be the other one's.
    let retry = format!("/api/jobs/{}/retry", jobs[0].id);
    let _ = studio.owner.post(retry, &json!({})).await.with(200);
    let retried = studio.ended(&jobs[0].id).await;
    assert_eq!((retried.state, retried.cost.actual.unwrap().to_string().as_str()), (State::Done, "0.14"));
    let look = format!("/api/jobs/{}/look", jobs[1].id);
    let looking = studio.owner.post(&look, &json!({})).await.with(200).job();
    assert_eq!((looking.state, error(&looking).code.as_str()), (State::Submitting, "LookingForIt"));
    assert_eq!(looking.finished_at, None);
    let found = studio.ended(&jobs[1].id).await;
    assert_eq!((found.state, found.outputs.len(), &found.error), (State::Done, 1, &None), "{found:?}");
    studio.owner.post(&look, &json!({})).await.refused(409, "WrongState");
    studio.vendor.settled(&prompt, 2).await;
}

/// Cancelling is refused, with a reason.
async fn cannot_be_cancelled(studio: &Studio, job: &Job) {
    let refused = studio.owner.post(format!("/api/jobs/{}/cancel", job.id), &json!({})).await;
    let error = refused.refused(409, "WrongState").error;
    assert!(error.message.contains("查找") && error.advice.contains("查找"), "{error:?}");
}

async fn a_list_that_does_not_answer_decides_nothing() {
    let studio = Studio::start(Setup::default()).await;
    for fault in [
        json!({"status": 500, "code": "InternalError"}),
        json!({"html": 502}),
        json!({"status": 429, "code": "Throttling.RateQuota"}),
        json!({"not_json": true}),
        json!({"half_body": true}),
        json!({"cut": "before"}),
    ] {
        studio.vendor.plant(&json!({"endpoint": "task.list", "fault": fault})).await;
    }
    let (arrived, cut) = (unique("列表打不开"), unique("列表打不开"));
    studio.vendor.fault("image.create", &arrived, json!({"cut": "after"})).await;
    studio.vendor.fault("image.create", &cut, json!({"cut": "before"})).await;
    let jobs = [studio.submit(&picture(&arrived)).await, studio.submit(&picture(&cut)).await];
    for job in &jobs {
        let job = studio.once(&job.id, |job| job.error.is_some()).await;
        assert_eq!((job.state, job.cancelable), (State::Submitting, false), "{job:?}");
        let error = error(&job);
        assert_eq!((error.code.as_str(), error.charged), ("LookingForIt", Charged::Unknown));
        assert!(error.message.contains("sent at 20"), "{}", error.message);
        assert!(error.advice.zh.contains("不能取消") && error.advice.en.contains("cannot be cancelled"));
        cannot_be_cancelled(&studio, &job).await;
    }
    for (job, prompt) in jobs.iter().zip([&arrived, &cut]) {
        let job = studio.ended(&job.id).await;
        assert_eq!((job.state, studio.vendor.creations(prompt).await.len()), (State::Done, 1), "{job:?}");
    }
    let figures = studio.vendor.figures().await;
    let failed = figures["requests"]["task.list"]["by_status"].as_object().unwrap();
    println!("the list was asked: {failed:?}");
    assert!(failed.len() >= 4, "{failed:?}");
}

async fn a_killed_worker_looks_before_it_sends() {
    let studio = Studio::start(Setup::default()).await;
    let rows = [json!({"hang": true}), json!({"hang": "after"})];
    let jobs = join_all(rows.map(async |fault| {
        let prompt = unique("发送时被杀");
        studio.vendor.fault("image.create", &prompt, fault).await;
        let job = studio.submit(&picture(&prompt)).await;
        studio.in_state(&job.id, State::Submitting).await;
        (prompt, job)
    }))
    .await;
    studio_tests::wait::until("both creations to be under way", async || {
        let left =
            join_all(jobs.iter().map(async |(prompt, _)| studio.vendor.faults_left(prompt).await)).await;
        left.iter().all(|left| *left == 0).then_some(())
    })
    .await;
    studio.kill_worker().await;
    studio.start_worker().await;
    let (_, first) = &jobs[0];
    studio.once(&first.id, |job| job.error.as_ref().is_some_and(|error| error.code == "LookingForIt")).await;
    studio.kill_worker().await; // and once more, while it looks
    studio.start_worker().await;
    for (prompt, job) in &jobs {
        let job = studio.ended(&job.id).await;
        assert_eq!((job.state, job.outputs.len()), (State::Done, 1), "{job:?}");
        assert_eq!(job.cost.actual.unwrap().to_string(), "0.14");
        assert_eq!(studio.vendor.creations(prompt).await.len(), 1, "{prompt}");
    }
}

async fn ended(client: &Client, id: &str) -> Job {
    studio_tests::wait::until("a member's job to end", async || {
        let job = client.get(format!("/api/jobs/{id}")).await.with(200).job();
        job.state.is_final().then_some(job)
    })
    .await
}

async fn nobody_elses_task_is_taken() {
    let studio = Studio::start(Setup::default()).await;
    // A stranger's program on the same account makes the only task that is there: it tells what it is at its end.
    let strange = unique("别的程序的 [[sim:run 1200]]");
    studio.vendor.create_directly(&strange).await;
    let lost = unique("没有到达");
    studio.vendor.fault("image.create", &lost, json!({"cut": "before"})).await;
    let job = studio.submit(&picture(&lost)).await;
    let seen = studio.once(&job.id, |job| job.state == State::Running || job.state == State::Done).await;
    cannot_be_cancelled(&studio, &seen).await;

    // Another member's creation is under way when ours is lost.
    let neighbour = studio.member("neighbour");
    let theirs = unique("邻居的 [[sim:run 3000]]");
    studio.vendor.fault("image.create", &theirs, json!({"hang": "after"})).await;
    let their_job = neighbour.post("/api/jobs", &picture(&theirs)).await.with(202).job();
    let ours = unique("我的");
    studio.vendor.fault("image.create", &ours, json!({"cut": "before"})).await;
    let our_job = studio.submit(&picture(&ours)).await;

    let (job, our_job, their_job) =
        join!(studio.ended(&job.id), studio.ended(&our_job.id), ended(&neighbour, &their_job.id));
    for (job, prompt) in [(job, &lost), (our_job, &ours), (their_job, &theirs)] {
        assert_eq!((job.state, job.outputs.len()), (State::Done, 1), "{job:?}");
        assert_eq!(job.outputs[0].orig_prompt.as_ref(), Some(prompt), "another's picture");
        assert_eq!(studio.vendor.creations(prompt).await.len(), 1, "{prompt}");
    }
    assert_eq!(studio.vendor.creations(&strange).await.len(), 1);
}

async fn a_deleted_jobs_task_is_not_taken_for_another() {
    let studio = Studio::shared().await;
    let prompt = unique("已删除");
    let first = studio.run(&picture(&prompt)).await;
    assert_eq!(first.state, State::Done);
    let _ = studio.owner.delete(format!("/api/jobs/{}", first.id)).await.with(204);
    studio.vendor.fault("image.create", &prompt, json!({"cut": "before"})).await;
    let second = studio.run(&picture(&prompt)).await;
    assert_eq!((second.state, second.outputs.len()), (State::Done, 1), "{second:?}");
    assert_eq!(studio.vendor.creations(&prompt).await.len(), 2, "the deleted one's, and its own");
}

async fn two_members_who_lost_the_same_each_get_one() {
    let studio = Studio::shared().await;
    let neighbour = studio.member("lost-together");
    for faults in [["after", "after"], ["after", "before"]] {
        let prompt = unique("两人同样的请求");
        for point in faults {
            studio.vendor.fault("image.create", &prompt, json!({ "cut": point })).await;
        }
        let theirs = neighbour.post("/api/jobs", &picture(&prompt)).await.with(202).job();
        let ours = studio.submit(&picture(&prompt)).await;
        let (ours, theirs) = join!(studio.ended(&ours.id), ended(&neighbour, &theirs.id));
        assert_eq!((ours.state, theirs.state), (State::Done, State::Done), "{ours:?} {theirs:?}");
        let our_picture = studio.output(&ours.id, 0).await.with(200).bytes;
        let their_picture = neighbour.get(format!("/api/jobs/{}/outputs/0", theirs.id)).await.with(200).bytes;
        assert_ne!(our_picture, their_picture, "both took one task");
        studio.vendor.settled(&prompt, 2).await;
    }
}
