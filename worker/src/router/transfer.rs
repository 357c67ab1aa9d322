//! `/api/export` and `/api/import`: data of one's own, out of one studio and into another.

use serde_json::Value;
use studio_shared::export::{Export, IMPORT_CAP};
use studio_shared::file::FILE_CAP;
use studio_shared::problem::Problem;
use studio_shared::words::Words;
use worker::Response;

use super::Call;
use super::jobs::{ask, tell};
use crate::access::Caller;
use crate::member::{Awaited, Cursor, Message, Outcome, TransferMessage};
use crate::reply::Refusal;
use crate::stream::{self, Beginning};
use crate::{body, clock, media, output};

pub(super) async fn export(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let url = call.request.url()?;
    let pairs: Vec<_> = url.query_pairs().collect();
    let pairs = pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref()));
    let cursor = cursor(pairs).map_err(Refusal::problems)?;
    if cursor == Cursor::default() {
        call.tell("data_exported", &caller.member, None); // its first page
    }
    tell(call, caller, Message::Transfer(TransferMessage::Export(cursor))).await
}

pub(super) async fn import(mut call: Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let bytes = body::json(&mut call.request, IMPORT_CAP).await?;
    let page = Export::read(&bytes, clock::now()).map_err(Refusal::problems)?;
    tell(&call, caller, Message::Transfer(TransferMessage::Import(Box::new(page)))).await
}

/// Takes the bytes of a result that was exported, as a stream to the bucket.
pub(super) async fn output(call: &Call<'_>, caller: &Caller) -> Result<Response, Refusal> {
    let id = call.name(0).to_owned();
    let n = call.name(1).parse().map_err(|_| Refusal::not_found())?;
    let message = TransferMessage::Awaited { id: id.clone(), n };
    let awaited = match ask(call, caller, Message::Transfer(message)).await? {
        Outcome::Awaited(awaited) => awaited,
        Outcome::Done => return Ok(Response::empty()?.with_status(204)), // they are here already
        Outcome::Refused(refusal) => return Err(*refusal),
        _ => return Err(Refusal::internal()),
    };
    if !call.config.keeps_results {
        return Err(no_bucket());
    }
    let header = |name: &str| call.request.headers().get(name).ok().flatten().unwrap_or_default();
    let length = check(&awaited, &header("content-type"), &body::announced_length(&call.request))?;
    let body = call.request.inner().body().ok_or_else(Refusal::upload_cut)?;
    let (whole, carrier) = stream::join(Beginning::default(), body, Vec::new(), length)?;
    let put = media::put_stream(call.env, &awaited.key, whole, &awaited.media_type);
    stream::beside(put, carrier).await.map_err(|error| {
        crate::log::event("import_broken_off", &error.to_string());
        Refusal::upload_cut()
    })?;
    let told = tell(call, caller, Message::Transfer(TransferMessage::Arrived { id, n })).await;
    if told.is_err() {
        // The job was deleted meanwhile. Should this fail as well, the bytes lie there unseen.
        let _ = media::delete(call.env, vec![awaited.key]).await;
    }
    told
}

/// The length of a body that is what was exported.
fn check(awaited: &Awaited, media_type: &str, length: &str) -> Result<u64, Refusal> {
    let Ok(length) = length.parse::<u64>() else { return Err(Refusal::length_required()) };
    if length > FILE_CAP {
        return Err(Refusal::file_too_large(FILE_CAP));
    }
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !output::is_harmless(&awaited.media_type) || essence != awaited.media_type {
        return Err(problem("content-type", media_type, &awaited.media_type));
    }
    match awaited.bytes {
        Some(bytes) if bytes != length => {
            Err(problem("content-length", &length.to_string(), &bytes.to_string()))
        }
        _ => Ok(length),
    }
}

fn problem(header: &str, given: &str, exported: &str) -> Refusal {
    let message = Words::of(
        format!("{header} 与导出时不同，应为 {exported}，且是能安全展示的类型。"),
        format!("{header} is not what was exported, {exported}, or no type that is safe to show."),
    );
    Refusal::problems(vec![Problem::new(header, &Value::from(given), Words::of(exported, exported), message)])
}

fn no_bucket() -> Refusal {
    Refusal::wrong_state(
        Words::new("没有绑定存储桶，无法保存结果。", "No bucket is bound: results cannot be kept."),
        Words::new("请所有者绑定存储桶后再导入。", "The owner has to bind a bucket first."),
    )
}

/// Reads the query. An empty value counts as absent.
fn cursor<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Cursor, Vec<Problem>> {
    let mut cursor = Cursor::default();
    let mut problems = Vec::new();
    for (name, value) in pairs.filter(|(_, value)| !value.is_empty()) {
        match Cursor::read(value).filter(|_| name == "cursor") {
            Some(read) => cursor = read,
            None => {
                let message = Words::of(
                    format!("查询参数 {name} 不合规，只接受上一页的 next 作为 cursor。"),
                    format!(
                        "The query parameter {name} is not usable; only cursor is taken, the last page's next."
                    ),
                );
                problems.push(Problem::new(name, &Value::from(value), Words::new("next", "next"), message));
            }
        }
    }
    if problems.is_empty() { Ok(cursor) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_exported_is_taken() {
        let awaited = |bytes, media_type: &str| Awaited {
            key: "k".to_owned(),
            bytes,
            media_type: media_type.to_owned(),
        };
        let check = |awaited: &Awaited, media_type: &str, length: &str| {
            check(awaited, media_type, length).map_err(|refusal| refusal.status)
        };
        let picture = awaited(Some(7), "image/png");
        assert_eq!(check(&picture, "image/png", "7"), Ok(7));
        assert_eq!(check(&picture, "Image/PNG; charset=x", "7"), Ok(7));
        assert_eq!(check(&awaited(None, "image/png"), "image/png", "8"), Ok(8));
        assert_eq!(check(&picture, "image/png", "8"), Err(400));
        assert_eq!(check(&picture, "image/jpeg", "7"), Err(400));
        assert_eq!(check(&awaited(Some(7), "text/html"), "text/html", "7"), Err(400));
        assert_eq!((check(&picture, "image/png", ""), check(&picture, "", "-1")), (Err(411), Err(411)));
        let longest = (FILE_CAP + 1).to_string();
        assert_eq!(check(&awaited(None, "image/png"), "image/png", &longest), Err(413));
    }

    #[test]
    fn a_page_is_asked_for_by_the_end_of_the_last_one() {
        let read = |pairs: &[(&str, &str)]| {
            let read = cursor(pairs.iter().copied());
            read.map_err(|problems| problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>())
        };
        assert_eq!((read(&[]), read(&[("cursor", "")])), (Ok(Cursor::default()), Ok(Cursor::default())));
        assert_eq!(read(&[("cursor", "jobs.a")]), Ok(Cursor::read("jobs.a").unwrap()));
        assert_eq!(read(&[("cursor", "a"), ("limit", "5")]), Err(vec!["cursor".into(), "limit".into()]));
    }
}
