import { deflateRawSync } from 'node:zlib';
import { zip, type WrittenEntry } from '../../../../libs/documents/test/writing/zip.js';
import { MEBIBYTE, type HostileCase } from './case.js';

const ANSWER = '# Question 1\n\nThe total is 1792.';
const AGAIN = /Make (?:it|the archive) again/;
const named = (name: string): Uint8Array => zip([{ name, data: ANSWER }]);
const unsafe = (name: string, file: string): HostileCase => ({
  name,
  make: () => named(file),
  comes: { refused: ['unsafe-archive'], says: /out of its folder.*Make the archive again/ },
});
const isRead = (name: string, make: () => Uint8Array): HostileCase => ({
  name,
  make,
  comes: { read: /The total is 1792\./ },
});

/** Fifield's flat bomb: one kernel, and the local headers of all further entries quoted in front of it. */
function flatBomb(entries: number): Uint8Array {
  const archive = zip([{ name: 'a.md', data: Buffer.alloc(4 * MEBIBYTE) }]);
  const view = new DataView(archive.buffer);
  const directory = view.getUint32(archive.length - 22 + 16, true);
  const line = Buffer.from(archive.subarray(directory, archive.length - 22));
  const end = Buffer.from(archive.subarray(archive.length - 22));
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(line.length * entries, 12);
  // The same name would be met first; the name's last letter is that of its number.
  const lines = Array.from({ length: entries }, (_, at) => {
    const copy = Buffer.from(line);
    copy.write(String.fromCharCode(97 + at), 46);
    return copy;
  });
  return new Uint8Array(Buffer.concat([archive.subarray(0, directory), ...lines, end]));
}

/** Says of itself, in the end that ZIP64 has, that it is larger than it is. */
function zip64(): Uint8Array {
  const bytes = Buffer.from(named('a.md'));
  bytes.writeUInt32LE(0xffffffff, bytes.length - 22 + 16);
  return new Uint8Array(bytes);
}

const PACKED_LOW = deflateRawSync(Buffer.alloc(30 * MEBIBYTE)).length;

export const ARCHIVES: readonly HostileCase[] = [
  unsafe('name-upwards', '../answers.md'),
  unsafe('name-upwards-in-the-middle', 'a/../../answers.md'),
  unsafe('name-upwards-as-windows-has-it', 'a\\..\\..\\answers.md'),
  unsafe('name-from-the-root', '/answers.md'),
  unsafe('name-of-a-drive', 'c:answers.md'),
  unsafe('name-on-another-machine', '\\\\server\\share\\answers.md'),
  unsafe('name-with-nul', 'answers.md\0.png'),
  unsafe('name-with-a-line-break', 'answers\n.md'),
  unsafe('name-of-two-thousand-letters', `${'a'.repeat(2000)}.md`),
  unsafe('name-of-nothing', ''),
  {
    name: 'names-that-differ-in-case-alone',
    make: () =>
      zip([
        { name: 'q1.md', data: ANSWER },
        { name: 'Q1.md', data: '# Question 2\n\nThe other.' },
      ]),
    comes: { read: /The total is 1792\.[^]*The other\.|The other\.[^]*The total is 1792\./ },
  },
  {
    name: 'names-that-differ-in-how-letters-are-put-together-alone',
    make: () =>
      zip([
        { name: 'ü.md', data: ANSWER },
        { name: 'u\u0308.md', data: '# Question 2\n\nThe other.' },
      ]),
    comes: { read: /The total is 1792\.[^]*The other\.|The other\.[^]*The total is 1792\./ },
  },
  isRead('name-that-turns-its-direction', () => named('answers\u202efdp.md')),
  isRead('name-with-backslashes-that-stays-in-its-folder', () => named('exam\\answers.md')),
  {
    name: 'symbolic-link-to-what-is-beside-it',
    make: () =>
      zip([
        { name: 'a.md', data: ANSWER },
        { name: 'b.md', data: 'a.md', mode: 0o120777 },
      ]),
    comes: { refused: ['unsafe-archive'], says: /symbolic link/ },
  },
  {
    name: 'device',
    make: () => zip([{ name: 'a.md', data: '', mode: 0o020666 }]),
    comes: { refused: ['unsafe-archive'], says: /device or pipe/ },
  },
  {
    name: 'flat-bomb-whose-entries-share-one-kernel',
    make: () => flatBomb(25),
    comes: { refused: ['broken', 'unsafe-archive', 'too-large'], says: /again|Leave it out/ },
  },
  {
    name: 'bombs-five-deep',
    make: () => {
      let bytes = zip([{ name: 'a.md', data: Buffer.alloc(100 * MEBIBYTE) }]);
      for (let level = 0; level < 5; level += 1) {
        bytes = zip(
          Array.from({ length: 16 }, (_, at): WrittenEntry => ({ name: `${at}.zip`, data: bytes })),
        );
      }
      return bytes;
    },
    comes: { refused: ['unsafe-archive', 'too-large'], says: /Unpack it|Leave it out/ },
  },
  {
    name: 'bomb-whose-directory-says-it-is-small',
    make: () => zip([{ name: 'a.md', data: Buffer.alloc(30 * MEBIBYTE), says: { unpacked: PACKED_LOW } }]),
    comes: { refused: ['broken'], says: AGAIN },
  },
  {
    name: 'archive-whose-directory-says-it-is-larger',
    make: () => zip([{ name: 'a.md', data: ANSWER, says: { unpacked: 900_000 } }]),
    comes: { refused: ['broken'], says: AGAIN },
  },
  {
    name: 'archive-of-more-files-than-its-end-says',
    make: () =>
      zip(
        [
          { name: 'a.md', data: ANSWER },
          { name: 'b.md', data: 'The other.' },
        ],
        { count: 1 },
      ),
    comes: { refused: ['broken'], says: AGAIN },
  },
  {
    name: 'archive-of-the-kind-for-over-four-gigabytes',
    make: zip64,
    comes: { refused: ['too-large'], says: AGAIN },
  },
  {
    name: 'archive-with-a-password',
    make: () => zip([{ name: 'a.md', data: ANSWER, flags: 0x801 }]),
    comes: { refused: ['encrypted'], says: /without one/ },
  },
  {
    name: 'archive-with-a-packing-that-is-not-known',
    make: () => zip([{ name: 'a.md', data: ANSWER, method: 14 }]),
    comes: { refused: ['broken'], says: AGAIN },
  },
];
