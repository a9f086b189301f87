import type { PartText } from '@tensormark/documents';
import { ENGINE_VERSION } from '@tensormark/marking';
import type { PartToMark, RunContext, SubmissionWork } from '@tensormark/queue';
import { OutOfBounds } from '@tensormark/threads';
import type { SplitOutcome } from '../threads/task.js';
import { documentOf } from './document.js';
import type { Tools } from './tools.js';

/** One more try: the machine may only have been busy. */
const MOST_TRIES = 2;

/** Splits the document into answers and stores them; every part of the exam is then marked, found or not. */
export async function split(
  tools: Tools,
  work: SubmissionWork,
  run: RunContext,
): Promise<readonly PartToMark[]> {
  const { records } = tools;
  const { submissionId, examVersionId } = work;
  await records.submissions.setState(submissionId, 'splitting');
  const outcome = await splitInThread(tools, work, run);
  const { parts } = await records.exams.version(examVersionId);
  const answers =
    outcome.kind === 'answers'
      ? outcome.answers
      : parts.map(({ part }) => unsplittable(part, outcome.message));
  const kept = await records.answers.saveSplit({
    submissionId,
    engineVersion: ENGINE_VERSION,
    answers: answers.map((answer) => ({
      ...answer,
      pieces: answer.pieces.map(({ start, end }) => ({ start, end })),
    })),
  });
  await records.submissions.setState(submissionId, 'marking');
  const toRun = outcome.kind === 'answers' ? outcome.run : [];
  return kept.map(({ part, id, readingId, found }) => ({
    part,
    answerId: id,
    readingId,
    needsRun: found && toRun.includes(part),
  }));
}

async function splitInThread(
  tools: Tools,
  { submissionId, examVersionId }: SubmissionWork,
  { attempt }: RunContext,
): Promise<SplitOutcome> {
  const [exam, document] = await Promise.all([
    tools.exams.get(examVersionId),
    documentOf(tools, submissionId),
  ]);
  if (document.kind === 'refused') return document;
  try {
    return await tools.pool.run({ kind: 'split', exam, document });
  } catch (error) {
    if (error instanceof OutOfBounds && attempt >= MOST_TRIES) return tooCostly(error);
    throw error;
  }
}

function tooCostly({ message }: OutOfBounds): SplitOutcome {
  return {
    kind: 'refused',
    message: `Splitting this document ${message}, and was stopped. A person has to read it as a whole.`,
  };
}

/** Found, as the document is there, but with no text of its own: that sends each part to a person. */
function unsplittable(part: string, message: string): PartText {
  return { part, found: true, text: '', pieces: [], confidence: 0, reasons: [message] };
}
