//! `/api/text` and `/api/conversations`: answers as they come, and what they belong to.

use gloo_net::http::Method;
use serde_json::Value;
use studio_shared::conversation::{Conversation, ConversationList, Rename, Thread};
use studio_shared::event::TextEvent;
use studio_shared::route::Path;

use super::send::Call;
use super::stream::EventStream;
use super::{Client, Failure};

/// An answer that is read while it comes; given up, but not stopped, when dropped.
pub struct TextStream(EventStream);

impl TextStream {
    /// What comes next; `None` where the stream has ended. What a newer worker says beside is left out.
    ///
    /// # Errors
    /// The stream broke.
    pub async fn next(&mut self) -> Result<Option<TextEvent>, Failure> {
        while let Some(event) = self.0.next().await? {
            if let Ok(event) = serde_json::from_str(&event.data) {
                return Ok(Some(event));
            }
        }
        Ok(None)
    }
}

impl Client {
    /// Says something; `body` is a text request with its place in a conversation. `key` is given again when the same
    /// is said once more, so that no repeat is billed.
    ///
    /// # Errors
    /// The worker refuses, or cannot be reached.
    pub async fn say(self, body: &Value, key: &str) -> Result<TextStream, Failure> {
        let call =
            Call { key: Some(key), json: Some(body.to_string()), ..Call::new(Method::POST, &Path::Text) };
        self.stream(call).await.map(TextStream)
    }

    /// Reads on in an answer of which so many characters have been seen.
    ///
    /// # Errors
    /// There is none of that id, or the worker cannot be reached.
    pub async fn read_on(self, id: &str, after: u32) -> Result<TextStream, Failure> {
        self.stream(Call::new(Method::GET, &Path::TextEvents(id, after))).await.map(TextStream)
    }

    /// A page of conversations, the one that was last spoken in first.
    ///
    /// # Errors
    /// The worker cannot be reached.
    pub async fn conversations(self, text: &str, cursor: Option<&str>) -> Result<ConversationList, Failure> {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if !text.trim().is_empty() {
            query.append_pair("q", text.trim());
        }
        if let Some(cursor) = cursor {
            query.append_pair("cursor", cursor);
        }
        let query = query.append_pair("limit", "50").finish();
        self.ask(Call::new(Method::GET, &format!("{}?{query}", Path::Conversations))).await
    }

    /// A conversation with its turns.
    ///
    /// # Errors
    /// There is none of that id, or the worker cannot be reached.
    pub async fn conversation(self, id: &str) -> Result<Thread, Failure> {
        self.ask(Call::new(Method::GET, &Path::Conversation(id))).await
    }

    /// Gives a conversation another title.
    ///
    /// # Errors
    /// The worker refuses, or cannot be reached.
    pub async fn rename(self, id: &str, title: &str) -> Result<Conversation, Failure> {
        let rename = Rename { title: title.to_owned() };
        self.tell(Call::new(Method::PATCH, &Path::Conversation(id)), &rename).await
    }

    /// Deletes a conversation with its turns.
    ///
    /// # Errors
    /// An answer is still coming, or the worker cannot be reached.
    pub async fn delete_conversation(self, id: &str) -> Result<(), Failure> {
        self.order(Call::new(Method::DELETE, &Path::Conversation(id))).await
    }
}
