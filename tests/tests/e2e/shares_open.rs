//! Shares from outside: what somebody with the link sees, and somebody without it.

use std::time::{Duration, SystemTime};

use futures_util::future::join_all;
use serde_json::{Value, json};
use studio_shared::job::{Job, State};
use studio_shared::route::Path;
use studio_shared::time::Timestamp;
use studio_tests::client::{DATA_POLICY, send};
use studio_tests::order::with;
use studio_tests::wait::until;
use studio_tests::{Answer, Studio, picture, text, unique};

tests![
    two_views_are_two_however_many_ask_at_once,
    a_wrong_password_opens_nothing_and_soon_waits,
    what_is_not_there_is_answered_alike,
    results_are_handed_out_in_parts_and_never_run,
    a_view_is_good_for_its_own_share_alone,
    what_somebody_shared_who_is_shut_out_is_seen_again_when_they_are_let_in,
    whoever_has_opened_it_reads_on_until_it_is_taken_back,
    the_page_says_what_is_shared,
    a_hostile_title_stays_a_title,
    previews_tell_nothing_of_what_is_closed_or_counted,
];

async fn answered(studio: &Studio) -> Job {
    studio.run(&text(&format!("[[sim:say 好]] {}", unique("分享")))).await
}

fn of(job: &Job) -> Value {
    json!({"items": [{"job": job.id}]})
}

/// So many milliseconds from now.
fn soon(ms: u64) -> Timestamp {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap() + Duration::from_millis(ms);
    Timestamp::from_ms(now.as_millis().try_into().unwrap())
}

async fn two_views_are_two_however_many_ask_at_once() {
    let studio = Studio::shared().await;
    let share = studio.owner.share(&with(of(&answered(&studio).await), &json!({"views": 2}))).await;
    let _ = studio.door(&share.id).await.with(200);
    let answers = join_all((0..24).map(|_| studio.open(&share.id))).await;
    let opened = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!((opened, answers.iter().filter(|answer| answer.status == 404).count()), (2, 22));
    studio.door(&share.id).await.refused(404, "NotFound");
    let listed = studio.owner.patch(Path::Share(&share.id), &json!({})).await.with(200).share();
    assert_eq!(listed.viewed, 2);
    let _ = studio.owner.patch(Path::Share(&share.id), &json!({"views": 3})).await.with(200);
    assert_eq!([studio.open(&share.id).await.status, studio.open(&share.id).await.status], [200, 404]);
}

async fn a_wrong_password_opens_nothing_and_soon_waits() {
    let studio = Studio::shared().await;
    let job = studio.run(&picture(&unique("密码"))).await;
    let fields = json!({"password": "芝麻开门", "title": "不说的标题"});
    let share = studio.owner.share(&with(of(&job), &fields)).await;
    assert_eq!(studio.door(&share.id).await.with(200).json(), json!({"password": true}));
    let view = studio.open_with(&share.id, "芝麻开门").await.with(200).shared().view;
    studio.open(&share.id).await.refused(401, "WrongPassword");
    let answers = join_all((0..100).map(|n| {
        let (studio, id) = (&studio, &share.id);
        async move { studio.open_with(id, &format!("猜 {n}")).await }
    }))
    .await;
    let (mut wrong, mut waits) = (0, Vec::new());
    for answer in &answers {
        if answer.status == 401 {
            answer.refused(401, "WrongPassword");
            wrong += 1;
        } else {
            waits.push(answer.refused(429, "TooManyAttempts").error.retry_after_ms.unwrap());
            assert!(answer.header("retry-after").parse::<u64>().unwrap() >= 1);
        }
    }
    println!(
        "of 100 guesses at once {wrong} were looked at; the longest wait was {:?} ms",
        waits.iter().max()
    );
    assert!((5..12).contains(&wrong), "{wrong}");
    // Whoever is in already reads on meanwhile; nobody else does, not even with the right one.
    let _ = studio.shared_output(&share.id, 0, &view).await.with(200);
    let right = until("the wait to be over", async || {
        let answer = studio.open_with(&share.id, "芝麻开门").await;
        if answer.status != 200 {
            answer.refused(429, "TooManyAttempts");
        }
        (answer.status == 200).then_some(answer)
    });
    assert_eq!(right.await.shared().title, "不说的标题");
    let listed = studio.owner.patch(Path::Share(&share.id), &json!({})).await.with(200).share();
    assert_eq!(listed.viewed, 2, "wrong ones are no views");
}

async fn what_is_not_there_is_answered_alike() {
    let studio = Studio::shared().await;
    let job = answered(&studio).await;
    let made = |fields: Value| {
        let (studio, body) = (&studio, with(of(&job), &fields));
        async move { studio.owner.share(&body).await.id }
    };
    let (revoked, used_up) = (made(json!({})).await, made(json!({"views": 1})).await);
    let ended = made(json!({"ends_at": soon(1500)})).await;
    let view = studio.open(&revoked).await.with(200).shared().view;
    let _ = studio.open(&used_up).await.with(200);
    let _ = studio.owner.delete(Path::Share(&revoked)).await.with(204);
    until("the end", async || (studio.door(&ended).await.status == 404).then_some(())).await;
    let malformed = "x".repeat(500);
    let ids = [&revoked, &used_up, &ended, "0123456789abcdef0123456789abcdef", "x", "..%2F", &malformed];
    let (mut told, mut pages) = (Vec::new(), Vec::new());
    for id in ids {
        let mut answers: Vec<Answer> = vec![studio.door(id).await, studio.open(id).await];
        answers.push(studio.open_with(id, "芝麻开门").await);
        answers.push(studio.nobody.get(Path::SharePreview(id)).await);
        if id != used_up {
            answers.push(studio.shared_output(id, 0, &view).await);
        }
        for answer in answers {
            answer.refused(404, "NotFound");
            told.push(answer.said());
        }
        let page = studio.share_page(id).await.with(404);
        assert!(page.text().contains("<title>百炼工坊 Bailian Studio</title>"), "{id}: {}", page.text());
        assert_eq!(page.header("x-robots-tag"), "noindex");
        pages.push(page.said());
    }
    told.dedup();
    pages.dedup();
    assert_eq!((told.len(), pages.len()), (1, 1), "{told:?}");
    studio.owner.delete(Path::Share(&revoked)).await.refused(404, "NotFound");
}

async fn results_are_handed_out_in_parts_and_never_run() {
    let studio = Studio::shared().await;
    let job = studio.run(&picture(&unique("片段"))).await;
    let whole = studio.output(&job.id, 0).await.with(200).bytes;
    let (mine, theirs) = (
        studio.owner.share(&with(of(&job), &json!({"download": true}))).await.id,
        studio.owner.share(&of(&job)).await.id,
    );
    for (id, disposition) in [(&mine, "attachment; filename=\"cat.png\""), (&theirs, "inline")] {
        let view = studio.open(id).await.with(200).shared().view;
        let address = format!("{}&download=cat.png", Path::SharedOutput(id, 0, &view));
        let got = studio.nobody.get(&address).await.with(200);
        assert_eq!((got.header("content-disposition"), &got.bytes), (disposition, &whole));
        let part = send(studio.nobody.request("GET", &address).header("range", "bytes=5-9")).await.with(206);
        assert_eq!((&part.bytes[..], part.header("content-length")), (&whole[5..10], "5"));
        assert_eq!(part.header("content-range"), format!("bytes 5-9/{}", whole.len()));
        let outside = send(studio.nobody.request("GET", &address).header("range", "bytes=99999999-")).await;
        outside.refused(416, "RangeNotSatisfiable");
        for (name, value) in [
            ("content-type", "image/png"),
            ("content-security-policy", DATA_POLICY),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "no-store"),
            ("x-robots-tag", "noindex"),
        ] {
            assert_eq!(got.header(name), value, "{name}");
        }
    }
}

async fn a_view_is_good_for_its_own_share_alone() {
    let studio = Studio::shared().await;
    let job = studio.run(&picture(&unique("凭证"))).await;
    let ids = [studio.owner.share(&of(&job)).await.id, studio.owner.share(&of(&job)).await.id];
    let view = studio.open(&ids[0]).await.with(200).shared().view;
    let _ = studio.shared_output(&ids[0], 0, &view).await.with(200);
    let (end, hash) = view.split_once('.').unwrap();
    let later = format!("{}.{hash}", end.parse::<u64>().unwrap() + 1);
    for wrong in ["", "x", "1.2", &later, &format!("{view}0"), end] {
        studio.shared_output(&ids[0], 0, wrong).await.refused(404, "NotFound");
    }
    studio.shared_output(&ids[1], 0, &view).await.refused(404, "NotFound");
    // Another password ends the views of the old one; it may be long, and of whatever letters.
    let long = "密 码😀x".repeat(20);
    let _ = studio.owner.patch(Path::Share(&ids[0]), &json!({ "password": long })).await.with(200);
    studio.open_with(&ids[0], long.trim_end_matches('x')).await.refused(401, "WrongPassword");
    studio.shared_output(&ids[0], 0, &view).await.refused(404, "NotFound");
    let view = studio.open_with(&ids[0], &long).await.with(200).shared().view;
    let _ = studio.shared_output(&ids[0], 0, &view).await.with(200);
    let _ = studio.owner.delete(Path::Share(&ids[0])).await.with(204);
    studio.shared_output(&ids[0], 0, &view).await.refused(404, "NotFound");
}

async fn whoever_has_opened_it_reads_on_until_it_is_taken_back() {
    let studio = Studio::shared().await;
    let share = studio.owner.share(&with(of(&answered(&studio).await), &json!({"views": 1}))).await.id;
    let view = studio.open(&share).await.with(200).shared().view;
    studio.door(&share).await.refused(404, "NotFound");
    let with_view = |view: &str| {
        let (studio, address) = (&studio, format!("{}?view={view}", Path::Share(&share)));
        async move { studio.nobody.get(&address).await }
    };
    assert_eq!(with_view(&view).await.with(200).json()["password"], false);
    with_view("1.x").await.refused(404, "NotFound");
    let listed = studio.owner.patch(Path::Share(&share), &json!({})).await.with(200).share();
    assert_eq!(listed.viewed, 1, "looking whether it is still there is no view");
    let _ = studio.owner.delete(Path::Share(&share)).await.with(204);
    with_view(&view).await.refused(404, "NotFound");
}

async fn the_page_says_what_is_shared() {
    let studio = Studio::shared().await;
    let job = studio.run(&picture(&unique("封面"))).await;
    let share = studio.owner.share(&with(of(&job), &json!({"title": "一只猫 & 一条狗"}))).await;
    let (page, plain) =
        (studio.share_page(&share.id).await.with(200), studio.nobody.get("/").await.with(200));
    let html = page.text();
    assert!(html.contains("<title>一只猫 &amp; 一条狗 · 百炼工坊 Bailian Studio</title>"), "{html}");
    assert!(html.contains("<meta property=\"og:title\" content=\"一只猫 &amp; 一条狗\" />"), "{html}");
    assert!(html.contains("<meta name=\"robots\" content=\"noindex\" />"), "{html}");
    let address = format!("{}{}", studio.nobody.base_url(), Path::SharePreview(&share.id));
    assert!(html.contains(&format!("<meta property=\"og:image\" content=\"{address}\" />")), "{html}");
    for name in [
        "content-security-policy",
        "x-content-type-options",
        "referrer-policy",
        "permissions-policy",
        "cross-origin-opener-policy",
        "content-type",
    ] {
        assert!(!plain.header(name).is_empty(), "{name}");
        assert_eq!(page.header(name), plain.header(name), "{name}");
    }
    assert_eq!((page.header("x-robots-tag"), page.header("cache-control")), ("noindex", "no-store"));
    let scripts = |html: &str| html.matches("<script").count();
    assert_eq!(scripts(&html), scripts(&plain.text()), "the policy allows no other");
    let picture = studio.nobody.get(Path::SharePreview(&share.id)).await.with(200);
    assert_eq!(picture.bytes, studio.output(&job.id, 0).await.with(200).bytes);
    assert_eq!(send(studio.nobody.request("HEAD", studio_shared::share::page(&share.id))).await.status, 200);
    send(studio.nobody.request("POST", studio_shared::share::page(&share.id)))
        .await
        .refused(405, "MethodNotAllowed");
    let listed = studio.owner.patch(Path::Share(&share.id), &json!({})).await.with(200).share();
    assert_eq!(listed.viewed, 0, "neither page nor picture is a view");
}

async fn a_hostile_title_stays_a_title() {
    let studio = Studio::shared().await;
    let title = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
    let share = studio.owner.share(&with(of(&answered(&studio).await), &json!({ "title": title }))).await;
    assert_eq!(studio.open(&share.id).await.with(200).shared().title, title);
    let html = studio.share_page(&share.id).await.with(200).text();
    assert!(!html.contains("<script>alert") && !html.contains("<img src=x"), "{html}");
    assert!(html.contains("&lt;/title&gt;&lt;script&gt;alert(1)"), "{html}");
    assert_eq!(html.matches("</title>").count(), 1);
}

async fn previews_tell_nothing_of_what_is_closed_or_counted() {
    let studio = Studio::shared().await;
    let job = studio.run(&picture(&unique("不预览"))).await;
    for fields in [json!({"password": "芝麻开门"}), json!({"views": 5})] {
        let share = studio.owner.share(&with(of(&job), &with(fields, &json!({"title": "不说的标题"})))).await;
        let html = studio.share_page(&share.id).await.with(200).text();
        assert!(!html.contains("不说的标题") && !html.contains("og:image"), "{html}");
        assert!(html.contains("一份分享 A share"), "{html}");
        studio.nobody.get(Path::SharePreview(&share.id)).await.refused(404, "NotFound");
    }
}

async fn what_somebody_shared_who_is_shut_out_is_seen_again_when_they_are_let_in() {
    let studio = Studio::shared().await;
    let issued = studio.issue(&json!({"name": "分享后被停用"})).await;
    let member = studio.bearer(&issued.secret);
    let job = member.post(Path::Jobs, &picture(&unique("停用"))).await.with(202).job();
    until("the picture", async || {
        let job = member.get(Path::Job(&job.id)).await.with(200).job();
        (job.state == State::Done).then_some(())
    })
    .await;
    let share = member.share(&json!({"items": [{"job": job.id}]})).await;
    let view = studio.open(&share.id).await.with(200).shared().view;
    let who = format!("/api/admin/members/{}", issued.member.unwrap().id);
    // A membership that is over is no reason: a link has an end of its own.
    let _ = studio.owner.patch(&who, &json!({"last_day": "2001-01-01"})).await.with(200);
    let _ = studio.door(&share.id).await.with(200);
    let _ = studio.owner.patch(&who, &json!({"revoked": true})).await.with(200);
    studio.door(&share.id).await.refused(404, "NotFound");
    studio.open(&share.id).await.refused(404, "NotFound");
    studio.shared_output(&share.id, 0, &view).await.refused(404, "NotFound");
    let _ = studio.share_page(&share.id).await.with(404);
    let _ = studio.owner.patch(&who, &json!({"revoked": false})).await.with(200);
    let _ = studio.shared_output(&share.id, 0, &view).await.with(200);
    assert_eq!(studio.open(&share.id).await.with(200).shared().items.len(), 1);
}
