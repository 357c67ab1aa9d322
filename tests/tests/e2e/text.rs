//! Text: the reference page's example, every parameter at both ends, every form of a request.

use futures_util::future::join_all;
use serde_json::{Value, json};
use studio_shared::event::TextEvent;
use studio_shared::job::{Finish, Job, State};
use studio_shared::kind::Kind;
use studio_tests::client::send;
use studio_tests::live::Socket;
use studio_tests::order::with;
use studio_tests::{Setup, Studio, text, unique};

tests![
    the_references_example_is_answered_as_it_comes_and_at_once,
    the_answer_comes_piece_by_piece_and_is_not_held_back,
    every_parameter_at_both_ends_of_its_range_reaches_the_vendor,
    a_prompt_and_messages_are_sent_as_messages,
    the_length_asked_for_ends_the_answer,
    newer_models_are_asked_the_same_way,
    who_waits_in_line_is_told_the_place,
    lists_and_pushes_hold_the_beginning_of_an_answer,
    a_quote_tells_the_notes_before_anything_is_sent,
];

async fn the_references_example_is_answered_as_it_comes_and_at_once() {
    let studio = Studio::shared().await;
    let prompt = unique("写一篇科技文章");
    let heard = studio.ask(&json!({"model": "qwen-turbo", "prompt": prompt})).await;
    let job = heard.job();
    assert_eq!((job.kind, job.state, job.notes.len()), (Kind::Text, State::Done, 0));
    let answer = job.text.as_ref().unwrap();
    assert_eq!((&answer.text, answer.shortened, answer.finish), (&heard.text(), false, Some(Finish::Stop)));
    assert!(answer.text.chars().count() > 100 && answer.text.contains("## "), "{}", answer.text);
    booked(job);
    let creations = studio.vendor.creations(&prompt).await;
    assert_eq!(creations.len(), 1);
    assert_eq!(
        creations[0]["body"],
        json!({"model": "qwen-turbo", "input": {"messages": [{"role": "user", "content": prompt}]},
            "parameters": {"result_format": "message", "incremental_output": true, "max_tokens": 1500,
                "temperature": 1.0, "top_p": 0.8}})
    );
    let headers = &creations[0]["headers"];
    assert_eq!(headers["x-dashscope-sse"], "enable");
    assert_eq!(headers.get("x-dashscope-async"), None);
    assert_eq!(job.request_id.as_deref(), creations[0]["task_id"].as_str());

    let request = studio.owner.request("POST", "/api/text").header("accept", "application/json");
    let at_once = send(request.json(&json!({"model": "qwen-turbo", "prompt": prompt}))).await.with(200);
    let whole = at_once.job();
    assert_eq!(at_once.header("x-job-id"), whole.id);
    assert_eq!(at_once.header("content-type"), "application/json");
    assert_eq!(whole.state, State::Done);
    booked(&whole);
    assert_eq!(studio.job(&whole.id).await, whole);
    studio.vendor.settled(&prompt, 2).await;
}

/// What was used is there and costs what the catalogue says.
fn booked(job: &Job) {
    let usage = job.usage.unwrap();
    assert!(usage.input_tokens.unwrap() > 5 && usage.output_tokens.unwrap() > 50, "{usage:?}");
    assert_eq!(job.cost.actual, job.request.price_of(&usage));
    assert!(job.cost.actual.unwrap() < job.cost.estimate.unwrap());
}

async fn the_answer_comes_piece_by_piece_and_is_not_held_back() {
    let studio = Studio::shared().await;
    let prompt = unique("[[sim:slow 250]] [[sim:tokens 24]] 慢");
    let mut talk = studio.owner.talk(&text(&prompt)).await;
    talk.until(3).await;
    let early = studio.job(&talk.id).await;
    assert_eq!(early.state, State::Running, "it came before the answer was whole");
    assert!(early.cancelable && early.text.is_some_and(|answer| answer.finish.is_none()));
    let heard = talk.to_end().await;
    assert!(heard.pieces() >= 4, "{} pieces", heard.pieces());
    let states = heard.states();
    assert_eq!(states[states.len() - 2..], [State::Running, State::Done]);
    let tokens = heard.events.iter().filter_map(|(_, event)| match event {
        TextEvent::Piece { output_tokens, .. } => Some(output_tokens.unwrap()),
        _ => None,
    });
    let tokens: Vec<u32> = tokens.collect();
    assert!(tokens.is_sorted() && tokens.last() == Some(&24), "{tokens:?}");
}

async fn every_parameter_at_both_ends_of_its_range_reaches_the_vendor() {
    let studio = Studio::shared().await;
    for (field, given, sent, notes) in [
        ("max_tokens", json!(1), json!(1), 0),
        ("max_tokens", json!(16_384), json!(16_384), 0),
        ("temperature", json!(0), json!(0.0), 0),
        ("temperature", json!(1.99), json!(1.99), 0),
        ("temperature", json!(2), json!(1.999), 1),
        ("top_p", json!(0), json!(0.01), 1),
        ("top_p", json!(1), json!(1.0), 0),
    ] {
        let prompt = unique("[[sim:say 好]]");
        let job = studio.run(&with(text(&prompt), &json!({ field: given }))).await;
        assert_eq!((job.state, job.notes.len()), (State::Done, notes), "{field} {given}: {job:?}");
        let told = sent.to_string();
        assert!(job.notes.iter().all(|note| note.field == field && note.sent == told));
        let body = studio.vendor.sent(&prompt).await;
        assert_eq!(body["parameters"][field], sent, "{given}");
        assert_eq!(body["parameters"]["result_format"], "message");
        assert_eq!(body["parameters"]["incremental_output"], true);
    }
}

async fn a_prompt_and_messages_are_sent_as_messages() {
    let studio = Studio::shared().await;
    let user = |content: &str| json!({"role": "user", "content": content});
    let system = json!({"role": "system", "content": "简短回答"});
    let before = json!({"role": "assistant", "content": "早"});
    let model = "qwen-plus";
    let prompt = unique("[[sim:say 好]] 你好");
    let forms: Vec<(Value, Vec<Value>)> = vec![
        (json!({"model": model, "prompt": prompt}), vec![user(&prompt)]),
        (json!({"model": model, "input": {"prompt": prompt}}), vec![user(&prompt)]),
        (
            json!({"model": model, "prompt": prompt, "system": "简短回答"}),
            vec![system.clone(), user(&prompt)],
        ),
        (
            json!({"model": model, "messages": [user("早上好"), before, user(&prompt)]}),
            vec![user("早上好"), before.clone(), user(&prompt)],
        ),
        (
            json!({"model": model, "input": {"messages": [system, user(&prompt)]}, "parameters": {"top_p": 0.5}}),
            vec![system.clone(), user(&prompt)],
        ),
    ];
    for (at, (request, messages)) in forms.iter().enumerate() {
        let heard = studio.ask(request).await;
        assert_eq!((heard.job().state, heard.text().as_str()), (State::Done, "好"), "{request}");
        let creations = studio.vendor.creations(&prompt).await;
        assert_eq!(creations.len(), at + 1);
        let input = &creations[at]["body"]["input"];
        assert_eq!(input, &json!({ "messages": messages }), "{request}");
    }
}

async fn the_length_asked_for_ends_the_answer() {
    let studio = Studio::shared().await;
    let prompt = unique("[[sim:tokens 300]] 长");
    let heard = studio.ask(&with(text(&prompt), &json!({"max_tokens": 20}))).await;
    let job = heard.job();
    assert_eq!(job.text.as_ref().unwrap().finish, Some(Finish::Length));
    assert_eq!(job.usage.unwrap().output_tokens, Some(20));
}

async fn newer_models_are_asked_the_same_way() {
    let studio = Studio::shared().await;
    for model in ["qwen3-max", "qwen-flash", "qwen-plus-latest"] {
        let prompt = unique("[[sim:say 新]]");
        let heard = studio.ask(&json!({"model": model, "prompt": prompt})).await;
        assert_eq!((heard.text().as_str(), heard.job().cost.actual), ("新", None), "its price is not listed");
        assert!(heard.job().usage.unwrap().output_tokens.is_some());
        assert_eq!(studio.vendor.sent(&prompt).await["model"], model);
    }
}

async fn who_waits_in_line_is_told_the_place() {
    let studio = Studio::shared().await;
    let prompts: Vec<String> = (0..8).map(|_| unique("[[sim:say 好]] 排队")).collect();
    let heard = join_all(prompts.iter().map(async |prompt| studio.ask(&text(prompt)).await)).await;
    let mut places = Vec::new();
    for (prompt, heard) in prompts.iter().zip(&heard) {
        assert_eq!((heard.text().as_str(), heard.job().place), ("好", None));
        studio.vendor.settled(prompt, 1).await;
        if let Some((_, TextEvent::Job { job })) = heard.events.first() {
            assert_eq!((job.state, job.eta_ms.is_some()), (State::Queued, true));
            places.extend(job.place);
        }
    }
    assert!(places.iter().any(|place| *place > 1), "ten a second are sent, and all came at once: {places:?}");
}

async fn lists_and_pushes_hold_the_beginning_of_an_answer() {
    let studio = Studio::shared().await;
    let code = format!("Bearer {}", Setup::default().owner_code);
    let mut socket = Socket::open(&studio.nobody, &[("authorization", &code)]).await.unwrap();
    let said = "一二三四五六七八九十".repeat(40);
    let job = studio.run(&text(&format!("{} [[sim:say {said}]]", unique("长答案")))).await;
    let answer = job.text.unwrap();
    assert_eq!((answer.text.as_str(), answer.shortened), (said.as_str(), false));
    let list = studio.owner.get("/api/jobs?kind=text&limit=100").await.with(200).json();
    let listed = list["items"].as_array().unwrap().iter().find(|listed| listed["id"] == job.id).unwrap();
    assert_eq!(listed["text"]["shortened"], true);
    let begins = listed["text"]["text"].as_str().unwrap();
    assert_eq!(begins.chars().count(), 300);
    assert!(said.starts_with(begins));
    let story = socket.story(&job.id).await;
    let pushed = story.last().and_then(|job| job.text.as_ref()).unwrap();
    assert_eq!((pushed.text.as_str(), pushed.shortened, pushed.finish), (begins, true, Some(Finish::Stop)));
}

async fn a_quote_tells_the_notes_before_anything_is_sent() {
    let studio = Studio::shared().await;
    let prompt = unique("询价");
    let request = with(text(&prompt), &json!({"temperature": 2, "top_p": 0}));
    let quote = studio.owner.post("/api/quote", &request).await.with(200).json();
    let fields: Vec<_> = quote["notes"].as_array().unwrap().iter().map(|note| &note["field"]).collect();
    assert_eq!(fields, ["temperature", "top_p"]);
    assert!(quote["price"]["low"].is_string() && quote["price"]["high"].is_string(), "{quote}");
    studio.vendor.settled(&prompt, 0).await;
}
