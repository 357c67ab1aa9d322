//! The tables, and how they came to be what they are.

use worker::{Result, SqlStorage, SqlStorageValue};

/// Each step is run once, in order, and never changed after a release: a new form is a new step.
const STEPS: &[&str] = &[
    "
    CREATE TABLE jobs (
        id TEXT PRIMARY KEY,         -- UUID of version 7: ordered by the time of creation
        created_at INTEGER NOT NULL, -- milliseconds since 1970, as all times here
        kind TEXT NOT NULL,
        model TEXT NOT NULL,
        prompt TEXT NOT NULL,
        state TEXT NOT NULL,
        due INTEGER,                 -- when something is to be done
        entry TEXT NOT NULL          -- the whole entry, JSON
    ) WITHOUT ROWID;
    CREATE INDEX jobs_due ON jobs (due) WHERE state IN ('running', 'collecting');
    CREATE INDEX jobs_open ON jobs (state, kind, id) WHERE state IN ('queued', 'submitting');
    CREATE TABLE idempotency_keys (key TEXT PRIMARY KEY, job TEXT NOT NULL) WITHOUT ROWID;
",
    "
    CREATE TABLE pieces (            -- of answers, as they came
        job TEXT NOT NULL,
        n INTEGER NOT NULL,
        text TEXT NOT NULL,
        usage TEXT,                  -- what had been used by then, JSON
        PRIMARY KEY (job, n)
    ) WITHOUT ROWID;
    CREATE TABLE conversations (
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL  -- when something was last said
    ) WITHOUT ROWID;
    CREATE INDEX conversations_recent ON conversations (updated_at, id);
    CREATE TABLE turns (             -- the jobs of a conversation
        conversation TEXT NOT NULL,
        job TEXT NOT NULL,
        PRIMARY KEY (conversation, job)
    ) WITHOUT ROWID;
",
    "
    CREATE TABLE files (
        id TEXT PRIMARY KEY,         -- UUID of version 7
        file TEXT NOT NULL           -- the whole row, JSON
    ) WITHOUT ROWID;
",
    "
    CREATE TABLE bytes (             -- results that are not in the bucket
        job TEXT NOT NULL,
        n INTEGER NOT NULL,          -- which result
        at INTEGER NOT NULL,         -- which row of it, from 0
        kept_at INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (job, n, at)
    );
",
];

/// Runs the steps that this storage has not seen.
pub(super) fn lay_out(sql: &SqlStorage) -> Result<()> {
    sql.exec("CREATE TABLE IF NOT EXISTS steps (step INTEGER PRIMARY KEY)", None)?;
    let seen = match sql.exec("SELECT count(*) FROM steps", None)?.raw().next().transpose()?.as_deref() {
        Some([SqlStorageValue::Integer(count)]) => usize::try_from(*count).unwrap_or(0),
        _ => 0,
    };
    for (at, step) in STEPS.iter().enumerate().skip(seen) {
        sql.exec(step, None)?;
        let number = i64::try_from(at).unwrap_or(i64::MAX);
        sql.exec("INSERT INTO steps (step) VALUES (?)", vec![SqlStorageValue::Integer(number)])?;
    }
    Ok(())
}
