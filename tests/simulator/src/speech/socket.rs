//! `GET /api-ws/v1/inference`: the duplex socket (dashscope-api.md §5.1, §5.2).

use axum::extract::FromRequestParts;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use serde_json::{Value, json};
use std::ops::ControlFlow::{self, Break, Continue};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{sleep, timeout};

use super::message::{self, Failure, Order};
use super::performance::Piece;
use super::session::{self, Task};
use crate::call::Call;
use crate::catalogue;
use crate::endpoint::Endpoint;
use crate::exchange::App;
use crate::fault::{Fault, Seen, StatusFault};
use crate::figures::Creation;
use crate::gate;
use crate::ledger::digest_of_sound;
use crate::refusal::{Refusal, known};
use crate::reply::Reply;
use crate::stream::body::Watch;
use crate::stream::trouble::Trouble;

/// The handshake, as far as it decides: 101, or a refusal before any frame.
pub(crate) fn handshake(app: &App, call: &Call) -> Result<Reply, Refusal> {
    gate::check_key(call.header("authorization"), &app.config.api_key)?;
    let upgrades = call.header("upgrade").is_some_and(|value| value.eq_ignore_ascii_case("websocket"));
    if upgrades { Ok(Reply::new(101, "", "")) } else { Err(known::BAD_BODY) }
}

/// Takes the connection over.
pub(crate) async fn upgrade(app: Arc<App>, call: &Call, trouble: Trouble) -> Option<Response> {
    let (mut parts, _) = call.unread()?.into_parts();
    let upgrade = WebSocketUpgrade::from_request_parts(&mut parts, &()).await.ok()?;
    let headers = call.shown_headers();
    Some(upgrade.on_upgrade(move |socket| async move {
        let mut conversation =
            Conversation { app, socket, trouble, headers, last: String::new(), told: 0, sound: Vec::new() };
        // Broken off: the socket is dropped without a word.
        while conversation.turn().await.is_continue() {}
    }))
}

/// One socket, with one task after the other.
struct Conversation {
    app: Arc<App>,
    socket: WebSocket,
    /// Planted at the handshake.
    trouble: Trouble,
    headers: std::collections::BTreeMap<String, String>,
    /// The last task's id.
    last: String,
    /// Characters that were said to be spoken of it: what is billed.
    told: usize,
    /// All that was heard of it.
    sound: Vec<u8>,
}

impl Conversation {
    /// One task from its first frame to its last.
    async fn turn(&mut self) -> ControlFlow<()> {
        let (order, text) = self.hear().await?;
        let (mut task, fault) = match self.begin(&order, &text) {
            Ok(begun) => begun,
            Err(failure) => return self.fail(&failure).await,
        };
        let trouble = std::mem::take(&mut task.triggers.trouble).and(self.trouble.clone());
        task.triggers.trouble = trouble;
        match fault {
            None => {}
            Some(Fault::Stream { stream }) => {
                task.triggers.trouble = std::mem::take(&mut task.triggers.trouble).and(stream);
            }
            Some(Fault::Status(StatusFault { code, message, .. })) => {
                let text = catalogue::named(&code).map_or("", |fact| fact.message);
                return self.fail(&(code, message.unwrap_or_else(|| text.to_owned()))).await;
            }
            Some(Fault::Hang { .. }) => return std::future::pending().await,
            Some(Fault::Delay { delay_ms }) => sleep(Duration::from_millis(delay_ms)).await,
            Some(_) => return Break(()),
        }
        (self.told, self.sound) = (0, Vec::new());
        let ended = self.play(&mut task).await;
        let ledger = &mut self.app.world().ledger;
        ledger.bill(&task.id, json!({ "characters": self.told }));
        if ended.is_continue() {
            ledger.made(&task.id, 1, digest_of_sound(std::mem::take(&mut self.sound)));
        }
        ended
    }

    /// All of a task that has begun.
    async fn play(&mut self, task: &mut Task) -> ControlFlow<()> {
        let mut watch = Watch::begin(self.app.clone(), Endpoint::SpeechSocket, None);
        self.pause(task.triggers.run_ms.unwrap_or(0)).await;
        self.say(&message::started(&task.id)).await?;
        if let Some(fact) = &task.triggers.fail {
            return self.fail(&(fact.code.to_owned(), fact.message.to_owned())).await;
        }
        let mut sent = 0;
        loop {
            self.perform(task, &mut sent).await?;
            if !task.duplex {
                break;
            }
            let (order, _) = self.hear().await?;
            match task.go_on(&order) {
                Ok(true) => break,
                Ok(false) => {}
                Err(failure) => return self.fail(&failure).await,
            }
        }
        task.performance.finish();
        self.perform(task, &mut sent).await?;
        self.told = task.performance.characters();
        self.say(&message::finished(&task.id, self.told)).await?;
        watch.finish();
        Continue(())
    }

    /// A `run-task` that is accepted is a creation; what was planted for its text strikes here.
    fn begin(&mut self, order: &Order, text: &str) -> Result<(Task, Option<Fault>), Failure> {
        let task = session::begin(order)?;
        if let Some(refusal) = task.triggers.refuse.clone() {
            return Err(session::worded(refusal));
        }
        let now = self.app.now();
        let body: Value = serde_json::from_str(text).unwrap_or_default();
        let world = &mut *self.app.world();
        world.figures.arrived_model(&task.model, now.real_ms);
        world.ledger.arrived(Endpoint::SpeechSocket, Some(&task.model), now.real_ms);
        if !world.settings.admit(&mut world.limiter, Endpoint::SpeechSocket, Some(&task.model), now) {
            return Err(session::worded(known::TOO_FAST));
        }
        let prompt = body.pointer("/payload/input/text").and_then(Value::as_str);
        let fault = world.faults.strike_said(Seen {
            endpoint: Endpoint::SpeechSocket,
            prompt,
            task_id: Some(&task.id),
        });
        world.figures.created(Creation {
            endpoint: Endpoint::SpeechSocket,
            task_id: task.id.clone(),
            model: task.model.clone(),
            at_ms: now.real_ms,
            headers: self.headers.clone(),
            body,
        });
        Ok((task, fault))
    }

    /// Everything that can be said so far. `sent` counts frames of audio.
    async fn perform(&mut self, task: &mut Task, sent: &mut usize) -> ControlFlow<()> {
        while let Some(piece) = task.performance.next() {
            match piece {
                Piece::Sentence(told, characters) => {
                    self.told = characters;
                    self.say(&message::generated(&task.id, &told, characters)).await?;
                }
                Piece::Audio(bytes) => {
                    self.suffer(&task.triggers.trouble, *sent).await?;
                    *sent += 1;
                    self.sound.extend_from_slice(&bytes);
                    self.send(Message::Binary(bytes.into())).await?;
                    match task.triggers.trouble.slow_ms {
                        Some(slow_ms) => sleep(Duration::from_millis(slow_ms)).await,
                        None => {
                            let frame_ms = self.app.world().settings.frame_ms;
                            self.pause(frame_ms).await;
                        }
                    }
                }
            }
        }
        Continue(())
    }

    /// What goes wrong after so many frames of audio.
    async fn suffer(&mut self, trouble: &Trouble, sent: usize) -> ControlFlow<()> {
        if trouble.stall_after.is_some_and(|after| sent >= after) {
            return std::future::pending().await;
        }
        if trouble.cut_after.is_some_and(|after| sent >= after) {
            return Break(());
        }
        if trouble.error_after.is_some_and(|after| sent >= after) {
            let code = trouble.code.as_deref().unwrap_or("InternalError");
            let message = catalogue::named(code).map_or(("", ""), |fact| (fact.code, fact.message));
            return self.fail(&(message.0.to_owned(), message.1.to_owned())).await;
        }
        Continue(())
    }

    /// The next frame of text, within the idle time.
    async fn hear(&mut self) -> ControlFlow<(), (Order, String)> {
        loop {
            let idle_ms = self.app.world().settings.idle_ms; // "send something within about 23 s" (§5.2)
            let idle = Duration::from_millis(self.app.config.clock.real_ms(idle_ms).max(1));
            let Ok(heard) = timeout(idle, self.socket.recv()).await else {
                let failure = ("CLIENT_ERROR".to_owned(), "request timeout after 23 seconds.".to_owned());
                self.fail(&failure).await?;
                return Break(());
            };
            let Some(Ok(Message::Text(text))) = heard else {
                match heard {
                    // Binary frames, pings and pongs ask for nothing.
                    Some(Ok(Message::Binary(_) | Message::Ping(_) | Message::Pong(_))) => continue,
                    _ => return Break(()),
                }
            };
            match Order::read(&text) {
                Ok(order) => {
                    self.last.clone_from(&order.task_id);
                    return Continue((order, text.to_string()));
                }
                Err((task_id, failure)) => {
                    self.last = task_id;
                    self.fail(&failure).await?;
                }
            }
        }
    }

    /// "The server then closes the socket."
    async fn fail(&mut self, failure: &Failure) -> ControlFlow<()> {
        let last = self.last.clone();
        self.say(&message::failed(&last, failure)).await?;
        self.send(Message::Close(None)).await?;
        Break(())
    }

    async fn say(&mut self, frame: &Value) -> ControlFlow<()> {
        self.send(Message::Text(frame.to_string().into())).await
    }

    async fn send(&mut self, message: Message) -> ControlFlow<()> {
        match self.socket.send(message).await {
            Ok(()) => Continue(()),
            Err(_) => Break(()),
        }
    }

    /// Simulated milliseconds.
    async fn pause(&mut self, simulated_ms: u64) {
        let real_ms = self.app.config.clock.real_ms(simulated_ms);
        if real_ms > 0 {
            sleep(Duration::from_millis(real_ms)).await;
        }
    }
}
