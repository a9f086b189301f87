import { randomUUID } from 'node:crypto';
import { type Exam, openRecords, type Records, type Submission } from '@tensormark/records';
import { createTestDatabase, type TestDatabase } from '../../../test/database/test-database.js';

/** Records with an exam of three parts, an examiner, two markers and as many students as are asked for. */
export interface Setting {
  readonly database: TestDatabase;
  readonly records: Records;
  readonly exam: Exam;
  readonly examiner: string;
  readonly markers: readonly [string, string];
  person(role: string, name?: string): Promise<string>;
  /** A submission of a new student, split and given these proposals: marks, or an outcome without. */
  submitted(proposals?: Readonly<Record<string, string>>): Promise<Submission>;
  close(): Promise<void>;
}

export const ENGINE = '0.1.0';
export const PARTS = [
  { part: '1.a', kind: 'essay', title: 'Why depth helps', maximum: '4' },
  { part: '1.b', kind: 'numeric', title: 'Parameters', maximum: '2.5' },
  { part: '2', kind: 'code', title: 'A network', maximum: '10.000' },
];

export async function setting(): Promise<Setting> {
  const database = await createTestDatabase();
  const records = openRecords({ databaseUrl: database.databaseUrl, maxConnections: 8 });
  const person = async (role: string, name: string = role): Promise<string> => {
    const id = randomUUID();
    await database.query('INSERT INTO users (id, name, email, role) VALUES ($1, $2, $3, $4)', [
      id,
      name,
      `${id}@example.org`,
      role,
    ]);
    return id;
  };
  const examiner = await person('examiner');
  const markers = [await person('marker'), await person('marker')] as const;
  const { exam } = await records.exams.put({
    slug: 'midterm',
    title: 'Midterm',
    source: 'exam: midterm\n',
    definition: { exam: 'midterm' },
    parts: PARTS,
    by: examiner,
  });
  const { schemeHash, id: examVersionId } = exam.current;
  const submitted = async (proposals: Readonly<Record<string, string>> = {}): Promise<Submission> => {
    const studentId = await person('student', `Student ${randomUUID().slice(0, 4)}`);
    const { submission } = await records.submissions.receive({
      examId: exam.id,
      studentId,
      fileName: 'answers.md',
      mediaType: 'text/markdown',
      bytes: Buffer.from('# Answers'),
    });
    const answers = await records.answers.saveSplit({
      submissionId: submission.id,
      engineVersion: ENGINE,
      answers: PARTS.map(({ part }) => ({
        part,
        found: true,
        text: `Answer to ${part}`,
        pieces: [{ start: 0, end: 9 }],
        confidence: 0.9,
        reasons: [],
      })),
    });
    for (const { id: answerId, readingId, part } of answers) {
      const given = proposals[part] ?? '1';
      const marks = /^\d/.test(given) ? given : null;
      await records.proposedMarks.save({
        answerId,
        readingId,
        engineVersion: ENGINE,
        examVersionId,
        schemeHash,
        outcome: marks === null ? (given as 'needs-person' | 'absent' | 'failed') : 'proposed',
        marks,
        doubt: marks === null ? 1 : 0.25,
        evidence: { says: 'Because.' },
      });
    }
    return records.submissions.settle(submission.id, ENGINE, schemeHash);
  };
  return {
    database,
    records,
    exam,
    examiner,
    markers,
    person,
    submitted,
    close: async () => {
      await records.close();
      await database.drop();
    },
  };
}
