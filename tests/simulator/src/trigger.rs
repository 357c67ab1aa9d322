//! Markers in a prompt, such as `[[sim:fail DataInspectionFailed]]`, by which a person or a test reaches
//! each case (dashscope-api.md §11 item 4). The README lists them.

use crate::catalogue::{self, Fact};
use crate::refusal::Refusal;
use crate::stream::trouble::Trouble;
use crate::transcription::file::{self, Failure};

/// What a prompt's markers ask for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Triggers {
    /// Refused at creation.
    pub refuse: Option<Refusal>,
    /// The task fails with this.
    pub fail: Option<Fact>,
    /// So many results are lost, each with this.
    pub lost: Option<(u32, Fact)>,
    /// The task is accepted and then forgotten.
    pub lose: bool,
    /// Nothing for three hours, then `InternalError.Timeout` (§2.2).
    pub timeout: bool,
    /// Simulated milliseconds in the queue.
    pub pending_ms: Option<u64>,
    /// Simulated milliseconds of work.
    pub run_ms: Option<u64>,
    /// Exactly these words are the answer.
    pub say: Option<String>,
    /// The answer has so many tokens.
    pub tokens: Option<u32>,
    /// Of a recording: it fails with this.
    pub subtask: Option<Failure>,
    /// Of a recording: it is so long.
    pub seconds: Option<u32>,
    /// What a stream suffers from.
    pub trouble: Trouble,
}

const OPEN: &str = "[[sim:";
const CLOSE: &str = "]]";
/// Longest answer that can be asked for.
const MOST_TOKENS: u32 = 100_000;

/// Reads all markers. A marker that is not understood is refused aloud: a misspelt test must not pass.
pub fn parse(prompt: &str) -> Result<Triggers, Refusal> {
    let mut triggers = Triggers::default();
    for marker in markers(prompt) {
        apply(marker, &mut triggers).ok_or_else(|| {
            Refusal::parameter(format!("studio-simulator does not know the marker {marker:?}"))
        })?;
    }
    Ok(triggers)
}

/// The prompt without its markers.
pub fn strip(prompt: &str) -> String {
    let mut rest = prompt;
    let mut kept = String::with_capacity(prompt.len());
    while let Some((before, marker)) = rest.split_once(OPEN) {
        kept.push_str(before);
        rest = marker.split_once(CLOSE).map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept.trim().to_owned()
}

fn markers(prompt: &str) -> impl Iterator<Item = &str> {
    prompt.split(OPEN).skip(1).map(|tail| tail.split_once(CLOSE).map_or(tail, |(marker, _)| marker))
}

fn apply(marker: &str, triggers: &mut Triggers) -> Option<()> {
    if let Some(say) = marker.strip_prefix("say ") {
        triggers.say = Some(say.to_owned());
        return Some(());
    }
    let words: Vec<&str> = marker.split_whitespace().collect();
    match words.as_slice() {
        ["tokens", count] => {
            triggers.tokens = Some(count.parse().ok().filter(|count| *count <= MOST_TOKENS)?);
        }
        [
            name @ ("split" | "endless" | "no-blank-lines" | "heartbeat" | "slow" | "cut" | "stall"
            | "stream-error"),
            rest @ ..,
        ] => {
            let trouble = std::mem::take(&mut triggers.trouble);
            triggers.trouble = trouble.and(stream(name, rest)?);
        }
        ["subtask", code] => triggers.subtask = Some(file::failure(code)?),
        ["seconds", count] => triggers.seconds = Some(count.parse().ok()?),
        ["lose"] => triggers.lose = true,
        ["timeout-3h"] => triggers.timeout = true,
        ["moderate-output"] => triggers.fail = Some(output_moderated()?),
        ["moderate-output", count] => triggers.lost = Some((count.parse().ok()?, output_moderated()?)),
        ["partial", count] => triggers.lost = Some((count.parse().ok()?, code("InternalError.Timeout")?)),
        ["partial", count, rest @ ..] => triggers.lost = Some((count.parse().ok()?, code(&rest.join(" "))?)),
        ["pending", seconds] => triggers.pending_ms = Some(milliseconds(seconds)?),
        ["run", seconds] => triggers.run_ms = Some(milliseconds(seconds)?),
        ["refuse", rest @ .., "retry-after", seconds] => {
            let retry_after_s = Some(seconds.parse().ok()?);
            triggers.refuse = Some(Refusal { retry_after_s, ..code(&rest.join(" "))?.into() });
        }
        ["refuse", rest @ ..] => triggers.refuse = Some(code(&rest.join(" "))?.into()),
        ["fail", rest @ ..] => triggers.fail = Some(code(&rest.join(" "))?),
        _ => return None,
    }
    Some(())
}

/// What a stream is to suffer from.
fn stream(name: &str, rest: &[&str]) -> Option<Trouble> {
    let none = Trouble::default();
    let number = |text: &str| text.parse().ok();
    Some(match (name, rest) {
        ("split", []) => Trouble { split: true, ..none },
        ("endless", []) => Trouble { endless: true, ..none },
        ("no-blank-lines", []) => Trouble { no_blank_lines: true, ..none },
        ("heartbeat", []) => Trouble { heartbeat: true, ..none },
        ("slow", [ms]) => Trouble { slow_ms: Some(ms.parse().ok().filter(|ms| *ms <= 600_000)?), ..none },
        ("cut", [frames]) => Trouble { cut_after: Some(number(frames)?), ..none },
        ("stall", [frames]) => Trouble { stall_after: Some(number(frames)?), ..none },
        ("stream-error", [frames, rest @ ..]) => {
            let named = rest.join(" ");
            code(&named)?;
            Trouble { error_after: Some(number(frames)?), code: Some(named), ..none }
        }
        _ => return None,
    })
}

/// `CODE`, or `CODE#2` for the second of its texts. One code has a space: `NOT AUTHORIZED`.
fn code(text: &str) -> Option<Fact> {
    catalogue::named(text)
}

fn output_moderated() -> Option<Fact> {
    catalogue::find("DataInspectionFailed", 2)
}

fn milliseconds(seconds: &str) -> Option<u64> {
    let seconds: f64 = seconds.parse().ok()?;
    (0.0..=1e7).contains(&seconds).then_some((seconds * 1000.0) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::ROWS;
    use proptest::prelude::*;

    #[test]
    fn every_code_of_the_catalogue_can_be_asked_for() {
        for row in ROWS {
            let triggers = parse(&format!("猫 [[sim:fail {}]]", row.code)).unwrap();
            assert_eq!(triggers.fail.unwrap().code, row.code);
            let triggers = parse(&format!("[[sim:refuse {} retry-after 3]] 猫", row.code)).unwrap();
            let refusal = triggers.refuse.unwrap();
            assert_eq!((refusal.code.as_ref(), refusal.retry_after_s), (row.code, Some(3)));
        }
    }

    #[test]
    fn markers_are_read_together_and_taken_out() {
        let prompt =
            "可爱猫咪 [[sim:pending 30]][[sim:run 0.5]] 水彩 [[sim:partial 1 DataInspectionFailed#2]]";
        let triggers = parse(prompt).unwrap();
        assert_eq!((triggers.pending_ms, triggers.run_ms), (Some(30_000), Some(500)));
        let (count, fact) = triggers.lost.unwrap();
        assert_eq!((count, fact.message), (1, "Output data may contain inappropriate content."));
        assert_eq!(strip(prompt), "可爱猫咪  水彩");
        assert_eq!(parse("a prompt with [[brackets]]").unwrap(), Triggers::default());
    }

    #[test]
    fn a_streams_troubles_are_read_together() {
        let read =
            parse("[[sim:split]] [[sim:slow 20]] [[sim:stream-error 3 Throttling#2]] [[sim:say 你 好]]")
                .unwrap();
        let expected = Trouble { split: true, slow_ms: Some(20), error_after: Some(3), ..Trouble::default() };
        assert_eq!(read.trouble, Trouble { code: Some("Throttling#2".into()), ..expected });
        assert_eq!(read.say.as_deref(), Some("你 好"));
    }

    #[test]
    fn a_marker_that_is_not_understood_is_refused() {
        for bad in [
            "fail",
            "fail Nope",
            "fail InvalidApiKey#9",
            "cut",
            "slow x",
            "stream-error 3",
            "stream-error 3 Nope",
            "split 1",
            "partial x",
            "pending -1",
            "run NaN",
            "lose 2",
            "",
        ] {
            assert_eq!(parse(&format!("[[sim:{bad}]]")).unwrap_err().code, "InvalidParameter", "{bad}");
        }
        assert!(parse("[[sim:lose").unwrap().lose, "cut off with the prompt's end, still meant");
    }

    proptest! {
        #[test]
        fn nothing_in_a_prompt_panics(prompt in "(\\[\\[sim:|\\]\\]|[a-z# 猫0-9]){0,30}") {
            let _ = parse(&prompt);
            prop_assert!(!strip(&prompt).contains(OPEN));
        }
    }
}
