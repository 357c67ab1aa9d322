//! What of a long output a message about a failure shows.

/// A line of a compiled program's stack can be thousands of characters long.
const LONGEST: usize = 300;

/// What lines that name a cause have in common, in lower case.
const CAUSES: [&str; 7] = ["error", "fatal", "exception", "panicked", "failed", "cannot", "already in use"];

/// At most about `count` lines: the first ones that look like an error, or else the very first, and then the last
/// ones. The end alone often tells only what broke in consequence.
pub fn gist(output: &str, count: usize) -> String {
    let output = plain(output);
    let lines: Vec<&str> = output.trim_end().lines().collect();
    let end = if lines.len() <= count { 0 } else { lines.len() - count.div_ceil(2) };
    let before = || lines.iter().enumerate().take(end);
    let mut shown: Vec<usize> =
        before().filter(|(_, line)| looks_like_a_cause(line)).map(|(at, _)| at).take(count / 2).collect();
    if shown.is_empty() {
        shown = before().map(|(at, _)| at).take(count / 2).collect();
    }
    shown.extend(end..lines.len());

    let mut gist: Vec<String> = Vec::new();
    let mut next = 0;
    for at in shown {
        if at > next {
            gist.push("…".into());
        }
        gist.extend(lines.get(at).map(|line| short(line)));
        next = at + 1;
    }
    gist.join("\n")
}

/// The first line that looks like an error, for a message of one line.
pub fn first_error(output: &str) -> Option<String> {
    let output = plain(output);
    output.lines().map(str::trim).find(|line| looks_like_a_cause(line)).map(short)
}

fn looks_like_a_cause(line: &str) -> bool {
    let line = line.to_lowercase();
    CAUSES.iter().any(|word| line.contains(word))
}

fn short(line: &str) -> String {
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line.to_owned(),
    }
}

/// Without the escape sequences for colours, which some programs print even where they are asked not to.
fn plain(output: &str) -> String {
    let mut parts = output.split("\x1b[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        // The sequence ends with its first letter.
        plain += part.split_once(|c: char| c.is_ascii_alphabetic()).map_or("", |(_, rest)| rest);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(count: usize) -> Vec<String> {
        (0..count).map(|number| format!("line {number}")).collect()
    }

    #[test]
    fn a_short_output_is_shown_as_it_is() {
        assert_eq!(gist("a\nb\nerror\n", 3), "a\nb\nerror");
        assert_eq!(gist("", 3), "");
    }

    #[test]
    fn the_cause_is_shown_however_much_comes_after_it() {
        let mut lines = numbered(100);
        lines[40] = "\x1b[31m✘ [ERROR]\x1b[0m Address already in use".into();
        assert_eq!(gist(&lines.join("\n"), 4), "…\n✘ [ERROR] Address already in use\n…\nline 98\nline 99");
        assert_eq!(first_error(&lines.join("\n")).unwrap(), "✘ [ERROR] Address already in use");
    }

    #[test]
    fn without_a_cause_both_ends_are_shown() {
        assert_eq!(gist(&numbered(9).join("\n"), 4), "line 0\nline 1\n…\nline 7\nline 8");
        assert_eq!(first_error("all is well\n"), None);
    }

    #[test]
    fn long_lines_are_cut_between_letters() {
        let shown = gist(&"长".repeat(1000), 3);
        assert_eq!(shown, format!("{}…", "长".repeat(LONGEST)));
    }
}
