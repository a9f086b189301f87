import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import { zipped } from '../src/index.js';
import { readDirectory } from '../src/zip/directory.js';
import { unpack } from '../src/zip/unpack.js';
import { writeZip } from '../src/zip/write.js';

const FILES = [
  { name: 'a.pdf', bytes: Buffer.from('first') },
  { name: 'ü/ö.csv', bytes: Buffer.alloc(0) },
];

async function streamed(files: typeof FILES): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of zipped(Readable.from(files))) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

describe('an archive that is written', () => {
  it('others-read', async () => {
    const read = unzipSync(await streamed(FILES));
    expect(Object.entries(read).map(([name, bytes]) => [name, Buffer.from(bytes).toString()])).toEqual([
      ['a.pdf', 'first'],
      ['ü/ö.csv', ''],
    ]);
  });

  it('is-read-here', () => {
    const archive = writeZip(FILES);
    const directory = readDirectory(archive);
    if (directory.kind === 'refused') throw new Error(directory.message);
    expect(
      directory.entries.map((entry) => [entry.name, Buffer.from(unpack(archive, entry)).toString()]),
    ).toEqual([
      ['a.pdf', 'first'],
      ['ü/ö.csv', ''],
    ]);
  });

  it('is-the-same-in-pieces-as-at-once', async () => {
    for (const files of [[], FILES]) expect(await streamed(files)).toEqual(writeZip(files));
  });
});
