import type { ModelReading } from '@tensormark/frameworks';
import { z } from 'zod';
import { itemsThatDoNotAddUp, partFields } from '../exam/fields.js';
import { ShapeField } from '../exam/network-field.js';
import { lintCode } from '../lint/code.js';
import { formatMarks, parseMarks, sumMarks } from '../marks.js';
import type { Evidence, ItemProposal } from '../proposal.js';
import { decide, type Decision } from './code/decide.js';
import { findingsOf } from './code/findings.js';
import { Requirement } from './code/requirement.js';
import { sourceIn, spanOfLine } from './code/source.js';
import type { Instruments, Proposal, QuestionKind } from './kind.js';

export const CodePart = z
  .strictObject({
    ...partFields,
    kind: z.literal('code'),
    input: ShapeField,
    call: z.string().trim().min(1).max(500).optional(),
    requirements: z.array(Requirement).min(1).max(40),
  })
  .superRefine((part, context) => {
    const says = itemsThatDoNotAddUp(part.marks, part.requirements);
    if (says !== undefined) context.addIssue({ code: 'custom', path: ['requirements'], message: says });
  });
export type CodePart = z.infer<typeof CodePart>;

/** Model code is read, never run: the network it describes decides each requirement, and what is unsure is a person's. */
export const code: QuestionKind<CodePart> = {
  items: (part) => part.requirements,
  mark(part, answer, instruments) {
    const found = sourceIn(answer);
    if (found === undefined) return noCode(part);
    const reading = readModel(part, found.source, instruments);
    const items = part.requirements.map((requirement) =>
      itemOf(requirement, decide(requirement, reading), answer),
    );
    const evidence = findingsOf(reading, answer);
    const undecided = items.filter(({ outcome }) => outcome === 'undecided').length;
    const met = items.filter(({ outcome }) => outcome === 'met').length;
    if (undecided > 0) {
      return {
        outcome: 'needs-person',
        marks: null,
        doubt: 0.5 + (0.5 * undecided) / items.length,
        summary: `${met} of ${items.length} requirements are met, ${undecided} could not be decided.`,
        items,
        evidence,
      };
    }
    const sum = sumMarks(items.map(({ proposed }) => parseMarks(proposed ?? '0') ?? 0n));
    return {
      outcome: 'proposed',
      marks: formatMarks(sum > part.marks ? part.marks : sum),
      doubt: met === items.length ? 0.1 : 0.3,
      summary: `${met} of ${items.length} requirements are met.`,
      items,
      evidence,
    };
  },
  lint: (part, _, asked) => lintCode(part, asked),
};

function readModel(part: CodePart, source: string, { reader }: Instruments): ModelReading {
  return reader.read(source, {
    filename: 'answer.py',
    inputs: [part.input],
    ...(part.call === undefined ? {} : { call: part.call }),
  });
}

function itemOf(requirement: Requirement, decision: Decision, answer: string): ItemProposal {
  const span = decision.line === undefined ? undefined : spanOfLine(answer, decision.line);
  const evidence: Evidence = {
    kind: 'fact',
    says: decision.says,
    ...(decision.line === undefined ? {} : { place: { line: decision.line } }),
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
    evidence: [evidence],
  };
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
