//! The routes of `/api`, as a table: page, worker and tests read the same one.

use std::fmt;

/// An HTTP method that some route takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Make or do.
    Post,
    /// Change.
    Patch,
    /// Put in its place.
    Put,
    /// Take away.
    Delete,
}

impl Method {
    /// The method's name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Whoever is logged in.
    Member,
    /// The owner of the studio.
    Owner,
}

/// What a route is for. Names of things in the path are in [`Found`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Is the worker up, and what does it talk to?
    Health,
    /// Models, parameters, prices.
    Catalogue,
    /// Log in with a code.
    LogIn,
    /// Who am I?
    WhoAmI,
    /// Log out.
    LogOut,
    /// Price and notes of a request; spends nothing.
    Quote,
    /// Submit a job.
    Submit,
    /// List jobs.
    ListJobs,
    /// One job.
    ReadJob,
    /// Delete a job with its results.
    DeleteJob,
    /// Bring a job back that was deleted a moment ago.
    RestoreJob,
    /// Look for a job at the vendor once more of which nobody knows whether it was made.
    LookForJob,
    /// Call a job back.
    CancelJob,
    /// Queue a job that failed, was cancelled or is unsure once more.
    RetryJob,
    /// The bytes of a result.
    ReadOutput,
    /// The socket that pushes changes.
    Live,
    /// Generate text, answered as it comes.
    Text,
    /// The events of a text answer, from where the reader left off.
    TextEvents,
    /// List conversations.
    ListConversations,
    /// One conversation with its turns.
    ReadConversation,
    /// Give a conversation another title.
    RenameConversation,
    /// Delete a conversation with its turns.
    DeleteConversation,
    /// Synthesise speech, answered with the sound as it comes.
    Speech,
    /// Upload a recording.
    Upload,
    /// The bytes of an uploaded recording.
    ReadFile,
    /// Delete an uploaded recording.
    DeleteFile,
    /// Everything that is wrong with a batch, price and time; spends nothing.
    QuoteBatch,
    /// Submit a batch.
    SubmitBatch,
    /// List batches.
    ListBatches,
    /// One batch.
    ReadBatch,
    /// Delete a batch with its jobs.
    DeleteBatch,
    /// Send nothing more of a batch for now.
    PauseBatch,
    /// Go on with a batch.
    ResumeBatch,
    /// Call back what was not sent of a batch.
    CancelBatch,
    /// Queue all entries of a batch that failed once more.
    RetryBatch,
    /// Budgets, and what is taken from them.
    ReadBudget,
    /// Set budgets; the owner only.
    ChangeBudget,
    /// What was spent on what.
    ReadUsage,
    /// What is kept, and for how long.
    ReadStorage,
    /// Set for how long results are kept.
    ChangeStorage,
    /// Log out everywhere.
    LogOutEverywhere,
    /// The caller's own codes.
    ListCodes,
    /// Make a code of one's own.
    MakeCode,
    /// Change a code of one's own.
    ChangeCode,
    /// Make a code of one's own say something else.
    RotateCode,
    /// Revoke a code of one's own.
    RevokeCode,
    /// All members.
    ListMembers,
    /// Make a member.
    MakeMember,
    /// One member.
    ReadMember,
    /// Change a member, shut them out, let them in again.
    ChangeMember,
    /// Delete a member with everything of theirs.
    DeleteMember,
    /// Make a code for a member.
    MakeMembersCode,
    /// Change a member's code.
    ChangeMembersCode,
    /// Make a member's code say something else.
    RotateMembersCode,
    /// Revoke a member's code.
    RevokeMembersCode,
    /// What all members have spent on what.
    ReadEverybodysUsage,
    /// Share a copy of results, settings, or a conversation.
    MakeShare,
    /// The caller's own shares.
    ListShares,
    /// Change a share.
    ChangeShare,
    /// Take a share back.
    RevokeShare,
    /// What anybody is told of a share before it is opened.
    ReadShare,
    /// Open a share: one view.
    OpenShare,
    /// The bytes of a shared result.
    ReadSharedOutput,
    /// The picture that stands for a share in a preview of its link.
    PreviewShare,
    /// Everything of a member, page by page.
    Export,
    /// Take in what was exported.
    Import,
    /// Take in the bytes of a result that was exported.
    ImportOutput,
    /// Delete everything of a member.
    DeleteData,
    /// This interface, described.
    OpenApi,
}

/// One route.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path; `{…}` stands for one segment.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    /// What it is for.
    pub action: Action,
}

const fn route(method: Method, path: &'static str, access: Access, action: Action) -> Route {
    Route { method, path, access, action }
}

/// All routes.
#[rustfmt::skip] // one route, one line
pub static ROUTES: [Route; 69] = [
    route(Method::Get,    "/api/health",                  Access::Public, Action::Health),
    route(Method::Get,    "/api/catalogue",               Access::Public, Action::Catalogue),
    route(Method::Post,   "/api/session",                 Access::Public, Action::LogIn),
    route(Method::Get,    "/api/session",                 Access::Member, Action::WhoAmI),
    route(Method::Delete, "/api/session",                 Access::Public, Action::LogOut),
    route(Method::Post,   "/api/quote",                   Access::Member, Action::Quote),
    route(Method::Post,   "/api/jobs",                    Access::Member, Action::Submit),
    route(Method::Get,    "/api/jobs",                    Access::Member, Action::ListJobs),
    route(Method::Get,    "/api/jobs/{id}",               Access::Member, Action::ReadJob),
    route(Method::Delete, "/api/jobs/{id}",               Access::Member, Action::DeleteJob),
    route(Method::Post,   "/api/jobs/{id}/cancel",        Access::Member, Action::CancelJob),
    route(Method::Post,   "/api/jobs/{id}/retry",         Access::Member, Action::RetryJob),
    route(Method::Post,   "/api/jobs/{id}/restore",      Access::Member, Action::RestoreJob),
    route(Method::Post,   "/api/jobs/{id}/look",          Access::Member, Action::LookForJob),
    route(Method::Get,    "/api/jobs/{id}/outputs/{n}",   Access::Member, Action::ReadOutput),
    route(Method::Get,    "/api/live",                    Access::Member, Action::Live),
    route(Method::Post,   "/api/text",                    Access::Member, Action::Text),
    route(Method::Get,    "/api/text/{id}/events",        Access::Member, Action::TextEvents),
    route(Method::Get,    "/api/conversations",           Access::Member, Action::ListConversations),
    route(Method::Get,    "/api/conversations/{id}",      Access::Member, Action::ReadConversation),
    route(Method::Patch,  "/api/conversations/{id}",      Access::Member, Action::RenameConversation),
    route(Method::Delete, "/api/conversations/{id}",      Access::Member, Action::DeleteConversation),
    route(Method::Post,   "/api/speech",                  Access::Member, Action::Speech),
    route(Method::Post,   "/api/files",                   Access::Member, Action::Upload),
    route(Method::Get,    "/api/files/{id}",              Access::Member, Action::ReadFile),
    route(Method::Delete, "/api/files/{id}",              Access::Member, Action::DeleteFile),
    route(Method::Post,   "/api/batches/quote",           Access::Member, Action::QuoteBatch),
    route(Method::Post,   "/api/batches",                 Access::Member, Action::SubmitBatch),
    route(Method::Get,    "/api/batches",                 Access::Member, Action::ListBatches),
    route(Method::Get,    "/api/batches/{id}",            Access::Member, Action::ReadBatch),
    route(Method::Delete, "/api/batches/{id}",            Access::Member, Action::DeleteBatch),
    route(Method::Post,   "/api/batches/{id}/pause",      Access::Member, Action::PauseBatch),
    route(Method::Post,   "/api/batches/{id}/resume",     Access::Member, Action::ResumeBatch),
    route(Method::Post,   "/api/batches/{id}/cancel",     Access::Member, Action::CancelBatch),
    route(Method::Post,   "/api/batches/{id}/retry",      Access::Member, Action::RetryBatch),
    route(Method::Get,    "/api/budget",                  Access::Member, Action::ReadBudget),
    route(Method::Patch,  "/api/budget",                  Access::Member, Action::ChangeBudget),
    route(Method::Get,    "/api/usage",                   Access::Member, Action::ReadUsage),
    route(Method::Get,    "/api/storage",                 Access::Member, Action::ReadStorage),
    route(Method::Patch,  "/api/storage",                 Access::Member, Action::ChangeStorage),
    route(Method::Delete, "/api/sessions",                Access::Member, Action::LogOutEverywhere),
    route(Method::Get,    "/api/codes",                   Access::Member, Action::ListCodes),
    route(Method::Post,   "/api/codes",                   Access::Member, Action::MakeCode),
    route(Method::Patch,  "/api/codes/{code}",            Access::Member, Action::ChangeCode),
    route(Method::Post,   "/api/codes/{code}/rotate",     Access::Member, Action::RotateCode),
    route(Method::Delete, "/api/codes/{code}",            Access::Member, Action::RevokeCode),
    route(Method::Post,   "/api/shares",                  Access::Member, Action::MakeShare),
    route(Method::Get,    "/api/shares",                  Access::Member, Action::ListShares),
    route(Method::Patch,  "/api/shares/{id}",             Access::Member, Action::ChangeShare),
    route(Method::Delete, "/api/shares/{id}",             Access::Member, Action::RevokeShare),
    route(Method::Get,    "/api/shares/{id}",             Access::Public, Action::ReadShare),
    route(Method::Post,   "/api/shares/{id}/open",        Access::Public, Action::OpenShare),
    route(Method::Get,    "/api/shares/{id}/outputs/{n}", Access::Public, Action::ReadSharedOutput),
    route(Method::Get,    "/api/shares/{id}/preview",     Access::Public, Action::PreviewShare),
    route(Method::Get,    "/api/export",                  Access::Member, Action::Export),
    route(Method::Post,   "/api/import",                  Access::Member, Action::Import),
    route(Method::Put,    "/api/import/{id}/outputs/{n}", Access::Member, Action::ImportOutput),
    route(Method::Delete, "/api/data",                    Access::Member, Action::DeleteData),
    route(Method::Get,    "/api/admin/members",           Access::Owner,  Action::ListMembers),
    route(Method::Post,   "/api/admin/members",           Access::Owner,  Action::MakeMember),
    route(Method::Get,    "/api/admin/members/{id}",      Access::Owner,  Action::ReadMember),
    route(Method::Patch,  "/api/admin/members/{id}",      Access::Owner,  Action::ChangeMember),
    route(Method::Delete, "/api/admin/members/{id}",      Access::Owner,  Action::DeleteMember),
    route(Method::Post,   "/api/admin/members/{id}/codes", Access::Owner, Action::MakeMembersCode),
    route(Method::Patch,  "/api/admin/members/{id}/codes/{code}", Access::Owner, Action::ChangeMembersCode),
    route(Method::Post,   "/api/admin/members/{id}/codes/{code}/rotate", Access::Owner, Action::RotateMembersCode),
    route(Method::Delete, "/api/admin/members/{id}/codes/{code}", Access::Owner, Action::RevokeMembersCode),
    route(Method::Get,    "/api/admin/usage",             Access::Owner,  Action::ReadEverybodysUsage),
    route(Method::Get,    "/api/openapi.json",            Access::Public, Action::OpenApi),
];

/// Longest body of a JSON request, in bytes.
pub const JSON_CAP: usize = 64 * 1024;

/// Longest body of `POST /api/text`, in bytes: a long text, or many turns.
pub const TEXT_CAP: usize = 1024 * 1024;

/// Longest body of `POST /api/batches`, in bytes.
pub const BATCH_CAP: usize = 1024 * 1024;

/// The header that makes a submission safe to repeat.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Where a request goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// To this action, with the segments that stood for `{…}`, in order.
    Action(Action, Access, Vec<&'a str>),
    /// The path exists, but takes only these methods.
    OtherMethods(Vec<&'static str>),
    /// Nowhere.
    Nothing,
}

/// Finds the route of a request. `HEAD` is taken as `GET`. A word of a route's own is no id of another: of the routes that
/// fit, only those with the fewest names count.
#[must_use]
pub fn find<'a>(method: &str, path: &'a str) -> Found<'a> {
    let method = if method == "HEAD" { "GET" } else { method };
    let fitting = || ROUTES.iter().filter_map(|route| Some((route, names(route.path, path)?)));
    let Some(fewest) = fitting().map(|(_, names)| names.len()).min() else { return Found::Nothing };
    let mut others = Vec::new();
    for (route, names) in fitting().filter(|(_, names)| names.len() == fewest) {
        if route.method.as_str() == method {
            return Found::Action(route.action, route.access, names);
        }
        others.push(route.method.as_str());
    }
    Found::OtherMethods(others)
}

/// The segments of `path` that stand for `{…}` of `template`; `None` where it does not fit.
fn names<'a>(template: &str, path: &'a str) -> Option<Vec<&'a str>> {
    let mut names = Vec::new();
    let mut segments = path.split('/');
    for expected in template.split('/') {
        let segment = segments.next()?;
        if expected.starts_with('{') {
            if segment.is_empty() {
                return None;
            }
            names.push(segment);
        } else if expected != segment {
            return None;
        }
    }
    segments.next().is_none().then_some(names)
}

/// Addresses of `/api`, for those who call it.
#[derive(Clone, Copy, Debug)]
pub enum Path<'a> {
    /// `/api/health`
    Health,
    /// `/api/session`
    Session,
    /// `/api/catalogue`
    Catalogue,
    /// `/api/quote`
    Quote,
    /// `/api/jobs`
    Jobs,
    /// `/api/jobs/{id}`
    Job(&'a str),
    /// `/api/jobs/{id}/cancel`
    Cancel(&'a str),
    /// `/api/jobs/{id}/retry`
    Retry(&'a str),
    /// `/api/jobs/{id}/restore`
    Restore(&'a str),
    /// `/api/jobs/{id}/look`
    Look(&'a str),
    /// `/api/jobs/{id}/outputs/{n}`
    Output(&'a str, u32),
    /// `/api/live`
    Live,
    /// `/api/text`
    Text,
    /// `/api/text/{id}/events?after=N`
    TextEvents(&'a str, u32),
    /// `/api/conversations`
    Conversations,
    /// `/api/conversations/{id}`
    Conversation(&'a str),
    /// `/api/speech`
    Speech,
    /// `/api/files`
    Files,
    /// `/api/files/{id}`
    File(&'a str),
    /// `/api/batches/quote`
    BatchQuote,
    /// `/api/batches`
    Batches,
    /// `/api/batches/{id}`
    Batch(&'a str),
    /// `/api/batches/{id}/pause`
    Pause(&'a str),
    /// `/api/batches/{id}/resume`
    Resume(&'a str),
    /// `/api/batches/{id}/cancel`
    CancelBatch(&'a str),
    /// `/api/batches/{id}/retry`
    RetryBatch(&'a str),
    /// `/api/budget`
    Budget,
    /// `/api/usage`
    Usage,
    /// `/api/storage`
    Storage,
    /// `/api/sessions`
    Sessions,
    /// `/api/codes`
    Codes,
    /// `/api/codes/{code}`
    Code(&'a str),
    /// `/api/codes/{code}/rotate`
    RotateCode(&'a str),
    /// `/api/shares`
    Shares,
    /// `/api/shares/{id}`
    Share(&'a str),
    /// `/api/shares/{id}/open`
    OpenShare(&'a str),
    /// `/api/shares/{id}/outputs/{n}?view=…`
    SharedOutput(&'a str, u32, &'a str),
    /// `/api/shares/{id}/preview`
    SharePreview(&'a str),
    /// `/api/export`
    Export,
    /// `/api/import`
    Import,
    /// `/api/import/{id}/outputs/{n}`
    ImportOutput(&'a str, u32),
    /// `/api/data`
    Data,
    /// `/api/admin/members`
    Members,
    /// `/api/admin/members/{id}`
    Member(&'a str),
    /// `/api/admin/members/{id}/codes`
    MembersCodes(&'a str),
    /// `/api/admin/members/{id}/codes/{code}`
    MembersCode(&'a str, &'a str),
    /// `/api/admin/members/{id}/codes/{code}/rotate`
    RotateMembersCode(&'a str, &'a str),
    /// `/api/admin/usage`
    EverybodysUsage,
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Health => f.write_str("/api/health"),
            Self::Session => f.write_str("/api/session"),
            Self::Catalogue => f.write_str("/api/catalogue"),
            Self::Quote => f.write_str("/api/quote"),
            Self::Jobs => f.write_str("/api/jobs"),
            Self::Job(id) => write!(f, "/api/jobs/{id}"),
            Self::Cancel(id) => write!(f, "/api/jobs/{id}/cancel"),
            Self::Retry(id) => write!(f, "/api/jobs/{id}/retry"),
            Self::Output(id, n) => write!(f, "/api/jobs/{id}/outputs/{n}"),
            Self::Live => f.write_str("/api/live"),
            Self::Text => f.write_str("/api/text"),
            Self::TextEvents(id, after) => write!(f, "/api/text/{id}/events?after={after}"),
            Self::Conversations => f.write_str("/api/conversations"),
            Self::Conversation(id) => write!(f, "/api/conversations/{id}"),
            Self::Speech => f.write_str("/api/speech"),
            Self::Files => f.write_str("/api/files"),
            Self::File(id) => write!(f, "/api/files/{id}"),
            Self::Restore(id) => write!(f, "/api/jobs/{id}/restore"),
            Self::Look(id) => write!(f, "/api/jobs/{id}/look"),
            Self::BatchQuote => f.write_str("/api/batches/quote"),
            Self::Batches => f.write_str("/api/batches"),
            Self::Batch(id) => write!(f, "/api/batches/{id}"),
            Self::Pause(id) => write!(f, "/api/batches/{id}/pause"),
            Self::Resume(id) => write!(f, "/api/batches/{id}/resume"),
            Self::CancelBatch(id) => write!(f, "/api/batches/{id}/cancel"),
            Self::RetryBatch(id) => write!(f, "/api/batches/{id}/retry"),
            Self::Budget => f.write_str("/api/budget"),
            Self::Usage => f.write_str("/api/usage"),
            Self::Storage => f.write_str("/api/storage"),
            Self::Sessions => f.write_str("/api/sessions"),
            Self::Codes => f.write_str("/api/codes"),
            Self::Code(code) => write!(f, "/api/codes/{code}"),
            Self::RotateCode(code) => write!(f, "/api/codes/{code}/rotate"),
            Self::Shares => f.write_str("/api/shares"),
            Self::Share(id) => write!(f, "/api/shares/{id}"),
            Self::OpenShare(id) => write!(f, "/api/shares/{id}/open"),
            Self::SharedOutput(id, n, view) => write!(f, "/api/shares/{id}/outputs/{n}?view={view}"),
            Self::SharePreview(id) => write!(f, "/api/shares/{id}/preview"),
            Self::Export => f.write_str("/api/export"),
            Self::Import => f.write_str("/api/import"),
            Self::ImportOutput(id, n) => write!(f, "/api/import/{id}/outputs/{n}"),
            Self::Data => f.write_str("/api/data"),
            Self::Members => f.write_str("/api/admin/members"),
            Self::Member(id) => write!(f, "/api/admin/members/{id}"),
            Self::MembersCodes(id) => write!(f, "/api/admin/members/{id}/codes"),
            Self::MembersCode(id, code) => write!(f, "/api/admin/members/{id}/codes/{code}"),
            Self::RotateMembersCode(id, code) => write!(f, "/api/admin/members/{id}/codes/{code}/rotate"),
            Self::EverybodysUsage => f.write_str("/api/admin/usage"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_route_is_found_by_its_own_path() {
        for route in &ROUTES {
            let path = route.path.replace("{id}", "abc").replace("{n}", "0").replace("{code}", "c");
            let Found::Action(action, access, _) = find(route.method.as_str(), &path) else {
                panic!("{path} is not found");
            };
            assert_eq!((action, access), (route.action, route.access), "{path}");
        }
    }

    #[test]
    fn row_32_a_cancel_is_offered_and_the_vendors_list_of_tasks_is_not() {
        assert!(ROUTES.iter().any(|route| route.action == Action::CancelJob));
        // That list shows every task of the account, also those of other members.
        assert!(!ROUTES.iter().any(|route| route.path.contains("task")));
        assert_eq!(find("GET", "/api/tasks"), Found::Nothing);
    }

    #[test]
    fn every_address_leads_to_a_route() {
        for path in [
            Path::Health,
            Path::Session,
            Path::Catalogue,
            Path::Quote,
            Path::Jobs,
            Path::Job("a"),
            Path::Cancel("a"),
            Path::Retry("a"),
            Path::Output("a", 3),
            Path::Live,
            Path::Text,
            Path::TextEvents("a", 7),
            Path::Conversations,
            Path::Conversation("a"),
            Path::Speech,
            Path::Files,
            Path::File("a"),
            Path::Restore("a"),
            Path::Look("a"),
            Path::BatchQuote,
            Path::Batches,
            Path::Batch("a"),
            Path::Pause("a"),
            Path::Resume("a"),
            Path::CancelBatch("a"),
            Path::RetryBatch("a"),
            Path::Budget,
            Path::Usage,
            Path::Storage,
            Path::Sessions,
            Path::Codes,
            Path::Code("c"),
            Path::RotateCode("c"),
            Path::Shares,
            Path::Share("a"),
            Path::OpenShare("a"),
            Path::SharedOutput("a", 0, "v"),
            Path::SharePreview("a"),
            Path::Export,
            Path::Import,
            Path::ImportOutput("a", 0),
            Path::Data,
            Path::Members,
            Path::Member("a"),
            Path::MembersCodes("a"),
            Path::MembersCode("a", "c"),
            Path::RotateMembersCode("a", "c"),
            Path::EverybodysUsage,
        ] {
            let address = path.to_string();
            let path = address.split('?').next().unwrap();
            assert_ne!(find("TRACE", path), Found::Nothing, "{path}");
        }
    }

    #[test]
    fn names_methods_and_strangers_are_told_apart() {
        let found = find("GET", "/api/jobs/abc/outputs/2");
        assert_eq!(found, Found::Action(Action::ReadOutput, Access::Member, vec!["abc", "2"]));
        assert_eq!(find("HEAD", "/api/health"), Found::Action(Action::Health, Access::Public, vec![]));
        assert_eq!(find("PUT", "/api/jobs"), Found::OtherMethods(vec!["POST", "GET"]));
        // A batch of that name there cannot be.
        assert_eq!(find("GET", "/api/batches/quote"), Found::OtherMethods(vec!["POST"]));
        for path in ["/api", "/api/", "/api/jobs/", "/api/jobs//cancel", "/api/jobs/a/b", "/api/texts"] {
            assert_eq!(find("GET", path), Found::Nothing, "{path}");
        }
    }

    proptest! {
        #[test]
        fn no_path_makes_the_table_panic(method in ".{0,8}", path in "[/a-z{}.%]{0,60}") {
            let _ = find(&method, &path);
        }
    }
}
