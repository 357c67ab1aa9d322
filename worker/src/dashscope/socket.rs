//! The speech socket itself: a handshake with the key, one task, its frames handed to [`super::speech`].

use std::pin::pin;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::{Either, select};
use studio_shared::error::code;
use studio_shared::live::SpeechCall;
use studio_shared::transcript::Word;
use web_sys::BinaryType;
use worker::ws_events::MessageEvent;
use worker::{Delay, Method, Request, RequestInit, RequestRedirect, Result, WebSocket, WebsocketEvent};

use super::client::{Answer, Client, Create, classify, send};
use super::creation::ANSWER;
use super::fault::Fault;
use super::speech::{self, Conversation, Heard, SILENCE_MS, Spoke, Step};

/// Who is told of a synthesis while it goes on.
pub(crate) trait Audience {
    /// The vendor has begun.
    fn started(&mut self);
    /// More of the audio.
    async fn audio(&mut self, bytes: Vec<u8>);
    /// Words with their times.
    fn words(&mut self, words: Vec<Word>);
}

impl Client {
    /// Has a text spoken over the socket. Comes back when it is over, in whatever way.
    pub(crate) async fn speak(&self, call: &SpeechCall, audience: &mut impl Audience) -> Spoke {
        let socket = match self.shake_hands().await {
            Ok(socket) => socket,
            Err(refused) => return refused,
        };
        let spoke = perform(&socket, call, audience).await;
        let _ = socket.close(Some(1000), Some("")); // closed already, if the vendor was quicker
        spoke
    }

    /// Opens a socket: a fetch of the address's `https` form, since a ready-made connect sends no key
    /// (`dashscope-api.md` §5.2). As long as no task was asked for nothing can have been made or billed, whatever
    /// goes wrong.
    async fn shake_hands(&self) -> std::result::Result<WebSocket, Spoke> {
        let request = self.handshake().map_err(|error| unreachable(error.to_string()))?;
        let response = send(request, ANSWER).await.map_err(unreachable)?;
        if response.status_code() == 101 {
            return response.websocket().ok_or_else(|| unreachable("HTTP 101 without a socket".to_owned()));
        }
        let answer = match select(pin!(Answer::read(response)), Delay::from(ANSWER)).await {
            Either::Left((answer, _)) => answer.map_err(unreachable)?,
            Either::Right(_) => return Err(unreachable("the handshake's answer broke off".to_owned())),
        };
        Err(match classify(&answer) {
            Create::Refused(fault) => Spoke::Refused(fault),
            Create::Later { fault, retry_after_ms } => Spoke::Later { fault, retry_after_ms },
            _ => unreachable(format!("the handshake was answered HTTP {}", answer.status)),
        })
    }

    fn handshake(&self) -> Result<Request> {
        let headers = self.headers()?;
        headers.set("upgrade", "websocket")?;
        let mut init = RequestInit::new();
        init.with_method(Method::Get).with_headers(headers).with_redirect(RequestRedirect::Manual);
        Request::new_with_init(&self.endpoint.speech_socket(), &init)
    }
}

/// Nothing was asked for yet.
fn unreachable(why: String) -> Spoke {
    Spoke::Refused(Fault {
        status: 0,
        code: code::UPSTREAM_UNREACHABLE.to_owned(),
        message: why,
        request_id: None,
    })
}

/// One task on an open socket.
async fn perform(socket: &WebSocket, call: &SpeechCall, audience: &mut impl Audience) -> Spoke {
    // Bytes, not blobs, which newer compatibility dates give by default and which would have to be read one by one.
    let plain: &web_sys::WebSocket = socket.as_ref();
    plain.set_binary_type(BinaryType::Arraybuffer);
    // Listening comes before accepting, else the first frames are lost.
    let mut events = match socket.events() {
        Ok(events) => events,
        Err(error) => return unreachable(error.to_string()),
    };
    let task_id = uuid::Uuid::new_v4().simple().to_string();
    let asked =
        socket.accept().and_then(|()| socket.send_with_str(speech::run_task(call, &task_id).to_string()));
    if let Err(error) = asked {
        return Spoke::Lost(error.to_string());
    }
    let mut conversation = Conversation::default();
    loop {
        let silence = Delay::from(Duration::from_millis(SILENCE_MS));
        let event = match select(events.next(), silence).await {
            Either::Left((Some(Ok(WebsocketEvent::Message(message))), _)) => Some(message),
            Either::Left(_) => None,
            Either::Right(_) => match conversation.hear(&Heard::Silence) {
                Step::End(spoke) => return spoke,
                _ => continue,
            },
        };
        let text = event.as_ref().and_then(MessageEvent::text);
        let bytes = event.as_ref().filter(|_| text.is_none()).and_then(MessageEvent::bytes);
        let step = match (&text, &bytes) {
            (Some(text), _) => conversation.hear(&Heard::Text(text)),
            (None, Some(bytes)) => conversation.hear(&Heard::Audio(bytes.len())),
            (None, None) => conversation.hear(&Heard::Closed),
        };
        match step {
            Step::Wait => {}
            Step::Started => audience.started(),
            Step::PassOn => audience.audio(bytes.unwrap_or_default()).await,
            Step::Words(words) => audience.words(words),
            Step::End(spoke) => return spoke,
        }
    }
}
