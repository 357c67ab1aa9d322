//! `/s/{id}`: the one page of the product, with a head that says what is shared, for previews of the link. And `/login`,
//! the same page, which where Turnstile is switched on may load its widget.
//!
//! A thin shell: [`head`] and [`widget`] write what differs. The page itself, with the headers of the static files, comes
//! from the assets.

mod head;
mod widget;

use studio_shared::route::Path;
use studio_shared::share::is_id;
use worker::{Env, Headers, Request, Response, ResponseBuilder};

use crate::config::Config;
use crate::origin;
use crate::reply::Refusal;
use crate::share::{self, Message, Outcome, Preview};
use head::Head;

/// Answers a request for the page of a share. One that is not there, or no longer, is answered with the same page and 404.
pub(crate) async fn answer(request: &Request, env: &Env, id: &str) -> Result<Response, Refusal> {
    if !matches!(origin::method(request).as_str(), "GET" | "HEAD") {
        return Err(Refusal::method_not_allowed(&["GET", "HEAD"]));
    }
    let origin = request.url()?.origin().ascii_serialization();
    let preview = match Config::read(env) {
        Ok(_) => preview(env, id).await?,
        Err(_) => None, // the page itself says what is missing
    };
    let status = if preview.is_some() { 200 } else { 404 };
    let picture = preview.as_ref().is_some_and(|preview| preview.picture.is_some());
    let head = preview.map(|preview| Head {
        address: format!("{origin}{}", studio_shared::share::page(id)),
        title: preview.title.filter(|title| !title.is_empty()),
        picture: picture.then(|| format!("{origin}{}", Path::SharePreview(id))),
    });
    let (html, headers) = written(env, &origin).await?;
    let html = head::write(&html, head.as_ref());
    headers.set("x-robots-tag", "noindex")?;
    Ok(ResponseBuilder::new().with_status(status).with_headers(headers).fixed(html.into_bytes()))
}

/// Answers a request for the page at which one logs in. Only there, and only where it is switched on, the page's policy
/// lets Turnstile's widget in, and the page is told the widget's key.
pub(crate) async fn login(request: &Request, env: &Env) -> Result<Response, Refusal> {
    if !matches!(origin::method(request).as_str(), "GET" | "HEAD") {
        return Err(Refusal::method_not_allowed(&["GET", "HEAD"]));
    }
    let origin = request.url()?.origin().ascii_serialization();
    let (html, headers) = written(env, &origin).await?;
    let turnstile = Config::read(env).ok().and_then(|config| config.turnstile);
    let Some(turnstile) = turnstile else {
        return Ok(ResponseBuilder::new().with_headers(headers).fixed(html.into_bytes()));
    };
    let policy = headers.get(widget::POLICY)?.unwrap_or_default();
    headers.set(widget::POLICY, &widget::allowed(&policy))?;
    let html = widget::told(&html, &turnstile.site_key);
    Ok(ResponseBuilder::new().with_headers(headers).fixed(html.into_bytes()))
}

/// The page's text, and its headers but those that tell of the file as it lies there.
async fn written(env: &Env, origin: &str) -> Result<(String, Headers), Refusal> {
    let mut page = env.assets("ASSETS")?.fetch(format!("{origin}/"), None).await?;
    let html = page.text().await?;
    let headers = page.headers().clone();
    for of_the_file in ["content-length", "content-encoding", "etag", "last-modified"] {
        headers.delete(of_the_file)?;
    }
    headers.set("content-type", "text/html; charset=utf-8")?;
    headers.set("cache-control", "no-store")?;
    Ok((html, headers))
}

/// What the head may say; `None` where there is no such share.
async fn preview(env: &Env, id: &str) -> Result<Option<Preview>, Refusal> {
    if !is_id(id) {
        return Ok(None);
    }
    match share::ask(env, id, &Message::Preview).await? {
        Outcome::Preview(preview) => Ok(Some(preview)),
        Outcome::Refused(_) => Ok(None),
        _ => Err(Refusal::internal()),
    }
}
