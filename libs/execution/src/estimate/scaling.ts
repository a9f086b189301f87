import { isIntegral, type Network } from '@tensormark/network';

/** A size to trace a network at; inputs without their batch. */
export interface Sizes {
  readonly batch: number;
  readonly inputs?: readonly (readonly number[])[];
}

/** Fewer rows say less of layers that take statistics of the batch: smaller images come first. */
export const FEW_ROWS = 4;
const LEAST_BATCH = 2;
const LEAST_SIDE = 16;
const LEAST_LENGTH = 4;

/**
 * Smaller sizes in the order to be tried: half the rows down to a few, then smaller images or shorter sequences, then the
 * same with fewer rows still. Channels and features stay as they are, since weights depend on them.
 */
export function sizesToTry(batch: number, { inputs }: Network): readonly Sizes[] {
  const shapes: (readonly (readonly number[])[])[] = [inputs.map(({ shape }) => shape.slice(1))];
  for (let last = shapes[0]; last !== undefined;) {
    const smaller = last.map((shape, at) => halved(shape, isIntegral(inputs[at]?.dtype ?? 'float32')));
    if (smaller.every((shape, at) => shape.join() === last?.[at]?.join())) break;
    shapes.push(smaller);
    last = smaller;
  }
  const rows: number[] = [];
  for (let half = Math.floor(batch / 2); half >= LEAST_BATCH; half = Math.floor(half / 2)) rows.push(half);
  const few = rows.filter((count) => count >= FEW_ROWS);
  const least = few.at(-1) ?? batch;
  return [
    ...few.map((count) => ({ batch: count })),
    ...shapes.slice(1).map((inner) => ({ batch: least, inputs: inner })),
    ...rows
      .filter((count) => count < FEW_ROWS)
      .flatMap((count) => [
        { batch: count },
        ...shapes.slice(1).map((inner) => ({ batch: count, inputs: inner })),
      ]),
  ];
}

/** About how much of the cost is left at a smaller size: costs go with the number of elements that come in. */
export function shareLeft(batch: number, { inputs }: Network, sizes: Sizes): number {
  const elements = (shapes: readonly (readonly number[])[]): number =>
    shapes.reduce((total, shape) => total + shape.reduce((product, size) => product * size, 1), 0);
  const own = inputs.map(({ shape }) => shape.slice(1));
  return (sizes.batch / batch) * (elements(sizes.inputs ?? own) / Math.max(1, elements(own)));
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
