//! The path of a result file: like the vendor's, with the task's id and the file's number as its name.

use crate::beijing;

/// `/result/1d/…/TASK-NUMBER.EXTENSION`
pub(crate) fn of(task_id: &str, number: u32, extension: &str, made_ms: u64) -> String {
    let bucket: String = task_id.chars().filter(char::is_ascii_alphanumeric).take(2).collect();
    let batch: String = task_id.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    format!("/result/1d/{bucket}/{}/{batch}/{task_id}-{number}.{extension}", beijing::day(made_ms))
}

/// Task id, number and extension.
pub(crate) fn parse(path: &str) -> Option<(&str, u32, &str)> {
    let (name, extension) = path.rsplit('/').next()?.rsplit_once('.')?;
    let (task_id, number) = name.rsplit_once('-')?;
    Some((task_id, number.parse().ok()?, extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_path_is_read_back() {
        let path = of("5d0a3c1e-9c84-4f5e-8f0a-7f2b6d1f3a10", 2, "png", 1_768_874_400_101);
        assert_eq!(path, "/result/1d/5d/20260120/5d0a3c1e/5d0a3c1e-9c84-4f5e-8f0a-7f2b6d1f3a10-2.png");
        assert_eq!(parse(&path), Some(("5d0a3c1e-9c84-4f5e-8f0a-7f2b6d1f3a10", 2, "png")));
        for bad in ["", "/result/", "/result/a.png", "/result/a-x.png", "/result/a-1"] {
            assert_eq!(parse(bad), None);
        }
    }
}
