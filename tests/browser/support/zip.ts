// Reads a ZIP file whose files are stored, by its own directory, and checks every CRC.
import { crc32 } from 'node:zlib';

/** The files of an archive, by their names. */
export function unzip(bytes: Buffer): Map<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0) throw new Error('no end of a directory');
  const files = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n -= 1) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) throw new Error(`no entry at ${at}`);
    const [method, crc, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 16), bytes.readUInt32LE(at + 24)];
    const [name, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [number, number, number];
    const local = bytes.readUInt32LE(at + 42);
    const called = bytes.subarray(at + 46, at + 46 + name).toString('utf8');
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(from, from + size);
    if (method !== 0) throw new Error(`${called} is compressed`);
    if (crc32(content) !== crc) throw new Error(`${called}: wrong CRC`);
    files.set(called, content);
    at += 46 + name + extra + comment;
  }
  return files;
}
