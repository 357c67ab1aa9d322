//! `GET /result/…?Expires=…`: the object store that holds results (dashscope-api.md §1.5, §11 item 5).

pub(crate) mod made;
pub(crate) mod path;
mod range;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::call::Call;
use crate::config::Config;
use crate::ledger;
use crate::picture::{self, Spec};
use crate::reply::Reply;
use crate::signer::Denied;
use crate::speech::http::Speech;
use crate::task::{End, LIFE_MS, Phase, Work};
use crate::video::film::Film;
use crate::world::World;

/// What a result file is made of.
#[derive(Clone, Debug)]
pub(crate) enum Thing {
    /// Drawn.
    Picture(Box<Spec>),
    /// From the fixtures.
    Film(Film),
    /// A transcript.
    Document(Value),
    /// Spoken.
    Speech(Box<Speech>),
}

/// A file's bytes and type.
pub(crate) type Made = (Vec<u8>, &'static str);

impl Thing {
    /// The file, and the SHA-256 of its bytes; of a transcript, that of the texts of its tracks, one a line.
    pub(crate) fn make_digested(self) -> Option<(Made, String)> {
        let texts = match &self {
            Self::Document(document) => Some(texts(document)),
            _ => None,
        };
        let made = self.make()?;
        let digest = ledger::digest(texts.as_ref().map_or(made.0.as_slice(), String::as_bytes));
        Some((made, digest))
    }

    /// The file; `None` when it cannot be made.
    pub(crate) fn make(self) -> Option<Made> {
        match self {
            Self::Picture(spec) => picture::png(&spec).ok().map(|png| (png, "image/png")),
            Self::Document(document) => Some((document.to_string().into_bytes(), "application/json")),
            Self::Speech(speech) => speech.make(),
            Self::Film(film) => film.mp4().map(|mp4| (mp4, "video/mp4")),
        }
    }
}

fn texts(document: &Value) -> String {
    let tracks = document.get("transcripts").and_then(Value::as_array).into_iter().flatten();
    let texts: Vec<&str> = tracks.filter_map(|track| track.get("text")?.as_str()).collect();
    texts.join("\n")
}

/// The refusal of a link that has expired.
pub(crate) fn expired(call: &Call) -> Reply {
    denied_reply(Denied::Expired { at_s: call.now.sim_ms / 1000 }, call)
}

/// What to make, or the store's refusal.
pub(crate) fn find(world: &mut World, config: &Config, call: &Call) -> Result<Thing, Reply> {
    let now_ms = call.now.sim_ms;
    config
        .signer
        .check(&call.path, &call.query, now_ms / 1000)
        .map_err(|denied| denied_reply(denied, call))?;
    world.tasks.advance(now_ms);
    let found = path::parse(&call.path).and_then(|(task_id, number, extension)| {
        if let Some(thing) = world.made.get(task_id, number) {
            return Some(thing);
        }
        let task = world.tasks.get(task_id)?;
        let made = matches!(task.phase, Phase::Ended { .. }) && task.order.end == End::Succeeded;
        let thing = match (&task.order.work, extension) {
            (Work::Image(work), "png") => Thing::Picture(Box::new(work.picture(number)?)),
            (Work::Video(work), "mp4") => Thing::Film(work.film?),
            (Work::Transcription(work), "json") => Thing::Document(work.document(number)?),
            _ => return None,
        };
        made.then_some(thing)
    });
    found.ok_or_else(|| {
        xml(
            404,
            "NoSuchKey",
            "The specified key does not exist.",
            &[("Key", call.path.trim_start_matches('/'))],
            call,
        )
    })
}

/// The signed address of something made at a time by a call that is answered at once.
pub(crate) fn address(
    config: &Config,
    call: &Call,
    id: &str,
    number: u32,
    extension: &str,
    made_ms: u64,
) -> String {
    let path = path::of(id, number, extension, made_ms);
    let query = config.signer.query(&path, made_ms.saturating_add(LIFE_MS) / 1000);
    format!("{}{path}?{query}", call.origin)
}

/// The file itself. Pictures come whole only.
pub(crate) fn file((bytes, content_type): Made, call: &Call) -> Reply {
    let digest: String = Sha256::digest(&bytes).iter().take(16).map(|byte| format!("{byte:02X}")).collect();
    let reply = Reply::new(200, content_type, bytes)
        .with("etag", format!("\"{digest}\""))
        .with("server", "AliyunOSS")
        .with("x-oss-request-id", &call.request_id);
    match content_type {
        "image/png" => reply.with("accept-ranges", "none"),
        _ => range::cut(reply, call.header("range")),
    }
}

/// A path of the store that takes no such method.
pub(crate) fn method(call: &Call) -> Reply {
    xml(405, "MethodNotAllowed", "The specified method is not allowed against this resource.", &[], call)
}

fn denied_reply(denied: Denied, call: &Call) -> Reply {
    match denied {
        Denied::BadSignature => {
            let message = "The request signature we calculated does not match the signature you provided. Check your key and signing method.";
            xml(403, "SignatureDoesNotMatch", message, &[], call)
        }
        Denied::Expired { at_s } => {
            let times = [("Expires", at_s.to_string()), ("ServerTime", (call.now.sim_ms / 1000).to_string())];
            let times = times.each_ref().map(|(name, value)| (*name, value.as_str()));
            xml(403, "AccessDenied", "Request has expired.", &times, call)
        }
    }
}

/// The store's error document.
pub(crate) fn xml(status: u16, code: &str, message: &str, more: &[(&str, &str)], call: &Call) -> Reply {
    let more: String =
        more.iter().map(|(name, value)| format!("  <{name}>{}</{name}>\n", escape(value))).collect();
    let host = call.origin.trim_start_matches("http://");
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>{code}</Code>\n  <Message>{message}</Message>\n  \
         <RequestId>{}</RequestId>\n  <HostId>{host}</HostId>\n{more}</Error>\n",
        call.request_id
    );
    Reply::new(status, "application/xml", body)
        .with("server", "AliyunOSS")
        .with("x-oss-request-id", &call.request_id)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
