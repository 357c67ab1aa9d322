//! The copies of results that a share holds: made and deleted in the bucket, as streams of the platform.

use futures_util::{StreamExt, stream};
use worker::{Env, Error, ResponseBody, Result};

use super::Source;
use crate::media;
use crate::stream::{Beginning, beside, join};

/// Copies at once: a call may hold six connections.
const AT_ONCE: usize = 3;

/// Keys that the bucket deletes at once.
const DELETED_AT_ONCE: usize = 1000;

/// Copies everything, or says what stood in the way; then some copies may be there. None is on its way any more when it
/// answers, so that what is deleted afterwards stays deleted.
pub(super) async fn all(env: &Env, share: &str, sources: &[Source]) -> Result<()> {
    let copies = (0..).zip(sources).map(|(n, source)| one(env, share, n, source));
    let copied: Vec<Result<()>> = stream::iter(copies).buffer_unordered(AT_ONCE).collect().await;
    copied.into_iter().collect()
}

async fn one(env: &Env, share: &str, n: u32, source: &Source) -> Result<()> {
    let gone = || Error::RustError("a result that is to be shared is gone".to_owned());
    let object = media::get(env, &source.key, None).await?.ok_or_else(gone)?;
    let ResponseBody::Stream(body) = object.body().ok_or_else(gone)?.response_body()? else {
        return Err(gone());
    };
    let (whole, carrier) = join(Beginning::default(), body, Vec::new(), source.copied.bytes)?;
    let key = media::share_key(share, n);
    let put = media::put_stream(env, &key, whole, &source.copied.media_type);
    beside(put, carrier).await
}

/// Deletes so many copies, some of which may not be there.
pub(super) async fn delete(env: &Env, share: &str, count: usize) -> Result<()> {
    let keys: Vec<String> = (0..).take(count).map(|n| media::share_key(share, n)).collect();
    for keys in keys.chunks(DELETED_AT_ONCE) {
        media::delete(env, keys.to_vec()).await?;
    }
    Ok(())
}
