//! `Range: bytes=…`: a part of a file, as a player asks for it when it seeks.

use crate::reply::Reply;

/// What a `Range` header asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// All of it: no header, or one that is not understood.
    Whole,
    /// From the first to before the second.
    From(usize, usize),
    /// Nothing that is there.
    Beyond,
}

/// Reads the header for a file of this length. Several ranges are answered with the whole file.
pub(crate) fn read(header: Option<&str>, length: usize) -> Part {
    let Some((first, last)) = header.and_then(|header| header.strip_prefix("bytes=")?.trim().split_once('-'))
    else {
        return Part::Whole;
    };
    let (from, to) = match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(from), Ok(last)) if last >= from => (from, last.saturating_add(1).min(length)),
        (Ok(from), Err(_)) if last.is_empty() => (from, length),
        (Err(_), Ok(tail)) if first.is_empty() && tail > 0 => (length.saturating_sub(tail), length),
        _ => return Part::Whole,
    };
    if from < to { Part::From(from, to) } else { Part::Beyond }
}

/// The part of a whole answer that was asked for.
pub(crate) fn cut(reply: Reply, header: Option<&str>) -> Reply {
    let length = reply.body.len();
    let reply = reply.with("accept-ranges", "bytes");
    match read(header, length) {
        Part::Whole => reply,
        Part::From(from, to) => {
            let body = reply.body.slice(from..to);
            let part = Reply { status: 206, body, ..reply };
            part.with("content-range", format!("bytes {from}-{}/{length}", to.saturating_sub(1)))
        }
        Part::Beyond => {
            let none = Reply { status: 416, body: bytes::Bytes::new(), ..reply };
            none.with("content-range", format!("bytes */{length}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_read() {
        let cases = [
            (None, Part::Whole),
            (Some("bytes=0-"), Part::From(0, 10)),
            (Some("bytes=2-4"), Part::From(2, 5)),
            (Some("bytes=2-999"), Part::From(2, 10)),
            (Some("bytes=-3"), Part::From(7, 10)),
            (Some("bytes=-30"), Part::From(0, 10)),
            (Some("bytes=10-"), Part::Beyond),
            (Some("bytes=5-2"), Part::Whole),
            (Some("bytes=0-1,3-4"), Part::Whole),
            (Some("lines=0-1"), Part::Whole),
            (Some("bytes=-"), Part::Whole),
        ];
        for (header, expected) in cases {
            assert_eq!(read(header, 10), expected, "{header:?}");
        }
    }
}
