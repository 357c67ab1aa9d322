//! `dist/_headers`: what the assets host adds to every file it serves.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The host reads no more than 100 rules; files beyond that are revalidated, which is only slower.
const MOST_RULES: usize = 99;

/// Writes `_headers` for what Trunk has built.
pub fn write(dist: &Path) -> Result<()> {
    let page = dist.join("index.html");
    let html = fs::read_to_string(&page).with_context(|| format!("{} cannot be read", page.display()))?;
    let mut files = Vec::new();
    list(dist, "", &mut files)?;
    files.sort();
    fs::write(dist.join("_headers"), headers(&html, &files)).context("dist/_headers cannot be written")
}

/// The text of `_headers` for a page and the files beside it, given by their paths without leading slash.
pub fn headers(html: &str, files: &[String]) -> String {
    let scripts: String = inline_scripts(html).map(|script| format!(" '{}'", hash_source(script))).collect();
    let policy = [
        "default-src 'none'",
        // 'wasm-unsafe-eval' allows WebAssembly and nothing else; each inline script (Trunk's, which starts
        // the program, among them) is allowed by its hash.
        &format!("script-src 'self' 'wasm-unsafe-eval'{scripts}"),
        "style-src 'self'",
        "img-src 'self' blob: data:",
        // A recording that was given by its address is heard where it lies, after a press.
        "media-src 'self' blob: https: http:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ];
    let mut text = format!(
        "/*\n  Content-Security-Policy: {}\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n  \
         Permissions-Policy: {PERMISSIONS}\n  X-Frame-Options: DENY\n  Cross-Origin-Opener-Policy: same-origin\n  \
         Cross-Origin-Resource-Policy: same-origin\n  Strict-Transport-Security: max-age=31536000; includeSubDomains\n  Cache-Control: no-cache\n",
        policy.join("; ")
    );
    // `!` takes away what the rule above has set; without it the host would join both values.
    for file in files.iter().filter(|file| is_hashed(file)).take(MOST_RULES) {
        text +=
            &format!("/{file}\n  ! Cache-Control\n  Cache-Control: public, max-age=31536000, immutable\n");
    }
    text
}

/// The microphone is for recordings to be transcribed; nothing else is asked for. The worker says the same of `/api`
/// (`worker/src/walls.rs`).
const PERMISSIONS: &str =
    "microphone=(self), camera=(), geolocation=(), payment=(), usb=(), display-capture=()";

/// A script's hash as the policy writes it.
fn hash_source(script: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(script)))
}

/// The text of every script of the page that is not fetched from an address of its own.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let tag = rest.find("<script")?;
            if let Some(comment) = rest.find("<!--").filter(|comment| *comment < tag) {
                let after = rest.get(comment..)?;
                rest = after.get(after.find("-->")?..)?;
                continue;
            }
            let (attributes, body) = rest.get(tag..)?.split_once('>')?;
            let (script, after) = body.split_once("</script>")?;
            rest = after;
            if !attributes.contains(" src=") {
                return Some(script);
            }
        }
    })
}

/// Whether Trunk has put a hash of its content into a file's name: `app-0123456789abcdef_bg.wasm`.
fn is_hashed(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    // 64 bits, without zeros before them.
    name.split(['-', '_', '.'])
        .any(|word| (12..=16).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn list(folder: &Path, prefix: &str, files: &mut Vec<String>) -> Result<()> {
    for entry in folder.read_dir().with_context(|| format!("{} cannot be read", folder.display()))? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.push(name);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html><!-- <script>not this</script> --><script type=\"module\">\nstart()\n</script>\
                        <script src=\"/x.js\"></script><script>two</script>";

    #[test]
    fn scripts_in_the_page_are_found_as_they_stand() {
        assert_eq!(inline_scripts(PAGE).collect::<Vec<_>>(), ["\nstart()\n", "two"]);
        assert_eq!(inline_scripts("<script>never closed").count(), 0);
    }

    #[test]
    fn a_hash_is_written_as_browsers_do() {
        // From the specification's own example.
        let expected = "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=";
        assert_eq!(hash_source("alert('Hello, world.');"), expected);
    }

    #[test]
    fn the_policy_allows_the_pages_own_scripts_only() {
        let text = headers(PAGE, &[]);
        let allowed = format!("script-src 'self' 'wasm-unsafe-eval' '{}' '", hash_source("\nstart()\n"));
        assert!(text.contains(&allowed), "{text}");
        assert!(!text.contains("unsafe-inline") && !text.contains("'unsafe-eval'"));
        assert!(text.lines().all(|line| line.len() < 2000), "the host's limit of a line");
    }

    #[test]
    fn only_files_with_a_hash_are_kept_for_good() {
        let files = ["index.html", "app-cee0097d2115accc_bg.wasm", "favicon.svg"].map(str::to_owned);
        let text = headers("", &files);
        assert!(text.starts_with("/*\n") && text.contains("  Cache-Control: no-cache\n"));
        assert!(text.contains("/app-cee0097d2115accc_bg.wasm\n  ! Cache-Control\n  Cache-Control: public"));
        assert_eq!(text.matches("immutable").count(), 1);
    }
}
