//! Members: made by the owner, logged in as a browser is.

use serde_json::{Value, json};
use studio_shared::member::Issued;
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use crate::{Answer, Client, Studio};

impl Studio {
    /// The member of this name, logged in. The owner makes them when they are first asked for.
    #[must_use]
    pub fn member(&self, name: &str) -> Client {
        block_in_place(|| Handle::current().block_on(self.member_of_studio(name)))
    }

    async fn member_of_studio(&self, name: &str) -> Client {
        let mut members = self.members.lock().await;
        if let Some(member) = members.get(name) {
            return member.clone();
        }
        let issued = self.issue(&json!({ "name": name })).await;
        let member = self.log_in(&issued.secret).await;
        members.insert(name.to_owned(), member.clone());
        member
    }

    /// Makes a member with a code.
    pub async fn issue(&self, member: &Value) -> Issued {
        self.owner.post("/api/admin/members", member).await.with(201).issued()
    }

    /// Whoever holds this code, in a browser.
    pub async fn log_in(&self, code: &str) -> Client {
        let answer = self.nobody.post("/api/session", &json!({ "code": code })).await.with(200);
        Client::with_cookie(self.owner.base_url(), answer.cookie("studio_session"))
    }

    /// Whoever holds this code, as a program.
    #[must_use]
    pub fn bearer(&self, code: &str) -> Client {
        Client::new(self.owner.base_url(), Some(code))
    }
}

impl Answer {
    /// The code it tells of.
    #[must_use]
    pub fn issued(&self) -> Issued {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The pair `name=value` of a cookie that it sets; empty where it sets none.
    #[must_use]
    pub fn cookie(&self, name: &str) -> &str {
        let cookies = self.headers.get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok());
        let pairs = cookies.filter_map(|cookie| cookie.split(';').next());
        pairs.into_iter().find(|pair| pair.split('=').next() == Some(name)).unwrap_or_default()
    }
}
