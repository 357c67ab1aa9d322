//! Start-up: from the readable shell in `index.html` to the mounted page.
//!
//! `boot/boot.js` has run before: it has set language and theme on `<html>`, and it is what speaks when this
//! program cannot start or has panicked, since nothing in WebAssembly runs after that.

use leptos::mount::mount_to_body;
use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, CustomEventInit};

use crate::app::App;

/// What `boot/boot.js` listens for; its `detail` is the panic's text.
const PANIC_EVENT: &str = "studio:panic";

/// Mounts the page and marks it ready: `<html data-ready="true">`.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        report_panic(&panic.to_string());
    }));
    mount_to_body(App);
    finish();
}

/// Takes the shell away and says that the page may be used. The shell stays until here, so that nothing jumps.
fn finish() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    if let Some(shell) = document.get_element_by_id("boot") {
        shell.remove();
    }
    if let Some(root) = document.document_element() {
        let _ = root.set_attribute("data-ready", "true");
    }
}

fn report_panic(text: &str) {
    let Some(window) = web_sys::window() else { return };
    let init = CustomEventInit::new();
    init.set_detail(&text.into());
    if let Ok(event) = CustomEvent::new_with_event_init_dict(PANIC_EVENT, &init) {
        let _ = window.dispatch_event(event.unchecked_ref());
    }
}
