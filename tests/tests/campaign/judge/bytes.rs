//! Every finished output is kept here, byte for byte, also when the vendor's links are dead.

use std::collections::BTreeSet;
use std::time::Duration;

use sha2::{Digest, Sha256};
use studio_shared::error::code;
use studio_shared::job::{Finish, Job, State};
use studio_shared::kind::Kind;
use studio_shared::storage::UNDO_MS;
use studio_shared::transcript::Transcript;
use tokio::time::sleep;

use super::case::Case;
use crate::campaign::Campaign;
use crate::story::now_ms;
use crate::tally::Verdict;

/// How long a sweep may be late.
const SWEPT_MS: u64 = 20_000;

pub(super) async fn judge(campaign: &Campaign, case: &Case) -> Vec<Verdict> {
    let (mut files, mut texts, mut expired) = (0, 0, 0);
    let (mut not_equal, mut other_texts) = (Vec::new(), Vec::new());
    for (n, job) in case.single_jobs() {
        if case.stories.get(&n).is_some_and(|story| story.deleted.is_some()) {
            continue;
        }
        for output in &job.outputs {
            match &output.error {
                Some(error) => expired += usize::from(error.code == code::RESULT_EXPIRED),
                None => {
                    files += 1;
                    if let Err(why) = equal(campaign, case, n, job, output.n).await {
                        not_equal.push(format!("order {n}, output {}: {why}\n{}", output.n, case.shown(n)));
                    }
                }
            }
        }
        let is_whole =
            matches!(job.text.as_ref().and_then(|text| text.finish), Some(Finish::Stop | Finish::Length));
        if job.kind == Kind::Text && job.state == State::Done && is_whole {
            texts += 1;
            let told = campaign.get(&format!("/api/jobs/{}", job.id)).await.with(200).job();
            let told = sha256(told.text.unwrap_or_default().text.as_bytes());
            if digest_of(case, n, 1).as_ref() != Some(&told) {
                other_texts.push(format!("order {n}: {told}\n{}", case.shown(n)));
            }
        }
    }
    let done_without = case.single_jobs().filter(|(_, job)| {
        let has = job.outputs.iter().any(|output| output.error.is_none());
        job.state == State::Done && job.kind != Kind::Text && !has
    });
    let done_without =
        done_without.map(|(n, _)| format!("order {n} is done, but has no output\n{}", case.shown(n)));
    not_equal.extend(done_without);
    let struck = format!("{expired} outputs whose links died before they could be copied");
    let storage = storage(campaign, case).await;
    vec![
        Verdict::new("outputs kept and equal, a day later", files, not_equal).with(struck),
        Verdict::new("whole answers equal to what the vendor said", texts, other_texts),
        storage,
    ]
}

/// The digest of a result of the last creation that made it.
fn digest_of(case: &Case, n: u32, number: u32) -> Option<String> {
    let all = case.creations_of(n).iter().rev();
    all.filter_map(|creation| creation.results.as_ref()?.get(&number).cloned()).next()
}

async fn equal(campaign: &Campaign, case: &Case, n: u32, job: &Job, output: u32) -> Result<(), String> {
    let answer = campaign.get(&format!("/api/jobs/{}/outputs/{output}", job.id)).await;
    if answer.status != 200 {
        return Err(format!("{} {}", answer.status, answer.text()));
    }
    let own = match job.kind {
        Kind::Transcription => {
            let read: Transcript =
                serde_json::from_slice(&answer.bytes).map_err(|error| error.to_string())?;
            let texts: Vec<&str> = read.tracks.iter().map(|track| track.text.as_str()).collect();
            sha256(texts.join("\n").as_bytes())
        }
        // The words of a speech, which no file of the vendor's holds.
        Kind::Speech if output > 0 => return Ok(()),
        _ => sha256(&answer.bytes),
    };
    match digest_of(case, n, output + 1) {
        Some(theirs) if theirs == own => Ok(()),
        theirs => Err(format!("{} bytes, {own}, at the vendor {theirs:?}", answer.bytes.len())),
    }
}

/// What is kept is what jobs and uploads have, those jobs among them that were deleted a moment ago.
async fn storage(campaign: &Campaign, case: &Case) -> Verdict {
    let (mut bytes, mut files) = (0, 0);
    for story in case.stories.values().filter(|story| story.file.is_some()) {
        bytes += story.file_bytes;
        files += 1;
    }
    for (n, job) in case.single_jobs() {
        let deleted = case.stories.get(&n).and_then(|story| story.deleted.as_ref());
        // What was deleted stays for as long as it can be brought back, and goes when a driver comes to it.
        match deleted.map(|(at, _)| now_ms().saturating_sub(*at)) {
            Some(ago) if ago > UNDO_MS + SWEPT_MS => continue,
            Some(ago) if ago > UNDO_MS => sleep(Duration::from_millis(UNDO_MS + SWEPT_MS - ago)).await,
            _ => {}
        }
        let kept = job.outputs.iter().filter(|output| output.error.is_none());
        for output in kept.filter(|_| deleted.is_none_or(|(at, _)| now_ms().saturating_sub(*at) < UNDO_MS)) {
            bytes += output.bytes.unwrap_or(0);
            files += 1;
        }
    }
    let answer = campaign.get("/api/storage").await;
    let told = (answer.status, answer.json()["bytes"].as_u64(), answer.json()["files"].as_u64());
    // An upload has no key: where its answer was lost, it may be there more than once.
    let mut possible = BTreeSet::from([(bytes, files)]);
    for story in case.stories.values() {
        for _ in 1..story.file_tries {
            let more: Vec<_> =
                possible.iter().map(|(bytes, files)| (bytes + story.file_bytes, files + 1)).collect();
            possible.extend(more);
        }
    }
    let is_possible = possible.iter().any(|(bytes, files)| told == (200, Some(*bytes), Some(*files)));
    let wrong = (!is_possible)
        .then(|| format!("/api/storage: {told:?}; jobs and uploads: {bytes} bytes, {files} files"));
    let wrong: Vec<String> = wrong.into_iter().collect();
    Verdict::new("kept files as the storage counts them", usize::try_from(files).unwrap(), wrong)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
