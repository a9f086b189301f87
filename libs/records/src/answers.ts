import { type Answer, answerOf, LATEST_READING, type SplitAnswer } from './answer.js';
import { columnsOf, hashOf, ofSubmission, partsOf } from './answer-rows.js';
import { type Database, isUniqueViolation, isUuid, type Session } from './database.js';
import { InvalidRecordError, NotFoundError } from './errors.js';
import {
  confirmSplit,
  latestConfirmation,
  type NewConfirmation,
  type SplitConfirmation,
  unproposed,
} from './split-confirmations.js';

export interface Answers {
  /**
   * Keeps what the splitter read, one answer for each part of the submission's exam version (parts it did not
   * find are kept as not found). Idempotent: the same reading again adds nothing, and a person's reading is
   * never replaced by a machine's, nor the cut that a person confirmed. Throws NotFoundError; InvalidRecordError for parts the exam does not have.
   */
  saveSplit(split: {
    readonly submissionId: string;
    readonly engineVersion: string;
    readonly answers: readonly SplitAnswer[];
  }): Promise<readonly Answer[]>;
  /**
   * A person says how the whole document is cut: a further reading of each answer that is another by it, the order to
   * mark those, and the word itself, all or nothing. Saying the same again adds its word and no reading. Throws
   * SplitConflictError when somebody else has had a word since; NotFoundError; InvalidRecordError for unknown parts.
   */
  confirm(confirmation: NewConfirmation): Promise<SplitConfirmation>;
  /** The last word of a person on how the document is cut; null where only a machine has cut it. */
  confirmation(submissionId: string): Promise<SplitConfirmation | null>;
  /** The answers that a person has changed and for which this engine and scheme have proposed nothing yet. */
  unproposed(submissionId: string, engineVersion: string, schemeHash: string): Promise<readonly Answer[]>;
  /** In the order of the paper; empty before splitting. */
  ofSubmission(submissionId: string): Promise<readonly Answer[]>;
  /** Throws NotFoundError. */
  get(answerId: string): Promise<Answer>;
  find(submissionId: string, part: string): Promise<Answer | null>;
}

export function answers(db: Database): Answers {
  const get = async (answerId: string): Promise<Answer> => {
    const row = isUuid(answerId)
      ? await db.answer.findUnique({ where: { id: answerId }, include: LATEST_READING })
      : null;
    const answer = row && answerOf(row);
    if (!answer) throw new NotFoundError('answer', answerId);
    return answer;
  };
  return {
    saveSplit: async (split) => {
      for (;;) {
        try {
          return await db.$transaction((tx) => saveSplit(tx, split));
        } catch (error) {
          // The same submission is split twice at once, by a job that was thought dead: look at what is there now.
          if (!isUniqueViolation(error)) throw error;
        }
      }
    },
    confirm: (confirmation) => confirmSplit(db, confirmation),
    confirmation: (submissionId) => latestConfirmation(db, submissionId),
    unproposed: (submissionId, engineVersion, schemeHash) =>
      unproposed(db, submissionId, engineVersion, schemeHash),
    ofSubmission: (submissionId) => ofSubmission(db, submissionId),
    get,
    find: async (submissionId, part) => {
      if (!isUuid(submissionId)) return null;
      const row = await db.answer.findUnique({
        where: { submissionId_part: { submissionId, part } },
        include: LATEST_READING,
      });
      return row && answerOf(row);
    },
  };
}

const NOT_FOUND: Omit<SplitAnswer, 'part'> = {
  found: false,
  text: '',
  pieces: [],
  confidence: 0,
  reasons: ['Nothing in the document was found to answer this part.'],
};

/** See Answers.saveSplit; in a transaction. */
export async function saveSplit(
  tx: Session,
  { submissionId, engineVersion, answers: found }: Parameters<Answers['saveSplit']>[0],
): Promise<readonly Answer[]> {
  const parts = await partsOf(tx, submissionId);
  const byPart = new Map(found.map((answer) => [answer.part, answer]));
  const unknown = [...byPart.keys()].filter((part) => !parts.includes(part));
  if (unknown.length > 0) throw new InvalidRecordError(`The exam has no part ${unknown.join(', ')}.`);
  if (byPart.size < found.length) throw new InvalidRecordError('Two answers are given for one part.');

  if ((await latestConfirmation(tx, submissionId)) !== null) return ofSubmission(tx, submissionId);
  await tx.answer.createMany({ data: parts.map((part) => ({ submissionId, part })), skipDuplicates: true });
  const rows = await tx.answer.findMany({ where: { submissionId }, include: LATEST_READING });
  const readings = rows.flatMap(({ id, part, readings: [latest] }) => {
    const answer = { ...NOT_FOUND, ...byPart.get(part), part };
    const contentHash = hashOf(answer);
    if (latest && (latest.readById !== null || latest.contentHash === contentHash)) return [];
    return [
      {
        answerId: id,
        number: (latest?.number ?? 0) + 1,
        engineVersion,
        contentHash,
        ...columnsOf(answer),
      },
    ];
  });
  if (readings.length > 0) await tx.answerReading.createMany({ data: readings });
  return ofSubmission(tx, submissionId);
}
