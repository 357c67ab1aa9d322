//! From the bytes of a file to its text.

use std::borrow::Cow;

use serde_json::Value;

use super::BatchProblem;
use super::place::Place;
use crate::problem::Problem;
use crate::words::Words;

/// The text of a file: UTF-8 with or without its mark, or UTF-16, which is known by its mark or by the zero byte that
/// each of its ASCII characters has.
pub(super) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, BatchProblem> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Err(refuse(Place::START, "UTF-32", 0)),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf_8(rest),
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        [1..=0xff, 0, ..] => utf_16(bytes, u16::from_le_bytes),
        [0, 1..=0xff, ..] => utf_16(bytes, u16::from_be_bytes),
        _ => utf_8(bytes),
    }
}

fn utf_8(bytes: &[u8]) -> Result<Cow<'_, str>, BatchProblem> {
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
        let (good, bad) = bytes.split_at_checked(error.valid_up_to()).unwrap_or((bytes, &[]));
        let place = Place::after(std::str::from_utf8(good).unwrap_or_default());
        refuse(place, "UTF-8", bad.first().copied().unwrap_or_default())
    })
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, BatchProblem> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match decoded {
            Ok(c) => text.push(c),
            Err(error) => {
                let [_, byte] = error.unpaired_surrogate().to_le_bytes();
                return Err(refuse(Place::after(&text), "UTF-16", byte));
            }
        }
    }
    match rest {
        [byte, ..] => Err(refuse(Place::after(&text), "UTF-16", *byte)),
        [] => Ok(Cow::Owned(text)),
    }
}

fn refuse(place: Place, encoding: &str, byte: u8) -> BatchProblem {
    let given = Value::from(format!("0x{byte:02X}"));
    let message = if encoding == "UTF-32" {
        Words::new("文件是 UTF-32 编码，请另存为 UTF-8。", "The file is in UTF-32; save it as UTF-8.")
    } else {
        Words::of(
            format!(
                "从这里起不是 {encoding} 文字（字节 0x{byte:02X}），文件可能是 GBK 等编码；请在编辑器或表格软件里另存为 UTF-8。"
            ),
            format!(
                "From here on this is not {encoding} text (byte 0x{byte:02X}); the file may be in GBK or the like. \
                 Save it as UTF-8 in your editor or spreadsheet."
            ),
        )
    };
    let allowed = Words::new("UTF-8 或 UTF-16", "UTF-8 or UTF-16");
    BatchProblem {
        line: place.line,
        column: place.column,
        entry: None,
        problem: Problem::new("", &given, allowed, message),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn utf_16_of(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn one_text_in_every_encoding_that_is_taken() {
        let said = "{\"a\":\"猫🐈\"}\r\n";
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        let (le, be) = (utf_16_of(said, u16::to_le_bytes), utf_16_of(said, u16::to_be_bytes));
        for bytes in [
            said.as_bytes().to_vec(),
            marked(&[0xef, 0xbb, 0xbf], said.as_bytes().to_vec()),
            marked(&[0xff, 0xfe], le.clone()),
            marked(&[0xfe, 0xff], be.clone()),
            le,
            be,
        ] {
            assert_eq!(text(&bytes).unwrap(), said, "{bytes:?}");
        }
        assert_eq!(text(&[]).unwrap(), "");
    }

    #[test]
    fn what_is_no_text_is_named_where_it_begins() {
        let gbk = [b"a\n\xe7\x8c\xab,".as_slice(), b"\xc3\xa8\xb0\xae"].concat(); // 猫 in UTF-8, 猫爱 in GBK
        let half = [0xff, 0xfe, b'a', 0, b'\n', 0, 0x00, 0xd8, b'b', 0];
        for (bytes, place, byte) in [
            (&gbk[..], (2, 4), "0xB0"), // C3 A8 happens to be a character of UTF-8
            (b"\xc4\xe3", (1, 1), "0xC4"),
            (&half, (2, 1), "0xD8"),
            (&[0xff, 0xfe, b'a', 0, b'b'], (1, 2), "0x62"),
            (&[0xff, 0xfe, 0, 0, b'a', 0, 0, 0], (1, 1), "0x00"),
        ] {
            let problem = text(bytes).unwrap_err();
            assert_eq!((problem.line, problem.column), place, "{problem:?}");
            assert_eq!(problem.problem.given, byte);
            assert!(problem.problem.message.zh.contains("另存为 UTF-8"), "{problem:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in any::<Vec<u8>>()) {
            let _ = text(&bytes);
        }
    }
}
