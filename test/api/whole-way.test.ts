import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openQueue } from '@tensormark/queue';
import { openRecords } from '@tensormark/records';
import { z } from 'zod';
import { startWorker, type RunningWorker } from '../../apps/worker/src/index.js';
import { problemIn, type Client } from './support/client.js';
import { demonstrationAnswers, demonstrationExam, startService, type Service } from './support/service.js';

const Accepted = z.object({ submission: z.uuid() });
const Submission = z.object({
  state: z.string(),
  split: z
    .object({ answers: z.array(z.object({ part: z.string() })), missing: z.array(z.string()) })
    .nullable(),
});
const Queue = z.array(
  z.object({
    answer: z.uuid(),
    part: z.string(),
    outcome: z.string(),
    proposed: z.string().nullable(),
    available: z.string(),
    doubt: z.number(),
  }),
);
const Mark = z.object({ id: z.uuid(), marks: z.string(), origin: z.string(), by: z.string() });
const Report = z.object({
  state: z.string(),
  total: z.object({ marks: z.string(), available: z.string(), complete: z.boolean() }),
  parts: z.array(
    z.object({
      key: z.string(),
      state: z.string(),
      marks: z.string().nullable(),
      text: z.string(),
      reason: z.string().nullable(),
      evidence: z.array(z.looseObject({ kind: z.string() })),
      derivation: z.unknown(),
    }),
  ),
});

let service: Service;
let worker: RunningWorker;
let student: Client;
let marker: Client;
let examiner: Client;
let answers: string;
beforeAll(async () => {
  service = await startService();
  worker = await startWorker({
    databaseUrl: service.database.databaseUrl,
    concurrency: 2,
    logLevel: 'silent',
  });
  [student, marker, examiner] = await Promise.all([
    service.as('student'),
    service.as('marker'),
    service.as('examiner'),
  ]);
  answers = await demonstrationAnswers();
  const put = await examiner.put('/api/v1/exams/demonstration', { yaml: await demonstrationExam() });
  if (put.status !== 201) throw new Error(`the exam was not taken: ${put.text}`);
});
afterAll(async () => {
  await worker.close();
  await service.close();
});

async function handIn(client: Client, text: string): Promise<string> {
  const answer = await client.hand('demonstration', text);
  expect(answer.status).toBe(202);
  return Accepted.parse(answer.json).submission;
}

async function settled(client: Client, submission: string) {
  for (let tries = 0; tries < 2000; tries += 1) {
    const view = Submission.parse((await client.get(`/api/v1/submissions/${submission}`)).json);
    if (view.state !== 'received' && view.state !== 'working') return view;
    await setTimeout(50);
  }
  throw new Error('the submission was never settled');
}

const queue = async (query = '') =>
  Queue.parse((await marker.get(`/api/v1/exams/demonstration/marking-queue${query}`)).json);

/** What the student is shown for a part. */
async function marksSeen(submission: string, part: string): Promise<string | null | undefined> {
  const report = await student.get(`/api/v1/submissions/${submission}/report`);
  return Report.parse(report.json).parts.find(({ key }) => key === part)?.marks;
}

const decide = (client: Client, answer: string, json: Record<string, unknown>) =>
  client.post(`/api/v1/answers/${answer}/marks`, { json: { expectedCurrent: null, ...json } });

describe('the way of one paper', () => {
  let submission: string;

  it('is-split-and-proposed', async () => {
    submission = await handIn(student, answers);
    const { state, split } = await settled(student, submission);
    expect(state).toBe('ready');
    expect(split?.missing).toEqual([]);
    const waiting = await queue();
    expect(waiting).toHaveLength(split?.answers.length ?? -1);
    const doubts = waiting.filter(({ outcome }) => outcome === 'proposed').map(({ doubt }) => doubt);
    expect(doubts).toEqual(doubts.toSorted((a, b) => b - a));
    expect(waiting.find(({ part }) => part === '2')).toMatchObject({
      outcome: 'proposed',
      proposed: '8',
      available: '8',
    });
  });

  it('students-see-nothing-of-it-before-release', async () => {
    const report = await student.get(`/api/v1/submissions/${submission}/report`);
    expect(problemIn(report).type).toBe('urn:tensormark:problem:not-released');
    const seen = await student.get(`/api/v1/submissions/${submission}`);
    for (const word of ['proposed', 'evidence', 'marks', 'rubric'])
      expect(seen.text).not.toContain(`"${word}"`);
  });

  it('release-before-marking-holds-it-back', async () => {
    const release = await examiner.post('/api/v1/exams/demonstration/release', { json: {} });
    expect(release.json).toEqual({
      released: [],
      held: [{ submission, reason: 'not-all-marked', why: 'Not every part has been marked by a person.' }],
    });
  });

  it('one-marker-confirms-and-another-who-saw-nothing-gets-both-sides', async () => {
    const [numeric] = (await queue('?part=2')).filter(({ part }) => part === '2');
    if (numeric === undefined) throw new Error('the numeric part is not in the queue');
    const view = z
      .object({
        proposalId: z.uuid(),
        proposal: z.object({ items: z.array(z.unknown()) }),
        part: z.object({ rubric: z.array(z.unknown()) }),
      })
      .parse((await marker.get(`/api/v1/answers/${numeric.answer}`)).json);
    expect(view.proposal.items).toHaveLength(view.part.rubric.length);
    const stale = await decide(marker, numeric.answer, {
      action: 'confirm',
      proposal: '00000000-0000-4000-8000-000000000000',
    });
    expect(problemIn(stale).type).toContain('proposal-conflict');

    const silent = await decide(marker, numeric.answer, { action: 'change', marks: '3' });
    expect(problemIn(silent).detail).toContain('Say why');

    const confirmed = await decide(marker, numeric.answer, { action: 'confirm', proposal: view.proposalId });
    expect(confirmed.status).toBe(201);
    expect(Mark.parse(confirmed.json)).toMatchObject({ marks: '8', origin: 'confirmed', by: 'Cleo Marker' });

    const colleague = await service.as('colleague');
    const late = await decide(colleague, numeric.answer, {
      action: 'change',
      marks: '3',
      reason: 'I see it otherwise',
    });
    expect(late.status).toBe(409);
    expect(problemIn(late)).toMatchObject({
      type: 'urn:tensormark:problem:mark-conflict',
      current: { marks: '8', by: 'Cleo Marker' },
      yours: { marks: '3' },
    });
    const current = Mark.parse(confirmed.json).id;
    const onTop = await decide(colleague, numeric.answer, {
      action: 'change',
      marks: '7.5',
      reason: 'The working skips a step',
      expectedCurrent: current,
    });
    expect(Mark.parse(onTop.json)).toMatchObject({ marks: '7.5', origin: 'changed' });
    const history = z
      .object({ history: z.array(Mark) })
      .parse((await marker.get(`/api/v1/answers/${numeric.answer}`)).json);
    expect(history.history.map(({ marks }) => marks)).toEqual(['7.5', '8']);
  });

  describe('by-if-match', () => {
    const decideOn = (client: Client, answer: string, tag: string | null, json: Record<string, unknown>) =>
      client.post(`/api/v1/answers/${answer}/marks`, {
        json: { action: 'change', reason: 'So it is.', ...json },
        ...(tag !== null && { headers: { 'if-match': tag } }),
      });
    const tagFor = async (client: Client, answer: string) =>
      (await client.get(`/api/v1/answers/${answer}`)).headers.get('etag') ?? '';

    it('of-two-at-once-one-is-first-and-the-other-gets-both-sides-and-the-tag-to-go-on-from', async () => {
      const [open] = await queue('?part=1.a');
      if (open === undefined) throw new Error('nothing waits');
      const colleague = await service.as('colleague');
      const tag = await tagFor(marker, open.answer);
      expect(tag).toMatch(/^"[\w-]{22}"$/);
      expect(await tagFor(colleague, open.answer)).toBe(tag);
      const both = await Promise.all([
        decideOn(marker, open.answer, tag, { marks: '1' }),
        decideOn(colleague, open.answer, tag, { marks: '1.5' }),
      ]);
      const [first, second] = both.toSorted((one, other) => one.status - other.status);
      expect([first?.status, second?.status]).toEqual([201, 412]);
      if (first === undefined || second === undefined) throw new Error('two were asked for');
      const [stands, refused] = first === both[0] ? ['1', '1.5'] : ['1.5', '1'];
      expect(problemIn(second)).toMatchObject({
        type: 'urn:tensormark:problem:mark-conflict',
        current: { id: Mark.parse(first.json).id, marks: stands },
        yours: { marks: refused },
      });

      const now = await tagFor(marker, open.answer);
      expect(now).not.toBe(tag);
      expect(second.headers.get('etag')).toBe(now);
      const weak = await decideOn(colleague, open.answer, `"another", W/${now}`, { marks: '2' });
      expect(Mark.parse(weak.json)).toMatchObject({ marks: '2' });
      expect((await decideOn(marker, open.answer, now, { marks: '0' })).status).toBe(412);
    });

    it.each([
      ['nothing-said', null, {}, 428],
      ['whatever-stands', '*', {}, 400],
      ['no-tag', 'latest', {}, 400],
      ['another-tag', '"AAAAAAAAAAAAAAAAAAAAAA"', {}, 412],
      ['another-tag-though-the-mark-is-right', '"AAAAAAAAAAAAAAAAAAAAAA"', { expectedCurrent: null }, 412],
    ])('%s-sets-no-mark', async (_name, tag, json, status) => {
      const [waiting] = await queue();
      if (waiting === undefined) throw new Error('nothing waits');
      const before = await tagFor(marker, waiting.answer);
      const refused = await decideOn(marker, waiting.answer, tag, { marks: '0', ...json });
      expect(problemIn(refused).status).toBe(status);
      expect(await tagFor(marker, waiting.answer)).toBe(before);
    });

    it('a-right-tag-beside-a-mark-that-never-stood-sets-no-mark', async () => {
      const [open] = await queue();
      if (open === undefined) throw new Error('nothing waits');
      const wrong = { marks: '0', expectedCurrent: '00000000-0000-4000-8000-000000000000' };
      const refused = await decideOn(marker, open.answer, await tagFor(marker, open.answer), wrong);
      expect(problemIn(refused)).toMatchObject({ status: 412, current: null, yours: { marks: '0' } });
    });
  });

  it.each([
    ['beyond-the-part', { action: 'change', marks: '99', reason: 'generous' }],
    ['negative', { action: 'change', marks: '-1', reason: 'stern' }],
    ['no-number', { action: 'change', marks: 'NaN', reason: 'odd' }],
    ['no-action', { marks: '1' }],
  ])('mark-%s-is-422', async (_name, json) => {
    const [open] = await queue();
    if (open === undefined) throw new Error('nothing waits');
    const answer = await decide(marker, open.answer, json);
    problemIn(answer);
    expect(answer.status).toBe(422);
  });

  it('every-part-marked-and-released-is-what-the-student-sees', async () => {
    for (const { answer, outcome } of await queue()) {
      const decided = await decide(
        marker,
        answer,
        outcome === 'proposed' || outcome === 'absent'
          ? { action: 'confirm' }
          : { action: 'change', marks: '1.5', reason: 'Names one of three' },
      );
      expect([decided.status, decided.text]).toEqual([201, expect.anything()]);
    }
    expect(await queue()).toEqual([]);
    expect((await queue('?state=marked')).length).toBeGreaterThan(5);
    expect((await queue('?state=all&limit=2&offset=1')).length).toBe(2);

    const unseen = await student.get(`/api/v1/submissions/${submission}/report`);
    expect(unseen.status).toBe(409);
    const release = await examiner.post('/api/v1/exams/demonstration/release', {
      json: { submissions: [submission] },
    });
    expect(release.json).toEqual({ released: [submission], held: [] });

    const report = Report.parse((await student.get(`/api/v1/submissions/${submission}/report`)).json);
    expect(report.state).toBe('released');
    expect(report.total.complete).toBe(true);
    const part2 = report.parts.find(({ key }) => key === '2');
    expect(part2).toMatchObject({ state: 'marked', marks: '7.5', reason: 'The working skips a step' });
    // Another mark than was proposed keeps what holds all the same: the equations, and the model derivation.
    expect(new Set(part2?.evidence.map(({ kind }) => kind))).toEqual(new Set(['equation']));
    expect(part2?.derivation).not.toBeNull();
    const sum = report.parts.reduce((total, { marks }) => total + Number(marks), 0);
    expect(Number(report.total.marks)).toBe(sum);
  });

  it('change-after-release-is-not-seen-until-the-next-release', async () => {
    const [numeric] = (await queue('?state=marked&part=2')).filter(({ part }) => part === '2');
    if (numeric === undefined) throw new Error('the numeric part is not marked');
    const { current } = z
      .object({ current: Mark })
      .parse((await marker.get(`/api/v1/answers/${numeric.answer}`)).json);
    const changed = await decide(examiner, numeric.answer, {
      action: 'change',
      marks: '8',
      reason: 'The step is there',
      expectedCurrent: current.id,
    });
    expect(changed.status).toBe(201);
    expect(await marksSeen(submission, '2')).toBe('7.5');
    await examiner.post('/api/v1/exams/demonstration/release', { json: {} });
    expect(await marksSeen(submission, '2')).toBe('8');
  });

  it('grade-report-as-json-and-csv-says-the-same', async () => {
    const json = z
      .object({
        rows: z.array(
          z.object({
            student: z.object({ name: z.string() }),
            total: z.string().nullable(),
            parts: z.array(z.object({ key: z.string(), marks: z.string().nullable() })),
          }),
        ),
      })
      .parse((await examiner.get('/api/v1/exams/demonstration/grade-report')).json);
    const csv = await examiner.get('/api/v1/exams/demonstration/grade-report?format=csv');
    expect(csv.headers.get('content-type')).toContain('text/csv');
    const [heading = '', ...lines] = csv.text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(json.rows.flatMap(({ parts }) => parts).length);
    // Scripts get it as ever; asked for, it begins with the mark by which Excel knows its letters, and no gradebook does.
    const marked = async (query: string) => {
      const report = `${examiner.url}/api/v1/exams/demonstration/grade-report?${query}`;
      const bytes = await (await fetch(report, { headers: examiner.credentials })).arrayBuffer();
      return Buffer.from(bytes).subarray(0, 3).toString('hex') === 'efbbbf';
    };
    expect(await marked('format=csv&bom=true')).toBe(true);
    for (const query of ['format=csv', 'format=moodle&bom=true']) expect(await marked(query)).toBe(false);
    const column = (line: string, name: string) => line.split(',')[heading.split(',').indexOf(name)];
    const ada = json.rows.find(({ student: { name } }) => name === 'Ada Student');
    for (const { key, marks } of ada?.parts ?? []) {
      const line = lines.find((each) => column(each, 'part') === key && each.includes('Ada Student'));
      expect(column(line ?? '', 'marks')).toBe(marks ?? '');
    }
    expect(column(lines[0] ?? '', 'paper_total')).toBe(ada?.total ?? '');
  });

  it('every-look-and-every-decision-is-in-the-audit-trail', async () => {
    const rows = await service.database.query('SELECT DISTINCT action FROM audit_entries');
    const actions = rows.map(({ action }) => action);
    for (const action of [
      'submission-received',
      'script-viewed',
      'mark-set',
      'marks-released',
      'grades-exported',
      'signed-in',
    ]) {
      expect(actions).toContain(action);
    }
  });
});

describe('other papers', () => {
  it('missing-part-is-absent-and-wrong-total-is-no-zero', async () => {
    const rival = await service.as('rival');
    const lacking = answers.replace(/Question 5[^]*$/, '').replaceAll('385536', '400000');
    const submission = await handIn(rival, lacking);
    await settled(rival, submission);
    const report = Report.parse((await marker.get(`/api/v1/submissions/${submission}/report`)).json);
    expect(report.parts.find(({ key }) => key === '5')).toMatchObject({ state: 'absent', marks: null });
    expect(report.parts.find(({ key }) => key === '2')?.state).not.toBe('absent');
    const [numeric] = await queue('?part=2');
    const { proposal } = z
      .object({
        proposal: z.object({
          items: z.array(z.object({ outcome: z.string(), proposed: z.string().nullable() })),
        }),
      })
      .parse((await marker.get(`/api/v1/answers/${numeric?.answer}`)).json);
    const met = proposal.items.filter(({ outcome }) => outcome === 'met');
    expect(met).toHaveLength(proposal.items.length - 1);
    // Either a person is asked, or what is right has its marks all the same.
    expect(numeric?.proposed === null || Number(numeric?.proposed) >= met.length).toBe(true);
  });

  it('same-paper-again-has-the-same-evidence-byte-for-byte', async () => {
    const evidence = async (submission: string) =>
      (
        await service.database.query(
          `SELECT a.part, p.evidence::text AS evidence FROM proposed_marks p JOIN answers a ON a.id = p.answer_id
           WHERE a.submission_id = $1 ORDER BY a.part`,
          [submission],
        )
      ).map(({ part, evidence }) => [part, evidence]);
    const [mine, theirs] = await Promise.all([
      handIn(student, answers),
      handIn(await service.as('rival'), answers),
    ]);
    for (const submission of [mine, theirs]) await settled(examiner, submission);
    expect(await evidence(theirs)).toEqual(await evidence(mine));
  });

  it('ordered-again-and-again-is-proposed-once', async () => {
    const submission = await handIn(student, answers);
    await settled(student, submission);
    const count = async () =>
      (
        await service.database.query(
          'SELECT count(*)::int AS count FROM proposed_marks p JOIN answers a ON a.id = p.answer_id WHERE a.submission_id = $1',
          [submission],
        )
      )[0]?.['count'];
    const before = await count();
    const { databaseUrl } = service.database;
    const records = openRecords({ databaseUrl });
    const jobs = await openQueue({ databaseUrl });
    const atWork = async () => {
      const { failed: _failed, ...under } = await jobs.counts();
      return Object.values(under).some((count) => count > 0);
    };
    try {
      for (let times = 0; times < 3; times += 1) {
        await records.outbox.order(submission);
        while ((await records.outbox.waiting()) > 0 || (await atWork())) await setTimeout(50);
        await settled(student, submission);
      }
      expect(await count()).toBe(before);
    } finally {
      await jobs.close();
      await records.close();
    }
  });
});
