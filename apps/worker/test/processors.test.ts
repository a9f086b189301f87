import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ReadResult } from '@tensormark/documents';
import { ENGINE_VERSION, ProposedMark } from '@tensormark/marking';
import type { PartWork, Processors, RunContext, SubmissionWork } from '@tensormark/queue';
import { openRecords, type Records } from '@tensormark/records';
import { createTestDatabase, type TestDatabase } from '../../../test/database/test-database.js';
import { openLog } from '../src/log.js';
import { ExamSources } from '../src/processors/exam-sources.js';
import { processors } from '../src/processors/processors.js';
import { OutOfBounds, ThreadLost } from '@tensormark/threads';
import type { ResultOf, SplitOutcome, Task } from '../src/threads/task.js';

const RUN: RunContext = { attempt: 1, maxAttempts: 3, signal: new AbortController().signal };
const SECOND: RunContext = { ...RUN, attempt: 2 };
const PARTS = ['1', '2.a', '2.b'] as const;

let database: TestDatabase;
let records: Records;
let examId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  records = openRecords({ databaseUrl: database.databaseUrl });
  for (const role of ['student', 'examiner']) {
    await database.query(
      'INSERT INTO users (id, name, email, role, email_verified) VALUES ($1, $1, $1, $1, true)',
      [role],
    );
  }
  const { exam } = await records.exams.put({
    slug: 'exam',
    title: 'Exam',
    source: 'as the threads of this test never read it',
    definition: {},
    parts: PARTS.map((part) => ({ part, kind: 'essay', title: '', maximum: '5' })),
    by: 'examiner',
  });
  examId = exam.id;
});
afterAll(async () => {
  await records.close();
  await database.drop();
});

/** Threads that answer as the test says, and count what they were asked. */
class Threads {
  asked: Task[] = [];
  split: () => SplitOutcome = () => ({
    kind: 'answers',
    run: [],
    answers: [found('1', 'First.'), found('2.a', 'Second.'), { ...found('2.b', ''), found: false }],
  });
  mark: (text: string | null) => ProposedMark = (text) => proposal(text);

  async run<Asked extends Task>(task: Asked): Promise<ResultOf<Asked>> {
    this.asked.push(task);
    return this.answer(task) as ResultOf<Asked>;
  }

  private answer(task: Task): ResultOf<Task> {
    switch (task.kind) {
      case 'split':
        return this.split();
      case 'mark':
        return this.mark(task.text);
      default:
        throw new Error(`nothing here is run, so nobody asks for ${task.kind}`);
    }
  }
}

const found = (part: string, text: string) => ({
  part,
  found: true,
  text,
  pieces: [{ start: 0, end: text.length }],
  confidence: 0.9,
  reasons: ['as it seems'],
});

function proposal(text: string | null): ProposedMark {
  return {
    part: '1',
    kind: 'essay',
    outcome: text === null ? 'absent' : 'proposed',
    marks: text === null ? null : '2.5',
    available: '5',
    doubt: 0.25,
    summary: 'As it seems.',
    items: [],
    evidence: [],
  };
}

let threads: Threads;
let reads: Uint8Array[];
let reading: (bytes: Uint8Array) => ReadResult;
let steps: Processors;
let work: SubmissionWork;
beforeEach(async () => {
  threads = new Threads();
  reads = [];
  reading = () => ({ kind: 'refused', reason: 'broken', message: 'Broken.' });
  steps = processors({
    records,
    pool: threads,
    log: openLog('silent'),
    read: async (bytes) => {
      reads.push(bytes);
      return reading(bytes);
    },
    runner: {
      run: async () => ({ kind: 'fault', fault: 'no-device', message: 'there is none here' }),
      device: async () => ({ kind: 'none', passedOver: [] }),
      close: () => undefined,
    },
    secondsPerRun: 1,
    exams: new ExamSources(records),
  });
  const { submission } = await records.submissions.receive({
    examId,
    studentId: 'student',
    fileName: 'a.md',
    mediaType: 'text/plain',
    bytes: Buffer.from('First. Second.'),
  });
  const { schemeHash } = await records.exams.version(submission.examVersionId);
  work = {
    submissionId: submission.id,
    examVersionId: submission.examVersionId,
    engineVersion: ENGINE_VERSION,
    schemeHash,
  };
});

async function splitIntoParts(run = RUN): Promise<PartWork[]> {
  return (await steps.split(work, run)).map((part) => ({ ...work, ...part }));
}

async function wholeWay(): Promise<void> {
  for (const part of await splitIntoParts()) await steps.markPart(part, RUN);
  await steps.finish(work, RUN);
}

const proposals = async () => {
  const items = await records.markingQueue.ofSubmission(work.submissionId);
  return items.map(({ answer, proposed }) => [answer.part, proposed?.outcome, proposed?.marks]);
};

const proposalRows = () => database.query('SELECT id, answer_id, created_at FROM proposed_marks ORDER BY id');

const state = async () => (await records.submissions.get(work.submissionId)).state;

describe('the steps of marking', () => {
  it('every-part-gets-its-proposal-and-the-submission-is-ready', async () => {
    await wholeWay();
    expect(await proposals()).toEqual([
      ['1', 'proposed', '2.5'],
      ['2.a', 'proposed', '2.5'],
      ['2.b', 'absent', null],
    ]);
    expect(await state()).toBe('ready');
  });

  it('evidence-is-kept-as-the-engine-gave-it', async () => {
    await wholeWay();
    const [first] = await records.markingQueue.ofSubmission(work.submissionId);
    expect(ProposedMark.parse(first?.proposed?.evidence)).toEqual(proposal('First.'));
    expect(first?.answer).toMatchObject({
      text: 'First.',
      pieces: [{ start: 0, end: 6 }],
      reasons: ['as it seems'],
    });
  });

  it('doing-all-of-it-again-changes-nothing', async () => {
    await wholeWay();
    const before = await proposalRows();
    await wholeWay();
    expect(await proposalRows()).toEqual(before);
    expect(await state()).toBe('ready');
    expect(threads.asked.filter(({ kind }) => kind === 'mark')).toHaveLength(3);
  });

  it('two-workers-at-the-same-part-make-one-proposal', async () => {
    const [part] = await splitIntoParts();
    if (part === undefined) throw new Error('no parts');
    await Promise.all(Array.from({ length: 5 }, () => steps.markPart(part, RUN)));
    expect(await records.proposedMarks.history(part.answerId)).toHaveLength(1);
  });

  it('killed-after-splitting-and-run-again-comes-to-the-same', async () => {
    await steps.split(work, RUN);
    expect(await state()).toBe('marking');
    await wholeWay();
    expect(await state()).toBe('ready');
    const [{ count } = { count: 0 }] = await database.query(
      'SELECT count(*)::int AS count FROM answer_readings r JOIN answers a ON a.id = r.answer_id WHERE a.submission_id = $1',
      [work.submissionId],
    );
    expect(count).toBe(3);
  });
});

describe('what goes wrong', () => {
  it('marking-out-of-bounds-is-tried-once-more-and-goes-to-a-person', async () => {
    threads.mark = () => {
      throw new OutOfBounds('took over 60 s');
    };
    const [part] = await splitIntoParts();
    if (part === undefined) throw new Error('no parts');
    await expect(steps.markPart(part, RUN)).rejects.toBeInstanceOf(OutOfBounds);
    await steps.markPart(part, SECOND);
    const proposed = await records.proposedMarks.current(part.answerId);
    expect(proposed).toMatchObject({ outcome: 'needs-person', marks: null, doubt: 1 });
    expect(ProposedMark.parse(proposed?.evidence).summary).toContain('took over 60 s');
  });

  it('splitting-out-of-bounds-sends-every-part-to-a-person', async () => {
    threads.split = () => {
      throw new OutOfBounds('took over 60 s');
    };
    await expect(steps.split(work, RUN)).rejects.toBeInstanceOf(OutOfBounds);
    for (const part of await splitIntoParts(SECOND)) await steps.markPart(part, RUN);
    await steps.finish(work, RUN);
    expect(await state()).toBe('needs-person');
    expect((await proposals()).map(([, outcome]) => outcome)).toEqual(PARTS.map(() => 'needs-person'));
  });

  it('document-that-cannot-be-split-is-never-absent', async () => {
    threads.split = () => ({ kind: 'refused', message: 'The document has too many lines.' });
    await wholeWay();
    const [first] = await records.markingQueue.ofSubmission(work.submissionId);
    expect(first?.proposed).toMatchObject({ outcome: 'needs-person', marks: null });
    expect(ProposedMark.parse(first?.proposed?.evidence).summary).toBe('The document has too many lines.');
  });

  it('fault-is-left-to-the-queue-to-try-again', async () => {
    threads.mark = () => {
      throw new ThreadLost('gone');
    };
    const [part] = await splitIntoParts();
    if (part === undefined) throw new Error('no parts');
    await expect(steps.markPart(part, { ...RUN, attempt: 3 })).rejects.toBeInstanceOf(ThreadLost);
    expect(await records.proposedMarks.current(part.answerId)).toBeNull();
  });

  it('part-that-failed-for-good-has-no-mark-and-a-later-run-makes-it-good', async () => {
    const [part, ...rest] = await splitIntoParts();
    if (part === undefined) throw new Error('no parts');
    for (const each of rest) await steps.markPart(each, RUN);
    await steps.partFailed(part, 'the database went away');
    await steps.finish(work, RUN);
    expect(await records.proposedMarks.current(part.answerId)).toMatchObject({
      outcome: 'failed',
      marks: null,
    });
    expect(await state()).toBe('failed');
    await steps.markPart(part, RUN);
    await steps.finish(work, RUN);
    expect(await state()).toBe('ready');
  });

  it('submission-that-failed-for-good-says-so-without-inner-workings', async () => {
    await steps.submissionFailed(work, 'connect ECONNREFUSED 10.0.0.7:5432');
    const { state: failed, stateReason } = await records.submissions.get(work.submissionId);
    expect(failed).toBe('failed');
    expect(stateReason).toContain('A fault of the system');
    expect(stateReason).not.toContain('10.0.0.7');
  });

  it('work-of-another-engine-version-is-done-by-this-one', async () => {
    work = { ...work, engineVersion: '0.0.1' };
    await wholeWay();
    const [first] = await records.markingQueue.ofSubmission(work.submissionId);
    expect(first?.proposed?.engineVersion).toBe(ENGINE_VERSION);
    expect(await state()).toBe('ready');
  });
});

describe('documents that are no text', () => {
  const READ: ReadResult = {
    kind: 'read',
    format: 'pdf',
    text: 'First. Second.',
    blocks: [
      {
        kind: 'prose',
        span: { start: 0, end: 6 },
        origin: { place: { kind: 'page', page: 1, box: { left: 1, top: 2, width: 3, height: 4 } } },
        doubts: [{ why: 'read-by-machine', says: 'Read by a machine.' }],
      },
    ],
    notes: [],
  };

  async function handIn(bytes: string): Promise<void> {
    const { submission } = await records.submissions.receive({
      examId,
      studentId: 'student',
      fileName: 'a.md',
      mediaType: 'application/pdf',
      bytes: Buffer.from(bytes),
    });
    work = { ...work, submissionId: submission.id };
  }

  it('text-is-never-read-apart', async () => {
    await wholeWay();
    expect(reads).toEqual([]);
    expect(threads.asked[0]).toMatchObject({ document: { kind: 'text' } });
  });

  it('is-read-once-and-kept-with-its-places', async () => {
    reading = () => READ;
    await handIn('%PDF-1.7 x');
    await wholeWay();
    reading = () => ({ ...READ, text: 'another reading' });
    await wholeWay();
    expect(reads).toHaveLength(1);
    const kept = await records.documentReadings.latest(work.submissionId);
    expect(kept).toMatchObject({
      text: READ.text,
      engineVersion: ENGINE_VERSION,
      layout: { blocks: READ.blocks },
    });
    expect(threads.asked[0]).toMatchObject({
      document: {
        kind: 'read',
        text: READ.text,
        doubts: [{ span: { start: 0, end: 6 }, says: 'Read by a machine.' }],
      },
    });
  });

  it('two-readings-at-once-go-on-with-the-first', async () => {
    await handIn('%PDF-1.7 x');
    const given = { submissionId: work.submissionId, engineVersion: ENGINE_VERSION, layout: {} };
    const kept = await Promise.all(
      ['one', 'two', 'three'].map((text) => records.documentReadings.keep({ ...given, text })),
    );
    expect(new Set(kept.map(({ text }) => text)).size).toBe(1);
  });

  it('answer-with-confidence-0-goes-to-a-person-with-its-reasons', async () => {
    threads.split = () => ({
      kind: 'answers',
      run: [],
      answers: [
        { ...found('1', 'First.'), confidence: 0, reasons: ['Read by a machine.'] },
        found('2.a', 'Second.'),
        { ...found('2.b', ''), confidence: 0, reasons: ['It may stand in what could not be read.'] },
      ],
    });
    await wholeWay();
    expect(await proposals()).toEqual([
      ['1', 'needs-person', null],
      ['2.a', 'proposed', '2.5'],
      ['2.b', 'needs-person', null],
    ]);
    const [first] = await records.markingQueue.ofSubmission(work.submissionId);
    expect(ProposedMark.parse(first?.proposed?.evidence).summary).toBe('Read by a machine.');
  });

  it('file-that-cannot-be-read-goes-to-a-person-with-what-to-do', async () => {
    reading = () => ({ kind: 'refused', reason: 'encrypted', message: 'Upload it without a password.' });
    await handIn('%PDF-1.7 x');
    await wholeWay();
    expect((await proposals()).map(([, outcome]) => outcome)).toEqual(PARTS.map(() => 'needs-person'));
    const [first] = await records.markingQueue.ofSubmission(work.submissionId);
    expect(first?.answer.reasons).toEqual(['Upload it without a password.']);
  });
});
