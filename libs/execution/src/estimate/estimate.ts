import { countCosts, elementCount, isCall, type Network } from '@tensormark/network';
import type { ExecutionBudgets } from '../jobs/job.js';
import type { Estimate } from '../jobs/cost.js';

/** Elements are float32 on the device, whatever their dtype. */
const BYTES = 4;

/**
 * A training pass holds every call's output, what its executor makes on the way, and as much again going back. The factor is
 * fitted to this engine's own peaks and keeps a margin; the optimiser and the gradients hold the parameters so many times.
 */
const HELD_PER_ACTIVATION = 20;
const HELD_PER_PARAMETER = 6;

/** What running a network costs, from its shapes alone. */
export function estimateOf(network: Network): Estimate {
  const sizes = network.nodes.flatMap(({ outputs }) => outputs.map(({ shape }) => bytesOf(shape)));
  const activations = sizes.reduce((total, size) => total + size, 0);
  const parameters = network.parameters.map(({ shape }) => bytesOf(shape));
  const held = parameters.reduce((total, size) => total + size, 0);
  return {
    multiplyAccumulates: Number(countCosts(network)),
    bytes: HELD_PER_PARAMETER * held + HELD_PER_ACTIVATION * activations,
    parameters: held / BYTES,
    largestTensor: Math.max(0, ...sizes, ...parameters),
    steps: network.nodes.filter(isCall).length,
  };
}

function bytesOf(shape: readonly number[]): number {
  return Number(elementCount(shape)) * BYTES;
}

/** Why a network is not run within budgets; undefined where it is. */
export function exceeding(
  { multiplyAccumulates, bytes, steps }: Estimate,
  budgets: ExecutionBudgets,
): string | undefined {
  const count = (value: number): string => value.toLocaleString('en-GB', { maximumSignificantDigits: 3 });
  if (steps > budgets.steps)
    return `a pass takes ${count(steps)} calls, and ${count(budgets.steps)} are run at most`;
  if (multiplyAccumulates > budgets.multiplyAccumulates)
    return `a pass takes ${count(multiplyAccumulates)} multiply-accumulates, and ${count(budgets.multiplyAccumulates)} are run at most`;
  if (bytes > budgets.bytes)
    return `a training pass needs about ${count(bytes / 1e6)} MB, and ${count(budgets.bytes / 1e6)} MB are given at most`;
  return undefined;
}
