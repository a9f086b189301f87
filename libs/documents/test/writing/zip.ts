import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../../src/zip/crc32.js';

/** One entry, and what a hostile archive would say of it instead of the truth. */
export interface WrittenEntry {
  readonly name: string;
  readonly data?: string | Uint8Array;
  readonly stored?: boolean;
  readonly flags?: number;
  readonly method?: number;
  readonly says?: {
    readonly unpacked?: number;
    readonly packed?: number;
    readonly crc32?: number;
    readonly localName?: string;
  };
  /** Of the file, as Unix has it. */
  readonly mode?: number;
  /** The data of an entry before, by its index. */
  readonly dataOf?: number;
}

/** Writes a ZIP archive. */
export function zip(entries: readonly WrittenEntry[], says: { readonly count?: number } = {}): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  const offsets: number[] = [];
  let at = 0;
  for (const entry of entries) {
    const data = Buffer.from(entry.data ?? '');
    const packed = entry.stored === true ? data : deflateRawSync(data);
    const method = entry.method ?? (entry.stored === true ? 0 : 8);
    const crc = entry.says?.crc32 ?? crc32(data);
    const sizes = {
      packed: entry.says?.packed ?? packed.length,
      unpacked: entry.says?.unpacked ?? data.length,
    };
    const localName = Buffer.from(entry.says?.localName ?? entry.name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(entry.flags ?? 0x800, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(crc, 14);
    local.writeUInt32LE(sizes.packed, 18);
    local.writeUInt32LE(sizes.unpacked, 22);
    local.writeUInt16LE(localName.length, 26);
    const offset = entry.dataOf === undefined ? at : (offsets[entry.dataOf] ?? 0);
    offsets.push(offset);
    if (entry.dataOf === undefined) {
      locals.push(local, localName, packed);
      at += 30 + localName.length + packed.length;
    }
    const name = Buffer.from(entry.name);
    const header = Buffer.alloc(46);
    header.writeUInt32LE(0x02014b50, 0);
    header.writeUInt8(20, 4);
    header.writeUInt8(3, 5);
    header.writeUInt16LE(20, 6);
    header.writeUInt16LE(entry.flags ?? 0x800, 8);
    header.writeUInt16LE(method, 10);
    header.writeUInt32LE(crc, 16);
    header.writeUInt32LE(sizes.packed, 20);
    header.writeUInt32LE(sizes.unpacked, 24);
    header.writeUInt16LE(name.length, 28);
    header.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
    header.writeUInt32LE(offset, 42);
    central.push(header, name);
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(says.count ?? entries.length, 8);
  end.writeUInt16LE(says.count ?? entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...locals, directory, end]));
}
