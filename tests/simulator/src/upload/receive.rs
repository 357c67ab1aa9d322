//! `POST {upload_host}/`: the object store, on a port of its own, without a key (dashscope-api.md §7 step 2).

use axum::RequestExt;
use axum::extract::{Multipart, Request};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::form::{self, Objection};
use super::store::Intake;
use crate::call::Call;
use crate::exchange::App;
use crate::reply::Reply;
use crate::result::xml;

/// Longest of the form's fields.
const FIELD: usize = 64 * 1024;

/// Takes a file in, as it comes, or refuses it.
pub(crate) async fn receive(app: &Arc<App>, call: &Call) -> Reply {
    let taken = match (call.method.as_str(), call.unread()) {
        ("POST", Some(request)) => take(app, call, request).await,
        _ => Err((
            405,
            "MethodNotAllowed",
            "The specified method is not allowed against this resource.".to_owned(),
        )),
    };
    match taken {
        Ok(status) => Reply::new(status, "text/plain", "")
            .with("server", "AliyunOSS")
            .with("x-oss-request-id", &call.request_id),
        Err((status, code, message)) => xml(status, code, &message, &[], call),
    }
}

async fn take(app: &Arc<App>, call: &Call, request: Request) -> Result<u16, Objection> {
    let Ok(mut parts) = request.extract::<Multipart, _>().await else { return Err(malformed()) };
    let mut fields = BTreeMap::new();
    loop {
        let Ok(Some(mut part)) = parts.next_field().await else { return Err(malformed()) };
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            let allowed = form::check(&fields, &app.config.signer, app.now().sim_ms)?;
            let exists = || app.world().store.has(&allowed.key, call.now.sim_ms);
            if allowed.forbid_overwrite && exists() {
                let message = "The object you specified already exists and can not be overwritten.";
                return Err((409, "FileAlreadyExists", message.to_owned()));
            }
            let mut intake = Intake::default();
            loop {
                match part.chunk().await {
                    Ok(Some(chunk)) => {
                        if intake.take(&chunk) > allowed.most_bytes {
                            let message = "Your proposed upload exceeds the maximum allowed size";
                            return Err((400, "EntityTooLarge", message.to_owned()));
                        }
                    }
                    Ok(None) => break,
                    Err(_) => return Err(malformed()),
                }
            }
            drop(part);
            // The file must be last; and a form that breaks off has not arrived.
            return match parts.next_field().await {
                Ok(None) => {
                    app.world().store.keep(allowed.key, intake, call.now.sim_ms);
                    Ok(if allowed.ok { 200 } else { 204 })
                }
                Ok(Some(_)) | Err(_) => Err(malformed()),
            };
        }
        let mut value = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(|_| malformed())? {
            value.extend_from_slice(&chunk);
            if value.len() > FIELD {
                return Err((400, "FieldItemTooLong", format!("The form field {name} is too long.")));
            }
        }
        fields.insert(name, String::from_utf8_lossy(&value).into_owned());
    }
}

fn malformed() -> Objection {
    let message = "The body of your POST request is not well-formed multipart/form-data.";
    (400, "MalformedPOSTRequest", message.to_owned())
}
