//! Waiting for a condition, never for a time.

use std::time::{Duration, Instant};

/// How long anything may take. Generous: a lost creation takes a minute by itself, other tests use the same pace, and the
/// machine may be compiling.
pub const LIMIT: Duration = Duration::from_secs(180);

const PAUSE: Duration = Duration::from_millis(200);

/// Asks until there is an answer. `what` says what was waited for, should there be none.
pub async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(start.elapsed() < LIMIT, "waited in vain: {what}");
        tokio::time::sleep(PAUSE).await;
    }
}
