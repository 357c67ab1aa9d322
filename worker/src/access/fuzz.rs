//! What the readers of cookies and codes promise about outside bytes (`tests/fuzz`).

use studio_fuzz::{holds, run, text};
use studio_shared::time::Timestamp;

use super::session::{self, Session};
use super::{COOKIE, DEVICE, bearer, code, cookie, source};

const KEY: &str = "0123456789abcdef0123456789abcdef";

fn key(member: &str) -> String {
    format!("{KEY}{member}")
}

fn written(member: &str, code: Option<&str>) -> String {
    let (begun, end) = (Timestamp::from_ms(100), Timestamp::from_ms(1000));
    let code = code.map(str::to_owned);
    Session::begin(member.to_owned(), code, 7, Some(end), begun).write(&key(member))
}

/// What stands before a token's hash. The hash itself may be written in letters of either case.
fn signed(token: &str) -> &str {
    token.rsplit_once('.').map_or("", |(signed, _)| signed)
}

#[test]
fn fuzz_cookies() {
    let sessions = [written("owner", None), written("0198f2a0", Some("c1"))];
    let device = source::new_device(KEY);
    let headers = sessions.clone().map(|session| format!("a=b; {COOKIE}={session}; {DEVICE}={device}"));
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    let pieces = ["; ", "=", ".", "-", "owner", "studio_session=", "studio_device=", "__Host-", "9999"];
    run("cookies", text(&headers, &pieces), |header| {
        let token = cookie(&header, COOKIE).unwrap_or_default();
        holds(header.contains(token) && !token.contains(';'), || format!("{token:?} of {header:?}"))?;
        if let Some(session) = session::read(token, key, Timestamp::from_ms(500)) {
            let ours = sessions.iter().any(|ours| signed(ours) == signed(token));
            holds(ours, || format!("{token:?} was signed by nobody and is {session:?}"))?;
        }
        holds(session::read(token, key, Timestamp::from_ms(1000)).is_none(), || "it has ended".to_owned())?;
        let token = cookie(&header, DEVICE).unwrap_or_default();
        match source::device(token, KEY) {
            Some(id) => holds(signed(&device) == id, || format!("{token:?} is the browser {id:?}")),
            None => Ok(()),
        }
    });
}

#[test]
fn fuzz_codes() {
    let code = code::make();
    let headers =
        [format!("Bearer {code}"), format!("bearer {}", code.to_uppercase()), "Basic eDp5".to_owned()];
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    run("codes", text(&headers, &["bs_", "-", " ", "Bearer ", "O", "l", "\u{3000}", "ſ"]), |header| {
        let Some(given) = bearer(&header) else { return Ok(()) };
        holds(given == given.trim() && header.contains(given), || format!("{given:?} of {header:?}"))?;
        let Some(letters) = code::read(given) else { return Ok(()) };
        let plain = letters.bytes().all(|letter| letter.is_ascii_digit() || letter.is_ascii_lowercase());
        holds(plain && letters.len() == 28, || format!("{given:?} is read as {letters:?}"))?;
        let again = code::read(&format!("{}{letters}", code::PREFIX));
        holds(again.as_ref() == Some(&letters), || format!("{letters:?} is read as {again:?}"))
    });
}
