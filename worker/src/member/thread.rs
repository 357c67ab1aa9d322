//! Conversations: turns are written down, put together for the model, listed, renamed, deleted.

use serde_json::Value;
use studio_shared::conversation::{Conversation, ConversationList, TITLE_CAP, Thread};
use studio_shared::event::LiveEvent;
use studio_shared::job::Job;
use studio_shared::live as wire;
use studio_shared::problem::Problem;
use studio_shared::request::{Message, Request, Role, TextRequest};
use studio_shared::words::Words;
use worker::Result;

use super::answer::Shown;
use super::book::Keyed;
use super::entry::{Entry, Turn};
use super::message::{ConversationQuery, Outcome, Say};
use super::{Member, door, live, purse};
use crate::clock;
use crate::config::Config;
use crate::reply::Refusal;

/// Writes a turn down, or finds the one that the same key asked for. As for any job, no `await` stands between looking
/// and writing, and a repeat waits for the money of the first call.
pub(super) async fn say(member: &Member, say: Say) -> Result<std::result::Result<Entry, Refusal>> {
    let Say { request, conversation, after, key, pass, .. } = say;
    if let Err(refusal) = door::check(member, &pass)? {
        return Ok(Err(refusal));
    }
    let book = member.book();
    while let Some(Keyed { job: id, asked }) =
        key.as_deref().map(|key| book.keyed(key)).transpose()?.flatten()
    {
        let Some(first) = book.read(&id)? else {
            let is_a_batchs = book.batch(&id)?.is_some();
            return Ok(Err(if is_a_batchs { Refusal::idempotency_conflict() } else { Refusal::not_found() }));
        };
        let is_same = asked.is_none()
            && first.request == *request
            && is_turn(&first, conversation.as_deref(), after.as_deref());
        if !is_same {
            return Ok(Err(Refusal::idempotency_conflict()));
        }
        if let Some(first) = purse::decided(member, &id).await? {
            return Ok(Ok(first));
        }
    }
    let config = match Config::read(&member.env) {
        Ok(config) => config,
        Err(what) => return Ok(Err(Refusal::misconfigured(&what))),
    };
    let notes = match wire::call(&request, config.live()) {
        Ok((_, notes)) => notes,
        Err(problems) => return Ok(Err(Refusal::problems(problems))),
    };
    if let Err(refusal) = check(member, conversation.as_deref(), after.as_deref())? {
        return Ok(Err(refusal));
    }
    let now = clock::now();
    let id = conversation.clone().unwrap_or_else(|| uuid::Uuid::now_v7().to_string());
    let turn = Turn { conversation: id.clone(), after, begins: conversation.is_none() };
    if turn.begins {
        book.begin(&id, &title(request.prompt()), now)?;
    }
    let mut entry = Entry::held(uuid::Uuid::now_v7().to_string(), *request, notes, now);
    entry.turn = Some(turn);
    entry.code = pass.code;
    entry.estimate = composed(member, &entry)?.price();
    book.add(&entry, key.as_deref())?;
    book.add_turn(&id, &entry.id, now)?;
    if let Err(refusal) = purse::admit(member, &entry, key.as_deref(), None).await? {
        return Ok(Err(refusal));
    }
    Ok(book.read(&entry.id)?.ok_or_else(Refusal::not_found))
}

/// Whether a job is the turn that the same body asked for before.
fn is_turn(first: &Entry, conversation: Option<&str>, after: Option<&str>) -> bool {
    first.turn.as_ref().is_some_and(|turn| match conversation {
        None => turn.begins,
        Some(id) => !turn.begins && turn.conversation == id && turn.after.as_deref() == after,
    })
}

/// The place of a turn must be there, and the turn before it must have ended.
fn check(
    member: &Member,
    conversation: Option<&str>,
    after: Option<&str>,
) -> Result<std::result::Result<(), Refusal>> {
    let Some(conversation) = conversation else { return Ok(Ok(())) };
    let book = member.book();
    if book.conversation(conversation)?.is_none() {
        return Ok(Err(unknown("conversation", conversation)));
    }
    let Some(after) = after else { return Ok(Ok(())) };
    let before = book.read(after)?;
    let in_it = |entry: &Entry| entry.turn.as_ref().is_some_and(|turn| turn.conversation == conversation);
    Ok(match before.filter(in_it) {
        None => Err(unknown("after", after)),
        Some(before) if !before.state.is_final() => Err(Refusal::wrong_state(
            Words::new("上一条还没有回答完。", "The turn before it is still being answered."),
            Words::new("等它结束，或先停止。", "Wait for its end, or stop it first."),
        )),
        Some(_) => Ok(()),
    })
}

/// 404, naming the field.
pub(super) fn unknown(field: &str, given: &str) -> Refusal {
    let problem = Problem::new(
        field,
        &Value::from(given),
        Words::new("已有的编号", "an id that was given out"),
        Words::of(
            format!("没有 {field} 所指的内容，可能已被删除。"),
            format!("There is nothing that {field} names; it may have been deleted."),
        ),
    );
    Refusal { problems: vec![problem], ..Refusal::not_found() }
}

/// What is sent for a job: where it is a turn, with everything that was said on the path to it.
pub(super) fn composed(member: &Member, entry: &Entry) -> Result<Request> {
    let Request::Text(own) = &entry.request else { return Ok(entry.request.clone()) };
    let book = member.book();
    let mut path = Vec::new();
    let mut before = entry.turn.as_ref().and_then(|turn| turn.after.clone());
    while let Some(id) = before {
        let Some(turn) = book.read(&id)? else { break };
        before = turn.turn.and_then(|turn| turn.after);
        if let Request::Text(said) = turn.request {
            path.push((said, book.answer(&id)?));
        }
    }
    path.reverse();
    Ok(Request::Text(with_path(own, &path)))
}

/// A turn with the turns before it, from the first: what was said and what was answered. A turn without an answer is
/// left out, since the model would see two questions in a row.
fn with_path(own: &TextRequest, path: &[(TextRequest, String)]) -> TextRequest {
    let mut messages = Vec::new();
    for (said, answer) in path.iter().filter(|(_, answer)| !answer.trim().is_empty()) {
        messages.extend(said.messages.iter().cloned());
        messages.push(Message { role: Role::Assistant, content: answer.clone() });
    }
    messages.extend(own.messages.iter().cloned());
    TextRequest { messages, ..own.clone() }
}

/// The beginning of what was said first, in one line.
fn title(prompt: &str) -> String {
    prompt.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(TITLE_CAP).collect()
}

/// A page of conversations.
pub(super) fn list(member: &Member, query: &ConversationQuery) -> Result<Outcome> {
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let mut items = member.book().list_conversations(query)?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|last| format!("{}-{}", last.updated_at.ms(), last.id));
    Ok(Outcome::Conversations(ConversationList { items, next }))
}

/// A conversation with its turns.
pub(super) fn read(member: &Member, id: &str) -> Result<Outcome> {
    with(member, id, |conversation| {
        let turns = member.book().turns(id)?;
        let turns =
            turns.iter().map(|entry| member.job(entry, Shown::Whole)).collect::<Result<Vec<Job>>>()?;
        Ok(Outcome::Thread(Box::new(Thread { conversation, turns })))
    })
}

/// Gives a conversation another title.
pub(super) fn rename(member: &Member, id: &str, title: String) -> Result<Outcome> {
    with(member, id, |conversation| {
        member.book().rename(id, &title)?;
        Ok(Outcome::Conversation(Box::new(Conversation { title, ..conversation })))
    })
}

/// Deletes a conversation with its turns, once all have ended.
pub(super) fn delete(member: &Member, id: &str) -> Result<Outcome> {
    with(member, id, |_| {
        let book = member.book();
        let turns = book.turns(id)?;
        if turns.iter().any(|turn| !turn.state.is_final()) {
            return Ok(Outcome::Refused(Box::new(Refusal::wrong_state(
                Words::new(
                    "这段对话还在回答，不能删除。",
                    "An answer is still coming; the conversation cannot be deleted.",
                ),
                Words::new("等它结束，或先停止。", "Wait for its end, or stop it first."),
            ))));
        }
        book.forget(id)?;
        for turn in &turns {
            book.remove(&turn.id)?;
            live::push(&member.state, &LiveEvent::Deleted { id: turn.id.clone() })?;
        }
        Ok(Outcome::Done)
    })
}

fn with(member: &Member, id: &str, act: impl FnOnce(Conversation) -> Result<Outcome>) -> Result<Outcome> {
    match member.book().conversation(id)? {
        Some(conversation) => act(conversation),
        None => Ok(Outcome::Refused(Box::new(Refusal::not_found()))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn request(value: Value) -> TextRequest {
        match Request::from_value(value) {
            Ok(Request::Text(text)) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_turn_is_sent_with_what_was_said_and_answered_before_it() {
        let first = request(json!({"model":"qwen-max","system":"旧","messages":[
            {"role":"user","content":"一"},{"role":"assistant","content":"二"},{"role":"user","content":"三"}]}));
        let unanswered = request(json!({"model":"qwen-turbo","prompt":"没有回答"}));
        let own = request(json!({"model":"qwen-turbo","system":"新","prompt":"五"}));
        let path = [(first, "四".to_owned()), (unanswered, " \n".to_owned())];
        let sent = with_path(&own, &path);
        let said: Vec<_> = sent.messages.iter().map(|message| message.content.as_str()).collect();
        assert_eq!(said, ["一", "二", "三", "四", "五"]);
        assert_eq!((sent.system.as_deref(), sent.model.as_str()), (Some("新"), "qwen-turbo"));
        assert_eq!(with_path(&own, &[]), own);
    }

    #[test]
    fn a_title_is_one_line_of_limited_length() {
        assert_eq!(title("  写一篇\n\t科技文章 "), "写一篇 科技文章");
        assert_eq!(title(&"长".repeat(500)).chars().count(), TITLE_CAP);
    }

    #[test]
    fn the_same_body_asks_for_the_same_turn() {
        let entry = |turn| {
            let request = Request::from_value(json!({"model":"qwen-turbo","prompt":"a"})).unwrap();
            Entry { turn, ..Entry::new("id".to_owned(), request, Vec::new(), clock_zero()) }
        };
        let turn = |after: Option<&str>, begins| {
            Some(Turn { conversation: "c".to_owned(), after: after.map(str::to_owned), begins })
        };
        assert!(is_turn(&entry(turn(None, true)), None, None));
        assert!(!is_turn(&entry(turn(None, true)), Some("c"), None), "it said another thing: go on with c");
        assert!(is_turn(&entry(turn(None, false)), Some("c"), None));
        assert!(is_turn(&entry(turn(Some("a"), false)), Some("c"), Some("a")));
        assert!(!is_turn(&entry(turn(Some("a"), false)), Some("c"), Some("b")));
        assert!(!is_turn(&entry(turn(Some("a"), false)), None, None));
        assert!(!is_turn(&entry(None), None, None), "a job outside of conversations");
    }

    fn clock_zero() -> studio_shared::time::Timestamp {
        studio_shared::time::Timestamp::default()
    }
}
