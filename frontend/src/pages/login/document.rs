//! Where one logs in. Where the studio asks for a check that somebody is a person, that is the document at `/login` alone:
//! no other may load what it needs. Who has logged in there goes on in a document that may not either.

use leptos::prelude::*;
use leptos::task::spawn_local;
use studio_shared::session::LOGIN_PAGE;

use crate::api::Client;
use crate::prefer;
use crate::state::session::SessionState;

/// Where a page tells the login where one wanted to be.
const WANTED: &str = "studio.wanted";

/// Where one wanted to be when the login was sent for. To be asked once.
pub(super) fn wanted() -> Option<String> {
    prefer::handed_over(WANTED).filter(|place| place.starts_with('/') && !place.starts_with("//"))
}

/// Goes to the document that can log in, where this one cannot. `sent` says that it has been tried.
pub(super) fn go_where_it_can_be(client: Client, session: SessionState, sent: bool) {
    spawn_local(async move {
        // Where nobody says, the login itself will.
        let needed = client.health().await.is_ok_and(|health| health.turnstile);
        if !needed || sent {
            return;
        }
        let location = window().location();
        let part = |part: Result<String, wasm_bindgen::JsValue>| part.unwrap_or_default();
        let path = part(location.pathname());
        let here = format!("{path}{}{}", part(location.search()), part(location.hash()));
        prefer::hand_over(WANTED, if path == LOGIN_PAGE { "/" } else { &here });
        session.leave_for(LOGIN_PAGE);
    });
}

/// Goes on to a place in a document of its own.
pub(super) fn go_on(place: &str) {
    drop(window().location().replace(place));
}
