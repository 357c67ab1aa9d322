//! A text that still grows.

/// The part of a growing text that can be shown: a last line of nothing but marks is held back until more of it is
/// there, since two of three backticks, or the minus of the item to come, would be something else for a moment.
pub(crate) fn shown(text: &str) -> &str {
    let begin = text.rfind('\n').map_or(0, |end| end.saturating_add(1));
    let (before, last) = text.split_at_checked(begin).unwrap_or((text, ""));
    if is_mere_marks(last) { before } else { text }
}

fn is_mere_marks(line: &str) -> bool {
    let line = line.trim();
    let marks = line.chars().all(|char| "`~-=*+#>|:_ \t".contains(char));
    let number = line.strip_suffix(['.', ')']).unwrap_or(line);
    let begins_item = number.len() <= 3 && number.chars().all(|char| char.is_ascii_digit());
    !line.is_empty() && (marks || begins_item)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_wait_for_what_they_mark() {
        for (text, expected) in [
            ("a\n``", "a\n"),
            ("a\n```", "a\n"),
            ("a\n```r", "a\n```r"),
            ("a\n-", "a\n"),
            ("a\n- b", "a\n- b"),
            ("1", ""),
            ("a\n12.", "a\n"),
            ("2026", "2026"),
            ("|a|\n|--", "|a|\n"),
            ("```\nx\n``", "```\nx\n"),
            ("a\n", "a\n"),
            ("", ""),
            ("猫\n猫", "猫\n猫"),
        ] {
            assert_eq!(shown(text), expected, "{text:?}");
        }
    }
}
