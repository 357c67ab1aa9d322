//! Calls from the worker to its objects, and between objects: typed JSON over the internal fetch.

use serde::Serialize;
use serde::de::DeserializeOwned;
use worker::{Env, Error, Method, Request, RequestInit, Response, Result, Stub};

/// The object of that name behind a binding.
pub(crate) fn object(env: &Env, binding: &str, name: &str) -> Result<Stub> {
    env.durable_object(binding)?.get_by_name(name)
}

/// The id of a member's object, by which the Studio and the bucket know them: an object that its alarm wakes is not told
/// its name.
pub(crate) fn object_id(env: &Env, member: &str) -> Result<String> {
    Ok(env.durable_object("MEMBER")?.id_from_name(member)?.to_string())
}

/// Sends a message to an object and reads its answer.
pub(crate) async fn ask<M: Serialize, A: DeserializeOwned>(stub: &Stub, message: &M) -> Result<A> {
    let mut response = send(stub, message).await?;
    let text = response.text().await?;
    Ok(serde_json::from_str(&text)?)
}

/// Sends a message to an object; its answer is not read yet.
pub(crate) async fn send<M: Serialize>(stub: &Stub, message: &M) -> Result<Response> {
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(serde_json::to_string(message)?.into()));
    let request = Request::new_with_init("https://object/", &init)?;
    let response = stub.fetch_with_request(request).await?;
    if response.status_code() != 200 {
        return Err(Error::RustError(format!("an object answered {}", response.status_code())));
    }
    Ok(response)
}
