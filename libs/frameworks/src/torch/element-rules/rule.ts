import type { Argument } from '@tensormark/network';
import { TensorObject } from '../tensor/tensor.js';
import { elementsOf, Elements } from '../values/elements.js';

/**
 * How an operation's result follows from known elements: arguments in the order of PyTorch's signature, and the
 * result whose shape and type are known already. Undefined where the elements cannot be told.
 */
export type ElementRule = (args: readonly Argument[], result: TensorObject) => Elements | undefined;

/** For operations that give several tensors. */
export type SeveralRule = (
  args: readonly Argument[],
  results: readonly TensorObject[],
) => readonly (Elements | undefined)[];

/** A tensor's known elements, or a number's. */
export function known(value: Argument | undefined): Elements | undefined {
  if (value instanceof TensorObject) return value.known;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return elementsOf([], Float64Array.of(Number(value)), 'float64');
  return undefined;
}

export function integer(value: Argument | undefined, otherwise: number): number {
  return typeof value === 'bigint' || typeof value === 'boolean' ? Number(value) : otherwise;
}

export function isList(value: Argument | undefined): value is readonly Argument[] {
  return Array.isArray(value);
}

/** One axis or several, counted from the front. */
export function axes(value: Argument | undefined, rank: number): number[] {
  const given = isList(value) ? value : value === null || value === undefined ? [] : [value];
  return given.map((item) => axis(item, rank));
}

export function axis(value: Argument | undefined, rank: number): number {
  const at = integer(value, 0);
  return at < 0 ? at + rank : at;
}
