//! Lets the budget run out, and raises it again.

use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::{Value, json};
use studio_shared::budget::Budgets;
use studio_shared::money::Money;
use tokio::time::sleep;

use crate::campaign::Campaign;

/// How often it looks.
const LOOK: Duration = Duration::from_millis(250);

/// What is left when the budget is lowered: enough for a picture or two.
const LEFT: i64 = 300_000_000;

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct Watched {
    /// How often the budget ran out.
    pub(crate) times: u32,
    /// Looks at a budget that was in force.
    pub(crate) looks: u32,
    /// What was taken beyond it.
    pub(crate) beyond: Vec<String>,
}

/// Lowers the budget of the day twice, when a third and two thirds of the orders are carried out, to what is taken and
/// a little more, and raises it after some seconds. While it is in force nothing may be taken beyond it.
pub(crate) async fn keep(campaign: &Campaign, orders: u32) -> Watched {
    let mut watched = Watched::default();
    for share in [1, 2] {
        while campaign.carried_out.load(Ordering::Relaxed) < orders * share / 3 {
            if campaign.over.load(Ordering::Relaxed) {
                return watched;
            }
            sleep(LOOK).await;
        }
        let Some(before) = read(campaign).await else { return watched };
        let limit = Money::from_nano(before.member.day.taken().nano() + LEFT);
        let Some(lowered) = set(campaign, &json!(limit)).await else { return watched };
        // What was taken before it was lowered stays taken.
        let most = lowered.member.day.taken().max(limit);
        watched.times += 1;
        for _ in 0..24 {
            sleep(LOOK).await;
            let Some(budgets) = read(campaign).await else { break };
            let day = budgets.member.day;
            watched.looks += 1;
            if day.limit == Some(limit) && day.taken() > most {
                watched.beyond.push(format!("{day:?}, allowed: {most}"));
            }
        }
        set(campaign, &Value::Null).await;
    }
    watched
}

/// The budgets as they stand.
pub(crate) async fn read(campaign: &Campaign) -> Option<Budgets> {
    let answer = campaign.get("/api/budget").await;
    if answer.status != 200 {
        campaign.surprise(format!("/api/budget: {} {}", answer.status, answer.text()));
        return None;
    }
    Some(serde_json::from_slice(&answer.bytes).unwrap())
}

async fn set(campaign: &Campaign, day: &Value) -> Option<Budgets> {
    let change = json!({"member": {"day": day, "month": null}});
    let answer = campaign.ask(|client| client.request("PATCH", "/api/budget").json(&change)).await;
    if answer.status != 200 {
        campaign.surprise(format!("PATCH /api/budget: {} {}", answer.status, answer.text()));
        return None;
    }
    Some(serde_json::from_slice(&answer.bytes).unwrap())
}
