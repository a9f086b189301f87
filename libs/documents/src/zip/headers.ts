const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const UTF8_NAME = 0x800;
/** 1 January 1980, the first day of ZIP: the same files are the same bytes, whenever they are put together. */
const DATE = 0x21;

/** One file as it stands in an archive, not packed. */
export interface StoredEntry {
  /** In UTF-8; slashes part folders. */
  readonly name: Uint8Array;
  readonly bytes: Uint8Array;
  readonly crc32: number;
}

/** What stands in front of an entry's bytes (APPNOTE 6.3.10, 4.3.7). */
export function localHeader(entry: StoredEntry): Uint8Array {
  const header = new Uint8Array(30 + entry.name.length);
  const view = new DataView(header.buffer);
  view.setUint32(0, LOCAL, true);
  describe(view, 4, entry);
  header.set(entry.name, 30);
  return header;
}

/** Its line of the directory (4.3.12), by where its local header begins. */
export function directoryLine(entry: StoredEntry, start: number): Uint8Array {
  const line = new Uint8Array(46 + entry.name.length);
  const view = new DataView(line.buffer);
  view.setUint32(0, CENTRAL, true);
  view.setUint16(4, VERSION, true);
  describe(view, 6, entry);
  view.setUint32(42, start, true);
  line.set(entry.name, 46);
  return line;
}

/** The end of an archive (4.3.16), without ZIP64. */
export function endOfDirectory(entries: number, size: number, start: number): Uint8Array {
  const end = new Uint8Array(22);
  const view = new DataView(end.buffer);
  view.setUint32(0, END, true);
  view.setUint16(8, entries, true);
  view.setUint16(10, entries, true);
  view.setUint32(12, size, true);
  view.setUint32(16, start, true);
  return end;
}

/** What the header of an entry and its line of the directory say alike. */
function describe(view: DataView, at: number, { name, bytes, crc32 }: StoredEntry): void {
  view.setUint16(at, VERSION, true);
  view.setUint16(at + 2, UTF8_NAME, true);
  view.setUint16(at + 8, DATE, true);
  view.setUint32(at + 10, crc32, true);
  view.setUint32(at + 14, bytes.length, true);
  view.setUint32(at + 18, bytes.length, true);
  view.setUint16(at + 22, name.length, true);
}
