//! `worker/.dev.vars`: the lines that wrangler itself would read, `NAME=value`.

use anyhow::{Context, Result, bail};

/// Names and values, in the order of the file.
pub(super) fn parse(text: &str) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        // The message names the line, not its text: that may be a key.
        let pair = line.strip_prefix("export ").unwrap_or(line).split_once('=');
        let (name, value) = pair.with_context(|| format!("line {} is not NAME=value", index + 1))?;
        let name = name.trim();
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            bail!("line {} has no proper name before the equals sign", index + 1);
        }
        found.push((name.to_owned(), unquote(value.trim()).to_owned()));
    }
    Ok(found)
}

/// A quoted value as it stands; otherwise what comes before a comment.
fn unquote(value: &str) -> &str {
    for quote in ['"', '\'', '`'] {
        if let Some((inner, _)) = value.strip_prefix(quote).and_then(|rest| rest.split_once(quote)) {
            return inner;
        }
    }
    value.split_once(" #").map_or(value, |(before, _)| before).trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_quotes_and_comments_are_understood() {
        let text = "# mine\nDASHSCOPE_API_KEY = \"sk-1#2\" # the key\n\nexport REGION=ap-southeast-1 # here\nEMPTY=\n";
        let expected = [("DASHSCOPE_API_KEY", "sk-1#2"), ("REGION", "ap-southeast-1"), ("EMPTY", "")];
        let expected: Vec<_> = expected.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        assert_eq!(parse(text).unwrap(), expected);
    }

    #[test]
    fn a_bad_line_is_named_without_its_text() {
        let error = parse("A=1\nsk-secret\n").unwrap_err().to_string();
        assert_eq!(error, "line 2 is not NAME=value");
        assert!(parse("a b=1").is_err());
    }
}
