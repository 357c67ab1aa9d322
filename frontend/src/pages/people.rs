//! The pages of members and codes: `/members`, `/members/:id` for the owner, `/codes` for everybody.

mod code;
mod codes;
mod door;
mod draft;
mod editor;
mod issued;
mod list;
mod one;
mod own;
mod qr;
mod rights;
mod used;

pub use list::MembersPage;
pub use one::MemberPage;
pub use own::CodesPage;
