//! Request bodies, capped before they are parsed.

use futures_util::StreamExt;
use worker::Request;

use crate::reply::Refusal;

/// How long the body is, by its announcement; empty where none was made.
pub(crate) fn announced_length(request: &Request) -> String {
    // Of an empty body the runtime passes on neither body nor header.
    if request.inner().body().is_none() {
        return "0".to_owned();
    }
    request.headers().get("content-length").ok().flatten().unwrap_or_default()
}

/// Reads a JSON body of at most `cap` bytes.
///
/// # Errors
/// 415 for another media type, 413 for a longer body, 500 where the platform fails.
pub(crate) async fn json(request: &mut Request, cap: usize) -> Result<Vec<u8>, Refusal> {
    let media_type = request.headers().get("content-type").ok().flatten().unwrap_or_default();
    if !is_json(&media_type) {
        return Err(Refusal::unsupported_media_type(&media_type));
    }
    read(request, cap).await?.ok_or_else(|| Refusal::body_too_large(cap))
}

/// Reads a body of at most `cap` bytes; `None` for a longer one.
///
/// # Errors
/// 500 where the platform fails.
pub(crate) async fn read(request: &mut Request, cap: usize) -> Result<Option<Vec<u8>>, Refusal> {
    if announced_length(request).parse::<usize>().is_ok_and(|length| length > cap) {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let Ok(mut stream) = request.stream() else {
        return Ok(Some(bytes)); // no body at all: the parser says so
    };
    while let Some(chunk) = stream.next().await {
        bytes.extend_from_slice(&chunk?);
        if bytes.len() > cap {
            return Ok(None);
        }
    }
    Ok(Some(bytes))
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_known_by_its_essence() {
        for yes in ["application/json", "Application/JSON; charset=utf-8", " application/json ;x"] {
            assert!(is_json(yes), "{yes}");
        }
        for no in ["", "text/plain", "application/jsonp", "text/json", "application/x-www-form-urlencoded"] {
            assert!(!is_json(no), "{no}");
        }
    }
}
