import type { Asked } from '../reference/reference.js';
import type { Claim } from './claim.js';
import { expectedValues } from './hits.js';
import type { Outcome, Slip } from './outcome.js';
import type { Weighing } from './rivals.js';
import { inOrderOf } from './shape-order.js';
import { readingsIn } from './units.js';

/** What later steps may start from instead of the reference's values, once it is known how a thing asked was answered. */
export function ownValuesOf(
  asked: Asked,
  outcome: Exclude<Outcome, { kind: 'not-found' }>,
  weighing: Pick<Weighing, 'reference' | 'claims' | 'prefers'>,
): readonly Slip[] {
  const otherThanExpected = (claim: Claim): Slip[] => valuesOf(asked, claim, weighing);
  switch (outcome.kind) {
    case 'correct':
      return outcome.rounded || asked.accept.kind !== 'exact' ? otherThanExpected(outcome.claim) : [];
    case 'method':
      return claimsOf(outcome).flatMap(otherThanExpected);
    case 'misread':
      return [
        ...outcome.differences.flatMap(({ of, found }): Slip[] =>
          of.kind === 'node' ? [{ node: of.node, value: found, claim: outcome.claim }] : [],
        ),
        ...claimsOf(outcome).flatMap(otherThanExpected),
      ];
    case 'wrong':
    case 'in-part':
      return [
        outcome.claim,
        ...weighing.claims.filter(
          (other) => other !== outcome.claim && other.role === 'result' && weighing.prefers(asked, other),
        ),
      ].flatMap(otherThanExpected);
    case 'follows':
      return otherThanExpected(outcome.claim);
  }
}

function claimsOf({ claim, result }: { readonly claim: Claim; readonly result: Claim | null }): Claim[] {
  return result === null ? [claim] : [claim, result];
}

/** The values of one claim that are others than those expected, each for the node that it stands for. */
function valuesOf(asked: Asked, claim: Claim, { reference }: Pick<Weighing, 'reference'>): Slip[] {
  const expected = expectedValues(reference, asked);
  const [first, ...others] = asked.nodes;
  if (others.length === 0 && claim.sizes === null) {
    const [right] = expected;
    // In the unit of the node, whatever the working gives it in.
    return readingsIn(reference, asked, claim).flatMap((value) =>
      right?.equals(value) === false ? [{ node: first, value, claim }] : [],
    );
  }
  const values = others.length === 0 ? [claim.value] : inOrderOf(asked, claim, expected);
  return asked.nodes.flatMap((node, at) => {
    const value = values?.[at];
    return value !== undefined && !value.equals(expected[at] ?? value) ? [{ node, value, claim }] : [];
  });
}
