//! The sockets of a member's open pages. They hibernate: an idle page keeps no object in memory.

use studio_shared::event::{LOGGED_OUT, LiveEvent};
use worker::{Response, Result, State, WebSocketPair, WebSocketRequestResponsePair};

use crate::access::Pass;

/// The header that tells the object, as JSON, what the page's caller came with.
pub(crate) const PASS: &str = "x-pass";

/// Opens a socket for who came with this; it is held to that as long as it is open.
pub(super) fn connect(state: &State, pass: &Pass) -> Result<Response> {
    let pair = WebSocketPair::new()?;
    state.set_websocket_auto_response(&WebSocketRequestResponsePair::new("ping", "pong")?);
    state.accept_web_socket(&pair.server);
    pair.server.serialize_attachment(serde_json::to_string(pass)?)?;
    Response::from_websocket(pair.client)
}

/// Whether any page is open.
pub(super) fn is_heard(state: &State) -> bool {
    !state.get_websockets().is_empty()
}

/// Tells all open pages.
pub(super) fn push(state: &State, event: &LiveEvent) -> Result<()> {
    let text = serde_json::to_string(event)?;
    for socket in state.get_websockets() {
        let _ = socket.send_with_str(&text); // a page that has just gone away reads the list when it comes back
    }
    Ok(())
}

/// Closes the sockets of those who are out; a socket that does not say whose it is is closed too.
pub(super) fn close(state: &State, is_out: impl Fn(&Pass) -> bool) {
    for socket in state.get_websockets() {
        let text = socket.deserialize_attachment::<String>().ok().flatten();
        let pass = text.and_then(|text| serde_json::from_str::<Pass>(&text).ok());
        if pass.is_none_or(|pass| is_out(&pass)) {
            // It may be closed already.
            let _ = socket.send(&LiveEvent::LoggedOut);
            let _ = socket.close(Some(LOGGED_OUT), Some("logged out"));
        }
    }
}

/// Has all open pages connect again and read everything anew.
pub(super) fn reload(state: &State) {
    for socket in state.get_websockets() {
        let _ = socket.close(Some(1000), Some("everything was deleted"));
    }
}
