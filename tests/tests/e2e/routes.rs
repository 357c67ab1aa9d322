//! The whole route table, called by everybody who can call: each call is answered as it stands here. A route without a row
//! does not compile.

use serde_json::{Value, json};
use studio_shared::job::State;
use studio_shared::member::Issued;
use studio_shared::route::{Access, Action, Method, ROUTES, Route};
use studio_shared::share::Share;
use studio_tests::client::send;
use studio_tests::recording::wav;
use studio_tests::{Answer, Client, Setup, Studio, picture, text, unique};

tests![every_route_answers_every_caller_as_the_table_says_and_nothing_is_spent];

/// Who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caller {
    /// Without a session.
    Nobody,
    /// With a code that was revoked.
    RevokedCode,
    /// With the session of a code that was revoked.
    RevokedSession,
    /// With a session that is signed rightly and is over.
    ExpiredSession,
    /// With a session into which somebody has written that they are the owner.
    ChangedSession,
    /// Somebody who is let in, asking for what is another's.
    Member,
    /// The owner, likewise.
    Owner,
}

const CALLERS: [Caller; 7] = [
    Caller::Nobody,
    Caller::RevokedCode,
    Caller::RevokedSession,
    Caller::ExpiredSession,
    Caller::ChangedSession,
    Caller::Member,
    Caller::Owner,
];

/// A status, and the code of the error where it is one.
type Said = (u16, &'static str);

const OK: Said = (200, "");
const MADE: Said = (201, "");
const EMPTY: Said = (204, "");
const WRONG: Said = (400, "InvalidParameter");
const OWNER_ONLY: Said = (403, "OwnerOnly");
/// Another's, which is as if it were not there.
const HIDDEN: Said = (404, "NotFound");

/// One route: what is sent along, what a member is answered, and what the owner.
struct Row(Value, Said, Said);

impl Row {
    /// What a caller is answered.
    fn said(&self, access: Access, caller: Caller) -> Said {
        let Self(_, member, owner) = *self;
        if access == Access::Public {
            assert_eq!(member, owner, "whoever calls");
            return member;
        }
        match caller {
            Caller::Nobody | Caller::ExpiredSession | Caller::ChangedSession => (401, "NotLoggedIn"),
            Caller::RevokedCode => (401, "WrongCode"),
            Caller::RevokedSession => (401, "SessionRevoked"),
            Caller::Member => member,
            Caller::Owner => owner,
        }
    }
}

/// The table. Bodies of what would be billed are wrong; those of what changes something are right.
fn row(action: Action, things: &Things) -> Row {
    let (none, empty, named) = (Value::Null, json!({}), json!({"name": "表"}));
    match action {
        Action::Health | Action::Catalogue | Action::OpenApi => Row(none, OK, OK),
        Action::LogIn => Row(json!({"code": Setup::default().owner_code}), OK, OK),
        Action::LogOut | Action::LogOutEverywhere | Action::DeleteData => Row(none, EMPTY, EMPTY),
        Action::WhoAmI
        | Action::ListJobs
        | Action::ListConversations
        | Action::ListBatches
        | Action::ReadBudget
        | Action::ReadUsage
        | Action::ReadStorage
        | Action::ListCodes
        | Action::ListShares
        | Action::Export => Row(none, OK, OK),
        Action::Quote => Row(picture("猫"), OK, OK),
        Action::QuoteBatch => Row(empty, OK, OK), // it says what is wrong
        Action::Submit
        | Action::Text
        | Action::Speech
        | Action::SubmitBatch
        | Action::Upload
        | Action::Import => Row(empty, WRONG, WRONG),
        Action::Live => Row(none, WRONG, WRONG), // no handshake
        Action::ReadJob
        | Action::DeleteJob
        | Action::ReadOutput
        | Action::TextEvents
        | Action::ReadConversation
        | Action::DeleteConversation
        | Action::ReadFile
        | Action::DeleteFile
        | Action::ReadBatch
        | Action::DeleteBatch
        | Action::RevokeCode
        | Action::RevokeShare => Row(none, HIDDEN, HIDDEN),
        Action::RestoreJob
        | Action::LookForJob
        | Action::CancelJob
        | Action::RetryJob
        | Action::PauseBatch
        | Action::ResumeBatch
        | Action::CancelBatch
        | Action::RetryBatch
        | Action::RotateCode => Row(empty, HIDDEN, HIDDEN),
        Action::RenameConversation | Action::ChangeShare => Row(json!({"title": "表"}), HIDDEN, HIDDEN),
        Action::ChangeCode => Row(named, HIDDEN, HIDDEN),
        Action::MakeShare => Row(json!({"items": [{"job": things.job}]}), HIDDEN, HIDDEN),
        Action::ImportOutput => Row(json!("猫"), HIDDEN, HIDDEN),
        Action::MakeCode => Row(named, MADE, MADE),
        Action::ChangeStorage => Row(json!({"retention_days": null}), OK, OK),
        Action::ChangeBudget => Row(empty, OWNER_ONLY, OK),
        Action::ReadShare | Action::ReadSharedOutput | Action::PreviewShare => Row(none, OK, OK),
        Action::OpenShare => Row(empty, OK, OK),
        Action::ListMembers | Action::ReadMember | Action::ReadEverybodysUsage => Row(none, OWNER_ONLY, OK),
        Action::MakeMember | Action::MakeMembersCode => Row(named, OWNER_ONLY, MADE),
        Action::ChangeMember | Action::ChangeMembersCode => Row(named, OWNER_ONLY, OK),
        Action::RotateMembersCode => Row(empty, OWNER_ONLY, OK),
        Action::DeleteMember | Action::RevokeMembersCode => Row(none, OWNER_ONLY, EMPTY),
    }
}

/// Something of everything, of a member who does not call.
struct Things {
    holder: Client,
    job: String,
    turn: String,
    conversation: String,
    file: String,
    batch: String,
    code: String,
    share: Share,
    view: String,
}

impl Things {
    async fn of(studio: &Studio) -> Self {
        let holder = studio.member("有东西的人");
        let job = holder.post("/api/jobs", &picture(&unique("表"))).await.with(202).job().id;
        let say = holder.request("POST", "/api/text").header("accept", "application/json");
        let turn = send(say.json(&text(&unique("表")))).await.with(200).job();
        let upload = holder.request("POST", "/api/files?name=mine.wav").header("content-type", "audio/wav");
        let file = send(upload.body(wav(300, 3))).await.with(201).json()["id"].as_str().unwrap().to_owned();
        let entry = json!({"model": "wan2.2-t2i-flash", "prompt": unique("表")});
        let batch = holder.submit_batch(&json!({ "image_tasks": [entry] })).await.id;
        let code = holder.post("/api/codes", &json!({"name": "我的"})).await.with(201).issued().code.id;
        holder.batch_ended(&batch).await;
        let jobs = studio.all_ended(&holder).await;
        assert!(jobs.len() == 3 && jobs.iter().all(|job| job.state == State::Done), "{jobs:#?}");
        let share = holder.share(&json!({"items": [{"job": job}]})).await;
        let view = studio.open(&share.id).await.with(200).shared().view;
        let conversation = turn.conversation.unwrap();
        Self { holder, job, turn: turn.id, conversation, file, batch, code, share, view }
    }

    /// The route's address, of these things; `victim` is the member that the owner is asked about.
    fn address(&self, route: &Route, victim: &Issued) -> String {
        let id = match route.path.split('/').nth(2).unwrap() {
            "jobs" | "import" => &self.job,
            "text" => &self.turn,
            "conversations" => &self.conversation,
            "files" => &self.file,
            "batches" => &self.batch,
            "shares" => &self.share.id,
            "admin" => &victim.member.as_ref().unwrap().id,
            of_what => {
                assert!(!route.path.contains("{id}"), "{of_what}?");
                ""
            }
        };
        let code = if route.access == Access::Owner { &victim.code.id } else { &self.code };
        let path = route.path.replace("{id}", id).replace("{code}", code).replace("{n}", "0");
        if route.action == Action::ReadSharedOutput { format!("{path}?view={}", self.view) } else { path }
    }

    /// All that there is of them.
    async fn all(&self) -> Vec<Value> {
        let mut all = Vec::new();
        for path in ["/api/export", "/api/jobs", "/api/conversations", "/api/batches", "/api/storage"] {
            all.push(self.holder.get(path).await.with(200).json());
        }
        let codes = self.holder.get("/api/codes").await.with(200).json();
        all.push(codes["items"].as_array().unwrap().iter().map(|code| code["revoked_at"].clone()).collect());
        all
    }
}

/// Those who come with a session or code that was once good.
struct Shut {
    revoked_code: Client,
    revoked_session: Client,
    expired: Client,
    changed: Client,
}

impl Shut {
    async fn of(studio: &Studio) -> Self {
        let revoked = studio.issue(&json!({"name": "停用"})).await;
        let revoked_session = studio.log_in(&revoked.secret).await;
        let code = (revoked.member.unwrap().id, revoked.code.id);
        let _ =
            studio.owner.delete(format!("/api/admin/members/{}/codes/{}", code.0, code.1)).await.with(204);
        let live = studio.member("在册的人");
        let setup = Setup::default();
        // What is signed here is taken, as long as it is not over.
        let _ = live.ending(&setup, u64::from(u32::MAX) * 1000).get("/api/session").await.with(200);
        Self {
            revoked_code: studio.bearer(&revoked.secret),
            revoked_session,
            expired: live.ending(&setup, 1_700_000_000_000),
            changed: live.as_the_owner(),
        }
    }
}

async fn call(client: &Client, method: Method, path: &str, body: &Value) -> Answer {
    let request = client.request(method.as_str(), path);
    send(if body.is_null() { request } else { request.json(body) }).await
}

async fn every_route_answers_every_caller_as_the_table_says_and_nothing_is_spent() {
    let studio = Studio::unlimited().await;
    let things = Things::of(&studio).await;
    let shut = Shut::of(&studio).await;
    let creations = async || studio.vendor.figures().await["creations"].as_array().unwrap().len();
    let spent = async || studio.owner.budgets().await.studio.unwrap();
    let before = (creations().await, spent().await);
    let had = things.all().await;
    let (mut calls, mut let_in, mut wrong) = (0, 0, Vec::new());
    for route in &ROUTES {
        let row = row(route.action, &things);
        // Some routes end the session or the member that they are called by or for.
        let member = studio.issue(&json!({"name": "另一个人"})).await;
        let member = studio.log_in(&member.secret).await;
        let victim = studio.issue(&json!({"name": "所有者管的人"})).await;
        let path = things.address(route, &victim);
        for caller in CALLERS {
            let client = match caller {
                Caller::Nobody => &studio.nobody,
                Caller::RevokedCode => &shut.revoked_code,
                Caller::RevokedSession => &shut.revoked_session,
                Caller::ExpiredSession => &shut.expired,
                Caller::ChangedSession => &shut.changed,
                Caller::Member => &member,
                Caller::Owner => &studio.owner,
            };
            let (status, code) = row.said(route.access, caller);
            let answer = call(client, route.method, &path, &row.0).await;
            let told =
                if answer.status < 400 { Value::from("") } else { answer.json()["error"]["code"].clone() };
            if (answer.status, told.as_str()) != (status, Some(code)) {
                let method = route.method.as_str();
                wrong.push(format!(
                    "{method} {path} by {caller:?}: {} {told} instead of {status} {code}",
                    answer.status
                ));
            } else if status >= 400 {
                answer.refused(status, code);
            } else {
                let_in += 1;
            }
            calls += 1;
        }
    }
    println!(
        "{} routes x {} callers = {calls} calls, of which {let_in} were let in",
        ROUTES.len(),
        CALLERS.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(calls, ROUTES.len() * CALLERS.len());
    assert_eq!((creations().await, spent().await), before, "nothing was spent");
    assert_eq!(things.all().await, had, "nothing of another's was changed");
}
