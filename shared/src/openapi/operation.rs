//! What each route takes and answers. [`of`] is a `match` over every action, so a route cannot be left out.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Value, json};

use crate::kind::Kind;
use crate::route::{Action, BATCH_CAP, JSON_CAP, TEXT_CAP};
use crate::{
    batch, budget, catalogue, conversation, export, file, job, member, quote, session, share, spend, storage,
};

use super::asked;

/// Makes the schema of a type.
pub(super) type Make = fn(&mut SchemaGenerator) -> Schema;

fn of_type<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// A parameter of the address behind `?`: its name, its schema, what it is for.
pub(super) type Query = (&'static str, Value, &'static str);

/// What is sent.
pub(super) enum Body {
    /// Nothing.
    None,
    /// JSON of a type.
    Json(Make),
    /// JSON of a schema that is made from the catalogue; `true` where it may be left out.
    Asked(Value, bool),
    /// A file of many requests.
    Batch,
    /// Bytes of these media types.
    Bytes(&'static [&'static str]),
}

/// What a right call is answered with, beside its status.
pub(super) enum Content {
    /// Nothing.
    None,
    /// JSON of a type.
    Json(Make),
    /// Bytes, or events, of these media types.
    Bytes(&'static [&'static str]),
}

/// One route, described.
pub(super) struct Operation {
    /// One line.
    pub(super) summary: &'static str,
    /// Whether a repeat with the same `Idempotency-Key` is the same call.
    pub(super) keyed: bool,
    /// Whether a part may be asked for by `Range`.
    pub(super) ranged: bool,
    /// Parameters behind `?`.
    pub(super) query: Vec<Query>,
    /// What is sent.
    pub(super) body: Body,
    /// Longest body in bytes, where it is read whole.
    pub(super) cap: usize,
    /// Statuses of success.
    pub(super) answers: Vec<(u16, Content)>,
    /// Statuses of refusals of its own; those that every route, every body and every login can have are added.
    pub(super) refusals: &'static [u16],
}

impl Operation {
    fn new(summary: &'static str, answers: Vec<(u16, Content)>) -> Self {
        Self {
            summary,
            keyed: false,
            ranged: false,
            query: Vec::new(),
            body: Body::None,
            cap: JSON_CAP,
            answers,
            refusals: &[],
        }
    }

    /// Answers 200 with JSON of a type.
    fn json<T: JsonSchema>(summary: &'static str) -> Self {
        Self::new(summary, vec![(200, Content::Json(of_type::<T>))])
    }

    /// Makes something: 201 with JSON of a type.
    fn makes<T: JsonSchema>(summary: &'static str) -> Self {
        Self::new(summary, vec![(201, Content::Json(of_type::<T>))])
    }

    /// Begins something: 202, and 200 for the repeat of a call with the same key.
    fn begins<T: JsonSchema>(summary: &'static str) -> Self {
        let answers = vec![(202, Content::Json(of_type::<T>)), (200, Content::Json(of_type::<T>))];
        Self { keyed: true, refusals: &[402, 409], ..Self::new(summary, answers) }
    }

    /// Answers 204.
    fn done(summary: &'static str) -> Self {
        Self::new(summary, vec![(204, Content::None)])
    }

    /// Answers with the bytes of a file, or a part of them.
    fn bytes(summary: &'static str, types: &'static [&'static str]) -> Self {
        let answers = vec![(200, Content::Bytes(types)), (206, Content::Bytes(types))];
        let query = vec![("download", json!({"type": "string"}), "Hand it out as a file of this name.")];
        Self { ranged: true, query, refusals: &[410, 416, 502], ..Self::new(summary, answers) }
    }

    fn taking<T: JsonSchema>(self) -> Self {
        Self { body: Body::Json(of_type::<T>), ..self }
    }

    fn asking(self, schema: Value) -> Self {
        Self { body: Body::Asked(schema, false), ..self }
    }

    fn with(self, query: Vec<Query>) -> Self {
        Self { query, ..self }
    }

    fn refusing(self, refusals: &'static [u16]) -> Self {
        Self { refusals, ..self }
    }
}

const ANY: &[&str] = &["*/*"];
const EVENTS: &str = "text/event-stream";
const CSV: &str = "text/csv";

fn text(longest: usize) -> Value {
    json!({"type": "string", "maxLength": longest})
}

fn paged(mut more: Vec<Query>) -> Vec<Query> {
    more.push(("limit", json!({"type": "integer", "minimum": 1, "maximum": 100}), "How many on a page."));
    more.push(("cursor", text(100), "`next` of the page before."));
    more
}

fn day(which: &'static str, what: &'static str) -> Query {
    (which, json!({"type": "string", "format": "date"}), what)
}

fn spent() -> Vec<Query> {
    vec![
        day("from", "The first day, Beijing time."),
        day("to", "The last day, Beijing time."),
        ("format", json!({"enum": ["json", "csv"]}), "As JSON or as a table."),
    ]
}

fn spending<T: JsonSchema>(summary: &'static str) -> Operation {
    let mut operation = Operation::json::<T>(summary).with(spent());
    operation.answers.push((200, Content::Bytes(&[CSV])));
    operation
}

/// The description of a route.
pub(super) fn of(action: Action) -> Operation {
    type O = Operation;
    match action {
        Action::Health => O::json::<session::Health>("Is the worker up, and what does it talk to?"),
        Action::Catalogue => O::json::<catalogue::Catalogue>("Models, parameters, prices"),
        Action::OpenApi => O::new("This description", vec![(200, Content::Bytes(&["application/json"]))]),
        Action::LogIn => O::json::<session::Session>("Log in with a code: sets the cookie")
            .taking::<session::Login>()
            .refusing(&[401, 429]),
        Action::WhoAmI => O::json::<session::Session>("Who am I?"),
        Action::LogOut => O::done("Log out: takes the cookie away"),
        Action::LogOutEverywhere => O::done("Log out everywhere"),
        Action::Quote => O::json::<quote::Quote>("Price and notes of a request; spends nothing")
            .asking(asked::any(&Kind::ALL)),
        Action::Submit => O::begins::<job::Job>("Submit a job").asking(asked::any(&Kind::ALL)),
        Action::ListJobs => O::json::<job::JobList>("List jobs, newest first").with(jobs()),
        Action::ReadJob => O::json::<job::Job>("One job"),
        Action::DeleteJob => {
            O::done("Delete a job with its results; for ten minutes it can be restored").refusing(&[409])
        }
        Action::RestoreJob => O::json::<job::Job>("Bring a job back that was deleted a moment ago"),
        Action::LookForJob => {
            O::json::<job::Job>("Look for an unsure job at the vendor once more").refusing(&[409])
        }
        Action::CancelJob => O::json::<job::Job>("Call a job back, or stop an answer").refusing(&[409]),
        Action::RetryJob => O {
            body: Body::Asked(asked::any(&Kind::ALL), true),
            ..O::begins::<job::Job>(
                "Queue a job that ended without a result once more, as it was or as changed",
            )
        },
        Action::ReadOutput => O::bytes("The bytes of a result", ANY),
        Action::Live => O {
            refusals: &[400],
            ..O::new("The socket that pushes changes: see LiveEvent", vec![(101, Content::None)])
        },
        Action::Text => {
            let answers = vec![(200, Content::Bytes(&[EVENTS])), (200, Content::Json(of_type::<job::Job>))];
            let summary =
                "Generate text, answered as it comes, or, where only JSON is accepted, when it has ended";
            O { keyed: true, cap: TEXT_CAP, refusals: &[402, 404, 409, 502], ..O::new(summary, answers) }
                .asking(asked::turn())
        }
        Action::TextEvents => {
            let answers = vec![(200, Content::Bytes(&[EVENTS])), (200, Content::Json(of_type::<job::Job>))];
            O::new("The rest of an answer, then live", answers)
                .with(vec![("after", json!({"type": "integer", "minimum": 0}), "Characters that have come.")])
                .refusing(&[409])
        }
        Action::ListConversations => O::json::<conversation::ConversationList>("List conversations")
            .with(paged(vec![("q", text(800), "Only those with this in their text.")])),
        Action::ReadConversation => O::json::<conversation::Thread>("One conversation with its turns"),
        Action::RenameConversation => {
            O::json::<conversation::Conversation>("Give a conversation another title")
                .taking::<conversation::Rename>()
        }
        Action::DeleteConversation => O::done("Delete a conversation with its turns").refusing(&[409]),
        Action::Speech => O {
            keyed: true,
            ranged: true,
            refusals: &[402, 404, 409, 410, 416, 502],
            ..O::new(
                "Synthesise speech, answered with the sound as it comes",
                vec![(200, Content::Bytes(ANY)), (206, Content::Bytes(ANY))],
            )
        }
        .asking(asked::any(&[Kind::Speech])),
        Action::Upload => O {
            body: Body::Bytes(&["application/octet-stream", "audio/*", "video/*"]),
            refusals: &[411, 502],
            ..O::makes::<file::StoredFile>("Upload a recording")
        }
        .with(vec![
            ("name", text(file::NAME_CAP), "The file's name, with its ending. Needed."),
            ("model", text(100), "The model that is to use it; needed where no bucket is bound."),
        ]),
        Action::ReadFile => O::bytes("The bytes of an uploaded recording", ANY),
        Action::DeleteFile => O::done("Delete an uploaded recording").refusing(&[409]),
        Action::QuoteBatch => O {
            body: Body::Batch,
            cap: BATCH_CAP,
            query: batch_query(),
            ..O::json::<batch::BatchQuote>(
                "Everything that is wrong with a batch, price and time; spends nothing",
            )
        },
        Action::SubmitBatch => O {
            body: Body::Batch,
            cap: BATCH_CAP,
            query: batch_query(),
            ..O::begins::<batch::Batch>("Submit a batch")
        },
        Action::ListBatches => {
            O::json::<batch::BatchList>("List batches, newest first").with(paged(Vec::new()))
        }
        Action::ReadBatch => O::json::<batch::Batch>("One batch"),
        Action::DeleteBatch => O::done("Delete a batch with its jobs").refusing(&[409]),
        Action::PauseBatch => {
            O::json::<batch::Batch>("Send nothing more of a batch for now").refusing(&[409])
        }
        Action::ResumeBatch => O::json::<batch::Batch>("Go on with a batch").refusing(&[402, 409]),
        Action::CancelBatch => {
            O::json::<batch::Batch>("Call back what was not sent of a batch").refusing(&[409])
        }
        Action::RetryBatch => O::json::<batch::Batch>("Queue all entries of a batch that failed once more")
            .refusing(&[402, 409]),
        Action::ReadBudget => O::json::<budget::Budgets>("Budgets, and what is taken from them"),
        Action::ChangeBudget => {
            O::json::<budget::Budgets>("Set budgets; the owner only").taking::<budget::BudgetChange>()
        }
        Action::ReadUsage => spending::<spend::Spend>("What was spent on what"),
        Action::ReadStorage => O::json::<storage::Storage>("What is kept, and for how long"),
        Action::ChangeStorage => O::json::<storage::Storage>("Set for how long results are kept")
            .taking::<storage::StorageChange>(),
        Action::ListCodes => O::json::<member::CodeList>("The caller's own codes"),
        Action::MakeCode => make_code("Make a code of one's own"),
        Action::ChangeCode => change_code("Change a code of one's own"),
        Action::RotateCode => rotate_code("Make a code of one's own say something else"),
        Action::RevokeCode => O::done("Revoke a code of one's own"),
        Action::ListMembers => O::json::<member::MemberList>("All members"),
        Action::MakeMember => {
            O::makes::<member::Issued>("Make a member").taking::<member::MemberChange>().refusing(&[409])
        }
        Action::ReadMember => O::json::<member::Member>("One member"),
        Action::ChangeMember => {
            O::json::<member::Member>("Change a member, shut them out, let them in again")
                .taking::<member::MemberChange>()
        }
        Action::DeleteMember => O::done("Delete a member with everything of theirs"),
        Action::MakeMembersCode => make_code("Make a code for a member"),
        Action::ChangeMembersCode => change_code("Change a member's code"),
        Action::RotateMembersCode => rotate_code("Make a member's code say something else"),
        Action::RevokeMembersCode => O::done("Revoke a member's code"),
        Action::ReadEverybodysUsage => spending::<Value>("What all members have spent on what"),
        Action::MakeShare => {
            let answers = vec![
                (201, Content::Json(of_type::<share::Share>)),
                (200, Content::Json(of_type::<share::Share>)),
            ];
            O {
                keyed: true,
                refusals: &[404, 409],
                ..O::new("Share a copy of results, settings, or a conversation", answers)
            }
            .taking::<share::NewShare>()
        }
        Action::ListShares => O::json::<share::ShareList>("The caller's own shares").with(paged(Vec::new())),
        Action::ChangeShare => O::json::<share::Share>("Change a share").taking::<share::ShareChange>(),
        Action::RevokeShare => O::done("Take a share back"),
        Action::ReadShare => O::json::<share::Door>("What anybody is told of a share before it is opened")
            .with(vec![("view", text(500), "What opening it answered: is it still good?")]),
        Action::OpenShare => O::json::<share::Shared>("Open a share: one view")
            .taking::<share::Open>()
            .refusing(&[401, 403, 429]),
        Action::ReadSharedOutput => {
            let mut operation = O::bytes("The bytes of a shared result", ANY);
            operation.query.push(("view", text(500), "What opening the share answered."));
            O { refusals: &[401, 403, 410, 416, 502], ..operation }
        }
        Action::PreviewShare => O::new(
            "The picture that stands for a share in a preview of its link",
            vec![(200, Content::Bytes(ANY)), (206, Content::Bytes(ANY))],
        )
        .refusing(&[410, 416]),
        Action::Export => O::json::<export::Export>("Everything of a member, page by page").with(vec![(
            "cursor",
            text(200),
            "`next` of the page before.",
        )]),
        Action::Import => {
            O { cap: export::IMPORT_CAP, ..O::json::<export::Imported>("Take in what was exported") }
                .taking::<export::Export>()
                .refusing(&[409])
        }
        Action::ImportOutput => O {
            body: Body::Bytes(&[
                "application/octet-stream",
                "image/*",
                "audio/*",
                "video/*",
                "application/json",
            ]),
            refusals: &[409, 411, 502],
            ..O::done("Take in the bytes of a result that was exported")
        },
        Action::DeleteData => O::done("Delete everything of a member"),
    }
}

fn jobs() -> Vec<Query> {
    let moment = || json!({"type": "string", "format": "date-time"});
    paged(vec![
        ("kind", json!({"enum": Kind::ALL.map(Kind::as_str)}), "Only this kind."),
        ("state", json!({"enum": job::State::ALL.map(job::State::as_str)}), "Only in this state."),
        ("model", text(100), "Only this model."),
        ("batch", text(100), "Only entries of this batch, in their order."),
        ("q", text(800), "Only those with this in their prompt."),
        ("from", moment(), "Made then or later."),
        ("to", moment(), "Made before."),
    ])
}

fn batch_query() -> Vec<Query> {
    vec![
        ("name", text(200), "What the batch is called."),
        ("settings", text(batch::LONGEST_SETTINGS), "A JSON object of what all entries share."),
    ]
}

fn make_code(summary: &'static str) -> Operation {
    Operation::makes::<member::Issued>(summary).taking::<member::CodeChange>().refusing(&[409])
}

fn change_code(summary: &'static str) -> Operation {
    Operation::json::<member::Code>(summary).taking::<member::CodeChange>()
}

fn rotate_code(summary: &'static str) -> Operation {
    Operation::json::<member::Issued>(summary).refusing(&[409])
}
