//! The search for secrets that ends the tests: what is planted is found, wherever it lies, and what a real studio keeps and
//! logs is looked at.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use studio_tests::record::Record;
use studio_tests::{Setup, Studio, picture, unique};

tests![
    whatever_is_planted_is_found_and_nothing_else,
    what_a_studio_keeps_and_logs_is_looked_at_also_of_a_life_that_was_ended,
];

const KEY: &str = "sk-planted-0123456789";
const CODE: &str = "bs_0123-4567-89ab-cdef-ghjk-mnpq-rstv";
const PASSWORD: &str = "种下的密码";
const TASK: &str = "3f1c2d4e-0000-4000-8000-00000000abcd";
const SESSION: &str = "owner.-.0.1.2.0011223344556677";

/// A record that knows one of each.
fn known() -> Record {
    let mut record = Record::default();
    [KEY, CODE, PASSWORD].into_iter().for_each(|key| record.key(key));
    record.task(TASK);
    record.token(SESSION);
    record
}

/// A folder for one planting, as a studio has them.
fn folder(n: usize) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("studio-recorder-{}-{n}", std::process::id()));
    fs::create_dir_all(folder.join("logs")).unwrap();
    fs::create_dir_all(folder.join("worker/v3/do/deep")).unwrap();
    folder
}

/// What is found where a text stands in a reply, in a log, in a file.
fn found(text: &str, n: usize) -> [usize; 3] {
    let folder = folder(n);
    let mut record = known();
    record.seen(&format!("{{\"message\":\"{text}\"}}"));
    let replies = record.in_replies().leaks.len();
    let mut record = known();
    let line = json!({"event": "planted", "detail": text});
    fs::write(folder.join("logs/worker.log"), format!("the runtime says\n{line}\n")).unwrap();
    record.logged(&folder);
    let logs = record.in_files_and_logs().leaks.len();
    let mut record = known();
    let bytes = [&[0xff; 5000][..], text.as_bytes(), &[0; 5000]].concat();
    fs::write(folder.join("worker/v3/do/deep/one.sqlite-wal"), bytes).unwrap();
    record.search_files(&folder.join("worker"));
    let files = record.in_files_and_logs().leaks.len();
    fs::remove_dir_all(folder).unwrap();
    [replies, logs, files]
}

async fn whatever_is_planted_is_found_and_nothing_else() {
    let read = CODE.replace('-', "");
    let address = "https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/1d/x.png?Expires=1&Signature=abc";
    for (n, (text, expected)) in [
        (KEY, [1, 1, 1]),
        (CODE, [1, 1, 1]),
        (read.trim_start_matches("bs_"), [1, 1, 1]),
        (PASSWORD, [1, 1, 1]),
        (TASK, [1, 1, 0]),    // the worker has to keep it
        (SESSION, [0, 1, 1]), // whoever it is for has to be told it
        (address, [1, 1, 0]),
        (&unique("一个提示词"), [0, 1, 0]),
        ("sk-planted-012345678", [0, 0, 0]),
        ("nothing", [0, 0, 0]),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(found(text, n), expected, "{text}");
    }
    for (n, line) in ["{\"level\":\"debug\"}", "panicked at src/lib.rs:1:1"].into_iter().enumerate() {
        let (folder, mut record) = (folder(100 + n), Record::default());
        fs::write(folder.join("logs/worker.log"), line).unwrap();
        record.logged(&folder);
        assert_eq!(record.in_files_and_logs().leaks.len(), 1, "no event, or a panic: {line}");
        fs::remove_dir_all(folder).unwrap();
    }
}

fn finds(text: &str, state: &Path) -> Vec<String> {
    let mut record = Record::default();
    record.key(text);
    record.search_files(&state.join("worker"));
    record.logged(state);
    record.in_files_and_logs().leaks
}

async fn what_a_studio_keeps_and_logs_is_looked_at_also_of_a_life_that_was_ended() {
    let studio = Studio::start(Setup::default()).await;
    let prompt = unique("搜索能找到的提示词");
    let _ = studio.run(&picture(&prompt)).await;
    let found = finds(&prompt, studio.state());
    assert!(found.iter().any(|leak| leak.contains(".sqlite")), "{found:?}");
    assert!(!found.iter().any(|leak| leak.contains("in the log")), "{found:?}");
    let never = finds("nobody-has-written-this", studio.state());
    assert_eq!(never, [""; 0]);
    // Who is not let in is logged with the number of the request.
    let request = studio.bearer("not-the-code").get("/api/jobs").await.refused(401, "WrongCode").request_id;
    studio.heard("login_refused", &json!({"request": request})).await;
    studio.kill_worker().await;
    let logged = || finds(&request, studio.state()).iter().any(|leak| leak.contains("in the log"));
    assert!(logged(), "{request}");
    studio.start_worker().await;
    assert!(!logged(), "a new log");
    let record = studio_tests::record::record();
    assert!(record.has_logged(&request), "the log of the first life is kept");
}
