import { readWorking } from '@tensormark/arithmetic';
import { expectedQuantities, matchWorking, type AskedQuantity } from '@tensormark/parameter-count';
import { z } from 'zod';
import { itemsThatDoNotAddUp, partFields } from '../exam/fields.js';
import { NetworkField } from '../exam/network-field.js';
import { networkOf } from '../exam/network.js';
import { lintNumeric } from '../lint/numeric.js';
import { formatMarks, parseMarks, sumMarks } from '../marks.js';
import type { ItemProposal } from '../proposal.js';
import type { Instruments, Proposal, QuestionKind } from './kind.js';
import { Ask } from './numeric/ask.js';
import { derivationOf } from './numeric/derivation.js';
import { schemeOf } from './numeric/scheme.js';
import { equationEvidence } from './numeric/equations.js';
import { proposeItem, withDoubts } from './numeric/item.js';

export const NumericPart = z
  .strictObject({
    ...partFields,
    kind: z.literal('numeric'),
    network: NetworkField,
    conventions: z
      .strictObject({
        bias: z
          .enum(['as-given', 'either'])
          .default('as-given')
          .describe(
            'as-given: biases count as the network has them; either: a consistent count without is accepted too',
          ),
      })
      .default({ bias: 'as-given' }),
    ask: z.array(Ask).min(1).max(60),
  })
  .superRefine((part, context) => {
    const says = itemsThatDoNotAddUp(part.marks, part.ask);
    if (says !== undefined) context.addIssue({ code: 'custom', path: ['ask'], message: says });
    part.ask.forEach((ask, at) => {
      if (ask.method === undefined || ask.method <= ask.marks) return;
      context.addIssue({
        code: 'custom',
        path: ['ask', at, 'method'],
        message: 'expected at most the marks of this item',
      });
    });
  });
export type NumericPart = z.infer<typeof NumericPart>;

/** A count is recomputed exactly; each quantity in the working is matched to it by value, by form and by its words. */
export const numeric: QuestionKind<NumericPart> = {
  items: (part) => part.ask,
  mark(part, answer, instruments) {
    const expectation = expectationOf(part, instruments);
    if (expectation.kind === 'impossible') return forAPerson(part, expectation.says);
    const working = readWorking(answer);
    if (working.refused !== null) {
      return forAPerson(
        part,
        `The working is longer than can be read (${working.refused}); a person marks it.`,
      );
    }
    const matching = matchWorking(expectation.asked, working);
    const items = withDoubts(
      part.ask.map((ask) => proposeItem(ask, matching, answer)),
      matching,
    );
    const evidence = equationEvidence(working);
    const undecided = items.filter(({ outcome }) => outcome === 'undecided').length;
    const derivation = derivationOf(part.ask, expectation.asked, matching.convention);
    if (undecided > 0) {
      return {
        outcome: 'needs-person',
        marks: null,
        doubt: 0.5 + (0.5 * undecided) / items.length,
        summary: `${items.length - undecided} of ${items.length} quantities are settled; a person decides on the rest.`,
        items,
        evidence,
        derivation,
      };
    }
    const sum = sumMarks(items.map(({ proposed }) => parseMarks(proposed ?? '0') ?? 0n));
    const right = items.filter(({ outcome }) => outcome === 'met').length;
    return {
      outcome: 'proposed',
      marks: formatMarks(sum > part.marks ? part.marks : sum),
      doubt: right === items.length ? 0.05 : 0.3,
      summary: `${right} of ${items.length} quantities are right.`,
      items,
      evidence,
      derivation,
    };
  },
  lint(part, instruments, asked) {
    const expectation = expectationOf(part, instruments);
    if (expectation.kind === 'impossible')
      return [{ check: 'cannot-be-counted', path: ['network'], says: expectation.says }];
    return lintNumeric(schemeOf(part, expectation.asked, instruments), asked);
  },
};

type Expected =
  | { readonly kind: 'asked'; readonly asked: readonly AskedQuantity[] }
  | { readonly kind: 'impossible'; readonly says: string };

/** The same part is asked about thousands of times; its network is read once. */
const EXPECTED = new WeakMap<NumericPart, Expected>();

function expectationOf(part: NumericPart, instruments: Instruments): Expected {
  const known = EXPECTED.get(part);
  if (known !== undefined) return known;
  const found = computeExpectation(part, instruments);
  EXPECTED.set(part, found);
  return found;
}

function computeExpectation(part: NumericPart, instruments: Instruments): Expected {
  const reading = networkOf(part.network, instruments);
  if (reading.kind === 'refused')
    return { kind: 'impossible', says: `The network of the question: ${reading.says}` };
  const expectation = expectedQuantities(reading.network, part.ask, part.conventions.bias);
  if (expectation.kind === 'asked') return expectation;
  const { id, name, known } = expectation;
  return {
    kind: 'impossible',
    says: `${id} asks about "${name}", which the network does not have; it has ${known.join(', ')}.`,
  };
}

function forAPerson(part: NumericPart, says: string): Proposal {
  return {
    outcome: 'needs-person',
    marks: null,
    doubt: 1,
    summary: says,
    items: part.ask.map((ask): ItemProposal => ({
      item: ask.id,
      says: ask.says,
      available: formatMarks(ask.marks),
      proposed: null,
      outcome: 'undecided',
      reason: says,
      evidence: [],
    })),
    evidence: [{ kind: 'caution', says }],
  };
}
