//! Prints the description of `/api`; `cargo xtask openapi` writes it where it belongs.

use std::error::Error;
use std::io::{Write, stdout};

fn main() -> Result<(), Box<dyn Error>> {
    let document = serde_json::to_string_pretty(&studio_shared::openapi::document())?;
    writeln!(stdout(), "{document}")?;
    Ok(())
}
