//! What jobs were billed: by budget, usage and the vendor's own figures, whatever became of them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};
use studio_shared::error::Charged;
use studio_shared::job::{Job, State};
use studio_shared::kind::Kind;
use studio_shared::money::Money;
use studio_tests::client::send;
use studio_tests::jobs::error;
use studio_tests::money::adds_up;
use studio_tests::order::with;
use studio_tests::recording::wav;
use studio_tests::talk::Talk;
use studio_tests::{Answer, Studio, picture, speech, text, unique};

tests![
    whatever_becomes_of_jobs_the_budgets_add_up,
    a_retry_is_reserved_anew_and_done_once_for_each_key,
    a_killed_worker_loses_no_job_and_no_money,
    a_repeat_after_a_crash_buys_nothing_on_any_route,
    an_answer_that_was_killed_is_booked_at_most,
    bad_days_are_refused_by_name,
];

fn fen(fen: i64) -> Money {
    Money::from_fen(fen)
}

/// State, what was surely billed, and what may have been.
fn told(job: &Job) -> (State, Option<Money>, Option<Money>) {
    (job.state, job.cost.actual, job.cost.at_most)
}

async fn whatever_becomes_of_jobs_the_budgets_add_up() {
    let studio = Studio::unlimited().await;
    let owner = &studio.owner;
    owner.budget(&json!({"member": {"day": "100"}, "studio": {"month": "100"}})).await;
    let done = studio.submit(&with(picture(&unique("成功")), &json!({"n": 2}))).await;
    let failed = studio.submit(&picture(&unique("[[sim:fail DataInspectionFailed]]"))).await;
    let partial = studio.submit(&with(picture(&unique("[[sim:partial 1]]")), &json!({"n": 3}))).await;
    let refused = studio.submit(&picture(&unique("[[sim:refuse Arrearage]]"))).await;
    let waiting = studio.submit(&picture(&unique("[[sim:pending 2500]]"))).await;
    let lost = unique("不确定");
    studio.vendor.fault("text.generate", &lost, json!({"cut": "after"})).await;
    let unsure = studio.submit(&text(&lost)).await;
    let answered = studio.submit(&text(&unique("[[sim:tokens 100]] 说吧"))).await;
    studio.in_state(&waiting.id, State::Running).await;
    let held = owner.budgets().await.member.day;
    assert!(held.reserved >= fen(14), "while it waits there: {held:?}");
    let canceled = owner.post(format!("/api/jobs/{}/cancel", waiting.id), &json!({})).await.with(200).job();
    assert_eq!(told(&canceled), (State::Canceled, Some(Money::ZERO), None));

    let jobs = studio.all_ended(owner).await;
    let ended =
        |job: &Job| jobs.iter().find(|ended| ended.id == job.id).unwrap_or_else(|| panic!("{jobs:#?}"));
    assert_eq!(told(ended(&done)), (State::Done, Some(fen(28)), None));
    assert_eq!(told(ended(&failed)), (State::Failed, Some(Money::ZERO), None));
    assert_eq!(told(ended(&partial)), (State::Done, Some(fen(28)), None), "two of three came out");
    assert_eq!(told(ended(&refused)), (State::Failed, Some(Money::ZERO), None));
    let unsure = ended(&unsure);
    assert_eq!(told(unsure), (State::Unsure, None, unsure.cost.estimate), "booked at most");
    let answered = ended(&answered);
    let used = answered.usage.unwrap();
    assert_eq!(told(answered), (State::Done, answered.request.price_of(&used), None));
    let (spent, at_most) = adds_up(owner, &jobs).await;
    assert_eq!(spent, fen(56).plus(answered.cost.actual.unwrap()));
    assert_eq!(at_most, unsure.cost.estimate.unwrap());

    // The vendor's own figures: four pictures that came out.
    let figures = studio.vendor.figures().await;
    let mut pictures = 0;
    for creation in figures["creations"].as_array().unwrap() {
        if creation["endpoint"] == "image.create" {
            let task = studio.vendor.task(creation["task_id"].as_str().unwrap()).await;
            pictures += task["usage"]["image_count"].as_i64().unwrap_or(0);
        }
    }
    let spend = owner.spend().await;
    let row = |kind| spend.rows.iter().find(|row| row.kind == kind).unwrap_or_else(|| panic!("{spend:?}"));
    assert_eq!((row(Kind::Image).jobs, row(Kind::Image).spent), (5, fen(14 * pictures)));
    assert_eq!((row(Kind::Text).jobs, row(Kind::Text).at_most), (2, at_most));
    assert_eq!(spend.rows.len(), 2);
    let today = owner.budgets().await.today;
    assert!(spend.from == today.month().first() && spend.to == today, "the running month: {spend:?}");

    // The same as a table.
    let answer = owner.get(format!("/api/usage?format=csv&from={today}&to={today}")).await.with(200);
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8; header=present");
    let name = format!("attachment; filename=\"usage-{today}-{today}.csv\"");
    assert_eq!(answer.header("content-disposition"), name);
    assert!(answer.bytes.starts_with(&[0xef, 0xbb, 0xbf]), "Excel needs the mark");
    let table = answer.text();
    let lines: Vec<&str> = table.trim_start_matches('\u{feff}').split("\r\n").collect();
    assert_eq!(lines[0], "日期,类型,模型,任务数,已计费（元）,可能另有计费，最多（元）");
    assert_eq!(lines[1], format!("{today},image,wan2.2-t2i-flash,5,0.56,0.00"));
    let text = row(Kind::Text);
    assert_eq!(lines[2], format!("{today},text,qwen-turbo,2,{},{}", text.spent, text.at_most));
    assert_eq!(lines[3..], [""]);

    // Deleting changes nothing of what was spent.
    let before = owner.budgets().await;
    for job in &jobs {
        let _ = owner.delete(format!("/api/jobs/{}", job.id)).await.with(204);
    }
    assert_eq!(owner.jobs().await.len(), 0);
    assert_eq!((owner.budgets().await, owner.spend().await), (before, spend));
}

async fn retry(studio: &Studio, id: &str, key: &str) -> Answer {
    let request = studio.owner.request("POST", format!("/api/jobs/{id}/retry"));
    send(request.header("idempotency-key", key).json(&json!({}))).await
}

async fn a_retry_is_reserved_anew_and_done_once_for_each_key() {
    let studio = Studio::unlimited().await;
    let owner = &studio.owner;
    let prompt = unique("重试");
    studio.vendor.faults("text.generate", &prompt, 2, json!({"cut": "after"})).await;
    let request = text(&prompt);
    let first = studio.run(&request).await;
    let most = first.cost.estimate.unwrap();
    assert_eq!(told(&first), (State::Unsure, None, Some(most)));
    // No money for another try: it stays what it was.
    owner.budget(&json!({"member": {"day": most}})).await;
    let error = retry(&studio, &first.id, "again-1").await.refused(402, "BudgetExceeded").error;
    assert!(error.message.contains("你今天的预算"), "{}", error.message);
    assert_eq!(studio.job(&first.id).await, first);
    owner.budget(&json!({"member": {"day": null}})).await;
    // At once and later, the same key is one try.
    let repeats = join_all((0..10).map(|_| retry(&studio, &first.id, "again-1"))).await;
    assert!(repeats.iter().all(|answer| answer.clone().with(200).job().id == first.id));
    let second = studio.ended(&first.id).await;
    assert_eq!(told(&second), (State::Unsure, None, Some(most.times(2))), "both tries may have been billed");
    assert_eq!(retry(&studio, &first.id, "again-1").await.with(200).job(), second);
    assert_eq!(studio.vendor.creations(&prompt).await.len(), 2);
    // A key is for one thing.
    owner.submit_once("again-1", &request).await.refused(409, "IdempotencyConflict");
    let _ = owner.submit_once("made-1", &request).await.with(202);
    retry(&studio, &first.id, "made-1").await.refused(409, "IdempotencyConflict");
    let _ = retry(&studio, &first.id, "again-2").await.with(200);
    let third = studio.ended(&first.id).await;
    assert_eq!((third.state, third.cost.at_most), (State::Done, Some(most.times(2))));
    let jobs = studio.all_ended(owner).await;
    adds_up(owner, &jobs).await;
    assert_eq!(studio.vendor.creations(&prompt).await.len(), 4);
}

/// Submits all at once and kills the worker as soon as so many are answered; answers what came back.
async fn submit_and_kill(
    studio: &Studio,
    key: &str,
    requests: &[Value],
    answered: usize,
) -> Vec<Option<u16>> {
    let so_far = AtomicUsize::new(0);
    let calls = requests.iter().enumerate().map(|(n, request)| {
        let request = studio.owner.request("POST", "/api/jobs").json(request);
        let call = request.header("idempotency-key", format!("{key}-{n}")).send();
        async {
            let answer = call.await.ok().map(|response| response.status().as_u16());
            so_far.fetch_add(1, Ordering::Relaxed);
            answer
        }
    });
    let calls = join_all(calls.collect::<Vec<_>>());
    let kill = async {
        while so_far.load(Ordering::Relaxed) < answered {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        studio.kill_worker().await;
    };
    futures_util::join!(calls, kill).0
}

async fn a_killed_worker_loses_no_job_and_no_money() {
    let studio = Studio::unlimited().await;
    let owner = &studio.owner;
    owner.budget(&json!({"member": {"day": "14.00"}})).await;
    let mut unanswered = 0;
    for (round, answered) in [1, 5, 12, 25].into_iter().enumerate() {
        let requests: Vec<Value> = (0..40).map(|_| picture(&unique("被打断"))).collect();
        let key = format!("killed-{round}");
        let answers = submit_and_kill(&studio, &key, &requests, answered).await;
        unanswered += answers.iter().filter(|answer| answer.is_none()).count();
        studio.start_worker().await;
        // Each is answered as it was, or goes through now, or there is no money for it.
        let repeats = owner.submit_all(&key, &requests).await;
        for (answer, repeat) in answers.iter().zip(&repeats) {
            match (answer, repeat.status) {
                (Some(202), 200) | (Some(402) | None | Some(500..), 200 | 202 | 402) => {}
                other => panic!("{other:?}: {}", repeat.text()),
            }
        }
    }
    let jobs = studio.all_ended(owner).await;
    assert!(unanswered > 0, "no call was under way when the worker was killed");
    let (spent, at_most) = adds_up(owner, &jobs).await;
    assert!(spent.plus(at_most) <= fen(1400), "{spent} and {at_most}");
    let figures = studio.vendor.figures().await;
    let creations: Vec<&Value> = figures["creations"].as_array().unwrap().iter().collect();
    let of = |job: &Job| {
        creations
            .iter()
            .filter(|creation| creation["body"]["input"]["prompt"] == job.request.prompt())
            .count()
    };
    for job in &jobs {
        match (job.state, of(job)) {
            (State::Done, 1) | (State::Unsure, 0 | 1) => {}
            (State::Failed, 0) => assert_eq!(error(job).code, "BudgetExceeded", "{job:?}"),
            other => panic!("{other:?}: {job:?}"),
        }
    }
    let known: usize = jobs.iter().map(of).sum();
    assert_eq!(known, creations.len(), "every creation is some job's");
    let failed = jobs.iter().filter(|job| job.state == State::Failed).count();
    println!(
        "4 kills during 160 submits: {unanswered} unanswered, {} jobs, {failed} of them without money, {} creations, \
         {spent} spent, {at_most} at most",
        jobs.len(),
        creations.len()
    );
}

async fn a_repeat_after_a_crash_buys_nothing_on_any_route() {
    let studio = Studio::unlimited().await;
    let owner = &studio.owner;
    let drawn = picture(&unique("[[sim:run 300]] 画"));
    let said = text(&unique("[[sim:slow 100]] [[sim:tokens 2000]] 写"));
    let spoken = speech(&unique(&"读".repeat(400)));
    let recording: Value = studio.upload("name=a.wav", wav(7_000, 3)).await.with(201).json();
    let heard = json!({"kind": "transcription", "model": "paraformer-v2", "file": recording["id"]});
    let lost = unique("一次");
    studio.vendor.fault("text.generate", &lost, json!({"cut": "after"})).await;
    let again = studio.run(&text(&lost)).await.id;
    let _ = retry(&studio, &again, "crash-retry").await.with(200);
    let again = studio.ended(&again).await;
    assert_eq!((again.state, studio.vendor.creations(&lost).await.len()), (State::Done, 2));

    let picture = owner.submit_once("crash-picture", &drawn).await.with(202).job().id;
    let transcript = owner.submit_once("crash-recording", &heard).await.with(202).job().id;
    let say = || owner.request("POST", "/api/text").header("idempotency-key", "crash-text").json(&said);
    let mut talk = Talk::open(say()).await;
    talk.until(10).await;
    assert!(studio.hear_until(&spoken, Some("crash-speech"), 1).await.answer.bytes.len() > 1);
    studio.kill_worker().await;
    studio.start_worker().await;

    assert_eq!(owner.submit_once("crash-picture", &drawn).await.with(200).job().id, picture);
    assert_eq!(owner.submit_once("crash-recording", &heard).await.with(200).job().id, transcript);
    assert_eq!(Talk::open(say()).await.id, talk.id);
    studio.hear_once("crash-speech", &spoken).await;
    assert_eq!(retry(&studio, &again.id, "crash-retry").await.with(200).job(), again);
    let jobs = studio.all_ended(owner).await;
    assert_eq!(jobs.len(), 5, "{jobs:#?}");
    assert_eq!(studio.vendor.figures().await["creations"].as_array().unwrap().len(), 6);
    adds_up(owner, &jobs).await;
}

async fn an_answer_that_was_killed_is_booked_at_most() {
    let studio = Studio::unlimited().await;
    let owner = &studio.owner;
    let mut talk = owner.talk(&text(&unique("[[sim:slow 100]] [[sim:tokens 4000]] 很长"))).await;
    talk.until(40).await;
    let most = studio.job(&talk.id).await.cost.estimate.unwrap();
    assert_eq!(owner.budgets().await.member.day.reserved, most, "while it comes");
    studio.kill_worker().await;
    let id = talk.id.clone();
    drop(talk);
    studio.start_worker().await;
    let job = studio.ended(&id).await;
    let known = job.request.price_of(&job.usage.unwrap()).unwrap();
    assert_eq!(told(&job), (State::Failed, Some(known), Some(most.minus(known))), "{job:?}");
    assert_eq!(error(&job).charged, Charged::Unknown);
    let jobs = studio.all_ended(owner).await;
    assert_eq!(adds_up(owner, &jobs).await, (known, most.minus(known)));
}

async fn bad_days_are_refused_by_name() {
    let studio = Studio::shared().await;
    for (query, field) in [
        ("from=yesterday", "from"),
        ("to=2026-02-30", "to"),
        ("from=2026-02-02&to=2026-02-01", "to"),
        ("from=2020-01-01&to=2026-01-01", "from"),
        ("format=xls", "format"),
        ("since=2026-02-02", "since"),
    ] {
        let error =
            studio.owner.get(format!("/api/usage?{query}")).await.refused(400, "InvalidParameter").error;
        assert_eq!(error.field.as_deref(), Some(field), "{query}");
    }
}
