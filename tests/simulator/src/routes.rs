//! The route table. It decides nothing: methods and keys are the exchange's.
//!
//! | path | endpoint |
//! |---|---|
//! | `/api/v1/services/aigc/text2image/image-synthesis` | `image.create` |
//! | `/api/v1/services/aigc/multimodal-generation/generation` | `image.message.create` |
//! | `/api/v1/services/aigc/image-generation/generation` | `image.message.create` |
//! | `/api/v1/services/aigc/text-generation/generation` | `text.generate` |
//! | `/api/v1/services/aigc/video-generation/video-synthesis` | `video.create` |
//! | `/api/v1/services/audio/asr/transcription` | `asr.create` |
//! | `/api-ws/v1/inference` | `speech.socket` |
//! | `/api/v1/services/audio/tts/SpeechSynthesizer` | `tts.http`; so are Qwen-TTS's calls of `multimodal-generation` |
//! | `/compatible-mode/v1/chat/completions` | `chat.completions` |
//! | `/api/v1/uploads` | `upload.policy` |
//! | `/`, on the store's port | `upload.store` |
//! | `/api/v1/tasks/{task_id}` | `task.get` |
//! | `/api/v1/tasks/` | `task.list` |
//! | `/api/v1/tasks/{task_id}/cancel` | `task.cancel` |
//! | `/result/…` | `result.get` |
//! | `/turnstile/v0/siteverify`, `/cdn-cgi/access/certs` | Cloudflare's, see [`crate::cloudflare`] |
//! | `/_simulator/…` | [`crate::control`] |
//! | anything else | `unknown` |

use axum::Router;
use axum::extract::{DefaultBodyLimit, Extension, Path, Request, State};
use axum::response::Response;
use axum::routing::{MethodRouter, any, get, post};
use std::collections::HashMap;
use std::sync::Arc;

use crate::cloudflare;
use crate::control;
use crate::endpoint::Endpoint;
use crate::exchange::{App, exchange};
use crate::image::message;
use crate::speech::http;
use crate::torn::Cut;

pub(crate) fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/api/v1/services/aigc/text2image/image-synthesis", to(Endpoint::ImageCreate))
        .route("/api/v1/services/aigc/multimodal-generation/generation", to(Endpoint::ImageMessageCreate))
        .route(message::TASK_PATH, to(Endpoint::ImageMessageCreate))
        .route("/api/v1/services/aigc/text-generation/generation", to(Endpoint::TextGenerate))
        .route("/api/v1/services/aigc/video-generation/video-synthesis", to(Endpoint::VideoCreate))
        .route("/api/v1/services/audio/asr/transcription", to(Endpoint::AsrCreate))
        .route("/api-ws/v1/inference", to(Endpoint::SpeechSocket))
        .route("/api-ws/v1/inference/", to(Endpoint::SpeechSocket))
        .route(http::PATH, to(Endpoint::TtsHttp))
        .route("/compatible-mode/v1/chat/completions", to(Endpoint::ChatCompletions))
        .route("/api/v1/uploads", to(Endpoint::UploadPolicy))
        .route("/api/v1/uploads/", to(Endpoint::UploadPolicy))
        .route("/api/v1/tasks/{task_id}", to(Endpoint::TaskGet))
        .route("/api/v1/tasks/", to(Endpoint::TaskList))
        .route("/api/v1/tasks", to(Endpoint::TaskList))
        .route("/api/v1/tasks/{task_id}/cancel", to(Endpoint::TaskCancel))
        .route("/result/{*path}", to(Endpoint::ResultGet))
        .route("/turnstile/v0/siteverify", post(cloudflare::turnstile::siteverify))
        .route("/cdn-cgi/access/certs", get(cloudflare::access::certs))
        .nest("/_simulator", control::router())
        .fallback_service(to(Endpoint::Unknown).with_state(app.clone()))
        .with_state(app)
}

/// The object store, which has a port of its own.
pub(crate) fn store(app: Arc<App>) -> Router {
    let store = to(Endpoint::UploadStore).layer(DefaultBodyLimit::disable());
    Router::new().fallback_service(store.with_state(app))
}

type Parts = Path<HashMap<String, String>>;

fn to(endpoint: Endpoint) -> MethodRouter<Arc<App>> {
    any(
        async move |State(app): State<Arc<App>>,
                    Extension(cut): Extension<Cut>,
                    parts: Option<Parts>,
                    request: Request|
                    -> Response {
            let task_id = parts.and_then(|Path(mut parts)| parts.remove("task_id"));
            exchange(app, cut, endpoint, task_id, request).await
        },
    )
}
