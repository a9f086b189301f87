import { type Database, isUuid } from './database.js';
import { NotFoundError } from './errors.js';
import { changeState, type Submission, submissionOf, type SubmissionState } from './submission.js';

/** Why a submission has failed or needs a person; the parts are named behind it. */
export const NOT_MARKED = 'A fault of the system, not of the answers, kept these parts from being marked';
export const NOT_KNOWN = 'The machine does not know about these parts';

/** See Submissions.settle: the state is worked out from the rows, so that doing it again changes nothing. */
export async function settle(
  db: Database,
  id: string,
  engineVersion: string,
  schemeHash: string,
): Promise<Submission> {
  if (!isUuid(id)) throw new NotFoundError('submission', id);
  return db.$transaction(async (tx) => {
    const row = await tx.submission.findUnique({
      where: { id },
      include: {
        schemeVersion: {
          select: { schemeHash: true, parts: { orderBy: { position: 'asc' }, select: { part: true } } },
        },
      },
    });
    if (!row) throw new NotFoundError('submission', id);
    const { schemeVersion, ...submission } = row;
    // The scheme was changed while this was marked: it is not settled before it is marked by the new one.
    if (schemeVersion.schemeHash !== schemeHash) return submissionOf(submission);
    const answers = await tx.answer.findMany({
      where: { submissionId: id },
      select: {
        part: true,
        readings: {
          orderBy: { number: 'desc' },
          take: 1,
          select: {
            readById: true,
            proposedMarks: { where: { engineVersion, schemeHash }, select: { outcome: true } },
          },
        },
      },
    });
    const outcomes = new Map(
      answers.map(({ part, readings }) => [part, readings[0]?.proposedMarks[0]?.outcome] as const),
    );
    const parts = schemeVersion.parts.map(({ part }) => part);
    // A person has changed the answer while it was marked: the order to mark it again is on its way.
    const changed = answers.some(
      ({ readings: [latest] }) =>
        latest !== undefined && latest.readById !== null && latest.proposedMarks.length === 0,
    );
    const { state, reason } = changed
      ? ({ state: 'marking', reason: null } as const)
      : stateFrom(parts, outcomes);
    if (submission.state === state && submission.stateReason === reason) return submissionOf(submission);
    return changeState(tx, id, state, reason);
  });
}

function stateFrom(
  parts: readonly string[],
  outcomes: ReadonlyMap<string, string | undefined>,
): { state: SubmissionState; reason: string | null } {
  const lost = parts.filter((part) => (outcomes.get(part) ?? 'failed') === 'failed');
  if (lost.length > 0) {
    return {
      state: 'failed',
      reason: `${NOT_MARKED}: ${lost.join(', ')}.`,
    };
  }
  const asked = parts.filter((part) => outcomes.get(part) === 'needs-person');
  if (asked.length > 0) {
    return {
      state: 'needs-person',
      reason: `${NOT_KNOWN}: ${asked.join(', ')}.`,
    };
  }
  return { state: 'ready', reason: null };
}
