//! Whether a secret is hard to guess: pure. An estimate from below, made for what people really set: short words, keys of
//! the keyboard in a row, the same again and again, and the examples that stand in manuals.

/// What a secret has to have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strength {
    /// Characters.
    shortest: usize,
    /// Bits, by the estimate.
    bits: f64,
}

/// For the owner's code: guesses are counted (`directory::gate`), so that half of what a key needs is plenty.
pub(super) const CODE: Strength = Strength { shortest: 12, bits: 40.0 };

/// For the signing key: whoever has seen a session can try keys as fast as they like.
pub(super) const KEY: Strength = Strength { shortest: 32, bits: 96.0 };

/// What everybody tries first; a secret is as strong as what is left of it without these.
const KNOWN: [&str; 16] = [
    "password",
    "passwort",
    "changeme",
    "change-me",
    "change_me",
    "owner",
    "code",
    "secret",
    "signing",
    "key",
    "admin",
    "letmein",
    "qwerty",
    "example",
    "your",
    "bailian",
];

/// Refuses a secret that is missing or easy to guess.
///
/// # Errors
/// What to set.
pub(super) fn strong(name: &str, secret: &str, needed: Strength) -> Result<(), String> {
    if secret.is_empty() {
        return Err(format!("set the secret {name}"));
    }
    if secret.chars().count() < needed.shortest || bits(secret) < needed.bits {
        let shortest = needed.shortest;
        return Err(format!("the secret {name} is too weak; set at least {shortest} random characters"));
    }
    Ok(())
}

/// So many bits at most that somebody needs who knows how people choose: each character that does not follow from those
/// before it counts, by how many different ones there are.
fn bits(secret: &str) -> f64 {
    let mut rest = secret.to_lowercase();
    for known in KNOWN {
        rest = rest.replace(known, "");
    }
    let letters: Vec<char> = rest.chars().collect();
    let mut different = letters.clone();
    different.sort_unstable();
    different.dedup();
    let new = (0..letters.len()).filter(|at| is_new(&letters, *at)).count();
    let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    count(new) * count(different.len()).max(1.0).log2()
}

/// Whether a character does not follow from those before it: it is not the one before, nor its neighbour in the alphabet,
/// and does not repeat the three that stood somewhere before, as a text that is written twice does.
fn is_new(letters: &[char], at: usize) -> bool {
    let Some((letter, before)) = letters.get(at).zip(letters.get(..at)) else { return false };
    let follows = before.last().is_some_and(|last| u32::from(*last).abs_diff((*letter).into()) <= 1);
    let ended = letters.get(at.saturating_sub(2)..=at).filter(|three| three.len() == 3);
    let repeats = ended.is_some_and(|three| before.windows(3).any(|earlier| earlier == three));
    !follows && !repeats
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_secrets_are_refused_by_name() {
        for weak in [
            "short",
            "aaaaaaaaaaaaaaaa",
            "password",
            "password1234",
            "1234567890123456",
            "abcabcabcabcabcabc",
            "changemechangeme",
            "owner-code-2026",
            "qwertyqwerty12",
            "abcdefghijklmnopqrstuvwxyz",
            "Password-Password-Password",
            "hellohellohello",
        ] {
            let refusal = strong("OWNER_CODE", weak, CODE).unwrap_err();
            assert!(refusal.contains("OWNER_CODE is too weak"), "{weak}");
        }
        assert_eq!(strong("OWNER_CODE", "", CODE), Err("set the secret OWNER_CODE".to_owned()));
    }

    #[test]
    fn random_ones_pass() {
        for code in ["k7fq-m2xw-9dza", "Zv3#pL9!qT7w", "uGx8K1mPz0Rw", "abcde-fghjk-7m2q9-xw4tz-p8r3v-n"] {
            assert_eq!(strong("OWNER_CODE", code, CODE), Ok(()), "{code}");
        }
        let key = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
        assert_eq!(strong("SIGNING_KEY", key, KEY), Ok(()));
        for weak in ["0123456789abcdef0123456789abcdef", &"ab".repeat(40), "k7fq-m2xw-9dza"] {
            assert!(strong("SIGNING_KEY", weak, KEY).is_err(), "{weak}");
        }
    }
}
