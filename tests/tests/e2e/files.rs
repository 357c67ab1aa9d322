//! Recordings that are uploaded: taken in or refused, handed out, brought to the vendor.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use futures_util::future::join_all;
use reqwest::Body;
use serde_json::{Value, json};
use studio_shared::job::State;
use studio_shared::transcript::Transcript;
use studio_tests::client::{DATA_POLICY, send};
use studio_tests::recording::wav;
use studio_tests::{Setup, Studio};

tests![
    an_uploaded_recording_is_recognised_and_brought_to_the_vendor_once,
    an_uploaded_recording_opens_at_any_place_and_can_be_deleted,
    a_path_in_a_name_is_dropped_and_bad_names_are_refused,
    what_is_no_recording_is_refused,
    a_recording_without_bytes_or_without_length_is_refused,
    an_upload_that_is_cut_half_way_leaves_nothing,
    a_file_that_is_not_there_cannot_be_recognised,
    several_uploads_and_jobs_at_once_do_not_mix,
    a_large_recording_arrives_whole,
];

fn recognise(file: &str) -> Value {
    json!({"kind": "transcription", "model": "paraformer-v2", "file": file})
}

async fn an_uploaded_recording_is_recognised_and_brought_to_the_vendor_once() {
    let studio = Studio::shared().await;
    let bytes = wav(21_000, 1);
    let file = studio.uploaded("%E4%BC%9A%E8%AE%AE.WAV", bytes.clone()).await;
    assert_eq!((file.name.as_str(), file.media_type.as_str()), ("会议.WAV", "audio/wav"));
    assert_eq!((file.bytes, file.expires_at), (u64::try_from(bytes.len()).unwrap(), None));
    let job = studio.run(&recognise(&file.id)).await;
    assert_eq!((job.state, job.usage.unwrap().audio_seconds), (State::Done, Some(21)), "{job:?}");
    assert_eq!(job.cost.actual.unwrap().to_string(), "0.00168");
    let answer = studio.output(&job.id, 0).await.with(200);
    let said: Transcript = serde_json::from_slice(&answer.bytes).unwrap();
    assert_eq!(said.duration_ms, Some(21_000));

    let creations = studio.creations_of(&file.id).await;
    assert_eq!(creations.len(), 1);
    assert_eq!(creations[0]["headers"]["x-dashscope-ossresourceresolve"], "enable");
    let stored = studio.stored_at_the_vendor(&file.id).await;
    assert_eq!(stored.len(), 1);
    assert_eq!((&stored[0]["size"], &stored[0]["model"]), (&json!(bytes.len()), &json!("paraformer-v2")));
    let key = stored[0]["key"].as_str().unwrap();
    assert!(key.ends_with(&format!("/{}.wav", file.id)), "no person's words go there: {key}");
    let address = &creations[0]["body"]["input"]["file_urls"][0];
    assert_eq!(address, &json!(format!("oss://{key}")));
    studio.vendor.settled(address.as_str().unwrap(), 1).await;
}

async fn an_uploaded_recording_opens_at_any_place_and_can_be_deleted() {
    let studio = Studio::shared().await;
    let bytes = wav(3_000, 2);
    let file = studio.uploaded("a.wav", bytes.clone()).await;
    let path = format!("/api/files/{}", file.id);
    let whole = studio.owner.get(&path).await.with(200);
    assert!(whole.bytes == bytes, "other bytes came back");
    assert_eq!((whole.header("content-type"), whole.header("accept-ranges")), ("audio/wav", "bytes"));
    assert_eq!(whole.header("content-security-policy"), DATA_POLICY);
    let part = send(studio.owner.request("GET", &path).header("range", "bytes=44-1043")).await.with(206);
    assert!(part.bytes == bytes[44..1044]);
    assert_eq!(part.header("content-range"), format!("bytes 44-1043/{}", bytes.len()));
    let outside = format!("bytes={}-", bytes.len());
    send(studio.owner.request("GET", &path).header("range", outside))
        .await
        .refused(416, "RangeNotSatisfiable");
    studio.nobody.get(&path).await.refused(401, "NotLoggedIn");

    // As long as a job has still to be sent, it needs the file.
    studio.vendor.fault("asr.create", &file.id, json!({"delay_ms": 1500})).await;
    let job = studio.submit(&recognise(&file.id)).await;
    studio.owner.delete(&path).await.refused(409, "WrongState");
    assert_eq!(studio.ended(&job.id).await.state, State::Done);
    assert_eq!(studio.owner.delete(&path).await.with(204).bytes, b"");
    studio.owner.get(&path).await.refused(404, "NotFound");
    studio.owner.delete(&path).await.refused(404, "NotFound");
    assert_eq!(studio.output(&job.id, 0).await.with(200).status, 200, "the transcript stays");
}

async fn a_path_in_a_name_is_dropped_and_bad_names_are_refused() {
    let studio = Studio::shared().await;
    for name in ["..%2F..%2Fetc%2Fa.wav", "C%3A%5CUsers%5Cme%5Ca.wav", "%2Fa.wav"] {
        assert_eq!(studio.uploaded(name, wav(400, 3)).await.name, "a.wav");
    }
    let long = format!("{}.wav", "a".repeat(200));
    for name in
        ["", "a.wav%2F", "a.exe", "a", ".wav", "a%00.wav", "a%0D%0Ax%3A.wav", "a%E2%80%AEvaw.wav", &long]
    {
        let refused = studio.upload(&format!("name={name}"), wav(400, 3)).await;
        assert_eq!(refused.refused(400, "InvalidParameter").error.field.as_deref(), Some("name"), "{name}");
    }
    let refused = studio.upload("nmae=a.wav", wav(400, 3)).await.refused(400, "InvalidParameter");
    let fields: Vec<_> = refused.error.problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["nmae", "name"]);
}

async fn what_is_no_recording_is_refused() {
    let studio = Studio::shared().await;
    let text = b"This is no sound at all, whatever its name says. ".repeat(2000);
    for bytes in [text, b"\x89PNG\r\n\x1a\n".to_vec(), vec![0; 5000], b"R".to_vec()] {
        let refused = studio.upload("name=a.mp3", bytes).await.refused(415, "UnsupportedMediaType");
        assert!(refused.error.advice.contains("mp3"), "{}", refused.error.advice);
    }
}

async fn a_recording_without_bytes_or_without_length_is_refused() {
    let studio = Studio::shared().await;
    let refused = studio.upload("name=a.wav", Vec::new()).await.refused(400, "InvalidParameter");
    assert_eq!(refused.error.field.as_deref(), Some("file"));
    let pieces = futures_util::stream::iter([Ok::<_, std::io::Error>(wav(400, 4))]);
    let request = studio.owner.request("POST", "/api/files?name=a.wav");
    send(request.body(Body::wrap_stream(pieces))).await.refused(411, "LengthRequired");
}

/// Sends the beginning of a request and nothing more; what is answered, if anything.
async fn half(studio: &Studio, announced: u64, bytes: Vec<u8>) -> String {
    let host = studio.owner.base_url().trim_start_matches("http://").to_owned();
    let head = format!(
        "POST /api/files?name=half.wav HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {}\r\n\
         content-type: audio/wav\r\ncontent-length: {announced}\r\n\r\n",
        Setup::default().owner_code
    );
    let talk = move || {
        let mut socket = TcpStream::connect(host).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        socket.write_all(head.as_bytes()).unwrap();
        socket.write_all(&bytes).unwrap();
        std::thread::sleep(Duration::from_millis(500)); // so that it is under way
        socket.shutdown(Shutdown::Write).unwrap();
        let mut answer = vec![0; 4096];
        let length = socket.read(&mut answer).unwrap_or(0); // a connection that is closed without a word
        String::from_utf8_lossy(&answer[..length]).into_owned()
    };
    tokio::task::spawn_blocking(talk).await.unwrap()
}

async fn an_upload_that_is_cut_half_way_leaves_nothing() {
    let studio = Studio::start(Setup::default()).await;
    let whole = wav(4_000, 6);
    let before = studio.uploaded("a.wav", whole.clone()).await;
    assert!(studio.kept_files().into_iter().eq([before.id]));
    let announced = u64::try_from(whole.len()).unwrap();
    let answer = half(&studio, announced, whole[..whole.len() / 2].to_vec()).await;
    assert!(!answer.starts_with("HTTP/1.1 2"), "{answer}");
    assert_eq!(studio.kept_files().len(), 1, "half a file was kept: {answer}");
    let after = studio.uploaded("a.wav", whole.clone()).await;
    assert!(studio.owner.get(format!("/api/files/{}", after.id)).await.with(200).bytes == whole);
}

async fn a_file_that_is_not_there_cannot_be_recognised() {
    let studio = Studio::shared().await;
    let file = studio.uploaded("a.wav", wav(500, 7)).await;
    let _ = studio.owner.delete(format!("/api/files/{}", file.id)).await.with(204);
    // Deleted, never there, of another form: all the same to who asks.
    for id in [file.id.as_str(), "01990000-0000-7000-8000-000000000000", "unknown"] {
        for path in ["/api/jobs", "/api/quote"] {
            let answer = studio.owner.post(path, &recognise(id)).await;
            if path == "/api/jobs" {
                let refused = answer.refused(400, "InvalidParameter");
                assert_eq!(refused.error.field.as_deref(), Some("file"), "{id}");
            }
        }
        studio.owner.get(format!("/api/files/{id}")).await.refused(404, "NotFound");
    }
    assert_eq!(studio.creations_of(&file.id).await.len(), 0);
    let both = json!({"model": "paraformer-v2", "file": file.id, "url": "https://example.com/a.mp3"});
    studio.owner.post("/api/jobs", &both).await.refused(400, "InvalidParameter");
}

async fn several_uploads_and_jobs_at_once_do_not_mix() {
    let studio = Studio::shared().await;
    join_all((0..6_u32).map(async |n| {
        let bytes = wav(2_000 + n * 1000, 10 + n);
        let file = studio.uploaded("a.wav", bytes.clone()).await;
        let job = studio.run(&recognise(&file.id)).await;
        assert_eq!((job.state, job.usage.unwrap().audio_seconds), (State::Done, Some(2 + n)), "{job:?}");
        let stored = studio.stored_at_the_vendor(&file.id).await;
        assert_eq!((stored.len(), &stored[0]["size"]), (1, &json!(bytes.len())));
        assert_eq!(studio.creations_of(&file.id).await.len(), 1);
    }))
    .await;
}

async fn a_large_recording_arrives_whole() {
    let studio = Studio::shared().await;
    let bytes = wav(1000 * 60 * 20, 8);
    assert!(bytes.len() > 38_000_000);
    let file = studio.uploaded("large.wav", bytes.clone()).await;
    let job = studio.run(&recognise(&file.id)).await;
    assert_eq!(
        (job.state, job.usage.unwrap().audio_seconds),
        (State::Done, Some(1200)),
        "{:?}",
        job.error.map(|error| error.code)
    );
    let stored = studio.stored_at_the_vendor(&file.id).await;
    assert_eq!((stored.len(), &stored[0]["size"]), (1, &json!(bytes.len())));
    let path = format!("/api/files/{}", file.id);
    let end = format!("bytes={}-", bytes.len() - 1000);
    let part = send(studio.owner.request("GET", &path).header("range", end)).await.with(206);
    assert!(part.bytes == bytes[bytes.len() - 1000..]);
    let _ = studio.owner.delete(&path).await.with(204);
}
