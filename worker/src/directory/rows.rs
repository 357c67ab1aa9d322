//! The Directory's rows in SQLite.

use std::collections::HashMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use worker::{Result, SqlStorage, SqlStorageValue, State};

use super::ended::Left;
use super::gate::{Changed, Count, Crowd, Gate};
use super::register::{CodeRow, MemberRow, Register};
use crate::steps;

const STEPS: &[&str] = &[
    "
    CREATE TABLE members (
        id TEXT PRIMARY KEY,         -- the name of the member's object
        row TEXT NOT NULL            -- JSON, as in the other tables
    ) WITHOUT ROWID;
    CREATE TABLE codes (id TEXT PRIMARY KEY, row TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE sources (           -- from where wrong codes came
        id TEXT PRIMARY KEY,
        row TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE settings (id TEXT PRIMARY KEY, row TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE to_tell (           -- members whose objects have to be told who is let in
        id TEXT PRIMARY KEY
    ) WITHOUT ROWID;
",
    "
    CREATE TABLE ended (id TEXT PRIMARY KEY, row TEXT NOT NULL) WITHOUT ROWID;
",
];

/// The count that ends sessions.
const EPOCH: &str = "epoch";

/// What all strangers have left.
const CROWD: &str = "crowd";

/// The Directory's storage.
pub(super) struct Rows {
    sql: SqlStorage,
}

impl Rows {
    pub(super) fn of(state: &State) -> Self {
        Self { sql: state.storage().sql() }
    }

    /// Everything, as the rows have it.
    pub(super) fn read(&self) -> Result<(Register, Gate)> {
        steps::lay_out(&self.sql, STEPS)?;
        let members: Vec<MemberRow> = self.all("SELECT row FROM members")?;
        let codes: Vec<CodeRow> = self.all("SELECT row FROM codes")?;
        let ended: Vec<Left> = self.all("SELECT row FROM ended")?;
        let setting = |name: &str| self.texts("SELECT row FROM settings WHERE id = ?", vec![name.into()]);
        let epoch = setting(EPOCH)?.first().and_then(|text| text.parse().ok()).unwrap_or(0);
        let crowd = match setting(CROWD)?.first() {
            Some(text) => serde_json::from_str(text)?,
            None => Crowd::default(),
        };
        let mut counts = HashMap::new();
        for row in self.sql.exec("SELECT id, row FROM sources", None)?.raw() {
            if let [SqlStorageValue::String(id), SqlStorageValue::String(count)] = row?.as_slice() {
                counts.insert(id.clone(), serde_json::from_str::<Count>(count)?);
            }
        }
        Ok((Register::resume(epoch, members, codes, ended), Gate::resume(counts, crowd)))
    }

    pub(super) fn put_member(&self, row: &MemberRow) -> Result<()> {
        self.put("members", &row.id, row)
    }

    pub(super) fn put_code(&self, row: &CodeRow) -> Result<()> {
        self.put("codes", &row.id, row)
    }

    pub(super) fn put_ended(&self, row: &Left) -> Result<()> {
        self.put("ended", &row.id, row)
    }

    pub(super) fn remove_ended(&self, id: &str) -> Result<()> {
        self.sql.exec("DELETE FROM ended WHERE id = ?", vec![id.into()]).map(drop)
    }

    pub(super) fn put_epoch(&self, epoch: u64) -> Result<()> {
        self.put("settings", EPOCH, &epoch)
    }

    pub(super) fn remove_member(&self, id: &str) -> Result<()> {
        self.sql.exec("DELETE FROM members WHERE id = ?", vec![id.into()])?;
        self.told(id)
    }

    pub(super) fn remove_code(&self, id: &str) -> Result<()> {
        self.sql.exec("DELETE FROM codes WHERE id = ?", vec![id.into()]).map(drop)
    }

    /// Writes down what wrong and right codes have changed.
    pub(super) fn count(&self, changed: &Changed) -> Result<()> {
        if let Some((source, count)) = &changed.source {
            self.put("sources", source, count)?;
        }
        for source in &changed.forgotten {
            self.sql.exec("DELETE FROM sources WHERE id = ?", vec![source.as_str().into()])?;
        }
        match changed.crowd {
            Some(crowd) => self.put("settings", CROWD, &crowd),
            None => Ok(()),
        }
    }

    /// A member's object has to be told.
    pub(super) fn to_tell(&self, member: &str) -> Result<()> {
        self.sql.exec("INSERT OR IGNORE INTO to_tell (id) VALUES (?)", vec![member.into()]).map(drop)
    }

    /// It was told.
    pub(super) fn told(&self, member: &str) -> Result<()> {
        self.sql.exec("DELETE FROM to_tell WHERE id = ?", vec![member.into()]).map(drop)
    }

    /// The members whose objects have to be told.
    pub(super) fn untold(&self) -> Result<Vec<String>> {
        steps::lay_out(&self.sql, STEPS)?;
        self.texts("SELECT id FROM to_tell", vec![])
    }

    fn put<T: Serialize>(&self, table: &str, id: &str, row: &T) -> Result<()> {
        let statement = format!(
            "INSERT INTO {table} (id, row) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET row = excluded.row"
        );
        self.sql.exec(&statement, vec![id.into(), serde_json::to_string(row)?.into()]).map(drop)
    }

    fn all<T: DeserializeOwned>(&self, statement: &str) -> Result<Vec<T>> {
        let texts = self.texts(statement, vec![])?;
        texts.iter().map(|text| serde_json::from_str(text).map_err(worker::Error::from)).collect()
    }

    fn texts(&self, statement: &str, values: Vec<SqlStorageValue>) -> Result<Vec<String>> {
        let mut texts = Vec::new();
        for row in self.sql.exec(statement, values)?.raw() {
            if let Some(SqlStorageValue::String(text)) = row?.into_iter().next() {
                texts.push(text);
            }
        }
        Ok(texts)
    }
}
