//! What is said about an upload before its bytes come: pure.

use std::borrow::Cow;

use serde_json::Value;
use studio_shared::catalogue::{self, Region};
use studio_shared::file::{self, FILE_CAP};
use studio_shared::kind::Kind;
use studio_shared::problem::Problem;
use studio_shared::words::Words;

use crate::reply::Refusal;

/// An upload as announced.
#[derive(Debug, PartialEq)]
pub(super) struct Ask {
    /// The file's name, without any path.
    pub(super) name: String,
    /// The model that is to use it; needed only where no bucket is bound.
    model: Option<String>,
    /// Its length in bytes.
    pub(super) length: u64,
}

impl Ask {
    /// Reads query and length.
    ///
    /// # Errors
    /// 400 with all problems of the query, 411 without a length, 413 for a larger file than the vendor takes.
    pub(super) fn read<'a>(
        query: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>,
        length: &str,
    ) -> Result<Self, Refusal> {
        let (mut names, mut models, mut problems) = (Vec::new(), Vec::new(), Vec::new());
        for (field, value) in query {
            match &*field {
                "name" => names.push(value.into_owned()),
                "model" => models.push(value.into_owned()),
                _ => problems.push(unknown(&field, &value)),
            }
        }
        let name = match names.as_slice() {
            [] => {
                let allowed = Words::new("文件名，例如 meeting.mp3", "a file's name, such as meeting.mp3");
                problems.push(Problem::missing("name", allowed));
                None
            }
            [name] => file::name(name).map_err(|problem| problems.push(problem)).ok(),
            [_, second, ..] => {
                problems.push(twice("name", second));
                None
            }
        };
        if let [_, second, ..] = models.as_slice() {
            problems.push(twice("model", second));
        }
        let model = models.into_iter().next();
        if let Some(given) = &model
            && catalogue::model(given).is_none_or(|model| model.kind != Kind::Transcription)
        {
            problems.push(no_model(given));
        }
        let (Some(name), true) = (name, problems.is_empty()) else { return Err(Refusal::problems(problems)) };
        Ok(Self { name, model, length: read_length(length)? })
    }

    /// The region's name of the model that is to use the file.
    ///
    /// # Errors
    /// 400 where none is named, or the region does not offer it.
    pub(super) fn live_model(&self, region: Region) -> Result<&'static str, Refusal> {
        let given = self.model.as_deref().unwrap_or_default();
        let model = catalogue::model(given).and_then(|model| model.live_name(region));
        model.ok_or_else(|| Refusal::problems(vec![no_model(given)]))
    }
}

fn read_length(length: &str) -> Result<u64, Refusal> {
    match length.trim().parse::<u64>().ok() {
        None => Err(Refusal::length_required()),
        Some(0) => Err(Refusal::problems(vec![Problem::new(
            "file",
            &Value::from(0),
            Words::new("至少一个字节", "at least one byte"),
            Words::new("文件是空的，请换一个。", "The file is empty; choose another."),
        )])),
        Some(length) if length > FILE_CAP => Err(Refusal::file_too_large(FILE_CAP)),
        Some(length) => Ok(length),
    }
}

fn unknown(field: &str, value: &str) -> Problem {
    let message = Words::of(
        format!("上传没有 {field} 这个参数，请去掉。"),
        format!("An upload takes no parameter {field}; leave it out."),
    );
    Problem::new(field, &Value::from(value), Words::new("name, model", "name, model"), message)
}

fn twice(field: &str, value: &str) -> Problem {
    let message = Words::of(
        format!("{field} 给了两次，请只给一次。"),
        format!("{field} is given twice; give it once."),
    );
    Problem::new(field, &Value::from(value), Words::new("一次", "once"), message)
}

fn no_model(given: &str) -> Problem {
    let known: Vec<_> = catalogue::models(Kind::Transcription).iter().map(|model| model.id).collect();
    let message = Words::new(
        "请用 model 指明要用这个录音的语音识别模型。",
        "Name with model which transcription model is to use the recording.",
    );
    Problem::new("model", &Value::from(given), Words::of(known.join("、"), known.join(", ")), message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str, length: &str) -> Result<Ask, (u16, Vec<String>)> {
        let url = worker::Url::parse(&format!("https://h/api/files?{query}")).unwrap();
        Ask::read(url.query_pairs(), length).map_err(|refusal| {
            (refusal.status, refusal.problems.into_iter().map(|problem| problem.field).collect())
        })
    }

    #[test]
    fn name_and_length_are_needed() {
        let ask = read("name=C%3A%5Ca%2F%E4%BC%9A.MP3", "7").unwrap();
        assert_eq!((ask.name.as_str(), ask.length, ask.model), ("会.MP3", 7, None));
        let fields = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        for (query, length, status, names) in [
            ("", "7", 400, fields(&["name"])),
            ("name=", "7", 400, fields(&["name"])),
            ("name=a.exe", "7", 400, fields(&["name"])),
            ("name=a.mp3&name=b.mp3", "7", 400, fields(&["name"])),
            ("name=a.mp3&path=x&model=qwen-plus", "7", 400, fields(&["path", "model"])),
            ("name=a.mp3", "", 411, vec![]),
            ("name=a.mp3", "-1", 411, vec![]),
            ("name=a.mp3", "0", 400, fields(&["file"])),
            ("name=a.mp3", "1073741825", 413, vec![]),
        ] {
            assert_eq!(read(query, length), Err((status, names)), "{query} {length:?}");
        }
        assert_eq!(read("name=a.mp3", "1073741824").unwrap().length, FILE_CAP);
    }

    #[test]
    fn without_a_bucket_the_model_has_to_be_known() {
        let ask = read("name=a.mp3&model=paraformer-en-v1", "7").unwrap();
        assert_eq!(ask.live_model(Region::Beijing).unwrap(), "paraformer-v2");
        let ask = read("name=a.mp3", "7").unwrap();
        assert_eq!(ask.live_model(Region::Beijing).unwrap_err().problems[0].field, "model");
    }

    #[test]
    fn fuzz_announced_uploads() {
        let right = studio_fuzz::text(
            &["name=meeting.mp3&model=paraformer-v2", "name=C%3A%5Ca%2F%E4%BC%9A.MP3"],
            &["name=", "model=", "%2F", "%00", ".mp3", "&"],
        );
        let length = studio_fuzz::text(&["7", "1073741824"], &["-1", "0"]);
        studio_fuzz::run("announced uploads", (right, length), |(text, length)| {
            match Ask::read(crate::fuzz::pairs(&text).into_iter(), &length) {
                Ok(ask) => studio_fuzz::holds(
                    !ask.name.contains(['/', '\\']) && (1..=FILE_CAP).contains(&ask.length),
                    || format!("{ask:?} is taken"),
                ),
                Err(refusal) => {
                    studio_fuzz::holds(matches!(refusal.status, 400 | 411 | 413), || format!("{refusal:?}"))?;
                    if refusal.status == 400 { crate::fuzz::told(&refusal.problems) } else { Ok(()) }
                }
            }
        });
    }
}
