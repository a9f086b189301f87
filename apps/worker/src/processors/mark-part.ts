import { ENGINE_VERSION, NetworkRun, type ProposedMark } from '@tensormark/marking';
import { PermanentFailure, type PartWork, type RunContext } from '@tensormark/queue';
import type { Answer, Decimal, ExamPart } from '@tensormark/records';
import { OutOfBounds } from '@tensormark/threads';
import { asJson } from './json.js';
import { orderFor } from './run-order.js';
import type { Tools } from './tools.js';

/** One more try: the machine may only have been busy. */
const MOST_TRIES = 2;

/** Marks the latest reading of one answer and stores the proposal; does nothing where that has been done. */
export async function markPart(tools: Tools, work: PartWork, run: RunContext): Promise<void> {
  const { records } = tools;
  const { answerId, examVersionId, schemeHash } = work;
  const [answer, known] = await Promise.all([
    records.answers.get(answerId),
    records.proposedMarks.current(answerId),
  ]);
  if (
    known !== null &&
    known.outcome !== 'failed' &&
    known.readingId === answer.readingId &&
    known.engineVersion === ENGINE_VERSION &&
    known.schemeHash === schemeHash
  ) {
    return;
  }
  const proposal = await propose(tools, work, answer, run);
  if (proposal === undefined) return;
  await records.proposedMarks.save({
    answerId,
    readingId: answer.readingId,
    engineVersion: ENGINE_VERSION,
    examVersionId,
    schemeHash,
    outcome: proposal.outcome,
    marks: proposal.outcome === 'proposed' ? proposal.marks : null,
    doubt: proposal.doubt,
    evidence: asJson(proposal),
  });
}

async function propose(
  tools: Tools,
  work: PartWork,
  answer: Answer,
  { attempt }: RunContext,
): Promise<ProposedMark | undefined> {
  const { examVersionId, part } = work;
  const exam = await tools.exams.get(examVersionId);
  // Nothing to mark, or only what a person has to compare with the original first.
  if (answer.found && (answer.text.trim() === '' || answer.confidence === 0)) {
    return needsPerson(await partOf(tools, examVersionId, part), answer.reasons.join(' '));
  }
  try {
    const run = await runOf(tools, work, answer);
    if (run === 'changed') return undefined;
    return await tools.pool.run({
      kind: 'mark',
      exam,
      part,
      text: answer.found ? answer.text : null,
      ...(run && { run }),
    });
  } catch (error) {
    if (!(error instanceof OutOfBounds) || attempt < MOST_TRIES) throw error;
    return needsPerson(
      await partOf(tools, examVersionId, part),
      `Marking this answer ${error.message}, and was stopped. A person has to mark it.`,
    );
  }
}

/**
 * What came of the answer's run; undefined where none is wanted. Its run has been tried before this is called, unless a
 * person has changed the answer since: then it is yet to be made, and finishing orders it.
 */
async function runOf(
  tools: Tools,
  work: PartWork,
  answer: Answer,
): Promise<NetworkRun | 'changed' | undefined> {
  if (!work.needsRun) return undefined;
  const ordered = await orderFor(tools, work, answer);
  if (ordered === null) return undefined;
  const settled = await tools.records.networkRuns.settling(ordered.hash);
  if (settled === null && answer.readingId !== work.readingId) return 'changed';
  if (settled === null)
    throw new PermanentFailure('Its network could not be run, by a fault of the system; see its run.');
  return NetworkRun.parse(settled.result);
}

async function partOf({ records }: Tools, examVersionId: string, part: string): Promise<ExamPart> {
  const { parts } = await records.exams.version(examVersionId);
  const found = parts.find((each) => each.part === part);
  if (found === undefined) throw new Error(`exam version ${examVersionId} has no part ${part}`);
  return found;
}

/** The machine says that it does not know, and why. */
function needsPerson({ part, kind, maximum }: ExamPart, why: string): ProposedMark {
  return {
    part,
    kind: kindOf(kind),
    outcome: 'needs-person',
    marks: null,
    available: maximum satisfies Decimal,
    doubt: 1,
    summary: why,
    items: [],
    evidence: [{ kind: 'caution', says: why }],
  };
}

const KINDS: readonly ProposedMark['kind'][] = ['essay', 'numeric', 'critique', 'code', 'choice'];

function kindOf(name: string): ProposedMark['kind'] {
  const kind = KINDS.find((each) => each === name);
  if (kind === undefined) throw new Error(`there is no kind of part ${name}`);
  return kind;
}
