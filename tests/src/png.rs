//! As much of PNG as a test needs.

/// Width and height, from the header of a file that begins and ends as a PNG does.
#[must_use]
pub fn size(bytes: &[u8]) -> (u32, u32) {
    assert_eq!(bytes.get(..8), Some(b"\x89PNG\r\n\x1a\n".as_slice()), "no PNG");
    assert_eq!(bytes.get(12..16), Some(b"IHDR".as_slice()));
    assert!(bytes.ends_with(b"IEND\xae\x42\x60\x82"), "a PNG that breaks off");
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}
