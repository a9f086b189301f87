import { prepareRun, type PreparedRun, type RunPlanner, type RunRequest } from '@tensormark/code-review';
import { openProgramReader, openReader } from '@tensormark/frameworks';
import { askedBy } from './asked.js';
import type { PartKind } from './exam/definition.js';
import { withoutHiddenText } from './hidden-text.js';
import type { KeyedPart } from './exam/parts.js';
import type { NetworkRun } from './kinds/code/network-run.js';
import type { Instruments, Proposal, QuestionKind, RunOrder } from './kinds/kind.js';
import type { SchemeNote } from './lint/note.js';
import { ownItems } from './kinds/own-items.js';
import { KINDS, type PartOf } from './kinds/table.js';
import { clampMarks, formatMarks, parseMarks } from './marks.js';
import type { ProposedMark } from './proposal.js';
import { schemeOf, type PartScheme } from './rubric/scheme.js';

/** Marks answers. Opened once per process; afterwards pure: the same part and answer give the same proposal. */
export interface MarkingEngine {
  /**
   * `answer` is the text found for the part; undefined or blank means that none was given. `run` is what came of its
   * order, where it has one.
   */
  mark(part: KeyedPart, answer: string | undefined, run?: NetworkRun): ProposedMark;
  /** Whether answers to the part are run before they are marked. */
  wantsRun(part: KeyedPart): boolean;
  /** The run that is to be made before the answer is marked; undefined where none is wanted, or there is nothing to run. */
  runFor(part: KeyedPart, answer: string): RunOrder | undefined;
  /** Plans a run; it is made elsewhere. The same order and site give the same plan. */
  prepareRun(order: RunOrder, prepare: RunPlanner['prepare'], site: RunSite): PreparedRun;
  /** For a part without text of its own, where `why` says that text elsewhere may answer it: a person decides. */
  unplaced(part: KeyedPart, why: string): ProposedMark;
  /** The lines of the part's scheme, as they appear in proposals and reports. */
  items(part: KeyedPart): readonly { id: string; says: string; marks: string }[];
  /** The scheme that a marker applies: the same lines, what each may come to, and the part's floor and cap. */
  scheme(part: KeyedPart): PartScheme;
  /** What the examiner should know of a part's scheme before the exam. */
  lint(part: KeyedPart): readonly SchemeNote[];
}

/** What a run is planned for. */
export interface RunSite {
  /** What it may take. */
  readonly milliseconds: number;
  /** The device that was found for it; without one, a run is planned for a processor. */
  readonly device?: RunRequest['device'];
}

/** Loads what marking stands on and gives the engine. */
export async function openMarkingEngine(): Promise<MarkingEngine> {
  const instruments: Instruments = { reader: await openReader(), programs: openProgramReader() };
  return {
    mark: ({ key, part, questionPrompt }, answer, run) => {
      if (answer === undefined || answer.trim() === '') return absent(key, part.kind, part);
      return {
        part: key,
        kind: part.kind,
        available: formatMarks(part.marks),
        ...withoutHiddenText(
          withinBounds(
            part,
            markWith(part.kind, part, answer, instruments, run, askedBy(questionPrompt, part)),
          ),
          answer,
        ),
      };
    },
    unplaced: ({ key, part }, why) => unplaced(key, part.kind, part, why),
    wantsRun: ({ part }) => runsOf(part.kind)?.wanted(part) ?? false,
    runFor: ({ part }, answer) => runsOf(part.kind)?.order(part, answer),
    prepareRun: ({ source, input, call, loss }, prepare, { milliseconds, device }) =>
      prepareRun(
        {
          text: source,
          filename: 'answer.py',
          inputs: [input],
          ...(call !== undefined && { call }),
          loss,
          budgets: { milliseconds },
          ...(device && { device }),
        },
        { code: instruments.reader, programs: instruments.programs, prepare },
      ),
    items: ({ part }) =>
      schemeOf(part, ownItems(part)).lines.map(({ id, says, marks }) => ({
        id,
        says,
        marks: formatMarks(marks),
      })),
    scheme: ({ part }) => schemeOf(part, ownItems(part)),
    lint: ({ part, questionPrompt }) => lintOf(part.kind, part, instruments, askedBy(questionPrompt, part)),
  };
}

/** What the machine proposes keeps to the part's floor and cap, and says so where they tell. */
function withinBounds(part: PartOf[PartKind], proposal: Proposal): Proposal {
  const marks = proposal.marks === null ? undefined : parseMarks(proposal.marks);
  if (marks === undefined) return proposal;
  const { floor, cap } = schemeOf(part, []);
  const held = clampMarks(marks, floor, cap);
  if (held === marks) return proposal;
  const bound = held > marks ? `raised to the part's floor of` : `held at the part's cap of`;
  return {
    ...proposal,
    marks: formatMarks(held),
    summary: `${proposal.summary} Of ${formatMarks(marks)} marks, ${bound} ${formatMarks(held)}.`.trim(),
  };
}

function absent(key: string, kind: PartKind, part: PartOf[PartKind]): ProposedMark {
  return {
    part: key,
    kind,
    outcome: 'absent',
    marks: null,
    available: formatMarks(part.marks),
    doubt: 0,
    summary: 'No answer was found for this part.',
    items: [],
    evidence: [],
  };
}

function unplaced(key: string, kind: PartKind, part: PartOf[PartKind], why: string): ProposedMark {
  const summary = `No answer was found under a heading of this part, and it may stand elsewhere. ${why}`;
  return {
    ...absent(key, kind, part),
    outcome: 'needs-person',
    doubt: 1,
    summary,
    evidence: [{ kind: 'caution', says: summary }],
  };
}

function markWith<Kind extends PartKind>(
  kind: Kind,
  part: PartOf[Kind],
  answer: string,
  instruments: Instruments,
  run: NetworkRun | undefined,
  asked: string,
) {
  const found: QuestionKind<PartOf[Kind]> = KINDS[kind];
  return found.mark(part, answer, instruments, run, asked);
}

function runsOf<Kind extends PartKind>(kind: Kind) {
  const found: QuestionKind<PartOf[Kind]> = KINDS[kind];
  return found.runs;
}

function lintOf<Kind extends PartKind>(
  kind: Kind,
  part: PartOf[Kind],
  instruments: Instruments,
  asked: string,
) {
  const found: QuestionKind<PartOf[Kind]> = KINDS[kind];
  return found.lint(part, instruments, asked);
}
