//! Moving to the bucket what it did not take at first.

use worker::{Error, Result};

use super::parts::PART;
use crate::media;
use crate::member::Member;
use crate::member::book::ROW;

/// Copies result `n` of a job, so many bytes in rows of the object's own storage, to the bucket: with no more than one
/// part in memory. Whether it was still there.
pub(in crate::member) async fn to_bucket(
    member: &Member,
    job: &str,
    n: u32,
    bytes: u64,
    media_type: &str,
) -> Result<bool> {
    let key = media::key(&member.id(), job, n);
    let Some(first) = part(member, job, n, 0)? else { return Ok(false) };
    if u64::try_from(first.len()).is_ok_and(|length| length == bytes) {
        media::put_bytes(&member.env, &key, first, media_type).await?;
        return Ok(true);
    }
    let upload = media::begin(&member.env, &key, media_type).await?;
    let mut stored = Vec::new();
    let mut next = Some(first);
    for number in 1_u16.. {
        let Some(bytes) = next else { break };
        match upload.upload_part(number, bytes).await {
            Ok(part) => stored.push(part),
            Err(error) => {
                upload.abort().await?;
                return Err(error);
            }
        }
        next = part(member, job, n, number)?;
    }
    let object = upload.complete(stored).await?;
    if object.size() == bytes {
        return Ok(true);
    }
    media::delete(&member.env, vec![key]).await?;
    Err(Error::RustError("the rows held another length than was written down".to_owned()))
}

/// A part of a result, from its rows; none behind the last one.
fn part(member: &Member, job: &str, n: u32, number: u16) -> Result<Option<Vec<u8>>> {
    let rows_of_part = u64::try_from(PART.div_ceil(ROW)).unwrap_or(1);
    let first = u64::from(number).saturating_mul(rows_of_part);
    let mut bytes = Vec::new();
    for at in first..first.saturating_add(rows_of_part) {
        match member.book().row(job, n, at)? {
            Some(row) => bytes.extend(row),
            None => break,
        }
    }
    Ok((!bytes.is_empty()).then_some(bytes))
}
