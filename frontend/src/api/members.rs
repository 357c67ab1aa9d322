//! `/api/admin/members` and `/api/codes`: who is let in, with what, and how they are shut out.

use gloo_net::http::Method;
use studio_shared::member::{CodeChange, CodeList, Issued, Member, MemberChange, MemberList};
use studio_shared::route::Path;

use super::send::Call;
use super::{Client, Failure};

impl Client {
    /// All members; for the owner only.
    ///
    /// # Errors
    /// The caller does not own the studio, or the worker cannot be reached.
    pub async fn members(self) -> Result<MemberList, Failure> {
        self.ask(Call::new(Method::GET, &Path::Members)).await
    }

    /// One member; for the owner only.
    ///
    /// # Errors
    /// There is none of that id, or the worker cannot be reached.
    pub async fn member(self, id: &str) -> Result<Member, Failure> {
        self.ask(Call::new(Method::GET, &Path::Member(id))).await
    }

    /// Makes a member with a first code.
    ///
    /// # Errors
    /// Something is wrong with it, there are as many as there may be, or the worker cannot be reached.
    pub async fn make_member(self, change: &MemberChange) -> Result<Issued, Failure> {
        self.tell(Call::new(Method::POST, &Path::Members), change).await
    }

    /// Changes a member, shuts them out, or lets them in again.
    ///
    /// # Errors
    /// Something is wrong with it, or the worker cannot be reached.
    pub async fn change_member(self, id: &str, change: &MemberChange) -> Result<Member, Failure> {
        self.tell(Call::new(Method::PATCH, &Path::Member(id)), change).await
    }

    /// Deletes a member with everything of theirs.
    ///
    /// # Errors
    /// The worker cannot be reached.
    pub async fn delete_member(self, id: &str) -> Result<(), Failure> {
        self.order(Call::new(Method::DELETE, &Path::Member(id))).await
    }

    /// The caller's own codes.
    ///
    /// # Errors
    /// The worker cannot be reached.
    pub async fn codes(self) -> Result<CodeList, Failure> {
        self.ask(Call::new(Method::GET, &Path::Codes)).await
    }

    /// Makes a code: of a member, or, without one, of the caller's own.
    ///
    /// # Errors
    /// Something is wrong with it, there are as many as there may be, or the worker cannot be reached.
    pub async fn make_code(self, member: Option<&str>, change: &CodeChange) -> Result<Issued, Failure> {
        let path = member.map_or(Path::Codes, Path::MembersCodes);
        self.tell(Call::new(Method::POST, &path), change).await
    }

    /// Changes the name or the share of a code.
    ///
    /// # Errors
    /// Something is wrong with it, or the worker cannot be reached.
    pub async fn change_code(
        self,
        member: Option<&str>,
        code: &str,
        change: &CodeChange,
    ) -> Result<(), Failure> {
        let json = serde_json::to_string(change).unwrap_or_default();
        self.order(Call { json: Some(json), ..Call::new(Method::PATCH, &path(member, code)) }).await
    }

    /// Makes a code say something else.
    ///
    /// # Errors
    /// It was revoked, or the worker cannot be reached.
    pub async fn rotate_code(self, member: Option<&str>, code: &str) -> Result<Issued, Failure> {
        let path = member.map_or(Path::RotateCode(code), |id| Path::RotateMembersCode(id, code));
        self.ask(Call::new(Method::POST, &path)).await
    }

    /// Revokes a code.
    ///
    /// # Errors
    /// The worker cannot be reached.
    pub async fn revoke_code(self, member: Option<&str>, code: &str) -> Result<(), Failure> {
        self.order(Call::new(Method::DELETE, &path(member, code))).await
    }

    /// Ends every session of the caller, this one too.
    ///
    /// # Errors
    /// The worker cannot be reached.
    pub async fn log_out_everywhere(self) -> Result<(), Failure> {
        self.order(Call::new(Method::DELETE, &Path::Sessions)).await
    }
}

fn path<'a>(member: Option<&'a str>, code: &'a str) -> Path<'a> {
    member.map_or(Path::Code(code), |id| Path::MembersCode(id, code))
}
