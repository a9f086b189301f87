import type { Finding, Fix } from '@tensormark/code-review';
import type { ModelReading } from '@tensormark/frameworks';
import { z } from 'zod';
import { itemsThatDoNotAddUp, partFields } from '../exam/fields.js';
import { CallField, ShapeField } from '../exam/network-field.js';
import { lintCode } from '../lint/code.js';
import { formatMarks, NO_MARKS, parseMarks, sumMarks, type Marks } from '../marks.js';
import type { Evidence, ItemProposal } from '../proposal.js';
import { decide, isSure } from './code/decide.js';
import { withDataGiven } from './code/data-not-given.js';
import { DEDUCTIONS, deductionsOf, FindingsScheme, review } from './code/deductions.js';
import { findingsOf } from './code/findings.js';
import { channelsLast, readLaidOut, type LaidOut } from './code/layout.js';
import { graphOf } from './code/graph.js';
import type { NetworkRun } from './code/network-run.js';
import type { Decision } from './code/requirements/requirement.js';
import { Requirement } from './code/requirements/table.js';
import { notRunEvidence, runEvidence } from './code/run-evidence.js';
import { sourceIn, spanOfLine } from './code/source.js';
import type { Instruments, Proposal, QuestionKind } from './kind.js';

export const CodePart = z
  .strictObject({
    ...partFields,
    kind: z.literal('code').describe('Students write a model: its code is read, never run as Python'),
    input: ShapeField.describe('The sizes of one input without the batch, such as [3, 32, 32]'),
    call: CallField.describe(
      'How the model is built, such as Net(num_classes=10), where its name and arguments are given',
    ),
    requirements: z
      .array(Requirement)
      .min(1)
      .max(40)
      .describe('What the model has to be or do, each with its marks'),
    findings: FindingsScheme.optional().describe(
      'What findings of code review cost; nothing where it is left out',
    ),
  })
  .superRefine((part, context) => {
    const says = itemsThatDoNotAddUp(part.marks, part.requirements);
    if (says !== undefined) context.addIssue({ code: 'custom', path: ['requirements'], message: says });
    if (part.requirements.some(({ id }) => id === DEDUCTIONS))
      context.addIssue({
        code: 'custom',
        path: ['requirements'],
        message: `"${DEDUCTIONS}" is the line of deductions; give the requirement another id`,
      });
  });
export type CodePart = z.infer<typeof CodePart>;

/**
 * Model code is read, never run as Python: the network it describes decides each requirement, and what is unsure is a
 * person's. Where the scheme wants it, that network is run beforehand, and what was measured is handed in.
 */
export const code: QuestionKind<CodePart> = {
  items: (part) =>
    part.findings === undefined
      ? part.requirements
      : [
          ...part.requirements,
          { id: DEDUCTIONS, says: DEDUCTED, marks: NO_MARKS, least: -(part.findings.cap ?? part.marks) },
        ],
  mark(part, answer, instruments, run) {
    const found = sourceIn(answer);
    if (found === undefined) return noCode(part);
    const { source } = found;
    // A notebook's lines are those of its cells, which have no place in the answer's text.
    const text = found.from === 'notebook' ? source : answer;
    const { reading, turned } = readModel(part, source, instruments, part.input);
    const given = {
      reading,
      channelsLast: turned,
      readOn: (input: readonly number[]) => readModel(part, source, instruments, input).reading,
      inTraining: () => readModel(part, source, instruments, part.input, true).reading,
      run,
    };
    const place = found.from === 'notebook' ? undefined : text;
    const requirements = part.requirements.map((requirement) =>
      itemOf(requirement, decide(requirement, given), place),
    );
    const undecided = requirements.filter(({ outcome }) => outcome === 'undecided').length;
    const met = requirements.filter(({ outcome }) => outcome === 'met').length;
    const earned = sumMarks(requirements.map(({ proposed }) => parseMarks(proposed ?? '0') ?? NO_MARKS));
    const capped = earned > part.marks ? part.marks : earned;
    const reviewed = review(source, instruments, run);
    const deducted = deducting(part, reviewed, capped, undecided === 0, place);
    const items = [...requirements, ...deducted.items];
    const evidence = [
      ...findingsOf(withoutReviewed(reading, reviewed), text, found.from === 'notebook'),
      ...(turned ? [layoutOf(part)] : []),
      ...freeOfCharge(reviewed, deducted.costly, place),
      ...runOf(part, run),
      ...graphOf(reading),
    ];
    // Code that was not followed whole may hold what makes up for a line that seems to be missed.
    const isDecided =
      undecided === 0 && (met === requirements.length || isSure(reading) || hasSureError(reading));
    const summary = `${met} of ${requirements.length} ${requirements.length === 1 ? 'requirement is' : 'requirements are'} met`;
    if (!isDecided) {
      return {
        outcome: 'needs-person',
        marks: null,
        doubt: 0.5 + (0.5 * undecided) / requirements.length,
        summary: `${summary}, ${undecided} could not be decided.`,
        items,
        evidence,
      };
    }
    return {
      outcome: 'proposed',
      marks: formatMarks(capped - deducted.total),
      doubt: met === requirements.length && deducted.total === NO_MARKS ? 0.1 : 0.3,
      summary:
        deducted.total === NO_MARKS
          ? `${summary}.`
          : `${summary}; findings cost ${formatMarks(deducted.total)}.`,
      items,
      evidence,
    };
  },
  runs: {
    wanted: isRunWanted,
    order(part, answer) {
      const found = isRunWanted(part) ? sourceIn(answer) : undefined;
      if (found === undefined) return undefined;
      const loss = trainsOnOneBatch(part)?.loss ?? 'likely';
      return {
        source: found.source,
        input: part.input,
        ...(part.call !== undefined && { call: part.call }),
        loss,
      };
    },
  },
  lint: (part, _, asked) => lintCode(part, asked),
};

function isRunWanted(part: CodePart): boolean {
  return part.findings?.run === true || trainsOnOneBatch(part) !== undefined;
}

function trainsOnOneBatch({ requirements }: CodePart) {
  return requirements.find((requirement) => requirement.check === 'trains-on-one-batch');
}

function layoutOf({ input }: CodePart): Evidence {
  const says = `Keras has channels last: read on inputs of [N, ${channelsLast(input).join(', ')}].`;
  return { kind: 'fact', says };
}

/** The run as evidence of the whole part, where no requirement shows it. */
function runOf(part: CodePart, run: NetworkRun | undefined): Evidence[] {
  if (!isRunWanted(part) || trainsOnOneBatch(part) !== undefined) return [];
  return [run?.kind === 'ran' ? runEvidence(run, 'tells') : notRunEvidence(run)];
}

const DEDUCTED = 'Deducted for what code review finds';

/** An error that the code raises for certain decides, whatever else is unknown. */
function hasSureError({ errors, syntaxErrors, unknowns }: ModelReading): boolean {
  return (
    syntaxErrors.length === 0 &&
    errors.some(({ unsure }) => unsure !== true) &&
    unknowns.every(({ bears }) => bears !== 'network')
  );
}

function readModel(
  part: CodePart,
  source: string,
  { reader }: Instruments,
  input: readonly number[],
  training = false,
): LaidOut {
  return readLaidOut(input, (shape) =>
    withDataGiven(
      reader.read(source, {
        filename: 'answer.py',
        inputs: [shape],
        training,
        ...(part.call === undefined ? {} : { call: part.call }),
      }),
      source,
    ),
  );
}

/** What the scheme deducts for findings; of a part that a person marks anyway nothing is deducted by the machine. */
function deducting(
  part: CodePart,
  reviewed: readonly Finding[],
  earned: Marks,
  isDecided: boolean,
  answer: string | undefined,
): {
  readonly total: Marks;
  readonly items: readonly ItemProposal[];
  /** The findings that the line of deductions shows. */
  readonly costly: readonly Finding[];
} {
  const { findings: scheme } = part;
  if (scheme === undefined) return { total: NO_MARKS, items: [], costly: [] };
  const { total, each } = deductionsOf(scheme, reviewed, earned);
  const evidence = each.map(({ finding, marks }) =>
    shown(finding, answer, `${finding.message} (−${formatMarks(marks)})`),
  );
  const says =
    each.length === 0
      ? 'Code review finds nothing that the scheme deducts for.'
      : `${each.length} finding${each.length === 1 ? '' : 's'} of code review cost ${formatMarks(total)} within the scheme's cap and floor.`;
  const item: ItemProposal = {
    item: DEDUCTIONS,
    says: DEDUCTED,
    available: formatMarks(NO_MARKS),
    proposed: isDecided ? formatMarks(-total) : null,
    outcome: isDecided ? (total === NO_MARKS ? 'met' : 'not-met') : 'undecided',
    reason: says,
    evidence,
  };
  return { total, items: [item], costly: each.map(({ finding }) => finding) };
}

const MOST_FREE = 20;

/** What code review finds and nothing is deducted for: told on its line all the same, with how it is mended. */
function freeOfCharge(
  reviewed: readonly Finding[],
  costly: readonly Finding[],
  answer: string | undefined,
): Evidence[] {
  return reviewed
    .filter((finding) => !costly.includes(finding))
    .slice(0, MOST_FREE)
    .map((finding) => shown(finding, answer, finding.message));
}

function shown(finding: Finding, answer: string | undefined, says: string): Evidence {
  const span = answer === undefined ? undefined : spanOfLine(answer, finding.line);
  return {
    kind: 'finding',
    check: finding.check,
    severity: finding.severity,
    place: { line: finding.line, column: finding.column },
    ...(span === undefined ? {} : { span }),
    says,
    why: finding.why,
    instead: finding.instead,
    ...(span === undefined || finding.fix === undefined ? {} : { fix: fixOf(finding.fix) }),
  };
}

/** Errors that code review tells of on the same line, with why and what to do, need not be told twice. */
function withoutReviewed(reading: ModelReading, reviewed: readonly Finding[]): ModelReading {
  const told = new Set(reviewed.filter(({ severity }) => severity === 'error').map(({ line }) => line));
  return {
    ...reading,
    syntaxErrors: reading.syntaxErrors.filter(({ span }) => !told.has(span.line)),
    errors: reading.errors.filter(({ place, unsure }) => unsure === true || !told.has(place.line)),
  };
}

function fixOf({ what, line, column, endLine, endColumn, text }: Fix) {
  return { what, line, column, endLine, endColumn, text };
}

function itemOf(requirement: Requirement, decision: Decision, answer: string | undefined): ItemProposal {
  // What a class lacks as a whole stands on no line.
  const line = decision.line !== undefined && decision.line > 0 ? decision.line : undefined;
  const span = line === undefined || answer === undefined ? undefined : spanOfLine(answer, line);
  const evidence: Evidence = {
    kind: 'fact',
    says: decision.says,
    ...(line === undefined ? {} : { place: { line } }),
    ...(span === undefined ? {} : { span }),
  };
  const available = formatMarks(requirement.marks);
  return {
    item: requirement.id,
    says: requirement.says,
    available,
    proposed: decision.outcome === 'undecided' ? null : decision.outcome === 'met' ? available : '0',
    outcome: decision.outcome,
    reason: decision.says,
    evidence: [evidence, ...executionOf(decision)],
  };
}

function executionOf({ run }: Decision): Evidence[] {
  return run?.kind === 'ran' ? [runEvidence(run, 'told-beside')] : [];
}

function noCode(part: CodePart): Proposal {
  const says = 'No Python was found in this answer.';
  return {
    outcome: 'needs-person',
    marks: null,
    doubt: 1,
    summary: says,
    items: part.requirements.map((requirement) => itemOf(requirement, { outcome: 'undecided', says }, '')),
    evidence: [{ kind: 'caution', says }],
  };
}
