//! The pages, one for each address in [`crate::app`].

pub mod archive;
pub mod batches;
mod chat;
pub mod connection;
pub(crate) mod create;
pub mod data;
pub(crate) mod failure;
mod gate;
pub mod history;
pub mod job;
mod left;
mod listed;
pub mod login;
mod lookup;
pub mod not_found;
mod not_yours;
#[cfg(debug_assertions)]
pub mod parts;
mod people;
pub mod risk;
pub mod shared;
pub(crate) mod sharing;
pub mod storage;
pub(crate) mod usage;
mod zone;

pub use batches::BatchesPage;
pub use batches::new::NewBatchPage;
pub use batches::one::BatchPage;
pub use chat::ChatPage;
pub use connection::ConnectionNotice;
pub use create::CreatePage;
pub use data::DataPage;
pub use gate::Gate;
pub use history::HistoryPage;
pub use job::JobPage;
pub use login::LoginPage;
pub use not_found::NotFoundPage;
pub use people::{CodesPage, MemberPage, MembersPage};
pub use risk::RiskNotice;
pub use shared::SharedPage;
pub use sharing::list::SharesPage;
pub use storage::StoragePage;
pub use usage::UsagePage;

use leptos::prelude::*;

/// The page of all parts: for those who work on them, so it is in development builds only, and nobody else loads it.
pub(crate) fn specimens() -> AnyView {
    #[cfg(debug_assertions)]
    return parts::PartsPage().into_any();
    #[cfg(not(debug_assertions))]
    NotFoundPage().into_any()
}
