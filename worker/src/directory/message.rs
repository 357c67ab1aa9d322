//! What the Directory is asked, and what it answers.

use serde::{Deserialize, Serialize};
use studio_shared::day::Day;
use studio_shared::kind::Kind;
use studio_shared::time::Timestamp;

use super::gate::Source;
use super::register::{CodeRow, Guest, MemberRow};

/// What is asked.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Message {
    /// May they come in?
    Enter(Enter),
    /// All members but the owner.
    List,
    /// One member.
    Read(String),
    /// A new member with a first code.
    Add { member: MemberRow, code: NewCode },
    /// Change a member.
    Change { member: String, change: Change },
    /// Delete a member with everything of theirs.
    Remove(String),
    /// A new code for a member.
    AddCode { member: String, code: NewCode },
    /// Call a code something else.
    RenameCode { member: String, code: String, name: String },
    /// Make a code say something else.
    RotateCode { member: String, code: String, hash: String },
    /// Revoke a code.
    RevokeCode { member: String, code: String },
    /// End all sessions of a member.
    LogOut(String),
    /// End one session; by `until` it would have ended by itself.
    Leave { proof: Proof, until: Timestamp },
    /// Has the owner shut a member out, or deleted them?
    IsShutOut(String),
}

/// How somebody proves who they are, and from where.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Enter {
    /// How.
    pub(crate) proof: Proof,
    /// From where.
    pub(crate) source: Source,
}

/// How somebody proves who they are.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Proof {
    /// By a session that was signed here and has not ended.
    Session {
        /// The member.
        member: String,
        /// The code they came in with; absent for the deployment's own.
        code: Option<String>,
        /// The count at the login.
        epoch: u64,
        /// Which session it is.
        id: String,
    },
    /// By a code that looks as those that are made here.
    Code {
        /// The keyed hash of what it says.
        hash: String,
    },
    /// By something else, which may be the deployment's own code. It is compared only as far as wrong codes allow it.
    Owners {
        /// The keyed hash of what was given.
        given: String,
        /// The keyed hash of the deployment's own code.
        right: String,
    },
}

/// Whether they may.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Entered {
    /// Yes.
    In(Box<Guest>),
    /// No: there is no such code, or the session does not hold any more.
    Wrong,
    /// No: the code was revoked, or the time of its member, this one, is over.
    Shut(String),
    /// Not looked at: after so many milliseconds it would be.
    Wait(u64),
}

/// A code that was made just now.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct NewCode {
    /// Opaque.
    pub(crate) id: String,
    /// For which device or friend.
    pub(crate) name: String,
    /// The keyed hash of what it says.
    pub(crate) hash: String,
}

/// What is changed of a member; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Change {
    /// What they are called.
    pub(crate) name: Option<String>,
    /// A note.
    pub(crate) note: Option<String>,
    /// The kinds that are allowed; all of them where `Some(None)`.
    #[serde(with = "studio_shared::json::some", default, skip_serializing_if = "Option::is_none")]
    pub(crate) kinds: Option<Option<Vec<Kind>>>,
    /// The models that are allowed; all of them where `Some(None)`.
    #[serde(with = "studio_shared::json::some", default, skip_serializing_if = "Option::is_none")]
    pub(crate) models: Option<Option<Vec<String>>>,
    /// The last day; none where `Some(None)`.
    #[serde(with = "studio_shared::json::some", default, skip_serializing_if = "Option::is_none")]
    pub(crate) last_day: Option<Option<Day>>,
    /// Whether they are shut out.
    pub(crate) revoked: Option<bool>,
}

/// A member with their codes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// The member.
    pub(crate) member: MemberRow,
    /// Their codes, oldest first.
    pub(crate) codes: Vec<CodeRow>,
}
