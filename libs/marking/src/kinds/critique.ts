import type { ModelReading } from '@tensormark/frameworks';
import { z } from 'zod';
import { itemsThatDoNotAddUp, partFields, Prose, RubricItem } from '../exam/fields.js';
import { ShapeField } from '../exam/network-field.js';
import { lintCritique } from '../lint/critique.js';
import { formatMarks } from '../marks.js';
import type { Evidence } from '../proposal.js';
import { factsOf } from './code/findings.js';
import type { Instruments, QuestionKind } from './kind.js';
import { mentionsOf } from './mentions.js';

export const CritiquePart = z
  .strictObject({
    ...partFields,
    kind: z.literal('critique'),
    code: Prose,
    input: ShapeField.optional(),
    call: z.string().trim().min(1).max(500).optional(),
    expects: z.array(RubricItem).min(1).max(40),
  })
  .superRefine((part, context) => {
    const says = itemsThatDoNotAddUp(part.marks, part.expects);
    if (says !== undefined) context.addIssue({ code: 'custom', path: ['expects'], message: says });
  });
export type CritiquePart = z.infer<typeof CritiquePart>;

/**
 * A critique is a person's to mark. The machine reads the given code, puts its facts beside the answer, and shows where
 * the answer speaks of each point that a good critique makes.
 */
export const critique: QuestionKind<CritiquePart> = {
  items: (part) => part.expects,
  mark(part, answer, instruments) {
    const items = part.expects.map((item) => {
      const evidence = mentionsOf(item, answer);
      return {
        item: item.id,
        says: item.says,
        available: formatMarks(item.marks),
        proposed: null,
        outcome: 'undecided' as const,
        reason:
          evidence.length === 0
            ? 'None of the terms listed for this point was found; it may be said in other words.'
            : 'The places shown use terms listed for this point; whether they make it is for a person.',
        evidence,
      };
    });
    const spokenTo = items.filter((item) => item.evidence.length > 0).length;
    return {
      outcome: 'needs-person',
      marks: null,
      doubt: 1,
      summary: `A person marks this critique; it uses terms of ${spokenTo} of ${items.length} points.`,
      items,
      evidence: factsOfGivenCode(part, instruments),
    };
  },
  lint: (part, instruments, asked) => lintCritique(part, asked, () => readGiven(part, instruments)),
};

function readGiven(part: CritiquePart, { reader }: Instruments): ModelReading {
  return reader.read(part.code, {
    filename: 'given.py',
    ...(part.input === undefined ? {} : { inputs: [part.input] }),
    ...(part.call === undefined ? {} : { call: part.call }),
  });
}

/** The given code is the same for every answer: read once. */
const FACTS = new WeakMap<CritiquePart, Evidence[]>();

function factsOfGivenCode(part: CritiquePart, instruments: Instruments): Evidence[] {
  const known = FACTS.get(part);
  if (known !== undefined) return known;
  const reading = readGiven(part, instruments);
  const errors = [
    ...reading.syntaxErrors.map(({ type, span, message }) => ({
      line: span.line,
      says: `${type}: ${message}`,
    })),
    ...reading.errors.map(({ type, message, place }) => ({ line: place.line, says: `${type}: ${message}` })),
  ];
  const facts: Evidence[] = [
    ...errors.map(({ line, says }): Evidence => ({
      kind: 'fact',
      says: `The given code, line ${line}: ${says}`,
    })),
    ...factsOf(reading).map((fact): Evidence => ({ kind: 'fact', says: `The given code: ${fact.says}` })),
  ];
  FACTS.set(part, facts);
  return facts;
}
