import type { Argument } from '@tensormark/network';
import { BINARY, mapElements, UNARY, zipElements } from '../values/elementwise.js';
import { Elements, elementsOf } from '../values/elements.js';
import { expanded } from '../values/views.js';
import { known } from './rule.js';
import type { ElementRule } from './rule.js';

const unary = Object.fromEntries(
  Object.entries(UNARY).map(([name, change]): [string, ElementRule] => [
    name,
    ([input], result) => {
      const elements = known(input);
      return elements && mapElements(elements, change, result.dtype);
    },
  ]),
);

function combined(
  left: Argument | undefined,
  right: Argument | undefined,
  result: Parameters<ElementRule>[1],
  combine: (a: number, b: number) => number,
): Elements | undefined {
  const [a, b] = [known(left), known(right)];
  return a && b && zipElements(a, b, result.shape, combine, result.dtype);
}

const binary = Object.fromEntries(
  Object.entries(BINARY).map(([name, combine]): [string, ElementRule] => [
    name,
    ([left, right], result) => combined(left, right, result, combine),
  ]),
);

/** `add(a, b, alpha=2)` adds twice b. */
function scaled(sign: number): ElementRule {
  return ([left, right, alpha], result) => {
    const factor = typeof alpha === 'number' || typeof alpha === 'bigint' ? Number(alpha) : 1;
    return combined(left, right, result, (a, b) => a + sign * factor * b);
  };
}

const ROUNDING: Readonly<Record<string, (a: number, b: number) => number>> = {
  floor: BINARY.floor_divide,
  trunc: BINARY.trunc_divide,
};

/** Element by element, by operation. */
export const pointwiseRules: Readonly<Record<string, ElementRule>> = {
  ...unary,
  ...binary,
  add: scaled(1),
  sub: scaled(-1),
  rsub: ([left, right], result) => combined(right, left, result, (a, b) => a - b),
  div: ([left, right, mode], result) =>
    combined(left, right, result, (typeof mode === 'string' ? ROUNDING[mode] : undefined) ?? BINARY.div),
  bitwise_not: ([input], result) => {
    const elements = known(input);
    return (
      elements &&
      mapElements(elements, result.dtype === 'bool' ? (x) => Number(x === 0) : (x) => -x - 1, result.dtype)
    );
  },
  clamp: ([input, low, high], result) => {
    const elements = known(input);
    const [least, most] = [known(low)?.toArray()[0] ?? -Infinity, known(high)?.toArray()[0] ?? Infinity];
    const plain = [low, high].every(
      (bound) => bound === null || bound === undefined || typeof bound !== 'object',
    );
    return elements && plain
      ? mapElements(elements, (x) => Math.min(Math.max(x, least), most), result.dtype)
      : undefined;
  },
  where: ([condition, left, right], { shape, dtype }) => {
    const [mask, a, b] = [known(condition), known(left), known(right)];
    if (mask === undefined || a === undefined || b === undefined) return undefined;
    const [yes, no] = [expanded(a, shape).toArray(), expanded(b, shape).toArray()];
    const values = expanded(mask, shape)
      .toArray()
      .map((chosen, at) => (chosen === 0 ? (no[at] ?? 0) : (yes[at] ?? 0)));
    return elementsOf(shape, values, dtype);
  },
  masked_fill: ([input, mask, value], { shape, dtype }) => {
    const [elements, chosen, filling] = [known(input), known(mask), known(value)?.toArray()[0]];
    if (elements === undefined || chosen === undefined || filling === undefined) return undefined;
    const source = expanded(elements, shape).toArray();
    const values = expanded(chosen, shape)
      .toArray()
      .map((masked, at) => (masked === 0 ? (source[at] ?? 0) : filling));
    return elementsOf(shape, values, dtype);
  },
};
