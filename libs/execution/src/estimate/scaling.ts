import { isIntegral, type Network } from '@tensormark/network';

/** A size to trace a network at; inputs without their batch. */
export interface Sizes {
  readonly batch: number;
  readonly inputs?: readonly (readonly number[])[];
}

const LEAST_BATCH = 2;
const LEAST_SIDE = 16;
const LEAST_LENGTH = 4;

/**
 * Smaller sizes in the order to be tried: first fewer rows, then smaller images or shorter sequences. Channels and features
 * stay as they are, since weights depend on them.
 */
export function sizesToTry(batch: number, { inputs }: Network): readonly Sizes[] {
  const sizes: Sizes[] = [];
  for (let rows = Math.floor(batch / 2); rows >= LEAST_BATCH; rows = Math.floor(rows / 2))
    sizes.push({ batch: rows });
  let shapes: readonly (readonly number[])[] = inputs.map(({ shape }) => shape.slice(1));
  for (;;) {
    const smaller = shapes.map((shape, at) => halved(shape, isIntegral(inputs[at]?.dtype ?? 'float32')));
    if (smaller.every((shape, at) => shape.join() === shapes[at]?.join())) return sizes;
    sizes.push({ batch: LEAST_BATCH, inputs: smaller });
    shapes = smaller;
  }
}

/** Half the places of `[C, …spatial]`, or half the length of a sequence of tokens or of `[T, features]`. */
function halved(shape: readonly number[], tokens: boolean): readonly number[] {
  const half = (size: number, least: number): number =>
    size > least ? Math.max(Math.ceil(size / 2), least) : size;
  if (tokens) return shape.map((size) => half(size, LEAST_LENGTH));
  if (shape.length >= 3) return shape.map((size, axis) => (axis === 0 ? size : half(size, LEAST_SIDE)));
  if (shape.length === 2) return shape.with(0, half(shape[0] ?? 1, LEAST_LENGTH));
  return shape;
}
