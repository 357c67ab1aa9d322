//! Conversations: continued, branched, put together, listed, renamed, deleted.

use serde_json::{Value, json};
use studio_shared::conversation::{Conversation, ConversationList, Thread};
use studio_shared::job::{Job, State};
use studio_tests::order::with;
use studio_tests::talk::Heard;
use studio_tests::{Answer, Studio, text, unique};

tests![
    a_conversation_goes_on_with_everything_that_was_said,
    an_edited_message_is_a_branch,
    turns_without_an_answer_are_left_out,
    a_place_that_is_not_there_is_named,
    a_turn_waits_for_the_one_before_it,
    a_conversation_is_renamed,
    a_conversation_is_deleted_with_its_turns,
    conversations_are_listed_by_page_and_by_search,
    a_turn_is_estimated_with_all_that_was_said_before,
    jobs_outside_of_conversations_stay_outside,
];

/// A turn that is answered with these words.
fn turn(say: &str, said: &str) -> Value {
    text(&format!("[[sim:say {say}]] {}", unique(said)))
}

fn prompt(request: &Value) -> &str {
    request["prompt"].as_str().unwrap()
}

/// Says it after a turn.
async fn go_on(studio: &Studio, before: &Job, request: &Value) -> Job {
    let place = json!({"conversation": before.conversation, "after": before.id});
    let heard: Heard = studio.ask(&with(request.clone(), &place)).await;
    assert_eq!(heard.job().state, State::Done, "{:?}", heard.job());
    heard.job().clone()
}

async fn begin(studio: &Studio, request: &Value) -> Job {
    studio.ask(request).await.job().clone()
}

fn address(job: &Job) -> String {
    format!("/api/conversations/{}", job.conversation.as_ref().unwrap())
}

async fn thread(studio: &Studio, job: &Job) -> Thread {
    serde_json::from_value(studio.owner.get(address(job)).await.with(200).json()).unwrap()
}

/// What the vendor received as messages with this prompt last.
async fn messages(studio: &Studio, request: &Value) -> Value {
    studio.vendor.sent(prompt(request)).await["input"]["messages"].clone()
}

fn user(request: &Value) -> Value {
    json!({"role": "user", "content": prompt(request)})
}

fn assistant(said: &str) -> Value {
    json!({"role": "assistant", "content": said})
}

async fn a_conversation_goes_on_with_everything_that_was_said() {
    let studio = Studio::shared().await;
    let [one, two, three] = [turn("甲", "第一"), turn("乙🙂", "第二"), turn("丙", "第三")];
    let first = begin(&studio, &with(one.clone(), &json!({"system": "旧的系统消息"}))).await;
    assert_eq!(first.after, None);
    let second = go_on(&studio, &first, &two).await;
    let third =
        go_on(&studio, &second, &with(three.clone(), &json!({"system": "新的", "model": "qwen-max"}))).await;
    assert_eq!(
        (third.conversation.as_ref(), third.after.as_ref()),
        (first.conversation.as_ref(), Some(&second.id))
    );
    assert_eq!(messages(&studio, &two).await, json!([user(&one), assistant("甲"), user(&two)]));
    assert_eq!(
        messages(&studio, &three).await,
        json!([{"role": "system", "content": "新的"},
            user(&one), assistant("甲"), user(&two), assistant("乙🙂"), user(&three)])
    );
    // The turn itself holds only what the person said with it.
    assert_eq!(serde_json::to_value(&third.request).unwrap()["messages"], json!([user(&three)]));
    let thread = thread(&studio, &first).await;
    assert_eq!(thread.turns, [first.clone(), second, third]);
    assert_eq!(thread.conversation.turns, 3);
    let title = prompt(&one).split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(thread.conversation.title, title.chars().take(100).collect::<String>());
    assert!(thread.conversation.updated_at > thread.conversation.created_at);
}

async fn an_edited_message_is_a_branch() {
    let studio = Studio::shared().await;
    let [one, two, other, after] =
        [turn("甲", "第一"), turn("乙", "第二"), turn("丙", "改过的第二"), turn("丁", "之后")];
    let first = begin(&studio, &one).await;
    let second = go_on(&studio, &first, &two).await;
    let branch = go_on(&studio, &first, &other).await;
    assert_eq!((second.after.as_ref(), branch.after.as_ref()), (Some(&first.id), Some(&first.id)));
    let last = go_on(&studio, &branch, &after).await;
    assert_eq!(messages(&studio, &other).await, json!([user(&one), assistant("甲"), user(&other)]));
    assert_eq!(
        messages(&studio, &after).await,
        json!([user(&one), assistant("甲"), user(&other), assistant("丙"), user(&after)])
    );
    // From the very beginning: in the conversation, but after nothing.
    let anew = turn("戊", "从头");
    let request = with(anew.clone(), &json!({"conversation": first.conversation}));
    let root = begin(&studio, &request).await;
    assert_eq!((root.conversation.as_ref(), root.after.as_ref()), (first.conversation.as_ref(), None));
    assert_eq!(messages(&studio, &anew).await, json!([user(&anew)]));
    assert_eq!(thread(&studio, &first).await.turns, [first, second, branch, last, root]);
}

async fn turns_without_an_answer_are_left_out() {
    let studio = Studio::shared().await;
    let one = turn("甲", "第一");
    let first = begin(&studio, &one).await;
    let failed = text(&format!("[[sim:fail InternalError]] {}", unique("失败")));
    let place = json!({"conversation": first.conversation, "after": first.id});
    let failed = begin(&studio, &with(failed, &place)).await;
    assert_eq!(failed.state, State::Failed);
    let cut = text(&format!("[[sim:stream-error 2 InternalError]] {}", unique("断开")));
    let place = json!({"conversation": first.conversation, "after": failed.id});
    let cut_turn = begin(&studio, &with(cut.clone(), &place)).await;
    let had_come = cut_turn.text.as_ref().unwrap().text.clone();
    let on = turn("乙", "请继续");
    go_on(&studio, &cut_turn, &on).await;
    assert_eq!(
        messages(&studio, &on).await,
        json!([user(&one), assistant("甲"), user(&cut), assistant(&had_come), user(&on)])
    );
}

async fn a_place_that_is_not_there_is_named() {
    let studio = Studio::shared().await;
    let (first, elsewhere) =
        (begin(&studio, &turn("甲", "这里")).await, begin(&studio, &turn("乙", "别处")).await);
    let request = turn("丙", "不该发送");
    for (place, field) in [
        (json!({"conversation": "0198a5b2-0000-7000-8000-000000000000"}), "conversation"),
        (json!({"conversation": first.id}), "conversation"),
        (
            json!({"conversation": first.conversation, "after": "0198a5b2-0000-7000-8000-000000000000"}),
            "after",
        ),
        (json!({"conversation": first.conversation, "after": elsewhere.id}), "after"),
        (json!({"conversation": first.conversation, "after": elsewhere.conversation}), "after"),
    ] {
        let answer = studio.owner.post("/api/text", &with(request.clone(), &place)).await;
        assert_eq!(answer.refused(404, "NotFound").error.field.as_deref(), Some(field), "{place}");
    }
    let unknown = "/api/conversations/0198a5b2-0000-7000-8000-000000000000";
    studio.owner.get(unknown).await.refused(404, "NotFound");
    studio.owner.delete(unknown).await.refused(404, "NotFound");
    studio.owner.patch(unknown, &json!({"title": "x"})).await.refused(404, "NotFound");
    studio.owner.get(format!("/api/conversations/{}", first.id)).await.refused(404, "NotFound");
    studio.nobody.get("/api/conversations").await.refused(401, "NotLoggedIn");
    studio.vendor.settled(prompt(&request), 0).await;
}

async fn a_turn_waits_for_the_one_before_it() {
    let studio = Studio::shared().await;
    let slow = text(&unique("[[sim:slow 100]] [[sim:tokens 4000]] 慢"));
    let mut talk = studio.owner.talk(&slow).await;
    talk.until(3).await;
    let running = studio.job(&talk.id).await;
    let place = json!({"conversation": running.conversation, "after": running.id});
    let next = turn("好", "太早");
    studio.owner.post("/api/text", &with(next.clone(), &place)).await.refused(409, "WrongState");
    studio.owner.delete(address(&running)).await.refused(409, "WrongState");
    let stopped = studio.stop(&talk.id).await.with(200).job();
    drop(talk);
    go_on(&studio, &stopped, &next).await;
    let said = stopped.text.unwrap().text;
    assert_eq!(messages(&studio, &next).await, json!([user(&slow), assistant(&said), user(&next)]));
}

async fn a_conversation_is_renamed() {
    let studio = Studio::shared().await;
    let job = begin(&studio, &turn("甲", "旧标题")).await;
    let before = thread(&studio, &job).await.conversation;
    let answer = studio.owner.patch(address(&job), &json!({"title": " 新标题 "})).await.with(200);
    let renamed: Conversation = serde_json::from_value(answer.json()).unwrap();
    assert_eq!(renamed, Conversation { title: "新标题".to_owned(), ..before });
    assert_eq!(thread(&studio, &job).await.conversation, renamed);
    for (body, field) in [
        (json!({"title": ""}), "title"),
        (json!({"title": "长".repeat(101)}), "title"),
        (json!({"title": 7}), "title"),
        (json!({}), "title"),
        (json!({"title": "x", "turns": 9}), "turns"),
    ] {
        let reply = studio.owner.patch(address(&job), &body).await.refused(400, "InvalidParameter");
        assert_eq!(reply.error.field.as_deref(), Some(field), "{body}");
    }
    assert_eq!(thread(&studio, &job).await.conversation, renamed);
}

async fn a_conversation_is_deleted_with_its_turns() {
    let studio = Studio::shared().await;
    let first = begin(&studio, &turn("甲", "将删")).await;
    let second = go_on(&studio, &first, &turn("乙", "也删")).await;
    let refused = studio.owner.delete(format!("/api/jobs/{}", first.id)).await.refused(409, "WrongState");
    assert!(refused.error.advice.contains("整段对话"), "{}", refused.error.advice);
    let other = begin(&studio, &turn("丙", "留下")).await;
    assert_eq!(studio.owner.delete(address(&first)).await.with(204).bytes, b"");
    for job in [&first, &second] {
        studio.owner.get(format!("/api/jobs/{}", job.id)).await.refused(404, "NotFound");
        studio.owner.get(format!("/api/text/{}/events", job.id)).await.refused(404, "NotFound");
    }
    studio.owner.get(address(&first)).await.refused(404, "NotFound");
    studio.owner.delete(address(&first)).await.refused(404, "NotFound");
    assert_eq!(thread(&studio, &other).await.turns, [other]);
}

async fn conversations_are_listed_by_page_and_by_search() {
    let studio = Studio::shared().await;
    let mark = unique("检索 100%_").replace(['№', '.', ' '], "");
    let mut jobs = Vec::new();
    for n in 0..5 {
        jobs.push(begin(&studio, &turn("好", &format!("{mark} 之{n}"))).await);
    }
    // The first one is spoken in again, and so is the newest.
    go_on(&studio, &jobs[0], &turn("好", "再说")).await;
    let expected: Vec<_> = [0, 4, 3, 2, 1].map(|n| jobs[n].conversation.clone().unwrap()).into();
    let list = async |query: String| -> ConversationList {
        let answer: Answer = studio.owner.get(format!("/api/conversations?{query}")).await.with(200);
        serde_json::from_value(answer.json()).unwrap()
    };
    let q = form(&mark);
    let all = list(format!("q={q}")).await;
    assert_eq!(all.items.iter().map(|item| item.id.clone()).collect::<Vec<_>>(), expected);
    assert_eq!((all.next, all.items[0].turns, all.items[1].turns), (None, 2, 1));
    let (mut paged, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = list(format!("q={q}&limit=2&cursor={cursor}")).await;
        assert!(page.items.len() <= 2);
        paged.extend(page.items.into_iter().map(|item| item.id));
        match page.next {
            Some(next) => cursor = next,
            None => break,
        }
    }
    assert_eq!(paged, expected);
    let _ = studio.owner.patch(address(&jobs[2]), &json!({"title": format!("改名 {mark}x")})).await.with(200);
    let renamed = list(format!("q={}", form(&format!("{mark}x")))).await;
    assert_eq!(renamed.items.len(), 1, "found by its title");
    assert_eq!(
        list(format!("q={}", form(&format!("{mark} 之2")))).await.items.len(),
        1,
        "and by what was said"
    );
    for (query, field) in
        [("limit=0", "limit"), ("limit=101", "limit"), ("cursor=x", "cursor"), ("sort=a", "sort")]
    {
        let reply =
            studio.owner.get(format!("/api/conversations?{query}")).await.refused(400, "InvalidParameter");
        assert_eq!(reply.error.field.as_deref(), Some(field));
    }
}

/// A text in a query.
fn form(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn a_turn_is_estimated_with_all_that_was_said_before() {
    let studio = Studio::shared().await;
    let first = begin(&studio, &turn(&"长".repeat(400), "第一")).await;
    let next = turn("好", "第二");
    let second = go_on(&studio, &first, &next).await;
    let alone = second.request.price().unwrap();
    assert!(second.cost.estimate.unwrap() > alone, "{:?}", second.cost);
    assert!(second.usage.unwrap().input_tokens > Some(400));
    assert!(second.cost.actual < second.cost.estimate);
}

async fn jobs_outside_of_conversations_stay_outside() {
    let studio = Studio::shared().await;
    let prompt = unique("[[sim:say 好]] 单独");
    let job = studio.run(&text(&prompt)).await;
    assert_eq!((job.conversation.as_ref(), job.after.as_ref()), (None, None));
    let found = studio.owner.get(format!("/api/conversations?q={}", form(&prompt))).await.with(200).json();
    assert_eq!(found["items"].as_array().map(Vec::len), Some(0));
    let heard = studio.owner.go_on(&job.id, 0).await.to_end().await;
    assert_eq!(heard.text(), "好");
    let _ = studio.owner.delete(format!("/api/jobs/{}", job.id)).await.with(204);
}
