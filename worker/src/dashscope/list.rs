//! The vendor's list of tasks (`dashscope-api.md` §2.4): what is read is flat, in epoch milliseconds; the documents and
//! the vendor's own client disagree about the name of the array, so both are read.

use serde_json::Value;
use studio_shared::time::Timestamp;

use super::client::{Ask, Client};
use super::fault::{Fault, unreadable};
use super::task::TaskStatus;

/// Tasks a page. The vendor names no largest one; should it give fewer, the rest comes on the next.
const PAGE: u64 = 100;

/// Beijing is eight hours ahead of UTC all year.
const BEIJING_MS: u64 = 8 * 60 * 60 * 1000;

/// What of the list is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query<'a> {
    /// Created at or after this moment.
    pub(crate) from: Option<Timestamp>,
    /// Created at or before this moment.
    pub(crate) to: Option<Timestamp>,
    /// Of the model with this live name.
    pub(crate) model: Option<&'a str>,
    /// In this state.
    pub(crate) status: Option<TaskStatus>,
}

/// One task in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    /// Its id. Never leaves the worker.
    pub(crate) task: String,
    /// The model's live name.
    pub(crate) model: Option<String>,
    /// When it was created, by the vendor's clock.
    pub(crate) at: Option<Timestamp>,
    /// Where it stands.
    pub(crate) status: TaskStatus,
}

/// One page of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// Its tasks, in whatever order.
    pub(crate) tasks: Vec<Listed>,
    /// Tasks on all pages, by the vendor's count.
    pub(crate) total: Option<u64>,
}

impl Client {
    /// One page of the list, counted from 1. `Err` where what answered is no list.
    pub(crate) async fn list(&self, query: &Query<'_>, page: u32) -> Result<Page, Fault> {
        let address = self.endpoint.native(&path(query, page));
        let answer =
            self.ask(Ask::get(&address)).await.map_err(|why| Fault { message: why, ..unreadable(0) })?;
        match answer.body.as_ref().and_then(Page::read) {
            Some(page) if answer.status == 200 => Ok(page),
            _ => Err(answer.fault()),
        }
    }
}

impl Page {
    /// Reads a page; `None` where it is none, also where one of its tasks cannot be read: half a list is no list.
    fn read(body: &Value) -> Option<Self> {
        let holders = [Some(body), body.get("output")];
        let array =
            |holder: &Value| ["data", "tasks"].iter().find_map(|name| holder.get(name)?.as_array().cloned());
        let rows = holders.into_iter().flatten().find_map(array)?;
        let tasks = rows.iter().map(Listed::read).collect::<Option<Vec<_>>>()?;
        Some(Self { tasks, total: body.get("total").and_then(number) })
    }
}

impl Listed {
    fn read(row: &Value) -> Option<Self> {
        let text = |names: [&str; 2]| names.into_iter().find_map(|name| row.get(name)?.as_str());
        Some(Self {
            task: text(["task_id", "id"]).filter(|id| !id.is_empty())?.to_owned(),
            model: text(["model_name", "model"]).map(str::to_owned),
            at: row.get("gmt_create").and_then(number).map(Timestamp::from_ms),
            status: TaskStatus::of(text(["status", "task_status"])?),
        })
    }
}

fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// The path and query of a page. The moments are told in whole seconds of Beijing; the second that the window ends in
/// belongs to it.
fn path(query: &Query<'_>, page: u32) -> String {
    let mut path = format!("tasks/?page_no={page}&page_size={PAGE}");
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            path.push_str(&format!("&{name}={value}"));
        }
    };
    add("start_time", query.from.map(beijing));
    add("end_time", query.to.map(|to| beijing(to.after(999))));
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    add("model_name", query.model.map(|model| model.chars().filter(plain).collect()));
    add("status", query.status.map(|status| status.as_str().to_owned()));
    path
}

/// `20260120100000`
fn beijing(moment: Timestamp) -> String {
    moment.after(BEIJING_MS).to_string().chars().filter(char::is_ascii_digit).take(14).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_window_is_told_in_beijings_time() {
        let at = |text: &str| Timestamp::from_beijing(text);
        let query = Query {
            from: at("2026-01-20 10:00:00.101"),
            to: at("2026-01-20 23:59:59.001"),
            model: Some("wan2.2-t2i-flash&x=1"),
            status: None,
        };
        assert_eq!(
            path(&query, 2),
            "tasks/?page_no=2&page_size=100&start_time=20260120100000&end_time=20260121000000\
             &model_name=wan2.2-t2i-flashx1"
        );
        let query = Query { status: Some(TaskStatus::Running), ..Query::default() };
        assert_eq!(path(&query, 1), "tasks/?page_no=1&page_size=100&status=RUNNING");
    }

    #[test]
    fn the_list_is_read_in_either_form() {
        let row = json!({"api_key_id":"100001","gmt_create":1_768_874_400_101_u64,"start_time":1_768_874_400_140_u64,
            "model_name":"wan2.2-t2i-flash","status":"SUCCEEDED","task_id":"t"});
        let task = Listed {
            task: "t".to_owned(),
            model: Some("wan2.2-t2i-flash".to_owned()),
            at: Some(Timestamp::from_ms(1_768_874_400_101)),
            status: TaskStatus::Succeeded,
        };
        let expected = Page { tasks: vec![task.clone()], total: Some(1) };
        for name in ["data", "tasks"] {
            let body =
                json!({"total":1, name:[row], "total_page":1,"page_no":1,"page_size":10,"request_id":"r"});
            assert_eq!(Page::read(&body).unwrap(), expected, "{name}");
        }
        let body = json!({"data":[{"task_id":"t","task_status":"PENDING"}]});
        let bare = Listed { task: "t".to_owned(), model: None, at: None, status: TaskStatus::Pending };
        assert_eq!(Page::read(&body).unwrap(), Page { tasks: vec![bare], total: None });
    }

    #[test]
    fn what_cannot_be_read_whole_is_no_list() {
        for body in [
            json!(null),
            json!({}),
            json!({"data":{}}),
            json!({"total":1,"data":[{"status":"RUNNING"}]}),
            json!({"total":1,"data":[{"task_id":"","status":"RUNNING"}]}),
            json!({"total":1,"data":[{"task_id":"t"}]}),
            json!({"code":"Throttling.RateQuota","message":"m"}),
        ] {
            assert_eq!(Page::read(&body), None, "{body}");
        }
        assert_eq!(Page::read(&json!({"total":0,"data":[]})).unwrap().total, Some(0));
    }

    #[test]
    fn fuzz_lists_of_tasks() {
        let row = json!({"gmt_create": 1_768_874_400_101_u64, "model_name": "wan2.2-t2i-flash", "status": "RUNNING",
            "task_id": "t"});
        let right =
            vec![json!({"total": 1, "data": [row]}), json!({"output": {"tasks": [row]}, "total": "7"})];
        studio_fuzz::run("lists of tasks", studio_fuzz::json(right), |value| {
            let Some(page) = Page::read(&value) else { return Ok(()) };
            let text = value.to_string();
            // A task that cannot be named cannot be looked for: none without an id, none that is not in the answer.
            let named = page.tasks.iter().all(|task| {
                !task.task.is_empty() && text.contains(&serde_json::to_string(&task.task).unwrap_or_default())
            });
            studio_fuzz::holds(named, || format!("{page:?}"))
        });
    }
}
