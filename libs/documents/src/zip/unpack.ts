import { inflateRawSync } from 'node:zlib';
import { Refusal } from '../document.js';
import { crc32 } from './crc32.js';
import { shownName } from './shown-name.js';
import type { ZipEntry } from './directory.js';

/** The bytes of one entry: never more than its directory says, and with the right check sum. Throws Refusal. */
export function unpack(archive: Uint8Array, entry: ZipEntry): Uint8Array {
  const packed = archive.subarray(entry.start, entry.start + entry.packed);
  const bytes = entry.method === 'stored' ? packed : inflated(packed, entry);
  if (bytes.length !== entry.unpacked || crc32(bytes) !== entry.crc32) throw broken(entry);
  return bytes;
}

function inflated(packed: Uint8Array, entry: ZipEntry): Uint8Array {
  try {
    // One byte more than declared, so that an entry that lies about its size stops there.
    return inflateRawSync(packed, { maxOutputLength: entry.unpacked + 1 });
  } catch {
    throw broken(entry);
  }
}

function broken({ name }: ZipEntry): Refusal {
  return new Refusal(
    'broken',
    `The archive is broken at “${shownName(name)}”: its data are not what its directory says. Make it again and upload that.`,
  );
}
