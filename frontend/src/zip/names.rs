//! What the files of an archive are called. Pure.

use std::collections::BTreeSet;

use studio_shared::job::Job;

/// Characters of a prompt that stand in a name.
const SHOWN: usize = 24;

/// The names that are taken. Case does not tell two files apart: on some disks it does not.
#[derive(Debug, Default)]
pub(crate) struct Names(BTreeSet<String>);

impl Names {
    /// The name of a file, told from its likes by a number where it must be: `stem.ending`, `stem-2.ending`.
    pub(crate) fn take(&mut self, stem: &str, ending: &str) -> String {
        let mut name = format!("{stem}.{ending}");
        let mut n = 2_u32;
        while !self.0.insert(name.to_lowercase()) {
            name = format!("{stem}-{n}.{ending}");
            n = n.saturating_add(1);
        }
        name
    }
}

/// What the files of a job begin with: its number, as wide as the largest one, its model, how its prompt begins.
pub(crate) fn stem(number: usize, most: usize, job: &Job) -> String {
    let width = most.to_string().len();
    let mut stem = format!("{number:0width$}");
    for part in [clean(job.request.model(), usize::MAX), clean(job.request.prompt(), SHOWN)] {
        if !part.is_empty() {
            stem.push('-');
            stem.push_str(&part);
        }
    }
    stem
}

/// A text as part of a name: letters and digits of any script, with one `-` for whatever stands between them, so
/// that no disk, shell or address takes it for something else.
pub(crate) fn clean(text: &str, most: usize) -> String {
    let mut name = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() || matches!(c, '_' | '.') && !name.is_empty() && !name.ends_with(['.', '-']) {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
        if name.chars().count() >= most {
            break;
        }
    }
    name.trim_end_matches(['-', '.', '_']).to_owned()
}

/// How a file of a media type ends.
pub(crate) fn ending(media_type: &str) -> &str {
    match media_type.split(';').next().unwrap_or_default().trim().split_once('/') {
        Some((_, "jpeg")) => "jpg",
        Some((_, "mpeg")) => "mp3",
        Some(("audio", "x-wav" | "wave" | "vnd.wave")) => "wav",
        Some((_, "plain")) => "txt",
        Some((_, ending)) if ending.bytes().all(|byte| byte.is_ascii_alphanumeric()) => ending,
        _ => "bin",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;
    use studio_shared::job::State;
    use studio_shared::request::Request;

    use super::*;
    use crate::state::sample;

    #[test]
    fn a_name_says_which_job_model_and_prompt() {
        let job = sample::job("a", State::Done);
        assert_eq!(stem(7, 200, &job), "007-wan2.2-t2i-flash-可爱猫咪");
        let request =
            json!({"model": "qwen-image", "prompt": "../etc/passwd \"C:\\x\" <b>日出，延时</b>..."});
        let job = Job { request: Request::from_value(request).unwrap(), ..job };
        assert_eq!(stem(1, 9, &job), "1-qwen-image-etc-passwd-C-x-b-日出-延时-b");
    }

    #[test]
    fn no_two_files_have_one_name() {
        let mut names = Names::default();
        let taken: Vec<_> = ["a", "A", "a", "b"].iter().map(|stem| names.take(stem, "png")).collect();
        assert_eq!(taken, ["a.png", "A-2.png", "a-3.png", "b.png"]);
    }

    #[test]
    fn files_end_as_their_media_says() {
        let of = [
            "image/png",
            "image/jpeg",
            "audio/mpeg",
            "audio/x-wav",
            "application/json; a=b",
            "image/../x",
            "",
        ];
        assert_eq!(of.map(ending), ["png", "jpg", "mp3", "wav", "json", "bin", "bin"]);
    }

    proptest! {
        #[test]
        fn no_prompt_leaves_its_name(text in any::<String>()) {
            let name = clean(&text, SHOWN);
            prop_assert!(name.chars().count() <= SHOWN);
            prop_assert!(name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')), "{name}");
            prop_assert!(!name.starts_with(['.', '-']) && !name.ends_with('.') && !name.contains(".."), "{name}");
        }
    }
}
