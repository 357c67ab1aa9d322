//! `/api/budget`: what may be spent, and is.

use serde_json::Value;
use studio_shared::budget::Budgets;
use studio_shared::day::Day;
use studio_shared::json;
use studio_shared::money::Money;
use studio_shared::problem::Problem;
use studio_shared::route::JSON_CAP;
use studio_shared::words::Words;
use worker::Response;

use super::Call;
use crate::access::Caller;
use crate::reply::{self, Refusal};
use crate::studio::{self, Change, Period, Standing, Whose};
use crate::{body, clock, stub};

/// The largest budget that can be set: 1,000,000 CNY. Whoever wants more wants none.
pub(super) const LARGEST: Money = Money::from_fen(100_000_000);

pub(super) async fn read(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let today = Day::of(clock::now());
    let standing = studio::read(call.env, &object_id(call, caller)?, today).await?;
    answer(caller, today, standing)
}

/// Sets the owner's own budget and the studio's.
pub(super) async fn change(mut call: Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    if !caller.is_owner() {
        return Err(Refusal::owner_only());
    }
    let bytes = body::json(&mut call.request, JSON_CAP).await?;
    let changes = changes(&bytes).map_err(Refusal::problems)?;
    let today = Day::of(clock::now());
    let standing = studio::limit(call.env, &object_id(&call, caller)?, today, changes).await?;
    answer(caller, today, standing)
}

/// The Studio knows members by their object's id.
fn object_id(call: &Call<'_>, caller: &Caller) -> Result<String, Refusal> {
    Ok(stub::object_id(call.env, &caller.member)?)
}

fn answer(caller: &Caller, today: Day, standing: Standing) -> Result<Response, Refusal> {
    let studio = caller.is_owner().then_some(standing.studio);
    let budgets = Budgets { currency: "CNY".to_owned(), today, member: standing.member, studio };
    Ok(reply::json(200, &budgets)?)
}

/// Reads the body of a change: what is not named stays, `null` lifts a limit.
fn changes(bytes: &[u8]) -> Result<Vec<Change>, Vec<Problem>> {
    let value = json::read(bytes).map_err(|problem| vec![problem])?;
    let Value::Object(fields) = &value else { return Err(vec![no_object("", &value)]) };
    let mut changes = Vec::new();
    let mut problems = Vec::new();
    for (name, limits) in fields {
        let whose = match name.as_str() {
            "member" => Whose::Member,
            "studio" => Whose::Studio,
            _ => {
                problems.push(unknown(name, limits, "member, studio"));
                continue;
            }
        };
        let Value::Object(limits) = limits else {
            problems.push(no_object(name, limits));
            continue;
        };
        for (period, given) in limits {
            let field = format!("{name}.{period}");
            let Some(period) = Period::from_name(period) else {
                problems.push(unknown(&field, given, "day, month"));
                continue;
            };
            match limit(given) {
                Some(limit) => changes.push(Change { whose, period, limit }),
                None => problems.push(no_limit(field, given)),
            }
        }
    }
    if problems.is_empty() { Ok(changes) } else { Err(problems) }
}

/// A limit, or `null` for none.
pub(super) fn limit(given: &Value) -> Option<Option<Money>> {
    match given {
        Value::Null => Some(None),
        Value::String(text) => {
            let amount = text.trim().parse().ok();
            amount.filter(|amount| (Money::ZERO..=LARGEST).contains(amount)).map(Some)
        }
        _ => None,
    }
}

pub(super) fn no_limit(field: String, given: &Value) -> Problem {
    let allowed = Words::of(
        format!("\"0.00\" 到 \"{LARGEST}\" 元，或 null"),
        format!("\"0.00\" to \"{LARGEST}\" CNY, or null"),
    );
    let message = Words::of(
        format!("{field} 应为 0 到 {LARGEST} 元的金额，写成字符串，例如 \"5.00\"；null 为不限。"),
        format!(
            "{field} should be an amount from 0 to {LARGEST} CNY, as text such as \"5.00\"; null is no limit."
        ),
    );
    Problem::new(field, given, allowed, message)
}

fn unknown(field: &str, given: &Value, allowed: &'static str) -> Problem {
    let message = Words::of(
        format!("没有 {field} 这个字段，请去掉。"),
        format!("There is no field {field}; leave it out."),
    );
    Problem::new(field, given, Words::new(allowed, allowed), message)
}

fn no_object(field: &str, given: &Value) -> Problem {
    let message = Words::of(
        format!("{field} 应为 JSON 对象，例如 {{\"day\":\"5.00\",\"month\":null}}。"),
        format!("{field} should be a JSON object, for example {{\"day\":\"5.00\",\"month\":null}}."),
    );
    Problem::new(field, given, Words::new("JSON 对象", "a JSON object"), message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Change>, Vec<String>> {
        changes(text.as_bytes())
            .map_err(|problems| problems.into_iter().map(|problem| problem.field).collect())
    }

    #[test]
    fn limits_are_set_lifted_and_left_as_they_are() {
        let change =
            |whose, period, fen: Option<i64>| Change { whose, period, limit: fen.map(Money::from_fen) };
        let text = r#"{"member":{"day":"5.00","month":null},"studio":{"month":" 100 "}}"#;
        let wanted = [
            change(Whose::Member, Period::Day, Some(500)),
            change(Whose::Member, Period::Month, None),
            change(Whose::Studio, Period::Month, Some(10_000)),
        ];
        assert_eq!(read(text), Ok(wanted.to_vec()));
        assert_eq!(read("{}"), Ok(vec![]));
        assert_eq!(read(r#"{"studio":{"day":"0"}}"#), Ok(vec![change(Whose::Studio, Period::Day, Some(0))]));
    }

    #[test]
    fn negative_absurd_and_misspelt_limits_are_refused_by_field() {
        for wrong in
            ["\"-1\"", "\"1000000.01\"", "\"9999999999\"", "\"5 CNY\"", "\"\"", "5", "true", "[]", "{}"]
        {
            let text = format!(r#"{{"member":{{"day":{wrong}}}}}"#);
            assert_eq!(read(&text), Err(vec!["member.day".to_owned()]), "{wrong}");
        }
        assert_eq!(
            read(r#"{"member":"5","studio":{"week":"5","day":"-5"},"team":{}}"#),
            Err(vec!["member".into(), "studio.day".into(), "studio.week".into(), "team".into()])
        );
        assert_eq!(read("[]"), Err(vec![String::new()]));
        assert_eq!(read(r#"{"member":{"day":"1","day":"2"}}"#), Err(vec![String::new()]));
    }

    #[test]
    fn fuzz_changes_of_budgets() {
        let right = serde_json::json!({"member": {"day": "5.00", "month": null}, "studio": {"month": "100"}});
        studio_fuzz::run("changes of budgets", studio_fuzz::json(vec![right]), |value| {
            match changes(value.to_string().as_bytes()) {
                Ok(changes) => {
                    let amounts = changes.iter().filter_map(|change| change.limit);
                    let sound = changes.len() <= 4
                        && amounts.into_iter().all(|limit| (Money::ZERO..=LARGEST).contains(&limit));
                    studio_fuzz::holds(sound, || format!("{value} is read as {changes:?}"))
                }
                Err(problems) => crate::fuzz::told(&problems),
            }
        });
    }
}
