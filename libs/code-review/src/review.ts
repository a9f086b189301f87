import { kerasOf, openProgramReader } from '@tensormark/frameworks';
import type { Program, ProgramReader } from '@tensormark/frameworks';
import type { Resolver, tree } from '@tensormark/python';
import type { Check, Found } from './check.js';
import { classesOf, hasUnknownBases, loopsOf, statementAt } from './ask/tree.js';
import { CHECKS } from './checks/table.js';
import type { Finding } from './finding.js';
import { readSource } from './sources/read-source.js';
import type { StudentSource } from './sources/student-source.js';
import { withoutRepeats } from './subsume.js';
import { foundOnSupposed } from './supposed.js';

export interface ReviewOptions {
  readonly filename?: string;
  /** Shapes of the network's inputs without their batch. */
  readonly inputs?: readonly (readonly number[])[];
  /** How many classes the labels have. */
  readonly classes?: number;
  /** Sources of modules to import from; pure. */
  readonly resolver?: Resolver;
  readonly checks?: readonly Check[];
}

/** Something that could not be known, and so was not judged. */
export interface Unknown {
  readonly line: number;
  readonly what: string;
}

export interface Review {
  readonly findings: readonly Finding[];
  readonly unknowns: readonly Unknown[];
  /** Checks that broke on this program by a fault of ours; what all others find stands. */
  readonly broken: readonly BrokenCheck[];
  /** The file as it was read: what stands on which line. */
  readonly source: StudentSource;
}

/** A check that could not be made, and what went wrong in it. */
export interface BrokenCheck {
  readonly check: string;
  readonly error: string;
}

/** What the checks say of a program. */
export interface Judgement {
  readonly findings: readonly Finding[];
  readonly broken: readonly BrokenCheck[];
}

/** Reviews programs: pure and synchronous. */
export interface Reviewer {
  review(text: string, options?: ReviewOptions): Review;
}

export function openReviewer(reader: ProgramReader = openProgramReader()): Reviewer {
  return { review: (text, options = {}) => review(reader, text, options) };
}

function review(reader: ProgramReader, text: string, options: ReviewOptions): Review {
  const filename = options.filename ?? 'program.py';
  const source = readSource(text, filename);
  const program = reader.read(source.python, {
    filename,
    ...(options.inputs && { inputs: options.inputs }),
    ...(options.classes !== undefined && { classes: options.classes }),
    ...(options.resolver && { resolver: options.resolver }),
  });
  const { findings, broken } = judged(program, options.checks ?? CHECKS);
  return {
    findings,
    unknowns: [
      ...program.unknowns,
      ...broken.map(({ check }) => ({
        line: 1,
        what: `whether ${check} holds: the check broke on this file, which is a fault of Tensormark's`,
      })),
    ],
    broken,
    source,
  };
}

/** What the checks find in a program. One that breaks takes nothing from what the others find. */
export function judged(program: Program, checks: readonly Check[]): Judgement {
  // Networks that are put together are found first: shapes of what is computed with them rest on that.
  kerasOf(program);
  const findings: Finding[] = [];
  const broken: BrokenCheck[] = [];
  for (const check of checks) {
    try {
      for (const found of foundBy(check, program)) {
        if (found.at.source.file !== program.file) continue;
        const finding = findingOf(check, found);
        if (!isDisturbed(program, finding)) findings.push(finding);
      }
    } catch (thrown) {
      broken.push({ check: check.id, error: String(thrown) });
    }
  }
  return { findings: withoutRepeats(findings), broken };
}

/** What a check finds in what the program does, and in supposed cases of classes in which it finds nothing otherwise. */
function foundBy(check: Check, program: Program): readonly Found[] {
  const seen = [...check.run(program)];
  if (check.onSupposed !== true) return seen;
  const supposed = [...foundOnSupposed(program, check)];
  return [...seen, ...supposed.filter((found) => !seen.some((one) => areOfOneClass(program, one, found)))];
}

/** Whether both were found in the same class: what was seen in what the program does is not said again of a supposed case. */
function areOfOneClass(program: Program, { at: one }: Found, { at: other }: Found): boolean {
  return classesOf(program).some(({ span }) =>
    [one, other].every(({ start }) => span.start <= start && start < span.end),
  );
}

/** Checks that rest on what happens in a loop, and what does not. */
const OF_ORDER = new Set([
  'zero-grad',
  'order',
  'step-missing',
  'backward-missing',
  'backward-twice',
  'eval-missing',
  'train-missing',
  'scheduler-step',
  'not-in-optimizer',
]);

/**
 * What is said of the order of things in a loop or function is worth nothing where an error left out one of its
 * statements.
 */
function isDisturbed(program: Program, { check, line }: Finding): boolean {
  if (!OF_ORDER.has(check)) return false;
  const methods = program.body.flatMap((node) => (node.kind === 'ClassDef' ? node.body : [node]));
  const outer = methods.find(
    ({ kind, span }) =>
      (kind === 'For' || kind === 'While' || kind === 'FunctionDef') &&
      span.line <= line &&
      span.endLine >= line,
  );
  const loop = loopsOf(program).find(({ span }) => span.line <= line && span.endLine >= line);
  // What comes after the loop has no part in what happens in it.
  const end = Math.min(outer?.span.end ?? 0, loop?.span.end ?? Infinity);
  return (
    outer !== undefined &&
    program.events.some(
      (event) =>
        event.kind === 'error' &&
        event.from === 'python' &&
        // An assertion that fails leaves nothing out: what it speaks of, as a GPU, is there where the program is meant to run.
        event.type !== 'AssertionError' &&
        !isCallOfUnknown(program, event.message) &&
        event.moment.span !== undefined &&
        event.moment.span.source.file === program.file &&
        mayHaveTrained(statementAt(program, event.moment.span)) &&
        event.moment.span.start >= outer.span.start &&
        event.moment.span.end <= end,
    )
  );
}

/** Whether a statement that was left out may have had a part in what is said of the order of things. */
function mayHaveTrained(statement: tree.Statement | undefined): boolean {
  return (
    statement === undefined ||
    !/^(Assign|AugAssign|AnnAssign|Expr)$/.test(statement.kind) ||
    /zero_|step|backward|grad|eval|train|optim|sched|fit|run|update|epoch|clos|mode/i.test(
      statement.span.text,
    )
  );
}

/** Whether what was called is of a class whose base is not known, and so may well be called. */
function isCallOfUnknown(program: Program, message: string): boolean {
  const name = /^'(\w+)' object is not callable$/.exec(message)?.[1];
  return classesOf(program).some((one) => one.name === name && hasUnknownBases(program, one));
}

function findingOf(check: Check, { at, message, evidence, fix, severity, why, instead }: Found): Finding {
  const { line, column, endLine, endColumn } = at.place;
  return {
    check: check.id,
    severity: severity ?? check.severity,
    line,
    column,
    endLine,
    endColumn,
    message,
    why: why ?? check.why,
    instead: instead ?? check.instead,
    evidence,
    ...(fix && { fix }),
  };
}
