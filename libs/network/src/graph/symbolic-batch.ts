import { isCall, type Network } from './network.js';

/** A size as a function of the batch: `perBatch · N + constant`. */
export interface AffineDim {
  readonly perBatch: number;
  readonly constant: number;
}

/** A network's shapes with the batch left open. */
export interface SymbolicBatch {
  /** The network at the first of the two batch sizes. */
  readonly network: Network;
  /** Shapes of a node's outputs; undefined where a size is no whole multiple of the batch and a constant. */
  shapesOf(node: number): readonly (readonly AffineDim[] | undefined)[];
}

/** The two graphs are of different networks: the forward took another way at another batch size. */
export class BatchDependentNetworkError extends Error {
  override readonly name = 'BatchDependentNetworkError';
}

/**
 * Merges two traces of one network at different batch sizes into shapes with an open batch `N`.
 * @throws BatchDependentNetworkError where they differ in more than shapes
 * @throws RangeError where the batch sizes are equal
 */
export function withSymbolicBatch(
  first: { readonly network: Network; readonly batch: number },
  second: { readonly network: Network; readonly batch: number },
): SymbolicBatch {
  if (first.batch === second.batch) throw new RangeError('two different batch sizes are needed');
  const { nodes } = first.network;
  const others = second.network.nodes;
  if (nodes.length !== others.length)
    throw new BatchDependentNetworkError(
      `${nodes.length} steps with a batch of ${first.batch}, ${others.length} with one of ${second.batch}`,
    );
  const shapes = nodes.map((node, index) => {
    const other = others[index];
    const same =
      other?.kind === node.kind &&
      other.outputs.length === node.outputs.length &&
      (!isCall(node) || (isCall(other) && other.operation === node.operation));
    if (!other || !same) throw new BatchDependentNetworkError(`step ${index} depends on the batch size`);
    return node.outputs.map((output, at) =>
      mergeShapes(output.shape, other.outputs[at]?.shape ?? [], first.batch, second.batch),
    );
  });
  return { network: first.network, shapesOf: (node) => shapes[node] ?? [] };
}

function mergeShapes(
  a: readonly number[],
  b: readonly number[],
  batchA: number,
  batchB: number,
): readonly AffineDim[] | undefined {
  if (a.length !== b.length) return undefined;
  const dims = a.map((size, axis) => affine(size, b[axis] ?? 0, batchA, batchB));
  return dims.every((dim) => dim !== undefined) ? dims : undefined;
}

function affine(a: number, b: number, batchA: number, batchB: number): AffineDim | undefined {
  const perBatch = (b - a) / (batchB - batchA);
  return Number.isInteger(perBatch) ? { perBatch, constant: a - perBatch * batchA } : undefined;
}

/** `N`, `4N`, `N + 1`, `64`. */
export function formatDim({ perBatch, constant }: AffineDim, symbol = 'N'): string {
  if (perBatch === 0) return `${constant}`;
  const multiple = perBatch === 1 ? symbol : perBatch === -1 ? `-${symbol}` : `${perBatch}${symbol}`;
  if (constant === 0) return multiple;
  return constant > 0 ? `${multiple} + ${constant}` : `${multiple} - ${-constant}`;
}

/** `[N, 64, 112, 112]`. */
export function formatSymbolicShape(shape: readonly AffineDim[], symbol = 'N'): string {
  return `[${shape.map((dim) => formatDim(dim, symbol)).join(', ')}]`;
}
