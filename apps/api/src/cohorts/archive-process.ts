/** One process for one archive: says what is in it, piece by piece as it is asked for the next, and ends. It may be killed at any moment. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { CohortArchive, readCohort, Refusal } from '@tensormark/documents';
import { z } from 'zod';
import type { Said } from './read-apart.js';

const Asked = z.object({ path: z.string(), wanted: z.array(z.string()) });

process.once('message', (message) => {
  void answer(message).then(say, (error: unknown) =>
    say(
      error instanceof Refusal
        ? { kind: 'refused', message: error.message }
        : { kind: 'fault', message: error instanceof Error ? (error.stack ?? error.message) : String(error) },
    ),
  );
});

async function answer(message: unknown): Promise<Said> {
  const { path, wanted } = Asked.parse(message);
  const archive = new CohortArchive(await readFile(path));
  const cohort = readCohort(archive.listing);
  const sent = new Set(wanted);
  await sayAndWait({ kind: 'cohort', cohort });
  for (const piece of cohort.pieces) {
    if (sent.size > 0 && !sent.has(piece.key)) continue;
    const prepared = archive.prepare(piece);
    if (prepared.kind === 'refused') {
      await sayAndWait({ kind: 'piece', key: piece.key, file: prepared });
      continue;
    }
    const { bytes, fileName, format } = prepared;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const file = { kind: 'ready', fileName, format, size: bytes.length, sha256 } as const;
    await sayAndWait({
      kind: 'piece',
      key: piece.key,
      file,
      ...(sent.has(piece.key) ? { bytes } : {}),
    });
  }
  return { kind: 'end' };
}

async function sayAndWait(said: Said): Promise<void> {
  const next = once(process, 'message');
  say(said);
  await next;
}

function say(said: Said): void {
  process.send?.(said);
}
