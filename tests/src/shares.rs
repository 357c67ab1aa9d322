//! Shares: made, listed, and opened as a stranger does who has the link.

use serde_json::{Value, json};
use studio_shared::route::Path;
use studio_shared::share::{Share, ShareList, Shared, page};

use crate::Studio;
use crate::client::{Answer, Client};

impl Client {
    /// Makes a share that is accepted.
    pub async fn share(&self, body: &Value) -> Share {
        self.post(Path::Shares, body).await.with(201).share()
    }

    /// A page of the shares.
    pub async fn shares(&self, query: &str) -> ShareList {
        let answer = self.get(format!("{}?{query}", Path::Shares)).await.with(200);
        serde_json::from_slice(&answer.bytes).unwrap()
    }
}

impl Answer {
    /// The share it tells of.
    #[must_use]
    pub fn share(&self) -> Share {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// What is shared, where it opened a share.
    #[must_use]
    pub fn shared(&self) -> Shared {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
}

impl Studio {
    /// Opens a share without a password.
    pub async fn open(&self, id: &str) -> Answer {
        self.nobody.post(Path::OpenShare(id), &json!({})).await
    }

    /// Opens a share with a password.
    pub async fn open_with(&self, id: &str, password: &str) -> Answer {
        self.nobody.post(Path::OpenShare(id), &json!({ "password": password })).await
    }

    /// What a share is said to be before it is opened.
    pub async fn door(&self, id: &str) -> Answer {
        self.nobody.get(Path::Share(id)).await
    }

    /// The bytes of a shared result.
    pub async fn shared_output(&self, id: &str, n: u32, view: &str) -> Answer {
        self.nobody.get(Path::SharedOutput(id, n, view)).await
    }

    /// The page of a share.
    pub async fn share_page(&self, id: &str) -> Answer {
        self.nobody.get(page(id)).await
    }
}
