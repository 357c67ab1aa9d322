//! The page: what a person sees and touches. It speaks `studio-shared` types to `/api` and knows nothing of
//! the vendor's paths or wire forms.
//!
//! Read it in this order: [`app`] (the frame and the addresses), [`pages`], [`state`] and [`api`] (what pages
//! show and do), [`parts`] (what pages are made of, all of them shown on the page `/parts` of development builds), [`words`]
//! (every text, in two languages), [`mod@zip`] (results as files to keep), [`place`], [`text`], [`mod@format`], [`clock`], [`run`], [`theme`], [`start`].
// `#[component]` writes `pub` for whatever is used outside its own module.
#![allow(unreachable_pub)]

pub mod api;
pub mod app;
pub mod clock;
pub mod format;
pub mod pages;
pub mod parts;
pub mod place;
pub mod prefer;
pub mod run;
pub mod start;
pub mod state;
pub mod text;
pub mod theme;
pub mod words;
pub mod zip;
