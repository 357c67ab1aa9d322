//! The pages of an import, which come from outside like any other body.

use serde_json::{Value, json};
use studio_fuzz::{holds, json as mutated, run};

use super::told;
use crate::export::{Export, FORMAT};
use crate::request::Request;
use crate::time::Timestamp;

/// When the example was made; its ids are of that moment.
const MADE: u64 = 0x019b_d935_3600;

const ID: &str = "019bd935-3600-7000-8000-000000000000";
const EARLIER: &str = "019bd935-3500-7000-8000-000000000000";

fn example() -> Value {
    let at = Timestamp::from_ms(MADE);
    let asked = json!({"model": "wan2.2-t2i-flash", "prompt": "猫", "size": "512*512"});
    let request = Request::from_value(asked).unwrap();
    json!({
        "format": FORMAT, "settings": {"retention_days": 30}, "next": "jobs.x",
        "conversations": [{"id": ID, "title": "t", "created_at": at, "updated_at": at, "turns": 1}],
        "jobs": [{
            "id": ID, "kind": "image", "state": "done", "request": request, "notes": [], "created_at": at,
            "finished_at": at, "cancelable": false, "cost": {"currency": "CNY", "actual": "0.14"},
            "conversation": ID, "after": EARLIER, "outputs": [{"n": 0, "type": "image/png", "bytes": 7}],
        }],
    })
}

#[test]
fn fuzz_import_pages() {
    let now = Timestamp::from_ms(MADE).after(1000);
    let read = |page: &Value| Export::read(page.to_string().as_bytes(), now);
    let mut smaller = example();
    smaller.as_object_mut().unwrap().remove("conversations");
    assert!(read(&smaller).is_ok(), "{:?}", read(&smaller));
    run("import pages", mutated(vec![example(), smaller]), |page| match read(&page) {
        Err(problems) => told(&problems),
        Ok(first) => {
            let written = serde_json::to_value(&first).map_err(|error| error.to_string())?;
            let second = read(&written).map_err(|problems| format!("{written}: {problems:?}"))?;
            holds(first == second, || format!("{written} is read otherwise"))?;
            // No ended job is taken in that is later than now, or that comes after itself.
            let ended = first.jobs.iter().filter(|job| job.state.is_final());
            let sound = ended.clone().all(|job| {
                let before = job.after.as_ref().is_none_or(|after| *after < job.id);
                before && job.created_at.since(now) <= 60_000
            });
            holds(sound, || format!("{written} could not have come about"))
        }
    });
}
