import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startWorker, type RunningWorker } from '../../apps/worker/src/index.js';
import { problemIn, type Client } from './support/client.js';
import { demonstrationAnswers, demonstrationExam, startService, type Service } from './support/service.js';

const EXAM = '/api/v1/exams/demonstration';
const Span = z.object({ start: z.int(), end: z.int() });
const Split = z.object({
  answers: z.array(z.object({ part: z.string(), pieces: z.array(Span) })),
  missing: z.array(z.string()),
  document: z.string(),
  confirmed: z.object({ number: z.int(), by: z.string(), changed: z.array(z.string()) }).nullable(),
  yours: z.boolean(),
  until: z.string().nullable(),
});
const View = z.object({ state: z.string(), split: Split.nullable() });
const Queue = z.array(z.object({ answer: z.string(), part: z.string(), outcome: z.string() }));

let service: Service;
let worker: RunningWorker;
let student: Client;
let marker: Client;
let now = new Date('2026-03-05T12:00:00Z');
beforeAll(async () => {
  service = await startService({ clock: { now: () => now } });
  worker = await startWorker({
    databaseUrl: service.database.databaseUrl,
    concurrency: 2,
    logLevel: 'silent',
  });
  [student, marker] = [await service.as('student'), await service.as('marker')];
  const examiner = await service.as('examiner');
  await examiner.put(EXAM, { yaml: await demonstrationExam() });
  await examiner.put(`${EXAM}/schedule`, {
    json: {
      opens: null,
      deadline: '2026-03-09T12:00:00Z',
      graceSeconds: 0,
      late: { kind: 'marked-late' },
      counts: 'last',
    },
  });
});
afterAll(async () => {
  await worker.close();
  await service.close();
});

async function settled(id: string): Promise<z.infer<typeof Split>> {
  for (let tries = 0; tries < 2000; tries += 1) {
    const { state, split } = View.parse((await student.get(`/api/v1/submissions/${id}`)).json);
    if (state !== 'received' && state !== 'working' && split !== null) {
      expect(state).toBe('ready');
      return split;
    }
    await setTimeout(50);
  }
  throw new Error('the submission was never settled');
}

async function handIn(document: string): Promise<string> {
  const handed = await student.hand('demonstration', document);
  return z.object({ submission: z.uuid() }).parse(handed.json).submission;
}

const say = (who: Client, id: string, split: z.infer<typeof Split>, pieces = piecesOf(split)) =>
  who.put(`/api/v1/submissions/${id}/split`, {
    json: { document: split.document, after: split.confirmed?.number ?? 0, pieces },
  });

type Piece = { part: string; start: number; end: number };
function piecesOf({ answers }: z.infer<typeof Split>): Piece[] {
  return answers
    .flatMap(({ part, pieces }) => pieces.map((piece) => ({ part, ...piece })))
    .toSorted((one, other) => one.start - other.start);
}

describe('how a document is cut', () => {
  it('a-student-names-the-part-of-a-lost-answer-before-the-deadline-and-it-is-marked', async () => {
    const id = await handIn((await demonstrationAnswers()).replace(/^Question 2\b.*$/m, 'My second one'));
    const split = await settled(id);
    expect(split.missing).toContain('2');
    expect(split).toMatchObject({ yours: true, confirmed: null, until: '2026-03-09T12:00:00.000Z' });
    const { text } = await student.get(`/api/v1/submissions/${id}/document`);
    const at = text.indexOf('My second one');
    const pieces = piecesOf(split).flatMap((piece): Piece[] => {
      if (piece.end <= at || piece.start > at) return [piece];
      return [
        { ...piece, end: at },
        { part: '2', start: at + 'My second one'.length, end: piece.end },
      ];
    });
    const said = await say(student, id, split, pieces);
    expect(said.status).toBe(200);
    const after = await settled(id);
    expect(after.missing).not.toContain('2');
    expect(after.confirmed).toMatchObject({ number: 1, by: 'student' });
    expect(after.confirmed?.changed).toContain('2');
    const waiting = Queue.parse((await marker.get(`${EXAM}/marking-queue?part=2`)).json);
    expect(waiting).toEqual([expect.objectContaining({ part: '2', outcome: 'proposed' })]);

    // The same again is heard and changes nothing; on top of what is no longer the last word, nothing is.
    const again = await say(student, id, after);
    expect(View.parse(again.json).split?.confirmed).toMatchObject({ number: 2, changed: [] });
    expect(problemIn(await say(student, id, split)).type).toBe('urn:tensormark:problem:split-conflict');
    const marking = await say(marker, id, after);
    expect(problemIn(marking).status).toBe(403);
  });

  it.each([
    [
      'overlapping',
      [
        { part: '2', start: 0, end: 9 },
        { part: '5', start: 8, end: 12 },
      ],
    ],
    [
      'out-of-order',
      [
        { part: '2', start: 20, end: 29 },
        { part: '5', start: 8, end: 12 },
      ],
    ],
    ['empty', [{ part: '2', start: 20, end: 20 }]],
    ['beyond-the-end', [{ part: '2', start: 0, end: 10_000_000 }]],
    ['of-no-part', [{ part: '99', start: 0, end: 9 }]],
  ])('pieces-%s-are-422', async (_name, pieces) => {
    const id = await handIn(await demonstrationAnswers());
    expect(problemIn(await say(student, id, await settled(id), pieces)).status).toBe(422);
  });

  it('after-the-deadline-a-marker-moves-a-cut-and-what-was-marked-is-flagged', async () => {
    const id = await handIn(await demonstrationAnswers());
    const split = await settled(id);
    now = new Date('2026-03-09T12:00:01Z');
    expect(problemIn(await say(student, id, split)).status).toBe(403);
    const queue = Queue.parse((await marker.get(`${EXAM}/marking-queue`)).json);
    const answer = queue.find(({ part }) => part === '2')?.answer ?? '';
    await marker.post(`/api/v1/answers/${answer}/marks`, {
      json: { action: 'confirm', expectedCurrent: null },
    });

    const seen = View.parse((await marker.get(`/api/v1/submissions/${id}`)).json).split;
    if (seen === null) throw new Error('it was not split');
    expect(seen).toMatchObject({ yours: true, until: null });
    const pieces = piecesOf(seen).map((piece) =>
      piece.part === '2' ? { ...piece, end: piece.start + Math.floor((piece.end - piece.start) / 2) } : piece,
    );
    expect((await say(marker, id, seen, pieces)).status).toBe(200);
    expect((await settled(id)).confirmed).toMatchObject({ by: 'marker', changed: ['2'] });
    const view = (await marker.get(`/api/v1/answers/${answer}`)).json;
    expect(view).toMatchObject({
      submission: id,
      changedSinceMarked: true,
      current: { origin: 'confirmed' },
    });
    const waiting = Queue.parse((await marker.get(`${EXAM}/marking-queue?part=2`)).json);
    expect(waiting.map((each) => each.answer)).toContain(answer);
    const trail = await service.database.query(
      "SELECT actor_id FROM audit_entries WHERE action = 'split-confirmed'",
    );
    expect(trail.length).toBeGreaterThanOrEqual(3);
  });
});
