//! Reading a ZIP file whose files are stored, as this page writes them (APPNOTE.TXT 6.3.10). A file comes from outside:
//! whatever does not hold is no such file. Pure; the bytes are read elsewhere.

/// The end of a file in which its directory is looked for: the end itself, its comment, and what ZIP64 puts before it.
pub(crate) const TAIL: u64 = 22 + 65_535 + 20 + 56;

/// Longest directory that is read, in bytes: half a million files.
pub(crate) const DIRECTORY_CAP: u64 = 64 * 1024 * 1024;

/// Length of the header before a file, without its name.
pub(crate) const LOCAL: u64 = 30;

/// Where the directory of an archive is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its first byte.
    pub(crate) at: u64,
    /// Its length in bytes.
    pub(crate) bytes: u64,
}

/// A file in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its name, with its folder.
    pub(crate) name: String,
    /// Its length in bytes.
    pub(crate) bytes: u64,
    /// Where its header begins.
    pub(crate) at: u64,
}

/// Finds the directory by the last bytes of a file, as many as [`TAIL`], of which the first stands at `from`.
pub(crate) fn directory(tail: &[u8], from: u64) -> Option<Place> {
    let end = (0..=tail.len().checked_sub(22)?)
        .rev()
        .find(|at| tail.get(*at..).is_some_and(|bytes| bytes.starts_with(b"PK\x05\x06")))?;
    let record = tail.get(end..)?;
    let place = Place { at: u64::from(u32_at(record, 16)?), bytes: u64::from(u32_at(record, 12)?) };
    if u32_at(record, 16)? != u32::MAX && u32_at(record, 12)? != u32::MAX && u16_at(record, 10)? != u16::MAX {
        return Some(place);
    }
    let locator = tail.get(end.checked_sub(20)?..).filter(|bytes| bytes.starts_with(b"PK\x06\x07"))?;
    let wide = usize::try_from(u64_at(locator, 8)?.checked_sub(from)?).ok()?;
    let record = tail.get(wide..).filter(|bytes| bytes.starts_with(b"PK\x06\x06"))?;
    Some(Place { at: u64_at(record, 48)?, bytes: u64_at(record, 40)? })
}

/// The files that a directory names; `None` where it is none, or one of them is compressed.
pub(crate) fn entries(directory: &[u8]) -> Option<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut rest = directory;
    while !rest.is_empty() {
        if !rest.starts_with(b"PK\x01\x02") || u16_at(rest, 10)? != 0 {
            return None;
        }
        let [name, extra, comment] = [28, 30, 32].map(|at| u16_at(rest, at).map(usize::from));
        let (name, extra, comment) = (name?, extra?, comment?);
        let name_end = 46_usize.checked_add(name)?;
        let extra_end = name_end.checked_add(extra)?;
        let wide = wide(rest.get(name_end..extra_end)?);
        // What does not fit 32 bits stands in the extra field: both lengths, then the place.
        let (mut wide, bytes, at) = (wide.iter().copied(), u32_at(rest, 24)?, u32_at(rest, 42)?);
        let bytes = if bytes == u32::MAX {
            let long = wide.next()?;
            wide.next()?;
            long
        } else {
            u64::from(bytes)
        };
        let at = if at == u32::MAX { wide.next()? } else { u64::from(at) };
        let name = String::from_utf8(rest.get(46..name_end)?.to_vec()).ok()?;
        entries.push(Entry { name, bytes, at });
        rest = rest.get(extra_end.checked_add(comment)?..)?;
    }
    Some(entries)
}

/// How many bytes stand between the begin of a file's header and the file itself.
pub(crate) fn skip(header: &[u8]) -> Option<u64> {
    if !header.starts_with(b"PK\x03\x04") {
        return None;
    }
    let beside = u64::from(u16_at(header, 26)?).saturating_add(u64::from(u16_at(header, 28)?));
    Some(LOCAL.saturating_add(beside))
}

/// The numbers of the ZIP64 extra field.
fn wide(mut extra: &[u8]) -> Vec<u64> {
    while let (Some(kind), Some(length)) = (u16_at(extra, 0), u16_at(extra, 2)) {
        let end = usize::from(length).saturating_add(4);
        let Some(field) = extra.get(4..end) else { break };
        if kind == 1 {
            return field.chunks_exact(8).filter_map(|bytes| u64_at(bytes, 0)).collect();
        }
        extra = extra.get(end..).unwrap_or_default();
    }
    Vec::new()
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    array(bytes, at).map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    array(bytes, at).map(u64::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::directory::{Directory, DosTime, File};
    use super::*;

    fn file(name: &str, bytes: &[u8]) -> File {
        let size = u64::try_from(bytes.len()).unwrap();
        File { name: name.to_owned(), size, crc: crc32fast::hash(bytes), made_at: DosTime::default() }
    }

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut directory = Directory::default();
        let mut archive = Vec::new();
        for (name, bytes) in files {
            archive.extend(directory.add(file(name, bytes)));
            archive.extend_from_slice(bytes);
        }
        archive.extend(directory.end());
        archive
    }

    fn content(archive: &[u8], entry: &Entry) -> Vec<u8> {
        let at = usize::try_from(entry.at).unwrap();
        let from = at + usize::try_from(skip(&archive[at..]).unwrap()).unwrap();
        archive[from..from + usize::try_from(entry.bytes).unwrap()].to_vec()
    }

    #[test]
    fn what_this_page_writes_is_read_back() {
        let archive = archive(&[("pages/0001.json", b"{}"), ("media/a/0.png", b"picture"), ("媒.txt", b"")]);
        let place = directory(&archive, 0).unwrap();
        let at = usize::try_from(place.at).unwrap();
        let entries = entries(&archive[at..at + usize::try_from(place.bytes).unwrap()]).unwrap();
        assert_eq!(
            entries.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(),
            ["pages/0001.json", "media/a/0.png", "媒.txt"]
        );
        assert_eq!(content(&archive, &entries[1]), b"picture");
    }

    #[test]
    fn a_file_beyond_four_gigabytes_is_found() {
        let mut wide = Directory::default();
        let large = File { size: 5_000_000_000, ..file("film.mp4", b"") };
        let header = u64::try_from(wide.add(large).len()).unwrap();
        wide.add(file("after.txt", b"x"));
        let end = wide.end();
        let from = wide.length();
        let place = directory(&end, from).unwrap();
        assert_eq!(place.at, from);
        let entries = entries(&end[..usize::try_from(place.bytes).unwrap()]).unwrap();
        assert_eq!((entries[0].bytes, entries[1].at), (5_000_000_000, header + 5_000_000_000));
    }

    #[test]
    fn what_is_compressed_or_cut_is_refused() {
        let mut archive = archive(&[("a", b"x")]);
        let place = usize::try_from(directory(&archive, 0).unwrap().at).unwrap();
        assert_eq!(entries(&archive[place..place + 20]), None);
        archive[place + 10] = 8;
        assert_eq!(entries(&archive[place..archive.len() - 22]), None);
        assert_eq!(directory(b"no zip at all, but long enough", 0), None);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), from in any::<u64>()) {
            let _ = (directory(&bytes, from), entries(&bytes), skip(&bytes));
            let marked: Vec<u8> = b"PK\x05\x06".iter().copied().chain(bytes.clone()).collect();
            let _ = directory(&marked, from);
            let _ = entries(&[b"PK\x01\x02".to_vec(), bytes].concat());
        }
    }
}
