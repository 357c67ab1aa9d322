//! Answering with the bytes of one result.

use worker::{Env, Headers, Request, Response, ResponseBuilder, Stub};

use crate::config::Config;
use crate::dashscope::{Client, Fetched, Heard};
use crate::member::{Message, OutputPlace};
use crate::range::{self, Part};
use crate::reply::Refusal;
use crate::{media, stub};

/// The bytes of a result, or a part of them.
pub(crate) async fn answer(
    env: &Env,
    config: &Config,
    request: &Request,
    object: &Stub,
    place: OutputPlace,
) -> Result<Response, Refusal> {
    match place {
        OutputPlace::Kept { key, bytes, media_type } => {
            let (answer, wanted) = part(request, &media_type, bytes)?;
            let object = media::get(env, &key, wanted).await?.ok_or_else(Refusal::result_expired)?;
            Ok(answer.body(object.body().ok_or_else(Refusal::internal)?.response_body()?))
        }
        OutputPlace::Here { id, n, bytes, media_type } => {
            let (answer, wanted) = part(request, &media_type, bytes)?;
            let (first, length) = wanted.unwrap_or((0, bytes));
            let (_, body) = stub::send(object, &Message::Bytes { id, n, first, length }).await?.into_parts();
            Ok(answer.body(body))
        }
        OutputPlace::Transcript { url } => match Client::new(env, config)?.transcript(&url).await {
            Heard::Transcript(transcript) => {
                let response = ResponseBuilder::new().with_headers(headers(request, "application/json")?);
                Ok(response.from_json(&transcript)?)
            }
            Heard::Gone => Err(Refusal::result_expired()),
            Heard::Later | Heard::Unreadable => Err(Refusal::upstream_unreachable()),
        },
        OutputPlace::Remote { url } => match Client::new(env, config)?.fetch(&url).await {
            Fetched::File { response, length, media_type } => {
                let headers = headers(request, &media_type)?;
                headers.set("content-length", &length.to_string())?;
                let (_, body) = response.into_parts();
                Ok(ResponseBuilder::new().with_headers(headers).body(body))
            }
            Fetched::Gone => Err(Refusal::result_expired()),
            Fetched::Later => Err(Refusal::upstream_unreachable()),
        },
    }
}

/// The bytes of a copy that is shared, or a part of them. It is offered for download only where its maker allows that, and
/// kept by nobody on the way: once it is taken back it is gone.
pub(crate) async fn shared(
    env: &Env,
    request: &Request,
    key: &str,
    (bytes, media_type): (u64, &str),
    download: bool,
) -> Result<Response, Refusal> {
    let (answer, wanted) = part(request, media_type, bytes)?;
    let object = media::get(env, key, wanted).await?.ok_or_else(Refusal::not_found)?;
    let mut response = answer.body(object.body().ok_or_else(Refusal::internal)?.response_body()?);
    let headers = response.headers_mut();
    headers.set("cache-control", "no-store")?;
    headers.set("x-robots-tag", "noindex")?;
    if !download {
        headers.set("content-disposition", "inline")?;
    }
    Ok(response)
}

/// The head of an answer with a result of so many bytes that can be had in parts; and the part that is asked for.
fn part(
    request: &Request,
    media_type: &str,
    bytes: u64,
) -> Result<(ResponseBuilder, Option<(u64, u64)>), Refusal> {
    let header = request.headers().get("range")?;
    let part = range::read(header.as_deref(), bytes);
    let headers = headers(request, media_type)?;
    headers.set("accept-ranges", "bytes")?;
    headers.set("cache-control", "private, max-age=31536000, immutable")?;
    let (status, wanted) = match part {
        Part::Whole => (200, None),
        Part::Bytes { first, last } => {
            headers.set("content-range", &format!("bytes {first}-{last}/{bytes}"))?;
            (206, Some((first, last.saturating_sub(first).saturating_add(1))))
        }
        Part::Outside => return Err(Refusal::range_not_satisfiable()),
    };
    headers.set("content-length", &wanted.map_or(bytes, |(_, length)| length).to_string())?;
    Ok((ResponseBuilder::new().with_status(status).with_headers(headers), wanted))
}

/// What a result or an upload may be shown as: nothing among them is run by a browser.
const HARMLESS: [&str; 21] = [
    "image/png",
    "image/jpeg",
    "image/webp",
    "video/mp4",
    "video/webm",
    "video/quicktime",
    "video/x-matroska",
    "video/x-msvideo",
    "video/x-flv",
    "video/x-ms-wmv",
    "video/mpeg",
    "audio/mpeg",
    "audio/wav",
    "audio/pcm",
    "audio/mp4",
    "audio/aac",
    "audio/amr",
    "audio/flac",
    "audio/ogg",
    "audio/x-ms-wma",
    "application/json",
];

/// Whether a media type is one that results are shown as.
pub(crate) fn is_harmless(media_type: &str) -> bool {
    HARMLESS.contains(&media_type)
}

/// The headers of a result: shown, never run. Types that a browser could execute are not among those the vendor
/// makes; should one come, it is handed out as plain bytes.
fn headers(request: &Request, media_type: &str) -> Result<Headers, Refusal> {
    let headers = Headers::new();
    let media_type = HARMLESS.into_iter().find(|known| *known == media_type);
    headers.set("content-type", media_type.unwrap_or("application/octet-stream"))?;
    headers.set("content-disposition", &disposition(&download_name(request)))?;
    Ok(headers)
}

fn download_name(request: &Request) -> Option<String> {
    let url = request.url().ok()?;
    url.query_pairs().find(|(name, _)| name == "download").map(|(_, name)| name.into_owned())
}

/// `inline`, or `attachment` with a name that is safe in a header and on a disk.
fn disposition(name: &Option<String>) -> String {
    let Some(name) = name else { return "inline".to_owned() };
    let safe: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' })
        .take(100)
        .collect();
    format!("attachment; filename=\"{}\"", safe.trim_start_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_download_name_cannot_leave_its_place() {
        let named = |name: &str| disposition(&Some(name.to_owned()));
        assert_eq!(named("cat-1.png"), "attachment; filename=\"cat-1.png\"");
        assert_eq!(named("../../etc/passwd"), "attachment; filename=\"_.._etc_passwd\"");
        assert_eq!(named("a\"\r\nx: y"), "attachment; filename=\"a___x__y\"");
        assert_eq!(disposition(&None), "inline");
    }

    #[test]
    fn fuzz_download_names() {
        let right = ["cat-1.png", "../../etc/passwd", "猫.png", "a\"\r\nset-cookie: x=1"];
        studio_fuzz::run(
            "download names",
            studio_fuzz::text(&right, &["\"", "\r\n", "filename*=", "..", ";"]),
            |name| {
                let header = disposition(&Some(name));
                let inner =
                    header.strip_prefix("attachment; filename=\"").and_then(|rest| rest.strip_suffix('"'));
                let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
                let safe = inner.is_some_and(|inner| {
                    inner.chars().all(plain) && inner.len() <= 100 && !inner.starts_with('.')
                });
                studio_fuzz::holds(safe, || header.clone())
            },
        );
    }
}
