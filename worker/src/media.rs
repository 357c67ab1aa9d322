//! The bucket: bytes go in and out as the platform's own streams, never through the worker's memory.

use worker::{
    Bucket, Env, Error, HttpMetadata, MultipartUpload, Object, Range, Response, ResponseBody, Result,
};

/// Where a result's bytes are.
pub(crate) fn key(member: &str, job: &str, n: u32) -> String {
    format!("{member}/{job}/{n}")
}

/// Where an uploaded recording's bytes are.
pub(crate) fn file_key(member: &str, file: &str) -> String {
    format!("{member}/files/{file}")
}

/// Where a copy of a result is that a share holds.
pub(crate) fn share_key(share: &str, n: u32) -> String {
    format!("shares/{share}/{n}")
}

fn bucket(env: &Env) -> Result<Bucket> {
    env.bucket("MEDIA")
}

/// Keeps the body of an answer, which must be `length` bytes long.
pub(crate) async fn put(
    env: &Env,
    key: &str,
    response: Response,
    media_type: &str,
    length: u64,
) -> Result<()> {
    let (_, body) = response.into_parts();
    let ResponseBody::Stream(stream) = body else {
        return Err(Error::RustError("a result without a body".to_owned()));
    };
    let metadata = HttpMetadata { content_type: Some(media_type.to_owned()), ..HttpMetadata::default() };
    let object = bucket(env)?.put(key, stream).http_metadata(metadata).execute().await?;
    match object {
        Some(object) if object.size() == length => Ok(()),
        _ => {
            delete(env, vec![key.to_owned()]).await?;
            Err(Error::RustError("the bucket kept another length than was announced".to_owned()))
        }
    }
}

/// Keeps a stream of known length. What ends before it is kept not at all.
pub(crate) async fn put_stream(
    env: &Env,
    key: &str,
    stream: web_sys::ReadableStream,
    media_type: &str,
) -> Result<()> {
    let metadata = HttpMetadata { content_type: Some(media_type.to_owned()), ..HttpMetadata::default() };
    bucket(env)?.put(key, stream).http_metadata(metadata).execute().await.map(drop)
}

/// Keeps bytes that are all there.
pub(crate) async fn put_bytes(env: &Env, key: &str, bytes: Vec<u8>, media_type: &str) -> Result<()> {
    let metadata = HttpMetadata { content_type: Some(media_type.to_owned()), ..HttpMetadata::default() };
    bucket(env)?.put(key, bytes).http_metadata(metadata).execute().await.map(drop)
}

/// Begins to keep bytes that come in parts.
pub(crate) async fn begin(env: &Env, key: &str, media_type: &str) -> Result<MultipartUpload> {
    let metadata = HttpMetadata { content_type: Some(media_type.to_owned()), ..HttpMetadata::default() };
    bucket(env)?.create_multipart_upload(key).http_metadata(metadata).execute().await
}

/// Gives up what was begun.
pub(crate) async fn abort(env: &Env, key: &str, upload: &str) -> Result<()> {
    bucket(env)?.resume_multipart_upload(key, upload)?.abort().await
}

/// Opens a result, or `length` bytes of it from `first`.
pub(crate) async fn get(env: &Env, key: &str, part: Option<(u64, u64)>) -> Result<Option<Object>> {
    let bucket = bucket(env)?;
    let mut get = bucket.get(key);
    if let Some((offset, length)) = part {
        get = get.range(Range::OffsetWithLength { offset, length });
    }
    get.execute().await
}

/// Deletes results, or what else is there: at most 1000 at once, some of which may be gone already.
pub(crate) async fn delete(env: &Env, keys: Vec<String>) -> Result<()> {
    if keys.is_empty() { Ok(()) } else { bucket(env)?.delete_multiple(keys).await }
}

/// Deletes everything of a member.
pub(crate) async fn delete_all(env: &Env, member: &str) -> Result<()> {
    let bucket = bucket(env)?;
    loop {
        let listed = bucket.list().prefix(format!("{member}/")).execute().await?;
        let keys: Vec<String> = listed.objects().iter().map(Object::key).collect();
        if keys.is_empty() {
            return Ok(());
        }
        bucket.delete_multiple(keys).await?;
    }
}

/// Whether the bucket takes anything at all, asked where a stream did not end well: the stream may be to blame.
pub(crate) async fn takes(env: &Env, member: &str) -> bool {
    let key = format!("{member}/probe");
    let taken = put_bytes(env, &key, vec![0], "application/octet-stream").await;
    if let Err(error) = &taken {
        crate::log::event("bucket_refuses", &error.to_string());
    } else if let Err(error) = delete(env, vec![key]).await {
        crate::log::event("probe_not_deleted", &error.to_string());
    }
    taken.is_ok()
}
