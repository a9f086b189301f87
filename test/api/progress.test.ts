import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startWorker, type RunningWorker } from '../../apps/worker/src/index.js';
import { pdf, put } from '../../libs/documents/test/writing/pdf.js';
import { problemIn, type Client } from './support/client.js';
import {
  demonstrationAnswers,
  demonstrationExam,
  emailOf,
  PASSWORD,
  startService,
  type Service,
} from './support/service.js';

const Event = z.object({ step: z.string(), marked: z.int(), parts: z.int() });

let service: Service;
let student: Client;
let worker: RunningWorker | undefined;
beforeAll(async () => {
  service = await startService({ limits: { watchedAgainMs: 50 } });
  student = await service.as('student');
  await (
    await service.as('examiner')
  ).put('/api/v1/exams/demonstration', { yaml: await demonstrationExam() });
});
afterAll(async () => {
  await worker?.close();
  await service.close();
});

async function handIn(content: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const handed = await student.hand('demonstration', content);
  return z.object({ submission: z.uuid() }).parse(handed.json).submission;
}

const eventsIn = (text: string) =>
  [...text.matchAll(/^event: progress\ndata: (.*)$/gm)].map(([, data]) =>
    Event.parse(JSON.parse(data ?? '')),
  );

/** What comes of a submission's progress until it ends. */
async function watch(who: Client, id: string): Promise<ReadableStreamDefaultReader<string>> {
  const { headers, body } = await fetch(`${who.url}/api/v1/submissions/${id}/progress`, {
    headers: who.credentials,
  });
  expect(headers.get('content-type')).toBe('text/event-stream');
  return (body ?? new ReadableStream<Uint8Array>()).pipeThrough(new TextDecoderStream()).getReader();
}

async function rest(telling: ReadableStreamDefaultReader<string>): Promise<string> {
  const told: string[] = [];
  for (let more = await telling.read(); !more.done; more = await telling.read()) told.push(more.value);
  return told.join('');
}

describe('progress of a submission', () => {
  it('is-cut-once-whoever-watches-has-signed-out-or-may-no-more', async () => {
    const leaving = await service.anonymous.signIn(emailOf('student'), PASSWORD);
    const id = await handIn('Question 1: x');
    const examiner = await service.as('examiner');
    const marker = await service.as('marker');
    const mine = await watch(leaving, id);
    const theirs = await watch(marker, id);
    await leaving.post('/api/auth/sign-out');
    const said = new Set(eventsIn(await rest(mine)).map(({ step }) => step));
    expect([...said]).toEqual(['received']);
    // Still open where nothing has changed.
    expect((await theirs.read()).done).toBe(false);
    await examiner.post('/api/v1/exams/demonstration/team', {
      json: { email: emailOf('colleague'), role: 'marker' },
    });
    await rest(theirs);
    expect((await examiner.delete('/api/v1/exams/demonstration/team')).status).toBe(200);
  });

  it('is-told-as-it-happens-and-ends-with-the-work', async () => {
    const id = await handIn(await demonstrationAnswers());
    // The first is told before anything has begun.
    const telling = await watch(student, id);
    const first = (await telling.read()).value ?? '';
    worker = await startWorker({
      databaseUrl: service.database.databaseUrl,
      concurrency: 1,
      logLevel: 'silent',
    });
    const events = eventsIn(first + (await rest(telling)));
    expect(events[0]).toEqual({ step: 'received', marked: 0, parts: 7 });
    expect(events.at(-1)).toEqual({ step: 'done', marked: 7, parts: 7 });
    const order = ['received', 'reading', 'split', 'marking', 'done'];
    const steps = events.map(({ step }) => order.indexOf(step));
    expect(steps).toEqual(steps.toSorted((one, other) => one - other));
    const later = await student.get(`/api/v1/submissions/${id}/progress`);
    expect(eventsIn(later.text)).toEqual([events.at(-1)]);
  });

  it('of-what-is-not-there-is-404', async () => {
    const answer = await student.get('/api/v1/submissions/00000000-0000-4000-8000-000000000000/progress');
    expect(problemIn(answer).status).toBe(404);
  });
});

describe('the file as it was uploaded', () => {
  it('pdf-is-shown-inert-and-under-no-name-to-a-marker', async () => {
    const bytes = new Uint8Array(pdf([put(72, 700, 'Question 1: x')]));
    const id = await handIn(bytes);
    const marker = await service.as('marker');
    const response = await fetch(`${service.api.url}/api/v1/submissions/${id}/original`, {
      headers: marker.credentials,
    });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': expect.stringMatching(/^inline; filename="C-[0-9A-Z]{4}-[0-9A-Z]{4}\.pdf"$/),
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
    });
  });

  it('text-that-may-hold-markup-is-saved-and-never-shown', async () => {
    const id = await handIn('Question 1: <script>alert(1)</script>');
    const answer = await student.get(`/api/v1/submissions/${id}/original`);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="TM-[\w-]+\.txt"$/);
    expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
  });
});
