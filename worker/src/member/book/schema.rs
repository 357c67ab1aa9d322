//! The tables, and how they came to be what they are.

/// See [`crate::steps`].
pub(super) const STEPS: &[&str] = &[
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
    "
    ALTER TABLE jobs ADD COLUMN batch TEXT;      -- the batch it is an entry of
    ALTER TABLE jobs ADD COLUMN n INTEGER;       -- its place there, from 0
    ALTER TABLE jobs ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0; -- of its results in the bucket
    ALTER TABLE jobs ADD COLUMN files INTEGER NOT NULL DEFAULT 0; -- how many those are
    ALTER TABLE jobs ADD COLUMN kept_at INTEGER; -- since when those are all it has, for their retention
    ALTER TABLE jobs ADD COLUMN deleted INTEGER; -- when it was deleted: it can be brought back for a while
    ALTER TABLE jobs ADD COLUMN spent INTEGER NOT NULL DEFAULT 0;   -- billed for all its tries
    ALTER TABLE jobs ADD COLUMN at_most INTEGER NOT NULL DEFAULT 0; -- billed at most, where nobody knows
    -- Lists are read by one of these, whatever they ask for, so that they stay quick however many jobs there are. Most
    -- are written once in a job's life. An index that holds some states is found where a statement names one of them.
    DROP INDEX jobs_open;
    CREATE INDEX jobs_open ON jobs (state, id) WHERE state = 'queued' OR state = 'submitting';
    CREATE INDEX jobs_ended ON jobs (state, id)
        WHERE state = 'done' OR state = 'failed' OR state = 'canceled' OR state = 'unsure';
    CREATE INDEX jobs_kind ON jobs (kind, id);
    CREATE INDEX jobs_model ON jobs (model, id);
    CREATE INDEX jobs_batch ON jobs (batch, n) WHERE batch IS NOT NULL;
    -- How a batch stands is counted in here alone.
    CREATE INDEX jobs_tally ON jobs (batch, state, kind, n, model, spent, at_most) WHERE batch IS NOT NULL;
    CREATE INDEX jobs_deleted ON jobs (deleted) WHERE deleted IS NOT NULL;
    CREATE INDEX jobs_kept ON jobs (kept_at) WHERE kept_at IS NOT NULL;
    -- Queued jobs without a moment they are due at are held: their money is not reserved yet.
    -- Entries of batches come after all others.
    CREATE INDEX jobs_ready ON jobs (kind, (batch IS NOT NULL), id, model, due, batch)
        WHERE state = 'queued' AND due IS NOT NULL;
    CREATE INDEX jobs_held ON jobs (id) WHERE state = 'queued' AND due IS NULL AND batch IS NULL;
    ALTER TABLE idempotency_keys ADD COLUMN asked TEXT; -- what for, where not for the job itself
    CREATE TABLE batches (
        id TEXT PRIMARY KEY,         -- UUID of version 7
        state TEXT NOT NULL,
        batch TEXT NOT NULL          -- the whole row, JSON
    ) WITHOUT ROWID;
    CREATE INDEX batches_open ON batches (state, id) WHERE state = 'running' OR state = 'paused';
    CREATE TABLE tasks (             -- every task of the vendor's that a job made; outlives the job
        task TEXT PRIMARY KEY,
        job TEXT NOT NULL,
        model TEXT NOT NULL,         -- the vendor's name of it
        at INTEGER NOT NULL          -- when it was accepted
    ) WITHOUT ROWID;
    CREATE INDEX tasks_at ON tasks (at);
    CREATE INDEX jobs_looked_for ON jobs (due) WHERE state = 'submitting';
    CREATE INDEX jobs_unsure ON jobs (created_at) WHERE state = 'unsure';
    CREATE TABLE spend (             -- in billionths of a yuan
        day INTEGER NOT NULL,        -- days since 1970, in Beijing
        kind TEXT NOT NULL,
        model TEXT NOT NULL,
        jobs INTEGER NOT NULL,
        spent INTEGER NOT NULL,
        at_most INTEGER NOT NULL,
        PRIMARY KEY (day, kind, model)
    ) WITHOUT ROWID;
    CREATE TABLE settlements (       -- what the Studio has not been told yet
        job TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        settlement TEXT NOT NULL,    -- JSON
        PRIMARY KEY (job, attempt)
    ) WITHOUT ROWID;
    CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE kept (bytes INTEGER NOT NULL, files INTEGER NOT NULL); -- one row: what is in the bucket
    INSERT INTO kept (bytes, files) VALUES (0, 0);
    CREATE TRIGGER jobs_kept AFTER UPDATE OF bytes, files ON jobs
        WHEN NEW.bytes <> OLD.bytes OR NEW.files <> OLD.files
        BEGIN UPDATE kept SET bytes = bytes + NEW.bytes - OLD.bytes, files = files + NEW.files - OLD.files; END;
    CREATE TRIGGER jobs_gone AFTER DELETE ON jobs WHEN OLD.files > 0
        BEGIN UPDATE kept SET bytes = bytes - OLD.bytes, files = files - OLD.files; END;
    -- Uploaded recordings that are in the bucket, and not at the vendor, count as well.
    CREATE TRIGGER files_kept AFTER INSERT ON files WHEN json_extract(NEW.file, '$.there') IS NULL
        BEGIN UPDATE kept SET bytes = bytes + json_extract(NEW.file, '$.file.bytes'), files = files + 1; END;
    CREATE TRIGGER files_gone AFTER DELETE ON files WHEN json_extract(OLD.file, '$.there') IS NULL
        BEGIN UPDATE kept SET bytes = bytes - json_extract(OLD.file, '$.file.bytes'), files = files - 1; END;
",
    "
    CREATE TABLE shares (            -- how they stand, their own objects know
        n INTEGER PRIMARY KEY,       -- in the order they were made
        id TEXT NOT NULL UNIQUE,
        key TEXT UNIQUE,             -- the Idempotency-Key that asked for it
        digest TEXT NOT NULL,        -- of the body that asked for it
        revoked INTEGER NOT NULL     -- whether only the key is remembered
    );
",
];
