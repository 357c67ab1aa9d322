//! A server of one's own for each test.

use reqwest::{Client, Response};
use serde_json::{Value, json};
use studio_simulator::{Options, Simulator};

pub(crate) const CREATE: &str = "/api/v1/services/aigc/text2image/image-synthesis";

/// A simulator, and a client with the right key.
pub(crate) struct Bench {
    simulator: Simulator,
    client: Client,
}

impl Bench {
    /// With rates so high that no test meets them by accident.
    pub(crate) async fn start() -> Self {
        let bench = Self::with(Options::default()).await;
        let rates = [
            "image.create",
            "image.message.create",
            "tts.http",
            "chat.completions",
            "text.generate",
            "video.create",
            "asr.create",
            "task.get",
            "task.list",
            "task.cancel",
        ];
        let rates: serde_json::Map<String, Value> =
            rates.iter().map(|name| ((*name).to_owned(), 9999.into())).collect();
        bench.control("settings", &json!({ "rates": rates, "think_ms": 0, "frame_ms": 0 })).await;
        bench
    }

    pub(crate) async fn with(options: Options) -> Self {
        Self { simulator: Simulator::start(options).await.unwrap(), client: Client::new() }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.simulator.origin())
    }

    pub(crate) fn address(&self) -> std::net::SocketAddr {
        self.simulator.address()
    }

    /// The object store's own address.
    pub(crate) fn store(&self) -> String {
        format!("http://{}/", self.simulator.store())
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.client.get(self.url(path)).bearer_auth("sk-simulator").send().await.unwrap()
    }

    pub(crate) async fn post(&self, path: &str, body: String) -> reqwest::Result<Response> {
        let request = self.client.post(self.url(path)).bearer_auth("sk-simulator");
        request.header("X-DashScope-Async", "enable").body(body).send().await
    }

    /// A creation, whatever becomes of it.
    pub(crate) async fn create(&self, body: &Value) -> Response {
        self.post(CREATE, body.to_string()).await.unwrap()
    }

    /// A task with this prompt; its id.
    pub(crate) async fn task(&self, prompt: &str, parameters: Value) -> String {
        let response = self.create(&wan(prompt, parameters)).await;
        assert_eq!(response.status(), 200);
        let body: Value = response.json().await.unwrap();
        assert_eq!(body["output"]["task_status"], "PENDING");
        body["output"]["task_id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn poll(&self, task_id: &str) -> Value {
        let response = self.get(&format!("/api/v1/tasks/{task_id}")).await;
        assert_eq!(response.status(), 200);
        response.json().await.unwrap()
    }

    /// A control call that must succeed.
    pub(crate) async fn control(&self, what: &str, body: &Value) -> Value {
        let request = self.client.post(self.url(&format!("/_simulator/{what}"))).body(body.to_string());
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200, "{what} {body}");
        response.json().await.unwrap()
    }

    pub(crate) async fn advance(&self, seconds: f64) {
        self.control("clock", &json!({ "advance_s": seconds })).await;
    }

    pub(crate) async fn plant(&self, fault: Value) {
        self.control("faults", &fault).await;
    }

    pub(crate) async fn figures(&self) -> Value {
        self.client.get(self.url("/_simulator/figures")).send().await.unwrap().json().await.unwrap()
    }
}

pub(crate) fn wan(prompt: &str, parameters: Value) -> Value {
    json!({"model": "wan2.2-t2i-flash", "input": {"prompt": prompt}, "parameters": parameters})
}

/// Status, code and message of a refusal; the envelope must be flat, its id that of the header.
pub(crate) async fn refusal(response: Response) -> (u16, String, String) {
    let status = response.status().as_u16();
    let header = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    let body: Value = response.json().await.unwrap();
    assert_eq!(body["request_id"], header);
    assert_eq!(body.as_object().unwrap().len(), 3, "{body}");
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    (status, text("code"), text("message"))
}
