//! One connection of the live socket: closed, and its listeners let go, when dropped.

use leptos::leptos_dom::helpers::location;
use studio_shared::route::Path;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{CloseEvent, Event, MessageEvent, WebSocket};

/// What a connection tells.
pub(super) enum Heard {
    /// It is open.
    Opened,
    /// A text frame has come.
    Text(String),
    /// It is closed, with this code, or never opened.
    Closed(u16),
}

/// One connection.
pub(super) struct Wire {
    socket: WebSocket,
    // Held as long as the socket may call them.
    _on_change: Closure<dyn FnMut(Event)>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl Wire {
    /// Connects; `None` where the browser refuses to try.
    pub(super) fn open(hear: impl Fn(Heard) + Copy + 'static) -> Option<Self> {
        let socket = WebSocket::new(&address()?).ok()?;
        let on_change = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            hear(match event.dyn_ref::<CloseEvent>() {
                Some(close) => Heard::Closed(close.code()),
                None => Heard::Opened,
            });
        });
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                hear(Heard::Text(text));
            }
        });
        socket.set_onopen(Some(on_change.as_ref().unchecked_ref()));
        socket.set_onclose(Some(on_change.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Some(Self { socket, _on_change: on_change, _on_message: on_message })
    }

    /// Sends a text frame, where the connection is open.
    pub(super) fn send(&self, text: &str) {
        if self.socket.ready_state() == WebSocket::OPEN {
            // A connection that closes in this moment says so by itself.
            drop(self.socket.send_with_str(text));
        }
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onclose(None);
        self.socket.set_onmessage(None);
        // Closing what is closed already is no error worth telling.
        drop(self.socket.close());
    }
}

fn address() -> Option<String> {
    let location = location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    Some(format!("{scheme}://{}{}", location.host().ok()?, Path::Live))
}
