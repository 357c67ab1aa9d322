//! The vendor's side: what reached the simulator, and what shall go wrong there.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use crate::record;

/// What a body asks for, in the form of any family: a prompt, a message of one text, the address of a recording, what
/// is to be spoken.
#[must_use]
pub fn asked(body: &Value) -> &Value {
    let input = &body["input"];
    let last = input["messages"].as_array().and_then(|messages| messages.last()).unwrap_or(&Value::Null);
    let said = [&last["content"][0]["text"], &last["content"]];
    let spoken = [&input["text"], &body["payload"]["input"]["text"]];
    let forms = [&input["prompt"], said[0], said[1], &input["file_urls"][0], spoken[0], spoken[1]];
    forms.into_iter().find(|form| form.is_string()).unwrap_or(&Value::Null)
}

/// A running simulator, by its control surface.
#[derive(Clone, Debug)]
pub struct Vendor {
    http: reqwest::Client,
    base_url: String,
    api_key: String,
    /// Prompts, and how many creations of each there shall be in the end.
    settled: Arc<Mutex<Vec<(String, usize)>>>,
}

impl Vendor {
    pub(crate) fn new(base_url: &str, api_key: &str) -> Self {
        Self {
            http: reqwest::Client::new(),
            base_url: base_url.to_owned(),
            api_key: api_key.to_owned(),
            settled: Arc::default(),
        }
    }

    pub(crate) async fn control(&self, what: &str, body: Option<&Value>) -> Value {
        let url = format!("{}/_simulator/{what}", self.base_url);
        let request = match body {
            Some(body) => self.http.post(url).json(body),
            None => self.http.get(url),
        };
        let response = request.send().await.expect("the simulator does not answer");
        let status = response.status();
        let text = response.text().await.unwrap();
        assert_eq!(status, 200, "{what}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// What reached the service. Every task in it becomes a secret that no reply may hold.
    pub async fn figures(&self) -> Value {
        let figures = self.control("figures", None).await;
        name_tasks(&figures);
        figures
    }

    /// Makes every task a secret, where the simulator still answers.
    pub(crate) async fn name_tasks(&self) {
        let url = format!("{}/_simulator/figures", self.base_url);
        let Ok(response) = self.http.get(url).send().await else { return };
        if let Ok(figures) = response.json().await {
            name_tasks(&figures);
        }
    }

    /// The creations of a prompt that were accepted, as the figures tell them.
    pub async fn creations(&self, prompt: &str) -> Vec<Value> {
        let figures = self.figures().await;
        let all = figures["creations"].as_array().unwrap().iter();
        all.filter(|creation| asked(&creation["body"]) == prompt).cloned().collect()
    }

    /// The body of the one creation of a prompt.
    pub async fn sent(&self, prompt: &str) -> Value {
        let creations = self.creations(prompt).await;
        assert_eq!(creations.len(), 1, "creations of {prompt}");
        creations[0]["body"].clone()
    }

    /// So many creations of a prompt were accepted, and no more shall be: in the shared studio that is looked at
    /// again when all tests are over.
    pub async fn settled(&self, prompt: &str, creations: usize) {
        assert_eq!(self.creations(prompt).await.len(), creations, "creations of {prompt}");
        let mut settled = self.settled.lock().unwrap_or_else(PoisonError::into_inner);
        settled.push((prompt.to_owned(), creations));
    }

    /// Prompts that were settled and sent again afterwards; and how many were settled.
    pub(crate) async fn sent_again(&self) -> (usize, Vec<String>) {
        let figures = self.figures().await;
        let sent = |prompt: &str| {
            let all = figures["creations"].as_array().unwrap().iter();
            all.filter(|creation| asked(&creation["body"]) == prompt).count()
        };
        let settled = self.settled.lock().unwrap_or_else(PoisonError::into_inner);
        let again = settled.iter().filter(|(prompt, creations)| sent(prompt) != *creations);
        (settled.len(), again.map(|(prompt, _)| prompt.clone()).collect())
    }

    /// Plants a fault for one prompt: once at an endpoint of the simulator's README.
    pub async fn fault(&self, endpoint: &str, prompt: &str, fault: Value) {
        self.faults(endpoint, prompt, 1, fault).await;
    }

    /// The same for so many times; 0 is for ever.
    pub async fn faults(&self, endpoint: &str, prompt: &str, times: u32, fault: Value) {
        let when = json!({ "prompt_contains": prompt });
        self.plant(&json!({"endpoint": endpoint, "when": when, "times": times, "fault": fault})).await;
    }

    /// Plants a fault.
    pub async fn plant(&self, fault: &Value) {
        self.control("faults", Some(fault)).await;
    }

    /// Faults planted for a prompt that have not struck yet.
    pub async fn faults_left(&self, prompt: &str) -> usize {
        let faults = self.control("faults", None).await;
        let all = faults["faults"].as_array().unwrap().iter();
        all.filter(|fault| fault["when"]["prompt_contains"] == prompt).count()
    }

    /// What was accepted, made and is billed, and when requests came in. Every task in it becomes a secret.
    pub async fn ledger(&self) -> Value {
        let ledger = self.control("ledger", None).await;
        for creation in
            ledger["creations"].as_array().unwrap().iter().filter(|one| one["status"] != "ANSWERED")
        {
            record::task(creation["task_id"].as_str().unwrap());
        }
        ledger
    }

    /// Adds weather: faults by probability.
    pub async fn weather(&self, weather: &Value) {
        self.control("weather", Some(weather)).await;
    }

    /// Takes all weather away, and answers what it has done: how often each fault struck where.
    pub async fn calm(&self) -> Value {
        let struck = self.control("weather", None).await["struck"].take();
        let url = format!("{}/_simulator/weather", self.base_url);
        assert_eq!(self.http.delete(url).send().await.unwrap().status(), 200);
        struck
    }

    /// Changes settings.
    pub async fn settings(&self, settings: &Value) {
        self.control("settings", Some(settings)).await;
    }

    /// Moves the vendor's clock forward.
    pub async fn advance(&self, seconds: u64) {
        self.control("clock", Some(&json!({ "advance_s": seconds }))).await;
    }

    /// Makes a picture of this prompt past the product, as another program on the same account would.
    pub async fn create_directly(&self, prompt: &str) {
        let url = format!("{}/api/v1/services/aigc/text2image/image-synthesis", self.base_url);
        let body = json!({"model": "wan2.2-t2i-flash", "input": {"prompt": prompt},
            "parameters": {"size": "512*512", "n": 1}});
        let request = self.http.post(url).bearer_auth(&self.api_key).header("x-dashscope-async", "enable");
        assert_eq!(request.json(&body).send().await.unwrap().status(), 200);
    }

    /// What the vendor itself answers to a poll.
    pub async fn task(&self, task_id: &str) -> Value {
        let url = format!("{}/api/v1/tasks/{task_id}", self.base_url);
        self.http.get(url).bearer_auth(&self.api_key).send().await.unwrap().json().await.unwrap()
    }

    /// What a signed address answers.
    pub async fn fetch(&self, url: &str) -> (u16, Vec<u8>) {
        let response = self.http.get(url).send().await.unwrap();
        (response.status().as_u16(), response.bytes().await.unwrap().to_vec())
    }
}

fn name_tasks(figures: &Value) {
    // What is answered at once has no task: the simulator names the call instead, whose id is no secret.
    let is_task = |creation: &&Value| {
        creation["headers"]["x-dashscope-async"] == "enable" || creation["endpoint"] == "speech.socket"
    };
    let creations = figures["creations"].as_array().into_iter().flatten();
    creations.filter(is_task).filter_map(|creation| creation["task_id"].as_str()).for_each(record::task);
}
