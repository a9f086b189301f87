import { crc32 } from './crc32.js';

/** What is to stand in an archive. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const UTF8_NAME = 0x800;
/** 1 January 1980, the first day of ZIP: the same files are the same bytes, whenever they are put together. */
const DATE = 0x21;

/** A ZIP archive of files as they are, not packed (APPNOTE 6.3.10): the same files give the same bytes, by any version. */
export function writeZip(files: readonly NamedBytes[]): Uint8Array {
  const entries = files.map(({ name, bytes }) => ({
    name: new TextEncoder().encode(name),
    bytes,
    crc32: crc32(bytes),
  }));
  const length = entries.reduce((sum, { name, bytes }) => sum + 76 + 2 * name.length + bytes.length, 22);
  const archive = new Uint8Array(length);
  const view = new DataView(archive.buffer);
  let at = 0;
  const starts = entries.map((entry) => {
    const start = at;
    view.setUint32(at, LOCAL, true);
    describe(view, at + 4, entry);
    archive.set(entry.name, at + 30);
    archive.set(entry.bytes, at + 30 + entry.name.length);
    at += 30 + entry.name.length + entry.bytes.length;
    return start;
  });
  const directory = at;
  entries.forEach((entry, index) => {
    view.setUint32(at, CENTRAL, true);
    view.setUint16(at + 4, VERSION, true);
    describe(view, at + 6, entry);
    view.setUint32(at + 42, starts[index] ?? 0, true);
    archive.set(entry.name, at + 46);
    at += 46 + entry.name.length;
  });
  view.setUint32(at, END, true);
  view.setUint16(at + 8, entries.length, true);
  view.setUint16(at + 10, entries.length, true);
  view.setUint32(at + 12, at - directory, true);
  view.setUint32(at + 16, directory, true);
  return archive;
}

/** What the header of an entry and its line of the directory say alike. */
function describe(
  view: DataView,
  at: number,
  { name, bytes, crc32: sum }: { name: Uint8Array; bytes: Uint8Array; crc32: number },
): void {
  view.setUint16(at, VERSION, true);
  view.setUint16(at + 2, UTF8_NAME, true);
  view.setUint16(at + 8, DATE, true);
  view.setUint32(at + 10, sum, true);
  view.setUint32(at + 14, bytes.length, true);
  view.setUint32(at + 18, bytes.length, true);
  view.setUint16(at + 22, name.length, true);
}
