import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { BackupError } from './errors.js';
import { MOST_ENTRY_BYTES } from './layout.js';

export interface Entry {
  readonly name: string;
  readonly content: Buffer;
}

/** The entries of a backup, one after the other; the stream is read no faster than they are taken. */
export interface OpenBackup {
  /** Null at the end of a file that is whole. Throws BackupError. */
  next(): Promise<Entry | null>;
  close(): void;
}

export function openBackup(from: Readable): OpenBackup {
  const gunzip = createGunzip();
  const archive = extract();
  const entries = archive[Symbol.asyncIterator]();
  from.on('error', (error) => gunzip.destroy(error));
  gunzip.on('error', (error) => archive.destroy(error));
  from.pipe(gunzip).on('data', (block: Buffer) => {
    if (archive.write(block)) return;
    gunzip.pause();
    archive.once('drain', () => gunzip.resume());
  });
  gunzip.on('end', () => archive.end(null));
  return {
    next: async () => {
      try {
        const { value, done } = await entries.next();
        if (done === true) return null;
        return { name: value.header.name, content: await contentOf(value, value.header.size) };
      } catch (error) {
        throw error instanceof BackupError ? error : unreadable(error);
      }
    },
    close: () => {
      from.destroy();
      gunzip.destroy();
      archive.destroy();
    },
  };
}

async function contentOf(entry: AsyncIterable<unknown>, size: number): Promise<Buffer> {
  if (size > MOST_ENTRY_BYTES) {
    throw new BackupError('damaged', `The backup has an entry of ${size} bytes, more than any can have.`);
  }
  const blocks: Uint8Array[] = [];
  for await (const block of entry) {
    if (block instanceof Uint8Array) blocks.push(block);
  }
  return Buffer.concat(blocks);
}

function unreadable(cause: unknown): BackupError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new BackupError(
    'damaged',
    `The backup cannot be read (${why}): it is damaged, was cut short or is no backup. Take another copy of it.`,
    { cause },
  );
}
