//! How tokens are counted here. The rule is the simulator's own and simple: up to four ASCII letters or
//! digits in a row are one token, with the spaces before them; every other character is one by itself.

/// The tokens of a text, in order; together they are the text.
pub fn split(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (token, after) = rest.split_at(first(rest));
        tokens.push(token);
        rest = after;
    }
    tokens
}

/// How many there are.
pub fn count(text: &str) -> u32 {
    u32::try_from(split(text).len()).unwrap_or(u32::MAX)
}

/// Bytes of the first token.
fn first(text: &str) -> usize {
    let spaces = text.len() - text.trim_start_matches(' ').len();
    let mut after = text.char_indices().skip_while(|(at, _)| *at < spaces);
    let Some((_, character)) = after.next() else { return text.len() };
    let end = spaces + character.len_utf8();
    if !character.is_ascii_alphanumeric() {
        return end;
    }
    let more = after.take(3).take_while(|(_, next)| next.is_ascii_alphanumeric()).count();
    end + more
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_rule_is_what_it_says() {
        assert_eq!(
            split("Hello, wide world 猫咪。\n"),
            ["Hell", "o", ",", " wide", " worl", "d", " 猫", "咪", "。", "\n"]
        );
        assert_eq!((count(""), count("   "), count("12345")), (0, 1, 2));
    }

    proptest! {
        #[test]
        fn together_they_are_the_text(text in "\\PC{0,60}|[a-z 猫\\n]{0,60}") {
            let tokens = split(&text);
            prop_assert!(tokens.iter().all(|token| !token.is_empty()));
            prop_assert_eq!(tokens.concat(), text);
        }
    }
}
