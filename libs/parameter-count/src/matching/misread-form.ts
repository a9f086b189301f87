import { exact } from '../exact.js';
import { expand, tellingFormula } from '../reference/expand.js';
import type { CountedNode, Reference } from '../reference/reference.js';
import type { Claim } from './claim.js';
import { differencesInForm, type Difference } from './form.js';
import type { Slip } from './outcome.js';

/** The numbers that a calculation has otherwise than a node's formula, by one route or another; undefined where its form is no route's. */
export function differencesFrom(
  reference: Reference,
  node: CountedNode,
  claim: Claim,
): readonly Difference[] | undefined {
  const routes = [tellingFormula(reference, node), ...node.otherRoutes];
  const within = [node.formula, ...node.otherRoutes].flatMap(
    (each) => expand(reference, each, isWithin) ?? [],
  );
  for (const route of [...routes, ...within]) {
    const found = differencesInForm(route, claim.expression, reference);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Where each number that differs is the working's own value of what stands there: those values. */
export function slipsBehind(
  { nodes }: Reference,
  differences: readonly Difference[],
  known: readonly Slip[],
): readonly Slip[] | undefined {
  const from = differences.map(({ expected, found }) =>
    known.find(({ node, value }) => {
      const right = nodes.get(node);
      return value.equals(found) && right !== undefined && exact(right.value).equals(expected);
    }),
  );
  const slips = from.flatMap((slip) => slip ?? []);
  return slips.length === differences.length ? slips : undefined;
}

/** What stands within a layer's formula as one writes it out. */
function isWithin({ measure }: CountedNode): boolean {
  return measure === 'size' || measure === 'units' || measure === 'weights' || measure === 'biases';
}
