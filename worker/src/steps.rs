//! How the tables of an object come to be what this version of the product uses.

use worker::{Result, SqlStorage, SqlStorageValue};

/// Runs the steps that this storage has not seen. Each is run once, in order, and never changed after a release: a new
/// form is a new step. The platform takes no step that ends with a comment.
pub(crate) fn lay_out(sql: &SqlStorage, steps: &[&str]) -> Result<()> {
    sql.exec("CREATE TABLE IF NOT EXISTS steps (step INTEGER PRIMARY KEY)", None)?;
    let seen = match sql.exec("SELECT count(*) FROM steps", None)?.raw().next().transpose()?.as_deref() {
        Some([SqlStorageValue::Integer(count)]) => usize::try_from(*count).unwrap_or(0),
        _ => 0,
    };
    for (at, step) in steps.iter().enumerate().skip(seen) {
        sql.exec(step, None)?;
        let number = i64::try_from(at).unwrap_or(i64::MAX);
        sql.exec("INSERT INTO steps (step) VALUES (?)", vec![SqlStorageValue::Integer(number)])?;
    }
    Ok(())
}
