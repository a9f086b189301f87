import type { Cost } from './costs.js';
import type { Formula } from './formula/formula.js';
import type { Reach } from './reach.js';
import type { TensorType } from './tensor.js';
import type { Argument } from './values/argument.js';
import type { Result } from './values/result.js';
import type { Bound, CallArguments } from './values/signature.js';

/** What a rule may ask and say besides its arguments. */
export interface CallContext {
  /** `module.training`: batch statistics and dropout work otherwise in evaluation. */
  readonly training: boolean;
  /** Says what PyTorch would warn of. */
  warn(message: string): void;
  /** Runs the parts of a composite layer, and the operations between them. */
  readonly tracer: Tracer;
}

/** Runs calls inside a composite layer: inferring only, or into a graph. */
export interface Tracer {
  /** Calls a child of the layer by its path below it: `self_attn`, `layers.0`. @throws Raised */
  child(path: string, call: CallArguments): Result;
  /** Calls an operation of the table. @throws Raised */
  apply(operation: string, call: CallArguments): Result;
}

/** One call of a layer or operation on given arguments. */
export interface Call {
  /** A layer's type (`Conv2d`) or an operation's name (`cat`). */
  readonly name: string;
  readonly arguments: Bound;
  /** @throws Raised with PyTorch's own error. */
  infer(context: CallContext): Result;
  /** The work done, given the outputs inferred. */
  costs(outputs: readonly TensorType[]): readonly Cost[];
  reach(): Reach;
  /** The first output's shape, one formula a dimension, where there is more to say than its numbers. */
  outputShape(): readonly Formula[] | undefined;
}

/** The tensors among arguments, from left to right, into tuples and lists. */
export function tensorArguments<T extends TensorType>(
  value: Argument | Bound,
  isTensor: (value: unknown) => value is T,
): readonly T[] {
  const found: T[] = [];
  collect(value, isTensor, found);
  return found;
}

function collect<T extends TensorType>(
  value: unknown,
  isTensor: (value: unknown) => value is T,
  found: T[],
): void {
  if (isTensor(value)) found.push(value);
  else if (Array.isArray(value)) for (const item of value) collect(item, isTensor, found);
  else if (isPlainRecord(value)) for (const name in value) collect(value[name], isTensor, found);
}

function isPlainRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  // A tensor has a shape and a type; `view` has an argument that is called shape.
  const isTensorType = (each: object): boolean => 'shape' in each && 'dtype' in each;
  return typeof value === 'object' && value !== null && !isTensorType(value) && !('definition' in value);
}
