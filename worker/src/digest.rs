//! Digests: whether what is sent again is what was sent before.

use sha2::{Digest, Sha256};

/// The SHA-256 of these parts, in lower-case hexadecimal. Where one part ends and the next begins counts too.
pub(crate) fn of(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part);
    }
    hex::encode(hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_parts_have_another_digest() {
        assert_eq!(of(&[b"ab", b"c"]), of(&[b"ab", b"c"]));
        assert_eq!(of(&[]).len(), 64);
        for other in [[b"a".as_slice(), b"bc"], [b"ab", b"d"], [b"", b"abc"]] {
            assert_ne!(of(&[b"ab", b"c"]), of(&other));
        }
    }
}
