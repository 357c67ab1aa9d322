//! What a file is, by its first bytes: the formats that the vendor reads (`dashscope-api.md` §6.1). Whether it can be
//! decoded is for the vendor to say; what is no recording at all is told here, before it is uploaded.

/// So many bytes are enough to tell.
pub(crate) const HEAD: usize = 64;

/// The media type of a recording; `None` where it is none.
pub(crate) fn media_type(head: &[u8]) -> Option<&'static str> {
    let at = |from: usize, magic: &[u8]| head.get(from..).is_some_and(|rest| rest.starts_with(magic));
    Some(match () {
        () if at(0, b"RIFF") && at(8, b"WAVE") => "audio/wav",
        () if at(0, b"RF64") && at(8, b"WAVE") => "audio/wav",
        () if at(0, b"RIFF") && at(8, b"AVI ") => "video/x-msvideo",
        () if at(0, b"ID3") => "audio/mpeg",
        () if at(0, b"fLaC") => "audio/flac",
        () if at(0, b"OggS") => "audio/ogg",
        () if at(0, b"#!AMR") => "audio/amr",
        () if at(0, b"FLV") => "video/x-flv",
        () if at(0, &[0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11]) => "audio/x-ms-wma",
        () if at(0, &[0x1a, 0x45, 0xdf, 0xa3]) => {
            if head.windows(4).any(|four| four == b"webm") {
                "video/webm"
            } else {
                "video/x-matroska"
            }
        }
        () if at(0, &[0, 0, 1, 0xba]) || at(0, &[0, 0, 1, 0xb3]) => "video/mpeg",
        () if at(4, b"ftyp") => match head.get(8..11) {
            Some(b"M4A" | b"M4B") => "audio/mp4",
            Some(b"qt ") => "video/quicktime",
            _ => "video/mp4",
        },
        () if [b"moov", b"mdat", b"wide"].into_iter().any(|atom| at(4, atom)) => "video/quicktime",
        () => return frame(head),
    })
}

/// A bare stream of MPEG audio: eleven set bits, then version, layer, bit rate and sampling rate, of which each has one
/// value that there is not.
fn frame(head: &[u8]) -> Option<&'static str> {
    let [first, second, third, ..] = *head else { return None };
    if first != 0xff || second & 0xe0 != 0xe0 {
        return None;
    }
    let layer = (second >> 1) & 3;
    if layer == 0 {
        // ADTS: the layer is always 0, and the sync word has a twelfth bit.
        return (second & 0xf0 == 0xf0 && (third >> 2) & 15 < 13).then_some("audio/aac");
    }
    // Layer I (3) is nobody's recording, and its marks are those of text in UTF-16.
    let there_is = layer != 3 && (second >> 3) & 3 != 1 && third >> 4 != 15 && (third >> 2) & 3 != 3;
    there_is.then_some("audio/mpeg")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_format_that_the_vendor_reads() {
        for (head, expected) in [
            (b"RIFF\x24\x00\x00\x00WAVEfmt ".as_slice(), "audio/wav"),
            (b"RIFF\x24\x00\x00\x00AVI LIST", "video/x-msvideo"),
            (b"ID3\x04\x00", "audio/mpeg"),
            (&[0xff, 0xfb, 0x90, 0x00], "audio/mpeg"),
            (&[0xff, 0xf3, 0x44, 0xc4], "audio/mpeg"),
            (&[0xff, 0xf1, 0x50, 0x80], "audio/aac"),
            (b"fLaC\x00\x00\x00\x22", "audio/flac"),
            (b"OggS\x00\x02", "audio/ogg"),
            (b"#!AMR-WB\n", "audio/amr"),
            (b"FLV\x01\x05", "video/x-flv"),
            (&[0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6], "audio/x-ms-wma"),
            (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", "video/webm"),
            (b"\x1a\x45\xdf\xa3\xa3\x42\x82\x88matroska", "video/x-matroska"),
            (&[0, 0, 1, 0xba, 0x44], "video/mpeg"),
            (b"\x00\x00\x00\x20ftypM4A \x00", "audio/mp4"),
            (b"\x00\x00\x00\x20ftypisom\x00", "video/mp4"),
            (b"\x00\x00\x00\x14ftypqt  \x00", "video/quicktime"),
            (b"\x00\x00\x00\x08wide\x00", "video/quicktime"),
        ] {
            assert_eq!(media_type(head), Some(expected), "{head:?}");
        }
    }

    #[test]
    fn what_is_no_recording() {
        for head in [
            b"".as_slice(),
            b"R",
            b"hello, this is text",
            b"%PDF-1.7",
            b"\x89PNG\r\n\x1a\n",
            b"PK\x03\x04",
            b"<html>",
            b"RIFF\x24\x00\x00\x00WEBPVP8 ",
            b"MZ\x90\x00",
            &[0xff, 0xd8, 0xff, 0xe0], // a JPEG
            &[0xff, 0xff, 0xff, 0xff],
            &[0xff, 0xfe, b'a', 0], // text in UTF-16
            &[0; 64],
        ] {
            assert_eq!(media_type(head), None, "{head:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic(head in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = media_type(&head);
        }
    }
}
