import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startWorker } from '../../apps/worker/src/index.js';
import { demonstrationAnswers, demonstrationExam, startService, type Service } from './support/service.js';

const EXAM = 'demonstration';
const UNTIL_MARKED_MS = 200;

let service: Service;
beforeAll(async () => {
  service = await startService();
  await (await service.as('examiner')).put(`/api/v1/exams/${EXAM}`, { yaml: await demonstrationExam() });
});
afterAll(() => service.close());

/** Hands the demonstration in and has it marked by a worker of its own; all that was kept of it, byte for byte. */
async function marked(who: 'student' | 'rival', concurrency: number): Promise<string> {
  const handed = await (await service.as(who)).hand(EXAM, await demonstrationAnswers());
  const { submission } = z.object({ submission: z.uuid() }).parse(handed.json);
  const worker = await startWorker({
    databaseUrl: service.database.databaseUrl,
    concurrency,
    device: { only: 'wasm' },
    logLevel: 'silent',
  });
  try {
    for (;;) {
      const [row] = await service.database.query('SELECT state FROM submissions WHERE id = $1', [submission]);
      const state = String(row?.['state']);
      if (state === 'failed') throw new Error('marking failed');
      if (!['received', 'splitting', 'marking'].includes(state)) break;
      await setTimeout(UNTIL_MARKED_MS);
    }
  } finally {
    await worker.close();
  }
  const rows = await service.database.query(
    `SELECT a.part, r.found, r.text, r.pieces::text, r.confidence, r.reasons::text, p.outcome, p.marks::text, p.doubt::text,
            p.evidence::text
     FROM answers a JOIN answer_readings r ON r.answer_id = a.id JOIN proposed_marks p ON p.reading_id = r.id
     WHERE a.submission_id = $1 ORDER BY a.part, r.number, p.seq`,
    [submission],
  );
  return JSON.stringify(rows, null, 1);
}

describe('the same submission', () => {
  it('has-the-same-bytes-of-evidence-from-another-worker-for-another-student-and-another-time', async () => {
    const first = await marked('student', 1);
    expect(first).toContain('evidence');
    expect(await marked('rival', 3)).toBe(first);
    expect(await marked('student', 2)).toBe(first);
  }, 240_000);
});
