//! The live socket.

use futures_util::{SinkExt, StreamExt};
use studio_shared::event::LiveEvent;
use studio_shared::job::{Job, State};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderName;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::wait::LIMIT;
use crate::{Client, record};

/// An open socket.
#[derive(Debug)]
pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Connects with these headers; the status where it is refused.
    pub async fn open(client: &Client, headers: &[(&str, &str)]) -> Result<Self, u16> {
        let address = format!("{}/api/live", client.base_url().replace("http://", "ws://"));
        let mut request = address.into_client_request().unwrap();
        for (name, value) in headers {
            let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
            request.headers_mut().insert(name, value.parse().unwrap());
        }
        match connect_async(request).await {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(Error::Http(response)) => {
                record::seen(&String::from_utf8_lossy(response.body().as_deref().unwrap_or_default()));
                Err(response.status().as_u16())
            }
            Err(error) => panic!("{error}"),
        }
    }

    /// Connects as this caller.
    pub async fn of(client: &Client) -> Self {
        let proof = client.proof().map(|(name, value)| (name.as_str(), value));
        Self::open(client, &proof.into_iter().collect::<Vec<_>>()).await.unwrap()
    }

    /// Says something.
    pub async fn say(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.unwrap();
    }

    /// The next thing that is said.
    pub async fn hear(&mut self) -> String {
        loop {
            let message = timeout(LIMIT, self.0.next()).await.expect("the socket is silent");
            if let Message::Text(text) = message.expect("the socket has closed").unwrap() {
                record::seen(&text);
                return text.as_str().to_owned();
            }
        }
    }

    /// The code that it is closed with; what is said before that is passed over.
    pub async fn closed(&mut self) -> u16 {
        loop {
            match timeout(LIMIT, self.0.next()).await.expect("the socket stays open") {
                Some(Ok(Message::Close(Some(frame)))) => return frame.code.into(),
                Some(Ok(Message::Text(text))) => record::seen(&text),
                Some(Ok(_)) => {}
                other => panic!("it ended without a code: {other:?}"),
            }
        }
    }

    /// The next event.
    pub async fn event(&mut self) -> LiveEvent {
        let text = self.hear().await;
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// Everything that is said of a job, to its end.
    pub async fn story(&mut self, id: &str) -> Vec<Job> {
        let mut story: Vec<Job> = Vec::new();
        while !story.last().is_some_and(|job| job.state.is_final()) {
            match self.event().await {
                LiveEvent::Job { job } if job.id == id => story.push(*job),
                _ => {}
            }
        }
        story
    }
}

/// The states that a story goes through, each once.
#[must_use]
pub fn states(story: &[Job]) -> Vec<State> {
    let mut states: Vec<State> = story.iter().map(|job| job.state).collect();
    states.dedup();
    states
}
