import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { freePort } from '../database/free-port.mjs';
import { Client } from './support/client.js';
import { run, untilReady, type Running } from './support/process.js';
import {
  demonstrationAnswers,
  demonstrationExam,
  emailOf,
  PASSWORD,
  startService,
  type Service,
} from './support/service.js';

// Processes start, are killed, and others take their work over.
jest.setTimeout(300_000);

const SECRET = 'a secret for tests alone, of sufficient length';
const PAPERS = 6;
const Accepted = z.object({ submission: z.uuid(), receipt: z.object({ sha256: z.string() }) });

let service: Service;
let answers: string;
const started: Running[] = [];
beforeAll(async () => {
  service = await startService();
  answers = await demonstrationAnswers();
  await (
    await service.as('examiner')
  ).put('/api/v1/exams/demonstration', { yaml: await demonstrationExam() });
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.kill()));
  await service.close();
});

function start(file: string, environment: Record<string, string> = {}): Running {
  const running = run(file, {
    DATABASE_URL: service.database.databaseUrl,
    TENSORMARK_SECRET: SECRET,
    TENSORMARK_LOG: 'error',
    ...environment,
  });
  started.push(running);
  return running;
}

describe('kill -9', () => {
  it('of-the-api-loses-no-receipt', async () => {
    const port = await freePort();
    const api = start('apps/api/src/main.js', { PORT: String(port) });
    const url = `http://127.0.0.1:${port}`;
    await untilReady(url, api);
    const student = await new Client(url).signIn(emailOf('student'), PASSWORD);
    const receipts: string[] = [];
    const uploads = Array.from({ length: 20 }, async (_, at) => {
      await setTimeout(at * 10);
      const answer = await student.hand('demonstration', `${answers}\n${at}`);
      if (answer.status === 202) receipts.push(Accepted.parse(answer.json).submission);
    });
    const outcomes = Promise.allSettled(uploads);
    while (receipts.length < 5) await setTimeout(5);
    await api.kill();
    await outcomes;
    expect(receipts.length).toBeGreaterThanOrEqual(5);
    const stored = await service.database.query('SELECT submission_id FROM submission_files');
    const ids = stored.map((row) => row['submission_id']);
    for (const receipt of receipts) expect(ids).toContain(receipt);
    const orders = await service.database.query('SELECT submission_id FROM outbox_jobs');
    for (const receipt of receipts) expect(orders.map((row) => row['submission_id'])).toContain(receipt);
  });

  it('of-a-worker-in-the-middle-loses-nothing-and-marks-nothing-twice', async () => {
    const rival = await service.as('rival');
    const first = start('apps/worker/src/main.js', { TENSORMARK_CONCURRENCY: '2' });
    const accepted = await Promise.all(
      Array.from({ length: PAPERS }, (_, at) => rival.hand('demonstration', `${answers}\n${at}`)),
    );
    expect(
      accepted.map(({ status, text }) => (status === 202 ? '' : text)).filter((text) => text !== ''),
    ).toEqual([]);
    const submissions = accepted.map(({ json }) => Accepted.parse(json).submission);
    const proposals = async () =>
      Number(
        (await service.database.query('SELECT count(*)::int AS count FROM proposed_marks'))[0]?.['count'],
      );
    while ((await proposals()) < 5) await setTimeout(20);
    await first.kill();
    const second = start('apps/worker/src/main.js', { TENSORMARK_CONCURRENCY: '2' });
    const unsettled = async () =>
      service.database.query(
        "SELECT id FROM submissions WHERE state NOT IN ('ready', 'needs-person', 'failed')",
      );
    while ((await unsettled()).length > 0) await setTimeout(200);
    const rows = await service.database.query(
      `SELECT s.id, s.state, count(DISTINCT a.id)::int AS answers, count(p.id)::int AS proposals
       FROM submissions s JOIN answers a ON a.submission_id = s.id LEFT JOIN proposed_marks p ON p.answer_id = a.id
       WHERE s.id = ANY($1) GROUP BY s.id`,
      [submissions],
    );
    expect(rows).toHaveLength(PAPERS);
    for (const { state, answers: parts, proposals: proposed } of rows) {
      expect(['ready', 'needs-person']).toContain(state);
      expect(proposed).toBe(parts);
    }
    expect(await second.stop()).toBe(0);
  });
});

describe('settings that cannot be used', () => {
  it.each(['apps/api/src/main.js', 'apps/worker/src/main.js'])('%s-says-which', async (file) => {
    const running = start(file, { DATABASE_URL: 'mysql://nowhere', TENSORMARK_SECRET: '' });
    while (running.child.exitCode === null) await setTimeout(50);
    expect(running.child.exitCode).toBe(2);
    expect(running.said()).toContain('DATABASE_URL: expected a Postgres address');
  });
});
