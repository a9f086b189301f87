/**
 * A storm of submissions: STORM_RATE uploads a second (60) for STORM_SECONDS (60), every answer of the demonstration exam
 * in each, over real HTTP against an API, a worker and a Postgres of their own on this machine. Prints how fast receipts
 * came, whether any was lost, and how long marking took. With STORM_KILLS=n, API, worker, database and Redis are ended as by a
 * power cut n times at random meanwhile, and uploads that got no receipt are sent again with the same idempotency key.
 * STORM_QUEUE=redis has the queue in a Redis of its own (redis-server must be installed), else it is in Postgres.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openMachineRoom } from './storm/machine-room.js';
import { tally } from './storm/tally.js';
import { sendAll } from './storm/uploads.js';

const rate = Number(process.env['STORM_RATE'] ?? 60);
const seconds = Number(process.env['STORM_SECONDS'] ?? 60);
const kills = Number(process.env['STORM_KILLS'] ?? 0);
const queue = process.env['STORM_QUEUE'] === 'redis' ? 'redis' : 'postgres';
const STUDENTS = 120;
const PATIENCE_MS = 30 * 60_000;

const examples = fileURLToPath(new URL('../../examples/demonstration/', import.meta.url));
const answers = await readFile(`${examples}answers.md`, 'utf8');
const room = await openMachineRoom(await readFile(`${examples}exam.yaml`, 'utf8'), STUDENTS, queue);
// Whoever has seen enough leaves no servers behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void room.close().finally(() => process.kill(process.pid, signal)));
try {
  const total = rate * seconds;
  console.log(
    `  ${total} uploads of ${Buffer.byteLength(answers)} bytes, ${rate} a second, ${kills} power cuts, queue in ${queue}`,
  );
  const before = { ...(await room.processorTimes()), bytes: (await tally(room.databaseUrl)).bytes };
  const started = performance.now();
  const cutting = room.cutPower(kills, seconds * 1000);
  const sent = await sendAll({ url: room.url, tokens: room.tokens, answers, rate, total });
  await cutting;
  const uploading = (performance.now() - started) / 1000;
  const times = sent.map(({ milliseconds }) => milliseconds).toSorted((one, other) => one - other);
  const at = (share: number) =>
    Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN);
  console.log(
    `  receipts   ${sent.length} in ${uploading.toFixed(1)} s (${(sent.length / uploading).toFixed(1)} a second); ` +
      `half within ${at(0.5)} ms, 95% within ${at(0.95)} ms, 99% within ${at(0.99)} ms, all within ${at(1)} ms`,
  );
  console.log(`  sent again ${sent.filter(({ tries }) => tries > 1).length}`);

  const deadline = performance.now() + PATIENCE_MS;
  let found = await tally(room.databaseUrl);
  while (found.unsettled > 0 && performance.now() < deadline) {
    await pause(1000);
    found = await tally(room.databaseUrl);
  }
  const lasted = (performance.now() - started) / 1000;
  if (kills === 0) {
    const used = await room.processorTimes();
    const each = (['API', 'worker', 'Postgres'] as const).map(
      (name) => `${name} ${((used[name] - before[name]) / total).toFixed(1)} ms`,
    );
    console.log(
      `  a submission costs ${each.join(', ')} of a processor, and ${((found.bytes - before.bytes) / total / 1000).toFixed(1)} kB of database`,
    );
  }
  const stored = new Set(found.submissions);
  const lost = sent.filter(({ submission }) => !stored.has(submission)).length;
  console.log(
    `  marked     after ${lasted.toFixed(0)} s (${(found.submissions.length / lasted).toFixed(1)} submissions a second): ` +
      Object.entries(found.states)
        .map(([state, count]) => `${count} ${state}`)
        .join(', '),
  );
  console.log(
    `  lost ${lost}, stored twice ${found.submissions.length - total}, marked twice ${found.markedTwice}, unsettled ${found.unsettled}`,
  );
  if (lost + found.markedTwice + found.unsettled > 0 || found.submissions.length !== total)
    process.exitCode = 1;
} finally {
  await room.close();
}
