//! What is written is read back by another's reader.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use proptest::prelude::*;
use zip::ZipArchive;

use super::*;

fn file(name: &str, bytes: &[u8]) -> File {
    let made_at = DosTime::of(Timestamp::from_ms(1_768_874_400_000), 480);
    File { name: name.to_owned(), size: length(bytes), crc: crc32fast::hash(bytes), made_at }
}

fn write(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut directory = Directory::default();
    let mut all = Vec::new();
    for (name, bytes) in files {
        all.extend(directory.add(file(name, bytes)));
        all.extend(bytes);
        assert_eq!(directory.length(), length(&all));
    }
    all.extend(directory.end());
    all
}

#[test]
fn names_bytes_and_times_are_read_back() {
    let files = [
        ("1-可爱猫咪.png".to_owned(), b"picture".to_vec()),
        ("b.json".to_owned(), b"{}".to_vec()),
        ("empty".to_owned(), Vec::new()),
    ];
    let mut archive = ZipArchive::new(Cursor::new(write(&files))).unwrap();
    assert_eq!(archive.len(), 3);
    for (n, (name, bytes)) in files.iter().enumerate() {
        let mut entry = archive.by_index(n).unwrap();
        assert_eq!(entry.name(), name);
        let made_at = entry.last_modified().unwrap();
        assert_eq!((made_at.year(), made_at.month(), made_at.day()), (2026, 1, 20));
        assert_eq!((made_at.hour(), made_at.minute(), made_at.second()), (10, 0, 0));
        let mut read = Vec::new();
        entry.read_to_end(&mut read).unwrap(); // checks the CRC
        assert_eq!(&read, bytes);
    }
}

#[test]
fn a_clock_behind_utc_and_moments_before_1980_are_written() {
    let moment = Timestamp::from_ms(1_768_874_400_000); // 02:00 UTC
    let time = |ahead| DosTime::of(moment, ahead).time >> 11;
    assert_eq!((time(0), time(480), time(-180)), (2, 10, 23));
    assert_eq!(DosTime::of(Timestamp::from_ms(0), 0), DosTime { date: 0x21, time: 0 });
}

#[test]
fn more_files_than_sixteen_bits_count_are_read_back() {
    let files: Vec<_> = (0..70_000).map(|n| (format!("{n}.txt"), vec![b'a'; n % 3])).collect();
    let mut archive = ZipArchive::new(Cursor::new(write(&files))).unwrap();
    assert_eq!(archive.len(), 70_000);
    let mut last = String::new();
    archive.by_index(69_998).unwrap().read_to_string(&mut last).unwrap();
    assert_eq!(last, "aa");
}

/// Bytes with so many zeros before the last `tail` of them, which nobody has to hold.
struct Sparse {
    head: Vec<u8>,
    zeros: u64,
    tail: Vec<u8>,
    at: u64,
}

impl Sparse {
    fn length(&self) -> u64 {
        length(&self.head) + self.zeros + length(&self.tail)
    }
}

impl Read for Sparse {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let (head, length) = (length(&self.head), self.length());
        let mut read = 0;
        for byte in into {
            let at = self.at;
            *byte = match at {
                at if at >= length => break,
                at if at < head => self.head[usize::try_from(at).unwrap()],
                at if at < head + self.zeros => 0,
                at => self.tail[usize::try_from(at - head - self.zeros).unwrap()],
            };
            self.at += 1;
            read += 1;
        }
        Ok(read)
    }
}

impl Seek for Sparse {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length().checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = to.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[test]
fn a_file_of_more_than_four_gigabytes_and_what_follows_it_are_found() {
    let zeros = 5_000_000_000;
    let mut directory = Directory::default();
    let large = File { size: zeros, ..file("film.mp4", b"") };
    let head = directory.add(large);
    let mut tail = directory.add(file("film.json", b"{}"));
    tail.extend(b"{}");
    tail.extend(directory.end());
    let mut archive = ZipArchive::new(Sparse { head, zeros, tail, at: 0 }).unwrap();
    assert_eq!(archive.by_name("film.mp4").unwrap().size(), zeros);
    let mut settings = String::new();
    archive.by_name("film.json").unwrap().read_to_string(&mut settings).unwrap();
    assert_eq!(settings, "{}");
}

proptest! {
    #[test]
    fn whatever_goes_in_comes_out(contents in prop::collection::vec((any::<String>(), prop::collection::vec(any::<u8>(), 0..50)), 0..12)) {
        let files: Vec<_> = contents.into_iter().enumerate().map(|(n, (name, bytes))| (format!("{n}{name}"), bytes)).collect();
        let mut archive = ZipArchive::new(Cursor::new(write(&files))).unwrap();
        prop_assert_eq!(archive.len(), files.len());
        for (n, (name, bytes)) in files.iter().enumerate() {
            let mut entry = archive.by_index(n).unwrap();
            prop_assert_eq!(entry.name_raw(), name.as_bytes());
            let mut read = Vec::new();
            entry.read_to_end(&mut read).unwrap();
            prop_assert_eq!(&read, bytes);
        }
    }
}
