import { MULTIPLY_ACCUMULATES, type CostConvention } from '../costs.js';
import { elementCount } from '../tensor.js';
import { isCall, type Network, type Tensor } from './network.js';
import { nodeCost } from './totals.js';

/** What one module holds and does, with all below it. */
export interface ModuleTotals {
  /** Elements of the parameters registered on it directly. */
  readonly own: bigint;
  /** Elements of its parameters and those below it, each shared parameter once. */
  readonly parameters: bigint;
  readonly trainable: bigint;
  /** The work of the calls in its forward and below it. */
  readonly work: bigint;
  /** What the last call in its forward or below it gave; undefined where the forward pass did not come here. */
  readonly outputs: readonly Tensor[] | undefined;
}

const NOTHING: ModuleTotals = { own: 0n, parameters: 0n, trainable: 0n, work: 0n, outputs: undefined };

/**
 * The totals of every module by path, in one pass over the network: what {@link countParameters} and {@link countCosts}
 * say of each path, for all of them at the price of one.
 */
export function moduleTotals(
  network: Network,
  convention: CostConvention = MULTIPLY_ACCUMULATES,
): ReadonlyMap<string, ModuleTotals> {
  const totals = new Map<string, ModuleTotals>();
  for (const path of network.modules.keys()) totals.set(path, NOTHING);
  const change = (path: string, next: (now: ModuleTotals) => ModuleTotals): void => {
    totals.set(path, next(totals.get(path) ?? NOTHING));
  };
  for (const { names, shape, trainable } of network.parameters) {
    const count = elementCount(shape);
    const owners = new Set(names.map((name) => name.slice(0, Math.max(name.lastIndexOf('.'), 0))));
    for (const owner of owners) change(owner, (now) => ({ ...now, own: now.own + count }));
    for (const path of new Set([...owners].flatMap(lineage)))
      change(path, (now) => ({
        ...now,
        parameters: now.parameters + count,
        trainable: trainable ? now.trainable + count : now.trainable,
      }));
  }
  for (const node of network.nodes) {
    if (!isCall(node)) continue;
    const work = nodeCost(node, convention);
    const { outputs } = node;
    for (const path of lineage(node.modulePath))
      change(path, (now) => ({ ...now, work: now.work + work, outputs }));
  }
  return totals;
}

/** A path and those above it, up to the root. */
function lineage(path: string): string[] {
  const paths = [''];
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1))
    paths.push(path.slice(0, dot));
  if (path !== '') paths.push(path);
  return paths;
}
