//! The bytes of a ZIP file around its files (APPNOTE.TXT 6.3.10). Files are stored, not compressed: pictures, films
//! and sound are compressed already. Pure.

use studio_shared::time::Timestamp;

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END_64: u32 = 0x0606_4b50;
const LOCATOR_64: u32 = 0x0706_4b50;
const END: u32 = 0x0605_4b50;

/// Names are UTF-8 (APPNOTE §4.4.4, bit 11).
const UTF_8: u16 = 1 << 11;
/// What a reader has to know: folders at most; or ZIP64.
const PLAIN: u16 = 20;
const WIDE: u16 = 45;
/// The number of the extra field that holds what does not fit 32 bits (§4.5.3).
const EXTRA_64: u16 = 1;
const FULL_32: u32 = u32::MAX;
const FULL_16: u16 = u16::MAX;

/// A file that goes into the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    /// Its name, without a path.
    pub(crate) name: String,
    /// Its length in bytes.
    pub(crate) size: u64,
    /// Its CRC-32.
    pub(crate) crc: u32,
    /// When it was made, as the clock on the wall showed it.
    pub(crate) made_at: DosTime,
}

/// A moment as a ZIP file keeps it: local time, in steps of two seconds, from 1980 to 2107.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct DosTime {
    date: u16,
    time: u16,
}

impl DosTime {
    /// The moment on a clock that is so many minutes ahead of UTC.
    pub(crate) fn of(moment: Timestamp, ahead_min: i32) -> Self {
        let shift = u64::from(ahead_min.unsigned_abs()).saturating_mul(60_000);
        let ms = moment.ms();
        let local = if ahead_min < 0 { ms.saturating_sub(shift) } else { ms.saturating_add(shift) };
        let text = Timestamp::from_ms(local).to_string();
        let number = |from: usize, to: usize| -> u16 {
            text.get(from..to).and_then(|digits| digits.parse().ok()).unwrap_or_default()
        };
        let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
        if !(1980..2108).contains(&year) {
            return Self { date: 0x21, time: 0 }; // the first day there is
        }
        Self {
            date: (year - 1980) << 9 | month << 5 | day,
            time: number(11, 13) << 11 | number(14, 16) << 5 | (number(17, 19) / 2),
        }
    }
}

/// The files of an archive, in their order.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    /// Each with where it begins.
    files: Vec<(File, u64)>,
    length: u64,
}

impl Directory {
    /// The header that stands before the bytes of the next file.
    pub(crate) fn add(&mut self, file: File) -> Vec<u8> {
        let is_wide = file.size >= u64::from(FULL_32);
        let mut header = Vec::with_capacity(64);
        put32(&mut header, LOCAL);
        put16(&mut header, if is_wide { WIDE } else { PLAIN });
        put_common(&mut header, &file);
        put16(&mut header, if is_wide { 20 } else { 0 });
        header.extend_from_slice(file.name.as_bytes());
        if is_wide {
            put16(&mut header, EXTRA_64);
            put16(&mut header, 16);
            put64(&mut header, file.size);
            put64(&mut header, file.size);
        }
        let at = self.length;
        self.length = at.saturating_add(length(&header)).saturating_add(file.size);
        self.files.push((file, at));
        header
    }

    /// Bytes so far.
    pub(crate) const fn length(&self) -> u64 {
        self.length
    }

    /// What stands at the end.
    pub(crate) fn end(&self) -> Vec<u8> {
        let mut end = Vec::new();
        for (file, at) in &self.files {
            put_central(&mut end, file, *at);
        }
        let (count, size, at) = (length(&self.files), length(&end), self.length);
        if count >= u64::from(FULL_16) || size >= u64::from(FULL_32) || at >= u64::from(FULL_32) {
            put32(&mut end, END_64);
            put64(&mut end, 44); // of what follows
            put16(&mut end, WIDE);
            put16(&mut end, WIDE);
            put32(&mut end, 0);
            put32(&mut end, 0);
            put64(&mut end, count);
            put64(&mut end, count);
            put64(&mut end, size);
            put64(&mut end, at);
            put32(&mut end, LOCATOR_64);
            put32(&mut end, 0);
            put64(&mut end, at.saturating_add(size));
            put32(&mut end, 1);
        }
        put32(&mut end, END);
        put16(&mut end, 0);
        put16(&mut end, 0);
        put16(&mut end, narrow16(count));
        put16(&mut end, narrow16(count));
        put32(&mut end, narrow32(size));
        put32(&mut end, narrow32(at));
        put16(&mut end, 0);
        end
    }
}

fn put_central(end: &mut Vec<u8>, file: &File, at: u64) {
    let mut wide = Vec::new();
    if file.size >= u64::from(FULL_32) {
        put64(&mut wide, file.size);
        put64(&mut wide, file.size);
    }
    if at >= u64::from(FULL_32) {
        put64(&mut wide, at);
    }
    let version = if wide.is_empty() { PLAIN } else { WIDE };
    put32(end, CENTRAL);
    put16(end, version);
    put16(end, version);
    put_common(end, file);
    put16(end, if wide.is_empty() { 0 } else { narrow16(length(&wide)).saturating_add(4) });
    put16(end, 0); // no comment
    put16(end, 0); // on the first disk
    put16(end, 0);
    put32(end, 0);
    put32(end, narrow32(at));
    end.extend_from_slice(file.name.as_bytes());
    if !wide.is_empty() {
        put16(end, EXTRA_64);
        put16(end, narrow16(length(&wide)));
        end.extend_from_slice(&wide);
    }
}

/// What stands in both headers: flags, method, time, CRC, lengths.
fn put_common(bytes: &mut Vec<u8>, file: &File) {
    put16(bytes, UTF_8);
    put16(bytes, 0); // stored
    put16(bytes, file.made_at.time);
    put16(bytes, file.made_at.date);
    put32(bytes, file.crc);
    put32(bytes, narrow32(file.size));
    put32(bytes, narrow32(file.size));
    put16(bytes, narrow16(length(file.name.as_bytes())));
}

fn length<T>(items: &[T]) -> u64 {
    u64::try_from(items.len()).unwrap_or(u64::MAX)
}

/// The number, or all ones: it stands elsewhere.
fn narrow16(number: u64) -> u16 {
    u16::try_from(number).unwrap_or(FULL_16)
}

fn narrow32(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(FULL_32)
}

fn put16(bytes: &mut Vec<u8>, number: u16) {
    bytes.extend_from_slice(&number.to_le_bytes());
}

fn put32(bytes: &mut Vec<u8>, number: u32) {
    bytes.extend_from_slice(&number.to_le_bytes());
}

fn put64(bytes: &mut Vec<u8>, number: u64) {
    bytes.extend_from_slice(&number.to_le_bytes());
}

#[cfg(test)]
mod tests;
