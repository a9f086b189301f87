import { crc32 } from 'node:zlib';

export interface ZipEntry {
  /** Slashes part folders. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const STORED = 0;
const NAMES_ARE_UTF8 = 0x0800;
/** 1 January 1980, the first day that ZIP knows, so that the same files are the same archive. */
const NO_DATE = 0x0021;
const MOST_ENTRIES = 65_535;
const MOST_BYTES = 0xffff_ffff;

/**
 * A ZIP archive in the order of its entries, each let go as soon as it is written (APPNOTE 6.3.10, without ZIP64). Entries are
 * stored as they are: PDFs are compressed already. Throws a RangeError past 65,535 entries or 4 GiB.
 */
export async function* zipped(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const { name, bytes } of entries) {
    const encoded = Buffer.from(name, 'utf8');
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(NAMES_ARE_UTF8, 2);
    shared.writeUInt16LE(STORED, 4);
    shared.writeUInt16LE(NO_DATE, 8);
    shared.writeUInt32LE(crc32(bytes), 10);
    shared.writeUInt32LE(bytes.length, 14);
    shared.writeUInt32LE(bytes.length, 18);
    shared.writeUInt16LE(encoded.length, 22);
    if (directory.length >= MOST_ENTRIES || offset + bytes.length > MOST_BYTES - 1024)
      throw new RangeError('This is more than one ZIP archive holds.');
    directory.push(
      Buffer.concat([
        Buffer.from([0x50, 0x4b, 0x01, 0x02, 20, 0]),
        shared,
        Buffer.alloc(10),
        uint32(offset),
        encoded,
      ]),
    );
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 0x03, 0x04]), shared, encoded]);
    yield local;
    yield bytes;
    offset += local.length + bytes.length;
  }
  const listed = Buffer.concat(directory);
  yield listed;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  yield end;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
