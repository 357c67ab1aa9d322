//! `GET /api/v1/tasks/`: the account's tasks of the last 24 hours (dashscope-api.md §2.1, §2.4).
//!
//! Its times are those of the caller's own clock, however fast the simulated one runs: a caller knows when it sent
//! something by no other.

use serde_json::{Map, Value, json};

use super::{LIFE_MS, Task, Tasks};
use crate::beijing;
use crate::call::Call;
use crate::config::Config;
use crate::endpoint::Endpoint;
use crate::gate;
use crate::refusal::{Refusal, known};
use crate::region::Region;
use crate::reply::Reply;
use crate::world::World;

/// The one account there is (§2.4's example).
const ACCOUNT: &str = "1000000000000001";
const API_KEY_ID: &str = "100001";
/// Largest page; the document gives none (`inf`).
const LARGEST_PAGE: usize = 100;

/// The list.
pub(crate) fn handle(world: &mut World, config: &Config, call: &Call) -> Result<Reply, Refusal> {
    gate::check_key(call.header("authorization"), &config.api_key)?;
    let World { limiter, settings, tasks, .. } = world;
    if !settings.admit(limiter, Endpoint::TaskList, None, call.now) {
        return Err(known::TOO_FAST);
    }
    tasks.advance(call.now.sim_ms);
    let query = Query::read(&call.query, call.now.real_ms)?;
    let seen = Seen { now_ms: call.now.sim_ms, region: config.region, real: &|ms| config.clock.real_ms(ms) };
    Ok(Reply::json(&page(tasks, &query, &seen, &call.request_id)))
}

/// From where the tasks are seen.
struct Seen<'a> {
    /// The simulated time.
    now_ms: u64,
    region: Region,
    /// Real milliseconds that so many simulated ones take.
    real: &'a dyn Fn(u64) -> u64,
}

/// What the query asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    from_ms: u64,
    to_ms: u64,
    equal: Vec<(Field, String)>,
    page_no: usize,
    page_size: usize,
}

/// A field that must be equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    TaskId,
    Model,
    Status,
    ApiKeyId,
    Region,
}

impl Query {
    /// Reads `task_id`, `start_time`, `end_time`, `model_name`, `status`, `page_no`, `page_size`, and the SDK's
    /// `api_key_id` and `region`. Empty values are the same as absent ones. The texts of refusals are `inf`.
    pub fn read(query: &str, now_ms: u64) -> Result<Self, Refusal> {
        let (mut from, mut to) = (None, None);
        let mut read = Self { from_ms: 0, to_ms: 0, equal: Vec::new(), page_no: 1, page_size: 10 };
        for (name, value) in form_urlencoded::parse(query.as_bytes()).filter(|(_, value)| !value.is_empty()) {
            let field = match name.as_ref() {
                "start_time" => {
                    from = Some(time(&name, &value)?);
                    continue;
                }
                "end_time" => {
                    // The whole of that second.
                    to = Some(time(&name, &value)?.saturating_add(999));
                    continue;
                }
                "page_no" => {
                    read.page_no = number(&name, &value, usize::MAX)?;
                    continue;
                }
                "page_size" => {
                    read.page_size = number(&name, &value, LARGEST_PAGE)?;
                    continue;
                }
                "task_id" => Field::TaskId,
                "model_name" => Field::Model,
                "status" => Field::Status,
                "api_key_id" => Field::ApiKeyId,
                "region" => Field::Region,
                _ => continue,
            };
            read.equal.push((field, value.into_owned()));
        }
        (read.from_ms, read.to_ms) = match (from, to) {
            (None, None) => (now_ms.saturating_sub(LIFE_MS), now_ms),
            (Some(from), None) => (from, from.saturating_add(LIFE_MS)),
            (None, Some(to)) => (to.saturating_sub(LIFE_MS), to),
            (Some(from), Some(to)) => (from, to),
        };
        if read.to_ms < read.from_ms || read.to_ms - read.from_ms > LIFE_MS + 999 {
            return Err(Refusal::parameter("The time range should be within 24 hours."));
        }
        Ok(read)
    }

    fn takes(&self, task: &Task, seen: &Seen<'_>) -> bool {
        (self.from_ms..=self.to_ms).contains(&task.order.real_ms)
            && self.equal.iter().all(|(field, value)| match field {
                Field::TaskId => task.order.task_id == *value,
                Field::Model => task.order.model == *value,
                Field::Status => task.status(seen.now_ms) == value,
                Field::ApiKeyId => API_KEY_ID == value,
                Field::Region => seen.region.id() == value,
            })
    }
}

fn time(name: &str, value: &str) -> Result<u64, Refusal> {
    beijing::parse_compact(value)
        .ok_or_else(|| Refusal::parameter(format!("{name} should be yyyyMMddHHmmss.")))
}

fn number(name: &str, value: &str, highest: usize) -> Result<usize, Refusal> {
    let number = value.parse().ok().filter(|number| (1..=highest).contains(number));
    number.ok_or_else(|| Refusal::parameter(format!("Invalid {name}: {value}")))
}

/// One page, flat: no `output`.
fn page(tasks: &Tasks, query: &Query, seen: &Seen<'_>, request_id: &str) -> Value {
    let taken: Vec<&Task> =
        tasks.newest_first().filter(|task| !task.gone(seen.now_ms) && query.takes(task, seen)).collect();
    let skip = (query.page_no - 1).saturating_mul(query.page_size);
    let data: Vec<Value> =
        taken.iter().skip(skip).take(query.page_size).map(|task| row(task, seen)).collect();
    json!({
        "total": taken.len(),
        "data": data,
        "total_page": taken.len().div_ceil(query.page_size),
        "page_no": query.page_no,
        "page_size": query.page_size,
        "request_id": request_id,
    })
}

fn row(task: &Task, seen: &Seen<'_>) -> Value {
    let model = &task.order.model;
    let mut row = Map::new();
    for (name, value) in [
        ("api_key_id", API_KEY_ID),
        ("caller_parent_id", ACCOUNT),
        ("caller_uid", ACCOUNT),
        ("model_name", model),
        ("region", seen.region.id()),
        ("request_id", &task.order.request_id),
        ("status", task.status(seen.now_ms)),
        ("task_id", &task.order.task_id),
        ("user_api_unique_key", &format!("apikey:v1:{}:{model}", task.api())),
    ] {
        row.insert(name.to_owned(), value.into());
    }
    let real = |ms: u64| task.order.real_ms.saturating_add((seen.real)(ms.saturating_sub(task.submit_ms)));
    let times = [
        ("gmt_create", Some(task.order.real_ms)),
        ("start_time", task.start_ms().map(real)),
        ("end_time", task.end_ms().map(real)),
    ];
    for (name, time) in times {
        if let Some(time) = time {
            row.insert(name.to_owned(), time.into());
        }
    }
    row.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::book_fixture::order;
    use crate::task::{End, Order};

    const T0: u64 = 1_768_874_400_000; // 2026-01-20 10:00:00 in Beijing

    fn seen(now_ms: u64) -> Seen<'static> {
        Seen { now_ms, region: Region::Beijing, real: &|ms| ms }
    }

    #[test]
    fn a_fast_clock_does_not_move_the_list_away_from_the_callers_own() {
        let mut tasks = Tasks::new(1);
        tasks.accept(order("a", End::Succeeded), T0 + 3_600_000);
        tasks.advance(T0 + 3_611_000);
        let seen = Seen { real: &|ms| ms / 100, ..seen(T0 + 3_611_000) };
        let page = page(&tasks, &Query::read("", T0 + 110).unwrap(), &seen, "r");
        let row = &page["data"][0];
        let times = [&row["gmt_create"], &row["start_time"], &row["end_time"]];
        assert_eq!(times, [&json!(T0), &json!(T0 + 10), &json!(T0 + 110)]);
    }

    fn ids(query: &str) -> Vec<String> {
        let mut tasks = Tasks::new(1);
        for (number, name) in ["a", "b", "c"].into_iter().enumerate() {
            let at = T0 + 60_000 * number as u64;
            tasks.accept(Order { real_ms: at, ..order(name, End::Succeeded) }, at);
        }
        let now = T0 + 121_500;
        tasks.advance(now);
        let page = page(&tasks, &Query::read(query, now).unwrap(), &seen(now), "r");
        let id = |row: &Value| row["task_id"].as_str().unwrap().to_owned();
        page["data"].as_array().unwrap().iter().map(id).collect()
    }

    #[test]
    fn each_parameter_narrows_the_list() {
        let cases: [(&str, &[&str]); 13] = [
            ("", &["c", "b", "a"]),
            ("task_id=b", &["b"]),
            ("task_id=", &["c", "b", "a"]),
            ("status=RUNNING", &["c"]),
            ("status=SUCCEEDED&model_name=wan2.2-t2i-flash", &["b", "a"]),
            ("model_name=qwen-image", &[]),
            ("start_time=20260120100100", &["c", "b"]),
            ("start_time=20260120100000&end_time=20260120100100", &["b", "a"]),
            ("page_size=2", &["c", "b"]),
            ("page_size=2&page_no=2", &["a"]),
            ("page_no=9", &[]),
            ("region=cn-beijing&api_key_id=100001&whatever=1", &["c", "b", "a"]),
            ("region=ap-southeast-1", &[]),
        ];
        for (query, expected) in cases {
            assert_eq!(ids(query), expected, "{query}");
        }
    }

    #[test]
    fn a_query_that_makes_no_sense_is_refused() {
        let bad = [
            "start_time=2026",
            "end_time=yesterday",
            "page_no=0",
            "page_no=-1",
            "page_size=0",
            "page_size=101",
            "start_time=20260120100000&end_time=20260121100002",
            "start_time=20260120100001&end_time=20260120095959",
        ];
        for query in bad {
            assert_eq!(Query::read(query, T0).unwrap_err().status, 400, "{query}");
        }
        assert!(Query::read("start_time=20260120100000&end_time=20260121100000", T0).is_ok(), "24 h exactly");
    }

    #[test]
    fn the_row_has_the_recorded_fields_and_no_end_while_running() {
        let mut tasks = Tasks::new(1);
        tasks.accept(order("a", End::Succeeded), T0);
        tasks.advance(T0 + 1_040);
        let page = page(&tasks, &Query::read("", T0 + 1_040).unwrap(), &seen(T0 + 1_040), "r");
        let row = &page["data"][0];
        assert_eq!((&row["gmt_create"], &row["start_time"]), (&json!(T0), &json!(T0 + 1_000)));
        assert_eq!(row["user_api_unique_key"], "apikey:v1:aigc:text2image:image-synthesis:wan2.2-t2i-flash");
        assert!(row.get("end_time").is_none() && page.get("output").is_none());
        assert_eq!(
            (&page["total"], &page["total_page"], &page["page_size"]),
            (&json!(1), &json!(1), &json!(10))
        );
    }
}
