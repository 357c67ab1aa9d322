//! The owner's code and the signing key of a state folder: made once, kept beside what they protect.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::stack;

/// Digits and letters that are not mistaken for one another when read aloud or copied by hand.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// What is made where the environment gives nothing.
#[derive(Debug)]
pub(super) struct Kept {
    /// 130 bits in readable groups; at the next start it is still the same.
    pub(super) owner_code: String,
    /// 260 bits; never shown.
    pub(super) signing_key: String,
}

/// Reads both from the state folder, or makes them there.
pub(super) fn read_or_make(state: &Path) -> Result<Kept> {
    Ok(Kept {
        owner_code: keep(state, "owner-code", || Ok(grouped(&random::<26>()?)))?,
        signing_key: keep(state, "signing-key", random::<52>)?,
    })
}

fn keep(state: &Path, name: &str, make: impl FnOnce() -> Result<String>) -> Result<String> {
    let path = state.join(name);
    match fs::read_to_string(&path) {
        Ok(kept) if !kept.trim().is_empty() => return Ok(kept.trim().to_owned()),
        Ok(_) => fs::remove_file(&path)?,
        Err(_) => fs::create_dir_all(state)?,
    }
    let made = make()?;
    stack::write_private(&path, format!("{made}\n").as_bytes())?;
    Ok(made)
}

/// Letters of five random bits each.
fn random<const LENGTH: usize>() -> Result<String> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).ok().context("the system gives no random numbers")?;
    let letters = bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(byte & 31)));
    Ok(letters.map(|letter| char::from(*letter)).collect())
}

/// `abcde-fghjk-…`
fn grouped(letters: &str) -> String {
    let letters: Vec<char> = letters.chars().collect();
    letters.chunks(5).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_is_kept_privately() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        let first = read_or_make(&state).unwrap();
        let second = read_or_make(&state).unwrap();
        assert_eq!((&first.owner_code, &first.signing_key), (&second.owner_code, &second.signing_key));
        assert_eq!(first.owner_code.replace('-', "").len(), 26);
        assert_eq!(first.signing_key.len(), 52);
        let mode = fs::metadata(state.join("signing-key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn codes_are_read_in_groups() {
        assert_eq!(grouped("abcdefghjkmn"), "abcde-fghjk-mn");
    }
}
