import { openRecords } from '@tensormark/records';
import { z } from 'zod';
import { ENGINE_VERSION } from '@tensormark/marking';
import { formWith } from './client.js';
import { demonstrationAnswers, demonstrationExam, type Service } from './service.js';

export interface MarkedSubmission {
  readonly submission: string;
  /** The answer to the first part, with a proposal of 4 marks. */
  readonly answer: string;
}

/**
 * A submission of the first student as it is after the worker, without one: each part has the same simple proposal. For
 * tests of who may do what with it; the way through a real worker is another test.
 */
export async function markedSubmission(
  service: Service,
  /** What is put before the questions of the exam. */
  policy = '',
  /** What else is changed of the exam. */
  changed: (yaml: string) => string = (yaml) => yaml,
): Promise<MarkedSubmission> {
  const examiner = await service.as('examiner');
  const put = await examiner.put('/api/v1/exams/demonstration', {
    yaml: changed((await demonstrationExam()).replace(/^questions:/m, `${policy}questions:`)),
  });
  if (put.status >= 300) throw new Error(`the exam was not taken: ${put.text}`);
  const student = await service.as('student');
  const handed = await student.post('/api/v1/exams/demonstration/submissions', {
    form: formWith(await demonstrationAnswers(), 'ada-student.md'),
  });
  const { submission } = z.object({ submission: z.uuid() }).parse(handed.json);

  const records = openRecords({ databaseUrl: service.database.databaseUrl });
  try {
    const { examVersionId } = await records.submissions.get(submission);
    const { parts, schemeHash } = await records.exams.version(examVersionId);
    const answers = await records.answers.saveSplit({
      submissionId: submission,
      engineVersion: ENGINE_VERSION,
      answers: parts.map(({ part }) => ({
        part,
        found: true,
        text: `An answer to ${part}.`,
        pieces: [],
        confidence: 1,
        reasons: [],
      })),
    });
    for (const { id, readingId, part } of answers) {
      const { kind, maximum } = parts.find((each) => each.part === part) ?? { kind: '', maximum: '0' };
      await records.proposedMarks.save({
        answerId: id,
        readingId,
        engineVersion: ENGINE_VERSION,
        examVersionId,
        schemeHash,
        outcome: 'proposed',
        marks: '4',
        doubt: 0.5,
        evidence: {
          part,
          kind,
          outcome: 'proposed',
          marks: '4',
          available: maximum,
          doubt: 0.5,
          summary: 'As it seems.',
          items: [],
          evidence: [],
        },
      });
    }
    await records.submissions.settle(submission, ENGINE_VERSION, schemeHash);
    const [first] = answers;
    if (first === undefined) throw new Error('the exam has no parts');
    return { submission, answer: first.id };
  } finally {
    await records.close();
  }
}
