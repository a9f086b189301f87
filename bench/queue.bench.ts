/**
 * Opening the marking queue of QUEUE_SUBMISSIONS (5000) submissions over real HTTP: what awaits a mark, one part of it, and all.
 * A few submissions are sent and marked as any; the others are copies of them in the records.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { copyToWholeCohort } from './queue/cohort.js';
import { examinersToken, openQueue } from './queue/opening.js';
import { openMachineRoom } from './storm/machine-room.js';
import { tally } from './storm/tally.js';
import { sendAll } from './storm/uploads.js';

const submissions = Number(process.env['QUEUE_SUBMISSIONS'] ?? 5000);
const SENT = 20;

const examples = fileURLToPath(new URL('../../examples/demonstration/', import.meta.url));
const answers = await readFile(`${examples}answers.md`, 'utf8');
const room = await openMachineRoom(await readFile(`${examples}exam.yaml`, 'utf8'), submissions, 'postgres');
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void room.close().finally(() => process.kill(process.pid, signal)));
try {
  await sendAll({ url: room.url, tokens: room.tokens, answers, rate: 10, total: SENT });
  while ((await tally(room.databaseUrl)).unsettled > 0) await pause(200);
  console.log(`  ${await copyToWholeCohort(room.databaseUrl)} submissions`);
  const token = await examinersToken(room.databaseUrl);
  for (const query of ['', 'part=2', 'limit=20', 'state=all', 'state=marked', 'offset=30000']) {
    const { answers: all, first, median, worst } = await openQueue(room.url(), token, query);
    console.log(
      `  ${(query === '' ? 'as it opens' : query).padEnd(13)} ${String(all).padStart(6)} answers: ` +
        `${first.toFixed(0)} ms, then ${median.toFixed(0)} ms, at worst ${worst.toFixed(0)} ms`,
    );
  }
  if (process.env['QUEUE_WAIT'] !== undefined) {
    console.log(room.databaseUrl, room.url(), token);
    await pause(600_000);
  }
} finally {
  await room.close();
}
