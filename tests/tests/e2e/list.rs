//! `GET /api/jobs`. All tests look at the same seven jobs, found among the others by the number in their prompts.

use std::collections::BTreeSet;

use serde_json::json;
use studio_shared::job::{Job, JobList, State};
use studio_tests::client::send;
use studio_tests::order::with;
use studio_tests::{Studio, picture, unique};
use tokio::sync::OnceCell;

tests![
    jobs_are_listed_newest_first,
    pages_have_neither_gaps_nor_repeats,
    each_filter_finds_what_it_names,
    a_search_takes_every_character_as_it_stands,
    a_span_of_time_is_cut_out,
    a_bad_query_is_refused_by_name,
];

/// The jobs, oldest first, and what all their prompts have in them.
struct Jobs {
    number: String,
    jobs: Vec<Job>,
}

static JOBS: OnceCell<Jobs> = OnceCell::const_new();

async fn jobs() -> (std::sync::Arc<Studio>, &'static Jobs) {
    let studio = Studio::shared().await;
    let jobs = JOBS.get_or_init(async || {
        let number = unique("列表");
        let mut jobs = Vec::new();
        for (text, model) in [
            ("100%", "wan2.2-t2i-flash"),
            ("1000", "wan2.2-t2i-flash"),
            ("a_b", "wan2.2-t2i-flash"),
            ("aXb", "wan2.2-t2i-plus"),
            (r"back\slash", "wan2.2-t2i-plus"),
            ("[[sim:fail InternalError]]", "wan2.2-t2i-plus"),
            ("[[sim:refuse Arrearage]]", "wan2.2-t2i-flash"),
        ] {
            let request = with(picture(&format!("{number} {text}")), &json!({ "model": model }));
            jobs.push(studio.submit(&request).await);
        }
        let mut ended = Vec::new();
        for job in &jobs {
            ended.push(studio.ended(&job.id).await);
        }
        Jobs { number, jobs: ended }
    });
    (std::sync::Arc::clone(&studio), jobs.await)
}

async fn list(studio: &Studio, query: &[(&str, &str)]) -> JobList {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    let answer = studio.owner.get(format!("/api/jobs?{query}")).await.with(200);
    serde_json::from_slice(&answer.bytes).unwrap()
}

fn ids(jobs: &[Job]) -> Vec<&str> {
    jobs.iter().map(|job| job.id.as_str()).collect()
}

async fn jobs_are_listed_newest_first() {
    let (studio, Jobs { number, jobs }) = jobs().await;
    let list = list(&studio, &[("q", number)]).await;
    let newest_first: Vec<Job> = jobs.iter().rev().cloned().collect();
    assert_eq!(list, JobList { items: newest_first, next: None });
}

async fn pages_have_neither_gaps_nor_repeats() {
    let (studio, Jobs { number, jobs }) = jobs().await;
    for limit in ["1", "2", "3", "7"] {
        let (mut paged, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = list(&studio, &[("q", number), ("limit", limit), ("cursor", &cursor)]).await;
            assert!(page.items.len() <= limit.parse().unwrap());
            paged.extend(page.items);
            match page.next {
                Some(next) => cursor = next,
                None => break,
            }
        }
        let newest_first: Vec<&str> = ids(jobs).into_iter().rev().collect();
        assert_eq!(ids(&paged), newest_first, "{limit} a page");
    }
}

async fn each_filter_finds_what_it_names() {
    let (studio, Jobs { number, jobs }) = jobs().await;
    for (filter, value, expected) in [
        ("kind", "image", &[0, 1, 2, 3, 4, 5, 6][..]),
        ("kind", "video", &[]),
        ("state", "done", &[0, 1, 2, 3, 4]),
        ("state", "failed", &[5, 6]),
        ("state", "queued", &[]),
        ("model", "wan2.2-t2i-plus", &[3, 4, 5]),
        ("model", "no-such-model", &[]),
    ] {
        let found = list(&studio, &[("q", number), (filter, value)]).await.items;
        let expected: BTreeSet<&str> = expected.iter().map(|at: &usize| jobs[*at].id.as_str()).collect();
        assert_eq!(ids(&found).into_iter().collect::<BTreeSet<_>>(), expected, "{filter}={value}");
    }
    let found = list(&studio, &[("q", number), ("state", "failed"), ("model", "wan2.2-t2i-flash")]).await;
    assert_eq!(ids(&found.items), [jobs[6].id.as_str()]);
    assert_eq!(found.items[0].state, State::Failed);
}

async fn a_search_takes_every_character_as_it_stands() {
    let (studio, Jobs { number, jobs }) = jobs().await;
    for (text, expected) in [
        ("100%", &[0][..]),
        ("100", &[0, 1]),
        ("a_b", &[2]),
        (r"back\slash", &[4]),
        (r"back\\slash", &[]),
        ("' OR 1=1 --", &[]),
        ("\0", &[]),
        ("没有这样的一段很长的文字，它比平台允许的匹配模式的五十个字节还要长，也照样查找。", &[]),
    ] {
        let found = list(&studio, &[("q", &format!("{number} {text}"))]).await.items;
        let expected: Vec<&str> = expected.iter().rev().map(|at: &usize| jobs[*at].id.as_str()).collect();
        assert_eq!(ids(&found), expected, "{text}");
    }
}

async fn a_span_of_time_is_cut_out() {
    let (studio, Jobs { number, jobs }) = jobs().await;
    let moment = |at: usize| serde_json::to_value(jobs[at].created_at).unwrap().as_str().unwrap().to_owned();
    let found = list(&studio, &[("q", number), ("from", &moment(2)), ("to", &moment(5))]).await.items;
    let inside = |job: &&Job| (jobs[2].created_at..jobs[5].created_at).contains(&job.created_at);
    let expected: Vec<&str> = jobs.iter().rev().filter(inside).map(|job| job.id.as_str()).collect();
    assert!(!expected.is_empty() && expected.len() < jobs.len());
    assert_eq!(ids(&found), expected);
}

async fn a_bad_query_is_refused_by_name() {
    let studio = Studio::shared().await;
    let long = format!("q={}", "x".repeat(801));
    for (query, field) in [
        ("kind=picture", "kind"),
        ("state=Done", "state"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=-1", "limit"),
        ("limit=x", "limit"),
        ("from=yesterday", "from"),
        ("to=2026-13-45", "to"),
        ("order=asc", "order"),
        (long.as_str(), "q"),
    ] {
        let answer = send(studio.owner.request("GET", format!("/api/jobs?{query}"))).await;
        let reply = answer.refused(400, "InvalidParameter");
        assert_eq!(reply.error.field.as_deref(), Some(field), "{query}");
    }
}
