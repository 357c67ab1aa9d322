//! Whether what the vendor repeats is what was sent.

/// The vendor cuts prompts at its limit without a word (`dashscope-api.md` §10 rows 6 and 19); none of its limits is
/// lower than this.
const LOWEST_LIMIT: usize = 500;

/// Whether `told` is `sent`, as far as the vendor repeats it. White space does not count, nor does how an address is
/// written: to take one's own task for a stranger's would buy it twice.
pub(super) fn is_same(sent: &str, told: &str) -> bool {
    if let Some(key) = sent.strip_prefix("oss://") {
        // Told with another host, maybe; our names in the vendor's store are unique.
        return key.rsplit('/').next().is_some_and(|name| told.contains(name));
    }
    if ["https://", "http://"].iter().any(|scheme| sent.starts_with(scheme)) {
        return decoded(sent) == decoded(told);
    }
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (sent, told) = (plain(sent), plain(told));
    sent == told || told.chars().count() >= LOWEST_LIMIT && sent.starts_with(&told)
}

/// An address with its percent signs read.
fn decoded(address: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = address.trim().as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prompt_is_the_same_though_cut_or_trimmed() {
        assert!(is_same("可爱 猫咪", "可爱猫咪\n"));
        assert!(!is_same("可爱猫咪", "可爱猫") && !is_same("可爱猫", "可爱猫咪"));
        let long = "海".repeat(1000);
        assert!(is_same(&long, &"海".repeat(800)));
        assert!(!is_same(&long, &"海".repeat(499)), "no limit is that low");
        assert!(!is_same(&long, &"山".repeat(800)));
    }

    #[test]
    fn an_address_is_the_same_however_it_is_written() {
        assert!(is_same("https://e.example/录音 1.mp3", "https://e.example/%E5%BD%95%E9%9F%B3%201.mp3"));
        assert!(!is_same("https://e.example/a.mp3", "https://e.example/b.mp3"));
        assert!(is_same(
            "oss://dashscope-instant/x/2026/0198-a.wav",
            "https://b.oss.example/x/0198-a.wav?Expires=1"
        ));
        assert!(!is_same(
            "oss://dashscope-instant/x/2026/0198-a.wav",
            "oss://dashscope-instant/x/2026/0198-b.wav"
        ));
        assert!(!is_same("https://e.example/%", "https://e.example/%2"));
    }
}
