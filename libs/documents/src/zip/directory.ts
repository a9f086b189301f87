import { DEFAULT_DOCUMENT_BUDGETS, type DocumentBudgets } from '../budgets.js';
import type { DocumentRefused, RefusalReason } from '../document.js';
import { shownName as shown } from './shown-name.js';
import { decodeCodePage437 } from './code-page-437.js';

/** One file of an archive, as the central directory and its own header agree on it. */
export interface ZipEntry {
  readonly name: string;
  readonly method: 'stored' | 'deflated';
  readonly packed: number;
  readonly unpacked: number;
  readonly crc32: number;
  /** Where its data begin in the archive. */
  readonly start: number;
}

export interface ZipDirectory {
  readonly kind: 'directory';
  /** Files alone, in the order of the directory. */
  readonly entries: readonly ZipEntry[];
}

type Limits = Pick<DocumentBudgets, 'entries' | 'entryBytes' | 'unpackedBytes' | 'ratio'>;

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
const LONGEST_COMMENT = 65_535;
const ENCRYPTED = 0x41; // bits 0 and 6
const UTF8_NAME = 0x800;
const UNIX = 3;
const SYMLINK = 0xa000;
const FILE_TYPE = 0xf000;
const SMALL = 1024 * 1024;
const MOST_NAME = 1024;

const AGAIN =
  'Make the archive again with the usual tool of your system (a Word document: open it and save it again), and upload that.';

/**
 * Reads what a ZIP archive says it holds, unpacking nothing. Format: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and
 * 4.3.16. Refused are archives with more or larger content than the limits, with entries that share data (the trick of
 * flat bombs), with names that lead out of their folder, with symbolic links, with a password, in several volumes, or
 * whose parts contradict each other.
 */
export function readDirectory(
  bytes: Uint8Array,
  limits: Limits = DEFAULT_DOCUMENT_BUDGETS,
): ZipDirectory | DocumentRefused {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined) return refuse('broken', `The archive is broken: its end is missing. ${AGAIN}`);
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const offset = view.getUint32(end + 16, true);
  if (view.getUint16(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count) {
    return refuse('broken', `The archive is one of several volumes. Make a single archive and upload that.`);
  }
  if (count === 0xffff || offset === 0xffffffff || size === 0xffffffff) {
    return refuse('too-large', `The archive is of the kind for over 4 GB (ZIP64). ${AGAIN}`);
  }
  if (count > limits.entries) {
    return refuse(
      'too-many-entries',
      `The archive has ${count} entries; at most ${limits.entries} are read. Leave out what is no answer: environments, data, caches.`,
    );
  }
  if (offset + size > end)
    return refuse('broken', `The archive is broken: its directory is cut off. ${AGAIN}`);
  return readEntries(bytes, view, { offset, end: offset + size, count }, limits);
}

interface Where {
  readonly offset: number;
  readonly end: number;
  readonly count: number;
}

function readEntries(
  bytes: Uint8Array,
  view: DataView,
  { offset, end, count }: Where,
  limits: Limits,
): ZipDirectory | DocumentRefused {
  const entries: ZipEntry[] = [];
  const seen = new Set<string>();
  let at = offset;
  let unpackedInAll = 0;
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) {
      return refuse(
        'broken',
        `The archive is broken: entry ${index + 1} of its directory cannot be read. ${AGAIN}`,
      );
    }
    const flags = view.getUint16(at + 8, true);
    const method = view.getUint16(at + 10, true);
    const crc32 = view.getUint32(at + 16, true);
    const packed = view.getUint32(at + 20, true);
    const unpacked = view.getUint32(at + 24, true);
    const nameLength = view.getUint16(at + 28, true);
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) return refuse('broken', `The archive is broken: its directory is cut off. ${AGAIN}`);
    const name = nameOf(bytes.subarray(at + 46, at + 46 + nameLength), (flags & UTF8_NAME) !== 0);
    const unsafe = unsafeName(name) ?? unsafeKind(view, at);
    if (unsafe !== undefined) return refuse('unsafe-archive', `${unsafe} ${AGAIN}`);
    if ((flags & ENCRYPTED) !== 0) {
      return refuse(
        'encrypted',
        `The archive is protected by a password. Make it without one, and upload that.`,
      );
    }
    const local = view.getUint32(at + 42, true);
    at = next;
    if (name.endsWith('/')) continue;
    if (seen.has(name)) {
      return refuse('unsafe-archive', `The archive holds “${shown(name)}” twice. ${AGAIN}`);
    }
    seen.add(name);
    if (method !== 0 && method !== 8) {
      return refuse('broken', `“${shown(name)}” is packed in an unusual way (method ${method}). ${AGAIN}`);
    }
    unpackedInAll += unpacked;
    const large = tooLarge({ name, packed, unpacked }, unpackedInAll, limits);
    if (large !== undefined) return refuse('too-large', large);
    const start = dataStart(view, local, name, bytes);
    if (start === undefined || start + packed > offset) {
      return refuse('broken', `The archive is broken at “${shown(name)}”. ${AGAIN}`);
    }
    entries.push({
      name,
      method: method === 0 ? 'stored' : 'deflated',
      packed,
      unpacked,
      crc32,
      start,
    });
  }
  // Entries that are not counted would be there for some programs alone.
  if (at !== end) {
    return refuse(
      'broken',
      `The archive is broken: it says of itself that it holds ${count} entries, and holds others. ${AGAIN}`,
    );
  }
  return overlap(entries) ?? { kind: 'directory', entries };
}

function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - END_SIZE;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    if (view.getUint32(at, true) === END && at + END_SIZE + view.getUint16(at + 20, true) <= view.byteLength)
      return at;
  }
  return undefined;
}

/** The data stand behind the entry's own header, whose name must be the same; readers that differ are how tricks begin. */
function dataStart(view: DataView, local: number, name: string, bytes: Uint8Array): number | undefined {
  if (local + 30 > view.byteLength || view.getUint32(local, true) !== LOCAL) return undefined;
  const nameLength = view.getUint16(local + 26, true);
  const nameEnd = local + 30 + nameLength;
  const own = nameOf(
    bytes.subarray(local + 30, nameEnd),
    (view.getUint16(local + 6, true) & UTF8_NAME) !== 0,
  );
  return own === name ? nameEnd + view.getUint16(local + 28, true) : undefined;
}

function nameOf(bytes: Uint8Array, utf8: boolean): string {
  try {
    // Most tools write UTF-8 whether they say so or not.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return utf8
      ? new TextDecoder('utf-8').decode(bytes)
      : decodeCodePage437(bytes.subarray(0, MOST_NAME + 1));
  }
}

function unsafeName(name: string): string | undefined {
  const parts = name.split(/[\\/]/);
  const leads =
    name === '' ||
    name.length > MOST_NAME ||
    /^[\\/]|^[a-z]:/i.test(name) ||
    parts.includes('..') ||
    /\p{Cc}/u.test(name);
  return leads ? `The archive holds a name that leads out of its folder, “${shown(name)}”.` : undefined;
}

function unsafeKind(view: DataView, central: number): string | undefined {
  const madeBy = view.getUint8(central + 5);
  const mode = view.getUint32(central + 38, true) >>> 16;
  const kind = mode & FILE_TYPE;
  if (madeBy !== UNIX || kind === 0 || kind === 0x8000 || kind === 0x4000) return undefined;
  return kind === SYMLINK ? 'The archive holds a symbolic link.' : 'The archive holds a device or pipe.';
}

function tooLarge(
  { name, packed, unpacked }: Pick<ZipEntry, 'name' | 'packed' | 'unpacked'>,
  inAll: number,
  { entryBytes, unpackedBytes, ratio }: Limits,
): string | undefined {
  const what = `“${shown(name)}” would have ${megabytes(unpacked)} MB unpacked`;
  if (unpacked > entryBytes)
    return `${what}; at most ${megabytes(entryBytes)} MB are read. Leave it out, or make it smaller.`;
  if (unpacked > SMALL && unpacked > ratio * packed) {
    return `${what}, ${Math.round(unpacked / Math.max(1, packed))} times its packed size, as no answer has. Leave it out.`;
  }
  if (inAll > unpackedBytes) {
    return `The archive would have over ${megabytes(unpackedBytes)} MB unpacked. Leave out what is no answer: environments, data, pictures.`;
  }
  return undefined;
}

function overlap(entries: readonly ZipEntry[]): DocumentRefused | undefined {
  const inOrder = entries
    .filter(({ packed }) => packed > 0)
    .toSorted((one, other) => one.start - other.start);
  const second = inOrder.find((entry, index) => {
    const before = inOrder[index - 1];
    return before !== undefined && before.start + before.packed > entry.start;
  });
  return second === undefined
    ? undefined
    : refuse(
        'unsafe-archive',
        `The archive is broken: “${shown(second.name)}” shares its data with another entry. ${AGAIN}`,
      );
}

function megabytes(bytes: number): string {
  return (bytes / SMALL).toFixed(1);
}

function refuse(reason: RefusalReason, message: string): DocumentRefused {
  return { kind: 'refused', reason, message };
}
