import * as tf from '@tensorflow/tfjs-core';
import type { DType } from '@tensormark/network';
import { as, filled, fromHost, transpose, type Data } from './arrays.js';
import { scoped } from './scope.js';
import { elements, identity, sameShape, type Shape } from './shape.js';

/** An array with its shape, and the order its axes are stored in where that is not the shape's own. */
export interface Stored {
  readonly data: Data;
  readonly shape: Shape;
  /** Axes in the order of storage, outermost first; the shape's own where absent. */
  readonly order?: readonly number[] | undefined;
}

/** Gradients of a value's inputs from its own; undefined where an input needs none or gets none. */
export type Backward = (
  gradient: Stored,
  needs: readonly boolean[],
) => readonly (Stored | Data | undefined)[];

interface Origin {
  readonly inputs: readonly Value[];
  readonly backward: Backward;
}

let made = 0;

/**
 * A tensor of a running network: float32 on the device whatever its dtype (truth values are 0 and 1, whole numbers exact
 * to 2^24), with how it came about where gradients flow through it.
 */
export class Value implements Stored {
  /** Later values have larger ones. */
  readonly sequence: number;

  constructor(
    readonly data: Data,
    readonly shape: Shape,
    readonly dtype: DType = 'float32',
    readonly order?: readonly number[],
    readonly origin?: Origin | 'leaf',
  ) {
    made += 1;
    this.sequence = made;
    if (data.size !== elements(shape))
      throw new RangeError(`${data.size} elements are no [${shape.join(', ')}]`);
  }

  get needsGradient(): boolean {
    return this.origin !== undefined;
  }
}

/** A tensor that no gradient flows into. */
export function constant(data: Data, shape: Shape, dtype: DType = 'float32'): Value {
  return new Value(data, shape, dtype);
}

export function hosted(values: Float32Array, shape: Shape, dtype: DType = 'float32'): Value {
  return new Value(fromHost(values), shape, dtype);
}

export function scalar(value: number, dtype: DType = 'float32'): Value {
  return new Value(filled([], value), [], dtype);
}

/** A tensor that a gradient is wanted of: a parameter, an input. */
export function leaf(data: Data, shape: Shape, dtype: DType = 'float32'): Value {
  return new Value(data, shape, dtype, undefined, 'leaf');
}

/** What an operation gives, remembered with its way back where an input needs gradients. */
export function derived(
  inputs: readonly Value[],
  stored: Stored,
  backward: Backward,
  dtype: DType = 'float32',
): Value {
  const origin = inputs.some((input) => input.needsGradient) ? { inputs, backward } : undefined;
  return new Value(stored.data, stored.shape, dtype, stored.order, origin);
}

/** The elements in the shape's own order. */
export function standard({ data, shape, order }: Stored): Data {
  if (order === undefined) return data;
  const inverse = identity(order.length).map((axis) => order.indexOf(axis));
  return transpose(
    data,
    order.map((axis) => shape[axis] ?? 1),
    inverse,
  );
}

/** The elements stored in the order asked for. */
export function stored(value: Stored, order: readonly number[]): Data {
  const current = value.order ?? identity(value.shape.length);
  if (sameOrder(current, order)) return value.data;
  return transpose(
    value.data,
    current.map((axis) => value.shape[axis] ?? 1),
    order.map((axis) => current.indexOf(axis)),
  );
}

export function sameOrder(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((axis, at) => axis === b[at]);
}

/** An order as it is kept: none where it is the shape's own. */
export function kept(order: readonly number[]): readonly number[] | undefined {
  return order.every((axis, at) => axis === at) ? undefined : order;
}

/**
 * Gradients of a number with respect to values, by reverse accumulation. A value that the number does not depend on is
 * not among them.
 */
export function gradients(of: Value, wanted: readonly Value[]): ReadonlyMap<Value, Stored> {
  if (of.data.size !== 1) throw new RangeError('gradients are of a single number');
  const wantedOnes = new Set(wanted);
  const collected = new Map<Value, Stored>();
  if (!of.needsGradient) return collected;
  collected.set(of, { data: filled([], 1), shape: of.shape });
  for (const value of reachedFrom(of)) {
    const gradient = collected.get(value);
    const { origin } = value;
    if (gradient === undefined || origin === undefined || origin === 'leaf') continue;
    for (const [input, part] of contributions(origin, gradient)) accumulate(collected, input, part);
    if (wantedOnes.has(value)) continue;
    gradient.data.dispose();
    collected.delete(value);
  }
  return collected;
}

/** Every value that gradients reach, the latest first. */
function reachedFrom(root: Value): readonly Value[] {
  const seen = new Set<Value>([root]);
  const open = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    const { origin } = value;
    if (origin === undefined || origin === 'leaf') continue;
    for (const input of origin.inputs) {
      if (!input.needsGradient || seen.has(input)) continue;
      seen.add(input);
      open.push(input);
    }
  }
  return [...seen].toSorted((a, b) => b.sequence - a.sequence);
}

function contributions(
  { inputs, backward }: Origin,
  gradient: Stored,
): readonly (readonly [Value, Stored])[] {
  return scoped(
    () => {
      const needs = inputs.map((input) => input.needsGradient);
      const parts = backward(gradient, needs);
      return inputs.flatMap((input, at): readonly (readonly [Value, Stored])[] => {
        const part = parts[at];
        if (part === undefined || !needs[at]) return [];
        const whole = part instanceof tf.Tensor ? { data: part, shape: input.shape } : part;
        if (!sameShape(whole.shape, input.shape) || whole.data.size !== elements(input.shape))
          throw new RangeError(
            `a gradient of [${whole.shape.join(', ')}] for a value of [${input.shape.join(', ')}]`,
          );
        // A handle of its own, so that freeing it frees nothing else.
        return [[input, { ...whole, data: whole.data.clone() }]];
      });
    },
    (result) => result.map(([, { data }]) => data),
  );
}

function accumulate(collected: Map<Value, Stored>, value: Value, part: Stored): void {
  const before = collected.get(value);
  if (before === undefined) {
    collected.set(value, part);
    return;
  }
  const order = before.order ?? identity(before.shape.length);
  const total = scoped(
    () => tf.add(flat(before.data), flat(stored(part, order))),
    (result) => [result],
  );
  before.data.dispose();
  part.data.dispose();
  collected.set(value, { ...before, data: total });
}

function flat(data: Data): Data {
  return as(data, [data.size]);
}
