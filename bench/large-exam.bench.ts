/**
 * An exam that LARGE_SUBMISSIONS (5000) students have handed in to, over real HTTP: how long its marking queue takes to open, and what
 * examiners look at. A few submissions are sent and marked as any; the others are copies of them in the records.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { copyToWholeCohort, markWholeCohort } from './large-exam/cohort.js';
import { examinersToken, opened } from './large-exam/opening.js';
import { openMachineRoom } from './storm/machine-room.js';
import { tally } from './storm/tally.js';
import { sendAll } from './storm/uploads.js';

const submissions = Number(process.env['LARGE_SUBMISSIONS'] ?? 5000);
const SENT = 20;
const PATHS = [
  'marking-queue',
  'marking-queue?limit=20',
  'marking-queue?part=2&limit=20',
  'marking-queue?state=all',
  'marking-queue?state=marked',
  'marking-queue?offset=30000',
  'submissions',
  'answer-groups?part=2',
  'item-analysis',
  'grade-report?format=json',
  'grade-report?format=csv',
];

const examples = fileURLToPath(new URL('../../examples/demonstration/', import.meta.url));

/** What examiners look at when all is marked. */
const MARKED_PATHS = ['item-analysis', 'agreement', 'grade-report?format=json', 'cohort-report.pdf'];

const answers = await readFile(`${examples}answers.md`, 'utf8');
const room = await openMachineRoom(await readFile(`${examples}exam.yaml`, 'utf8'), submissions, 'postgres');
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void room.close().finally(() => process.kill(process.pid, signal)));
try {
  await sendAll({ url: room.url, tokens: room.tokens, answers, rate: 10, total: SENT });
  while ((await tally(room.databaseUrl)).unsettled > 0) await pause(200);
  console.log(`  ${await copyToWholeCohort(room.databaseUrl)} submissions`);
  const token = await examinersToken(room.databaseUrl);
  const time = async (paths: readonly string[]) => {
    for (const path of paths) {
      const { bytes, first, median, worst } = await opened(room.url(), token, path);
      console.log(
        `  ${path.padEnd(36)} ${(bytes / 1000).toFixed(0).padStart(5)} kB: ` +
          `${first.toFixed(0)} ms, then ${median.toFixed(0)} ms, at worst ${worst.toFixed(0)} ms`,
      );
    }
  };
  await time(PATHS);
  console.log(`  all marked: ${await markWholeCohort(room.databaseUrl)} marks`);
  await time(MARKED_PATHS);
} finally {
  await room.close();
}
