import { argument } from '../../program/value.js';
import type { CallArguments } from '../../program/value.js';
import type { ArrayFacts, Size } from './array-facts.js';
import { wholeOf } from './names.js';

/** What a function that lays the axes of an array otherwise gives: `args` without the array; undefined for other functions. */
export function rearranged(name: string, facts: ArrayFacts, args: CallArguments): ArrayFacts | undefined {
  const [first, second] = args.positional;
  switch (name) {
    case 'transpose': {
      const listed = argument(args, 'axes') ?? first;
      return transposed(facts, (Array.isArray(listed) ? listed : args.positional).map(wholeOf));
    }
    case 'swapaxes':
      return swapped(facts, wholeOf(first), wholeOf(second));
    case 'moveaxis':
      return moved(facts, wholeOf(first), wholeOf(second));
    case 'squeeze':
      return squeezed(facts, wholeOf(argument(args, 'axis', 0)));
    default:
      return undefined;
  }
}

/** The axes the other way round, or in the order that is given; the shape is not known where they are not. */
export function transposed(facts: ArrayFacts, axes: readonly Size[] = []): ArrayFacts {
  const { elements: _, ...rest } = facts;
  const { shape } = facts;
  if (axes.length === 0) return { ...rest, shape: shape?.toReversed() };
  const isOrder =
    shape?.length === axes.length &&
    axes.every((axis) => axis !== undefined && Math.abs(axis) <= shape.length);
  return { ...rest, shape: isOrder ? axes.map((axis) => shape.at(axis ?? 0)) : undefined };
}

/** Two axes in each other's place. */
function swapped(facts: ArrayFacts, one: Size, other: Size): ArrayFacts {
  const count = facts.shape?.length ?? 0;
  const [from, to] = [one, other].map((axis) => (axis !== undefined && axis < 0 ? count + axis : axis));
  return from === undefined || to === undefined
    ? { ...facts, shape: undefined }
    : transposed(
        facts,
        Array.from({ length: count }, (_, axis) => (axis === from ? to : axis === to ? from : axis)),
      );
}

/** One axis at another place among the rest. */
function moved(facts: ArrayFacts, from: Size, to: Size): ArrayFacts {
  const count = facts.shape?.length ?? 0;
  if (from === undefined || to === undefined) return { ...facts, shape: undefined };
  const at = from < 0 ? count + from : from;
  const axes = Array.from({ length: count }, (_, axis) => axis).filter((axis) => axis !== at);
  axes.splice(to < 0 ? count + to : to, 0, at);
  return transposed(facts, axes);
}

/** Without an axis of size 1; the shape is not known where it is not said which. */
function squeezed(facts: ArrayFacts, along: Size): ArrayFacts {
  const { shape } = facts;
  const at = shape !== undefined && along !== undefined && along < 0 ? shape.length + along : along;
  return {
    ...facts,
    shape: at !== undefined && shape?.[at] === 1 ? shape.filter((_, axis) => axis !== at) : undefined,
  };
}
