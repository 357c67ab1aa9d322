//! The pages, one for each address in [`crate::app`].

pub mod connection;
mod create;
mod failure;
mod gate;
pub mod history;
pub mod job;
pub mod login;
pub mod not_found;
pub mod parts;

pub use connection::ConnectionNotice;
pub use create::CreatePage;
pub use gate::Gate;
pub use history::HistoryPage;
pub use job::JobPage;
pub use login::LoginPage;
pub use not_found::NotFoundPage;
pub use parts::PartsPage;
