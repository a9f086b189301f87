import { crc32 } from './crc32.js';
import { directoryLine, endOfDirectory, localHeader } from './headers.js';

/** What is to stand in an archive. */
export interface NamedBytes {
  /** Slashes part folders. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const MOST_ENTRIES = 65_535;
const MOST_BYTES = 0xffff_ffff;

/** A ZIP archive of files as they are, not packed (APPNOTE 6.3.10): the same files give the same bytes, by any version. */
export function writeZip(files: readonly NamedBytes[]): Uint8Array {
  return together([...pieces(files)]);
}

/**
 * The same in pieces, each file let go as soon as it is written. Throws a RangeError past 65,535 files or 4 GiB, where it would have
 * to be ZIP64.
 */
export async function* zipped(files: AsyncIterable<NamedBytes>): AsyncGenerator<Uint8Array> {
  const writer = new Writer();
  for await (const file of files) yield* writer.file(file);
  yield* writer.end();
}

function* pieces(files: readonly NamedBytes[]): Generator<Uint8Array> {
  const writer = new Writer();
  for (const file of files) yield* writer.file(file);
  yield* writer.end();
}

class Writer {
  private readonly directory: Uint8Array[] = [];
  private written = 0;

  *file({ name, bytes }: NamedBytes): Generator<Uint8Array> {
    const entry = { name: new TextEncoder().encode(name), bytes, crc32: crc32(bytes) };
    if (this.directory.length >= MOST_ENTRIES || this.written + bytes.length > MOST_BYTES - 1024)
      throw new RangeError('This is more than one ZIP archive holds.');
    this.directory.push(directoryLine(entry, this.written));
    const header = localHeader(entry);
    yield header;
    yield bytes;
    this.written += header.length + bytes.length;
  }

  *end(): Generator<Uint8Array> {
    const listed = together(this.directory);
    yield listed;
    yield endOfDirectory(this.directory.length, listed.length, this.written);
  }
}

function together(all: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const each of all) {
    whole.set(each, at);
    at += each.length;
  }
  return whole;
}
