//! One exchange from request to answer: figures, planted faults, the endpoint, headers. The shell around
//! everything that decides.

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use serde_json::Value;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::call::Call;
use crate::catalogue;
use crate::clock::Now;
use crate::config::Config;
use crate::endpoint::Endpoint;
use crate::fault::{Fault, Hang, HtmlFault, NotJsonFault, Point, Seen, StatusFault};
use crate::figures::Creation;
use crate::refusal::{Refusal, known};
use crate::reply::Reply;
use crate::speech::{http, socket};
use crate::stream::Plan;
use crate::stream::body::{StreamBody, Watch};
use crate::stream::trouble::Trouble;
use crate::task::Task;
use crate::torn::{Cut, TornBody};
use crate::upload::{policy, receive};
use crate::world::World;
use crate::{chat, gate, image, result, task, text, transcription, video};

/// What all requests share.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) config: Config,
    world: Mutex<World>,
}

impl App {
    pub(crate) fn new(config: Config) -> Self {
        Self { config, world: Mutex::default() }
    }

    /// The state. A test that died while it held the lock leaves it usable.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn now(&self) -> Now {
        let advanced_ms = self.world().advanced_ms;
        self.config.clock.now(advanced_ms)
    }
}

/// Answers one request to the service.
pub(crate) async fn exchange(
    app: Arc<App>,
    cut: Cut,
    endpoint: Endpoint,
    task_id: Option<String>,
    request: Request,
) -> Response {
    let call = Call::read(&app.config, endpoint, task_id, request, || app.now()).await;
    let endpoint = call.endpoint;
    let fault = {
        let World { figures, ledger, faults, sky, tasks, .. } = &mut *app.world();
        let created = Some(()).filter(|()| endpoint.creates()).and_then(|()| call.model());
        figures.arrived(endpoint, created, call.now.real_ms);
        ledger.arrived(endpoint, created, call.now.real_ms);
        let seen = call.seen();
        // A poll and a result have the prompt of their task, so that a fault can be planted before it exists.
        let task = seen.task_id.and_then(|task_id| tasks.get(task_id));
        let planted = faults.strike(Seen { prompt: seen.prompt.or_else(|| task.map(Task::prompt)), ..seen });
        planted.or_else(|| sky.strike(endpoint))
    };
    let (mut reply, end) = run(&app, &call, fault).await;
    let plan = reply.stream.take();
    let breaks = plan.as_deref().and_then(Plan::outcome);
    let outcome = match end {
        Ending::Whole => breaks.map_or_else(|| reply.status.to_string(), str::to_owned),
        Ending::Torn(_) | Ending::Cut => "cut".to_owned(),
        Ending::Silence => "hang".to_owned(),
    };
    app.world().figures.answered(endpoint, &outcome);
    if app.config.verbose {
        eprintln!("{} {} {outcome}", call.method, call.path);
    }
    if reply.status == 101 && matches!(end, Ending::Whole) {
        let upgraded = socket::upgrade(app, &call, reply.trouble).await;
        return upgraded.unwrap_or_else(|| gateway_page(400).respond(Body::empty()));
    }
    match end {
        Ending::Whole => match plan {
            Some(plan) => {
                let created = reply.created.take().map(|created| created.task_id);
                let body = StreamBody::new(*plan, cut, Watch::begin(app, endpoint, created));
                reply.respond_streaming(Body::new(body))
            }
            None => {
                let body = Body::from(reply.body.clone());
                reply.respond(body)
            }
        },
        Ending::Torn(bytes) => {
            let first = reply.body.slice(..bytes.min(reply.body.len()));
            reply.respond(Body::new(TornBody::new(first, cut)))
        }
        Ending::Cut => {
            cut.now();
            std::future::pending().await
        }
        Ending::Silence => std::future::pending().await,
    }
}

/// How much of the answer the caller gets.
enum Ending {
    Whole,
    /// So many bytes of its body.
    Torn(usize),
    /// Nothing: the connection is closed.
    Cut,
    /// Nothing: it stays open.
    Silence,
}

async fn run(app: &Arc<App>, call: &Call, fault: Option<Fault>) -> (Reply, Ending) {
    let Some(fault) = fault else { return (process(app, call).await, Ending::Whole) };
    match fault {
        Fault::Status(StatusFault { status, code, message, retry_after, retry_after_ms, processed }) => {
            if processed {
                process(app, call).await;
            }
            let text = catalogue::find(&code, 1).map_or("", |fact| fact.message);
            let message = message.unwrap_or_else(|| text.to_owned()).into();
            let refusal = Refusal { status, code: code.into(), message, retry_after_s: retry_after };
            let reply = call.refused(&refusal);
            let reply = match retry_after_ms {
                Some(retry_after_ms) => reply.with("retry-after-ms", retry_after_ms),
                None => reply,
            };
            (gateway(app, call, reply), Ending::Whole)
        }
        Fault::Html(HtmlFault { html, processed }) => {
            if processed {
                process(app, call).await;
            }
            (gateway_page(html), Ending::Whole)
        }
        Fault::NotJson(NotJsonFault { processed, .. }) => {
            if processed {
                process(app, call).await;
            }
            let reply = Reply::new(
                200,
                "application/json",
                "upstream connect error or disconnect/reset before headers",
            );
            (gateway(app, call, reply), Ending::Whole)
        }
        Fault::Stream { stream } => (process(app, call).await.suffering(|_| stream), Ending::Whole),
        Fault::HalfBody { .. } => {
            let reply = process(app, call).await;
            if reply.goes_on() {
                let half = |frames: usize| Trouble { cut_after: Some(frames / 2), ..Trouble::default() };
                return (reply.suffering(half), Ending::Whole);
            }
            let half = reply.body.len() / 2;
            (reply, Ending::Torn(half))
        }
        Fault::Cut { cut: Point::Before } => (nothing(), Ending::Cut),
        Fault::Cut { cut: Point::After } => (process(app, call).await, Ending::Cut),
        Fault::Cut { cut: Point::Inside } => {
            let reply = process(app, call).await;
            if reply.goes_on() {
                let inside = |_| Trouble { cut_after: Some(0), ..Trouble::default() };
                return (reply.suffering(inside), Ending::Whole);
            }
            (reply, Ending::Torn(1))
        }
        Fault::Expired { .. } => (gateway(app, call, result::expired(call)), Ending::Whole),
        Fault::Redirect { redirect } => {
            (Reply::new(302, "text/html", "").with("location", redirect), Ending::Whole)
        }
        Fault::Elsewhere { elsewhere } => {
            let mut reply = process(app, call).await;
            if let Ok(mut body) = serde_json::from_slice::<Value>(&reply.body) {
                lead_elsewhere(&mut body, &format!("{}/result/", call.origin), &elsewhere);
                reply.body = body.to_string().into();
            }
            (reply, Ending::Whole)
        }
        Fault::Delay { delay_ms } => {
            tokio::time::sleep(Duration::from_millis(delay_ms)).await;
            (process(app, call).await, Ending::Whole)
        }
        Fault::Hang { hang: Hang::Unprocessed(_) } => (nothing(), Ending::Silence),
        Fault::Hang { hang: Hang::Processed(_) } => (process(app, call).await, Ending::Silence),
    }
}

/// The endpoint's own answer; an accepted creation is entered in the figures in the same step.
async fn process(app: &Arc<App>, call: &Call) -> Reply {
    if call.endpoint == Endpoint::ResultGet {
        return result_file(app, call).await;
    }
    if call.endpoint == Endpoint::UploadStore {
        return receive::receive(app, call).await;
    }
    if call.endpoint == Endpoint::SpeechSocket {
        let answer = socket::handshake(app, call);
        let reply = answer.unwrap_or_else(|refusal| call.refused(&refusal));
        return gateway(app, call, reply);
    }
    let reply = {
        let world = &mut *app.world();
        let answer = answer(world, &app.config, call);
        let reply = answer.unwrap_or_else(|refusal| call.refused(&refusal));
        if let Some(created) = &reply.created {
            // A task has no `usage` yet, and a stream's is told when it ends.
            let told: Option<Value> = serde_json::from_slice(&reply.body).ok();
            if let Some(usage) = told.and_then(|mut body| Some(body.get_mut("usage")?.take())) {
                world.ledger.bill(&created.task_id, usage);
            }
            world.figures.created(Creation {
                endpoint: call.endpoint,
                task_id: created.task_id.clone(),
                model: created.model.clone(),
                at_ms: call.now.real_ms,
                headers: call.shown_headers(),
                body: call.json().clone(),
            });
        }
        reply
    };
    if reply.wait_ms > 0 {
        tokio::time::sleep(Duration::from_millis(app.config.clock.real_ms(reply.wait_ms))).await;
    }
    gateway(app, call, reply)
}

fn answer(world: &mut World, config: &Config, call: &Call) -> Result<Reply, Refusal> {
    if call.endpoint != Endpoint::Unknown && !call.endpoint.methods().contains(&call.method.as_str()) {
        return Err(Refusal::method(&call.method));
    }
    match call.endpoint {
        Endpoint::ImageCreate => image::create::handle(world, config, call),
        Endpoint::ImageMessageCreate => image::message::handle(world, config, call),
        Endpoint::TtsHttp => http::handle(world, config, call),
        Endpoint::ChatCompletions => chat::create::handle(world, config, call),
        Endpoint::TextGenerate => text::create::handle(world, config, call),
        Endpoint::VideoCreate => video::create::handle(world, config, call),
        Endpoint::AsrCreate => transcription::create::handle(world, config, call),
        Endpoint::UploadPolicy => policy::handle(world, config, call),
        Endpoint::TaskGet => task::get::handle(world, config, call),
        Endpoint::TaskList => task::list::handle(world, config, call),
        Endpoint::TaskCancel => task::cancel::handle(world, config, call),
        // The seed document's path for videos: the live answer is not established (§12 item 1).
        Endpoint::Unknown if call.path == "/api/v1/services/aigc/video-generation/generation" => {
            gate::check_key(call.header("authorization"), &config.api_key)?;
            Err(known::WRONG_PATH)
        }
        Endpoint::ResultGet | Endpoint::UploadStore | Endpoint::SpeechSocket | Endpoint::Unknown => {
            Err(known::NO_PATH)
        }
    }
}

async fn result_file(app: &Arc<App>, call: &Call) -> Reply {
    if !call.endpoint.methods().contains(&call.method.as_str()) {
        return result::method(call);
    }
    let found = result::find(&mut app.world(), &app.config, call);
    let thing = match found {
        Ok(thing) => thing,
        Err(reply) => return reply,
    };
    let made = tokio::task::spawn_blocking(move || thing.make_digested()).await;
    match made {
        Ok(Some((file, digest))) => {
            if let Some((id, number, _)) = result::path::parse(&call.path) {
                app.world().ledger.made(id, number, digest);
            }
            result::file(file, call)
        }
        Ok(None) | Err(_) => gateway_page(500),
    }
}

fn gateway(app: &App, call: &Call, reply: Reply) -> Reply {
    let now_ms = app.config.clock.now(0).real_ms;
    reply.through_gateway(&call.request_id, call.now.real_ms, now_ms)
}

/// Puts another address in the place of each that begins so.
fn lead_elsewhere(value: &mut Value, beginning: &str, elsewhere: &str) {
    match value {
        Value::String(text) if text.starts_with(beginning) => *text = elsewhere.to_owned(),
        Value::Array(items) => items.iter_mut().for_each(|item| lead_elsewhere(item, beginning, elsewhere)),
        Value::Object(fields) => {
            fields.values_mut().for_each(|field| lead_elsewhere(field, beginning, elsewhere));
        }
        _ => {}
    }
}

/// What a proxy in between answers (dashscope-api.md §11 item 4).
fn gateway_page(status: u16) -> Reply {
    let page = format!(
        "<html>\r\n<head><title>{status}</title></head>\r\n<body>\r\n<center><h1>{status}</h1></center>\r\n\
         <hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    );
    Reply::new(status, "text/html", page).with("server", "nginx")
}

fn nothing() -> Reply {
    Reply::new(200, "text/plain", "")
}
