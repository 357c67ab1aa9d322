//! Cloudflare's widget, as a script of its own draws it. Nothing of it is loaded unless the studio has switched it on.
//!
//! Source: Cloudflare Turnstile, "Client-side rendering" and "Widget configurations".

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Object, Reflect};
use studio_shared::session::{TURNSTILE_ACTION, TURNSTILE_META};
use studio_shared::words::Language;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event};

use crate::theme::Theme;

/// Where its script comes from; the page's policy names the host.
const SCRIPT: &str = "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit";

/// The global object that the script makes.
const GLOBAL: &str = "turnstile";

/// What the browser tells of the script.
pub(super) type Listener = Closure<dyn FnMut(Event)>;

/// What the script tells of the widget.
type Callback = Closure<dyn FnMut(JsValue) -> bool>;

/// What that means.
type Meaning = fn(JsValue) -> Heard;

/// What it tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// The script is there.
    Loaded,
    /// The script did not come.
    Blocked,
    /// A token, good for one attempt.
    Token(String),
    /// The token is too old.
    Expired,
    /// It could not find out.
    Failed,
}

/// The site key that the worker has written into this document; only the one at `/login` may load the widget.
pub(super) fn site_key() -> Option<String> {
    let document = web_sys::window()?.document()?;
    let meta = document.query_selector(&format!("meta[name={TURNSTILE_META}]")).ok()??;
    meta.get_attribute("content").filter(|key| !key.is_empty())
}

/// Loads the script, once; `hear` is told how that went. What is held has to be held until then.
pub(super) fn load(hear: impl Fn(Heard) + 'static) -> Option<Listener> {
    if api().is_some() {
        hear(Heard::Loaded);
        return None;
    }
    let document = web_sys::window()?.document()?;
    let script = document.create_element("script").ok()?;
    let on_end = Listener::new(move |event: Event| {
        hear(if event.type_() == "load" && api().is_some() { Heard::Loaded } else { Heard::Blocked });
    });
    for name in ["load", "error"] {
        script.add_event_listener_with_callback(name, on_end.as_ref().unchecked_ref()).ok()?;
    }
    script.set_attribute("src", SCRIPT).ok()?;
    document.head()?.append_child(&script).ok()?;
    Some(on_end)
}

/// The widget in its place; it goes when this is dropped.
pub(super) struct Widget {
    id: JsValue,
    // Held as long as the script may call them.
    _callbacks: Vec<Callback>,
    is_there: Rc<Cell<bool>>,
}

impl Widget {
    /// Draws it in a place.
    pub(super) fn draw(
        place: &Element,
        site_key: &str,
        language: Language,
        theme: Theme,
        hear: impl Fn(Heard) + Clone + 'static,
    ) -> Option<Self> {
        let is_there = Rc::new(Cell::new(true));
        let options = Object::new();
        let set = |name: &str, value: &JsValue| Reflect::set(&options, &name.into(), value).is_ok();
        set("sitekey", &site_key.into());
        set("action", &TURNSTILE_ACTION.into());
        set("size", &"flexible".into());
        set(
            "language",
            &match language {
                Language::Zh => "zh-cn",
                Language::En => "en",
            }
            .into(),
        );
        set(
            "theme",
            &match theme {
                Theme::System => "auto",
                other => other.as_str(),
            }
            .into(),
        );
        let told: [(&str, Meaning); 4] = [
            ("callback", |token| token.as_string().map_or(Heard::Failed, Heard::Token)),
            ("expired-callback", |_| Heard::Expired),
            ("timeout-callback", |_| Heard::Expired),
            ("error-callback", |_| Heard::Failed),
        ];
        let callbacks = told.map(|(name, what)| {
            let (hear, is_there) = (hear.clone(), is_there.clone());
            let callback = Callback::new(move |given| {
                if is_there.get() {
                    hear(what(given));
                }
                true // an error that was heard need not be written into the console as well
            });
            set(name, callback.as_ref());
            callback
        });
        let id = call("render", &[place.into(), options.clone().into()])?;
        Some(Self { id, _callbacks: callbacks.into(), is_there })
    }

    /// Asks for another token.
    pub(super) fn again(&self) {
        call("reset", std::slice::from_ref(&self.id));
    }
}

impl Drop for Widget {
    fn drop(&mut self) {
        self.is_there.set(false);
        call("remove", std::slice::from_ref(&self.id));
    }
}

fn api() -> Option<Object> {
    Reflect::get(web_sys::window()?.as_ref(), &GLOBAL.into()).ok()?.dyn_into().ok()
}

fn call(name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let api = api()?;
    let function: Function = Reflect::get(&api, &name.into()).ok()?.dyn_into().ok()?;
    function.apply(&api, &arguments.iter().collect()).ok()
}
