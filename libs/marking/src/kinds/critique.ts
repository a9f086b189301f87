import type { Finding } from '@tensormark/code-review';
import { z } from 'zod';
import { SUBJECTS, type Claim } from '../claims/claim.js';
import type { CodeFacts } from '../claims/facts.js';
import { factsOfGiven, readGiven } from '../claims/given-code.js';
import { readClaims } from '../claims/read-claims.js';
import { itemsThatDoNotAddUp, partFields, Prose, RubricItem } from '../exam/fields.js';
import { CallField, ShapeField } from '../exam/network-field.js';
import { KNOWN_CHECKS } from '../lint/checks.js';
import { lintCritique } from '../lint/critique.js';
import { formatMarks } from '../marks.js';
import type { Evidence } from '../proposal.js';
import type { Instruments, QuestionKind } from './kind.js';
import { mentionsOf } from './mentions.js';

/** One point that a good critique makes; `fault` and `supports` tie it to what reading the code can bear out. */
export const CritiquePoint = RubricItem.extend({
  fault: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,40}$/, 'expected the id of a check, such as softmax-ce')
    .optional()
    .meta({
      description: 'The check of code review whose fault this point names, such as softmax-ce',
      examples: [...KNOWN_CHECKS],
    }),
  supports: z
    .enum(SUBJECTS)
    .optional()
    .describe(
      'What a claim that makes this point is about, such as pooling: one that the code bears out covers it',
    ),
});
export type CritiquePoint = z.infer<typeof CritiquePoint>;

export const CritiquePart = z
  .strictObject({
    ...partFields,
    kind: z.literal('critique').describe('Students review given code: each claim is held against the code'),
    code: Prose.describe('PyTorch code, or layers as YAML with "input" and "layers"'),
    input: ShapeField.optional().describe('The sizes of one input without the batch, such as [1, 28, 28]'),
    call: CallField.describe(
      'How the model is built, such as Net(num_classes=10); may be left out when there is one model',
    ),
    loss: z
      .enum(['CrossEntropyLoss', 'NLLLoss', 'BCELoss', 'BCEWithLogitsLoss', 'MSELoss', 'L1Loss'])
      .optional()
      .describe('The loss that the question says it is trained with, where the code computes none'),
    expects: z.array(CritiquePoint).min(1).max(40).describe('The points that a good critique makes'),
  })
  .superRefine((part, context) => {
    const says = itemsThatDoNotAddUp(part.marks, part.expects);
    if (says !== undefined) context.addIssue({ code: 'custom', path: ['expects'], message: says });
  });
export type CritiquePart = z.infer<typeof CritiquePart>;

/**
 * A critique is a person's to mark. The machine reads the given code, holds each claim of the answer against it, with both
 * quotes side by side, lists the faults that no claim names, and says which points of the scheme seem to be covered. All of
 * it is a proposal: no marks are given or taken.
 */
export const critique: QuestionKind<CritiquePart> = {
  items: (part) => part.expects,
  mark(part, answer, instruments) {
    const facts = factsOf(part, instruments);
    const { claims, missed } = readClaims(answer, facts);
    const items = part.expects.map((point) => itemOf(point, answer, claims));
    const count = (verdict: Claim['verdict']) => claims.filter((claim) => claim.verdict === verdict).length;
    const spokenTo = items.filter((item) => item.evidence.length > 0).length;
    return {
      outcome: 'needs-person',
      marks: null,
      doubt: 1,
      summary:
        `A person marks this critique; it speaks to ${spokenTo} of ${items.length} points. Of its claims the code ` +
        `bears out ${count('supported')}, contradicts ${count('contradicted')}, and leaves ${count('not-checkable')} open.`,
      items,
      evidence: [...claims.map(evidenceOf), ...missed.map(missedEvidence), ...factsInWords(facts)],
    };
  },
  lint: (part, instruments, asked) => lintCritique(part, asked, () => readGiven(part, instruments)),
};

function itemOf(point: CritiquePoint, answer: string, claims: readonly Claim[]) {
  const tied = claims.filter(
    ({ subject, names = [] }) =>
      (point.supports !== undefined && subject === point.supports) ||
      (point.fault !== undefined && names.includes(point.fault)),
  );
  const decided = tied.filter(({ verdict }) => verdict !== 'not-checkable');
  const evidence = [...decided.map(evidenceOf), ...mentionsOf(point, answer)];
  return {
    item: point.id,
    says: point.says,
    available: formatMarks(point.marks),
    proposed: null,
    outcome: 'undecided' as const,
    reason: reasonOf(point, decided, evidence.length),
    evidence,
  };
}

/** Suggests what the claims make of a point; a suggestion is never a mark. */
function reasonOf({ fault, supports }: CritiquePoint, decided: readonly Claim[], evidence: number): string {
  const isTied = fault !== undefined || supports !== undefined;
  if (decided.some(({ verdict }) => verdict === 'supported')) {
    return decided.some(({ verdict }) => verdict === 'contradicted')
      ? 'Covered, it seems, though another claim about this is contradicted by the code; a person decides.'
      : 'Covered, it seems: the code bears out a claim about this; a person decides.';
  }
  if (decided.length > 0)
    return 'Contradicted, it seems: what is claimed about this is not what the code shows; a person decides.';
  if (isTied && evidence === 0)
    return 'Not found: no claim about this was read; it may be said in other words.';
  if (evidence === 0)
    return 'None of the terms listed for this point was found; it may be said in other words.';
  return 'The places shown use terms listed for this point; whether they make it is for a person.';
}

function evidenceOf({ span, subject, verdict, says, code }: Claim): Evidence {
  return { kind: 'claim', span, subject, verdict, says, ...(code && { code }) };
}

function missedEvidence({ check, severity, line, message, why }: Finding): Evidence {
  return {
    kind: 'finding',
    check,
    severity,
    place: { line },
    says: `Not named in this answer, as far as could be read: ${message}`,
    why,
  };
}

/** The given code is the same for every answer: read once. */
const FACTS = new WeakMap<CritiquePart, CodeFacts>();

function factsOf(part: CritiquePart, instruments: Instruments): CodeFacts {
  let facts = FACTS.get(part);
  if (facts === undefined) {
    facts = factsOfGiven(part, instruments);
    FACTS.set(part, facts);
  }
  return facts;
}

function factsInWords({ errors, parameters, output }: CodeFacts): Evidence[] {
  return [
    ...errors.map(({ line, says }) => `line ${line}: ${says}`),
    ...(parameters === undefined
      ? []
      : [`The network has ${parameters.all.toLocaleString('en-GB')} parameters.`]),
    ...(output === undefined ? [] : [`Its output is [N, ${output.join(', ')}].`]),
  ].map((says) => ({ kind: 'fact', says: `The given code: ${says}` }));
}
