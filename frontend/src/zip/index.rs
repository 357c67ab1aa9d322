//! A page to look at what is in an archive: one file, no script, everything from outside escaped. Pure.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;
use studio_shared::job::{Job, State};
use studio_shared::words::Language;

use super::gather::{Kept, Order, Row};
use crate::format;
use crate::pages::create::recipe;
use crate::pages::job::notes::label;
use crate::words::{Texts, texts};

const STYLE: &str = "\
:root{color-scheme:light dark;--line:light-dark(#ddd7cb,#34312c);--quiet:light-dark(#6a6459,#9a9386)}\
body{margin:0 auto;padding:2rem 1rem;max-width:70rem;font:15px/1.6 system-ui,sans-serif;\
background:light-dark(#f5f2ec,#161513);color:light-dark(#1e1b17,#ece7dd)}\
h1{font-size:1.4rem;margin:0}.q{color:var(--quiet);font-size:.85rem;margin:.25rem 0}\
article{border-top:1px solid var(--line);padding:1.25rem 0}\
h2{font-size:1rem;margin:0 0 .25rem;white-space:pre-wrap;overflow-wrap:anywhere}\
.f{display:grid;grid-template-columns:repeat(auto-fill,minmax(14rem,1fr));gap:1rem;margin:.75rem 0}\
figure{margin:0;min-width:0}figcaption{font-size:.8rem;overflow-wrap:anywhere}\
img,video{max-width:100%;height:auto;border-radius:6px}audio{width:100%}\
.e{color:light-dark(#a3231c,#f2998f)}";

/// The page.
pub(crate) fn page(order: &Order, rows: &BTreeMap<usize, Row>) -> String {
    let words = texts(order.language);
    let title = escape(&order.title);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'none'; object-src 'none'; base-uri 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1 dir=\"auto\">{title}</h1>\n\
         <p class=\"q\">{} · {}</p>\n",
        order.language.tag(),
        (words.archive.entries)(rows.len()),
        order.made_at,
    );
    for (number, row) in rows {
        put(&mut page, *number, row, words, order.language);
    }
    page.push_str("</body>\n</html>\n");
    page
}

fn put(page: &mut String, number: usize, row: &Row, words: &Texts, language: Language) {
    let Row { job, files, missing } = row;
    // Writing to a text cannot fail.
    let _ = write!(
        page,
        "<article id=\"e{number}\">\n<h2 dir=\"auto\">{number}. {}</h2>\n<p class=\"q\">{}</p>\n",
        escape(job.request.prompt()),
        escape(&facts(job, words, language)),
    );
    if let Some(error) = &job.error {
        let _ = writeln!(
            page,
            "<p class=\"e\">{} <small>{} {}</small></p>",
            escape(error.advice.get(language)),
            escape(&error.code),
            escape(&error.message)
        );
    }
    for note in &job.notes {
        let (field, why) = (label(&note.field, language), note.why.get(language));
        let _ = writeln!(
            page,
            "<p class=\"q\">{} {} → {} {}</p>",
            escape(&field),
            escape(&note.given),
            escape(&note.sent),
            escape(why)
        );
    }
    if !files.is_empty() {
        page.push_str("<div class=\"f\">\n");
        for file in files {
            put_file(page, file, job, words);
        }
        page.push_str("</div>\n");
    }
    for (n, why) in missing {
        let _ = writeln!(
            page,
            "<p class=\"e\">{} {}</p>",
            (words.archive.missing)(n.saturating_add(1)),
            escape(why)
        );
    }
    page.push_str("</article>\n");
}

fn put_file(page: &mut String, file: &Kept, job: &Job, words: &Texts) {
    let (name, settings) = (escape(&file.name), escape(&file.settings));
    let shown = match file.media_type.split('/').next() {
        Some("image") => {
            format!(
                "<a href=\"{name}\"><img src=\"{name}\" alt=\"{}\" loading=\"lazy\"></a>",
                escape(job.request.prompt())
            )
        }
        Some("video") => format!("<video src=\"{name}\" controls preload=\"metadata\"></video>"),
        Some("audio") => format!("<audio src=\"{name}\" controls preload=\"metadata\"></audio>"),
        _ => String::new(),
    };
    let _ = writeln!(
        page,
        "<figure>{shown}<figcaption><a href=\"{name}\">{name}</a> {} · <a href=\"{settings}\">{}</a></figcaption></figure>",
        format::bytes(file.bytes),
        words.job.settings,
    );
}

/// What was asked for beside the prompt, where it stands, what it cost.
fn facts(job: &Job, words: &Texts, language: Language) -> String {
    let mut facts = vec![job.request.model().to_owned()];
    for (field, value) in recipe::of(&job.request) {
        if matches!(field.as_str(), "kind" | "model" | "prompt" | "text" | "messages" | "url" | "file") {
            continue;
        }
        let value = match value {
            Value::Null => continue,
            Value::Bool(true) => words.job.on.to_owned(),
            Value::Bool(false) => words.job.off.to_owned(),
            Value::String(text) if text.is_empty() => continue,
            Value::String(text) => text,
            other => other.to_string(),
        };
        facts.push(format!("{} {value}", label(&field, language)));
    }
    if job.state != State::Done {
        facts.push((words.parts.state)(job.state).to_owned());
    }
    facts.extend(job.cost.actual.map(|cost| format!("{} {}", words.job.actual, format::money(cost))));
    facts.join(" · ")
}

/// A text that stands in a page and means nothing but itself, in an attribute too.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}
