//! The Cloudflare Worker that holds the key, drives the jobs and keeps the results.
//!
//! This file hands over at once. A request meets, in this order: `router` (which route, who calls, how large), then
//! the `member`'s own Durable Object, where everything that costs money happens; it asks the `pacer` for a permit,
//! calls `dashscope`, and copies results to storage by `media`. What is shared lies in `share` objects, one for each link;
//! `page` is what a link's address answers.
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

mod access;
mod body;
mod clock;
mod cloudflare;
mod config;
mod dashscope;
mod digest;
mod directory;
#[cfg(test)]
mod fuzz;
mod log;
mod media;
mod member;
mod origin;
mod output;
mod pacer;
mod page;
mod range;
mod reply;
mod router;
mod share;
mod sound;
mod steps;
mod stream;
mod stub;
mod studio;
mod waits;
mod walls;
mod wav;

use worker::{Context, Env, Request, Response, Result, event};

/// A request for `/api`, or for the page of a share; everything else is answered by the static files before it gets here.
#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> Result<Response> {
    router::answer(request, &env).await
}
