//! Request bodies, capped before they are parsed.

use futures_util::StreamExt;
use worker::Request;

use crate::reply::Refusal;

/// Reads a JSON body of at most `cap` bytes.
///
/// # Errors
/// 415 for another media type, 413 for a longer body, 500 where the platform fails.
pub(crate) async fn json(request: &mut Request, cap: usize) -> Result<Vec<u8>, Refusal> {
    let header = |name| request.headers().get(name).ok().flatten().unwrap_or_default();
    let media_type = header("content-type");
    if !is_json(&media_type) {
        return Err(Refusal::unsupported_media_type(&media_type));
    }
    if header("content-length").parse::<usize>().is_ok_and(|length| length > cap) {
        return Err(Refusal::body_too_large(cap));
    }
    let mut bytes = Vec::new();
    let Ok(mut stream) = request.stream() else {
        return Ok(bytes); // no body at all: the parser says so
    };
    while let Some(chunk) = stream.next().await {
        bytes.extend_from_slice(&chunk?);
        if bytes.len() > cap {
            return Err(Refusal::body_too_large(cap));
        }
    }
    Ok(bytes)
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
