//! The sockets of a member's open pages. They hibernate: an idle page keeps no object in memory.

use studio_shared::event::LiveEvent;
use worker::{Response, Result, State, WebSocketPair, WebSocketRequestResponsePair};

/// Opens a socket.
pub(super) fn connect(state: &State) -> Result<Response> {
    let pair = WebSocketPair::new()?;
    state.set_websocket_auto_response(&WebSocketRequestResponsePair::new("ping", "pong")?);
    state.accept_web_socket(&pair.server);
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
