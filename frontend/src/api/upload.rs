//! `POST /api/files`: a recording on its way to the worker, with how far it is. `fetch` does not tell that.

use std::cell::RefCell;
use std::rc::Rc;

use studio_shared::file::StoredFile;
use studio_shared::route::{IDEMPOTENCY_KEY, Path};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, File, ProgressEvent, XmlHttpRequest};

use super::{Client, Failure};

type Listener<E> = Closure<dyn FnMut(E)>;

/// A recording on its way. It is given up when dropped.
pub struct Upload {
    exchange: XmlHttpRequest,
    // Held as long as the browser may call them.
    _on_progress: Listener<ProgressEvent>,
    _on_end: Listener<Event>,
}

impl Client {
    /// Uploads a file; `on_progress` hears how many bytes have gone, `on_end` what came of it, once. The model matters
    /// where results are not kept: the file then goes straight to the vendor's store, which keeps it for one model.
    ///
    /// # Errors
    /// The browser refuses to send it.
    pub fn upload(
        self,
        file: &File,
        model: &str,
        key: &str,
        on_progress: impl Fn(f64) + 'static,
        on_end: impl FnOnce(Result<StoredFile, Failure>) + 'static,
    ) -> Result<Upload, Failure> {
        let refused = |_| Failure::Unreachable;
        let exchange = XmlHttpRequest::new().map_err(refused)?;
        let name: String = form_urlencoded::byte_serialize(file.name().as_bytes()).collect();
        let address = format!("{}?name={name}&model={model}", Path::Files);
        exchange.open_with_async("POST", &address, true).map_err(refused)?;
        let language = self.language().tag();
        for (header, value) in
            [("accept", "application/json"), ("accept-language", language), (IDEMPOTENCY_KEY, key)]
        {
            exchange.set_request_header(header, value).map_err(refused)?;
        }
        let progress = Closure::new(move |event: ProgressEvent| on_progress(event.loaded()));
        let on_end = Rc::new(RefCell::new(Some(on_end)));
        let over = {
            let exchange = exchange.clone();
            Closure::new(move |_: Event| {
                let on_end = on_end.borrow_mut().take();
                if let Some(on_end) = on_end {
                    on_end(self.uploaded(&exchange));
                }
            })
        };
        if let Ok(upload) = exchange.upload() {
            upload.set_onprogress(Some(progress.as_ref().unchecked_ref()));
        }
        exchange.set_onload(Some(over.as_ref().unchecked_ref()));
        exchange.set_onerror(Some(over.as_ref().unchecked_ref()));
        exchange.send_with_opt_blob(Some(file)).map_err(refused)?;
        Ok(Upload { exchange, _on_progress: progress, _on_end: over })
    }

    fn uploaded(self, exchange: &XmlHttpRequest) -> Result<StoredFile, Failure> {
        let status = exchange.status().unwrap_or_default();
        let body = exchange.response_text().ok().flatten().unwrap_or_default();
        match status {
            0 => Err(Failure::Unreachable),
            200..300 => serde_json::from_str(&body).map_err(|_| Failure::Strange { status }),
            _ => Err(self.refused(status, &body)),
        }
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        self.exchange.set_onload(None);
        self.exchange.set_onerror(None);
        if let Ok(upload) = self.exchange.upload() {
            upload.set_onprogress(None);
        }
        // What has ended is not aborted; no harm in asking.
        drop(self.exchange.abort());
    }
}
