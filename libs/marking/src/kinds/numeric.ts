import { readWorking } from '@tensormark/arithmetic';
import { matchWorking } from '@tensormark/parameter-count';
import { z } from 'zod';
import { itemsThatDoNotAddUp, partFields } from '../exam/fields.js';
import { NetworkField } from '../exam/network-field.js';
import { lintNumeric } from '../lint/numeric.js';
import { formatMarks, parseMarks, sumMarks } from '../marks.js';
import type { ItemProposal } from '../proposal.js';
import type { Proposal, QuestionKind } from './kind.js';
import { Asks, unitProblem } from './numeric/ask.js';
import { Conventions } from './numeric/conventions.js';
import { derivationOf } from './numeric/derivation.js';
import { expectationOf } from './numeric/expectation.js';
import { schemeOf } from './numeric/scheme.js';
import { withImpliedSteps } from './numeric/steps.js';
import { equationEvidence } from './numeric/equations.js';
import { proposeItem, withDoubts } from './numeric/item.js';
import { Misconceptions, Units } from './numeric/policies.js';

export const NumericPart = z
  .strictObject({
    ...partFields,
    kind: z.literal('numeric').describe('Numbers with their working, recomputed exactly'),
    network: NetworkField.optional().describe(
      'The network that is asked about, as layers or as PyTorch code; left out where all values are given',
    ),
    conventions: Conventions.describe('Ways of counting that are accepted'),
    misconceptions: Misconceptions.default('as-met'),
    units: Units.prefault({}),
    ask: Asks.describe('What is asked, in the order in which it is worked out'),
  })
  .superRefine((part, context) => {
    const says = itemsThatDoNotAddUp(part.marks, part.ask);
    if (says !== undefined) context.addIssue({ code: 'custom', path: ['ask'], message: says });
    const ids = new Set<string>();
    part.ask.forEach((ask) => {
      if (ids.has(ask.id))
        context.addIssue({
          code: 'custom',
          path: ['ask', ask.at, 'id'],
          message: `there is another "${ask.id}"`,
        });
      ids.add(ask.id);
      if ('quantity' in ask && part.network === undefined)
        context.addIssue({
          code: 'custom',
          path: ['network'],
          message: `expected a network, since ${ask.id} asks for its ${ask.quantity.replaceAll('-', ' ')}`,
        });
      const unit = unitProblem(ask);
      if (unit !== undefined)
        context.addIssue({ code: 'custom', path: ['ask', ask.at, 'unit'], message: unit });
      if (ask.method === undefined || ask.method <= ask.marks) return;
      context.addIssue({
        code: 'custom',
        path: ['ask', ask.at, 'method'],
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
    const matching = matchWorking(expectation.references, working);
    const shown = part.ask.map((ask) =>
      proposeItem(ask, { matching, surroundings: expectation.surroundings, answer }, part),
    );
    const items = withDoubts(withImpliedSteps(shown, part.ask, matching), matching);
    const evidence = equationEvidence(working);
    const undecided = items.filter(({ outcome }) => outcome === 'undecided').length;
    const derivation = derivationOf(matching.reference);
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
      return [
        {
          check: 'cannot-be-counted',
          path: expectation.path,
          says: `${expectation.says} Until this is mended, every answer to it needs a person.`,
        },
      ];
    return lintNumeric(schemeOf(part, expectation.references[0], instruments), asked);
  },
};

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
