import type { PyValue } from '@tensormark/python';
import type { Start } from '@tensormark/network';
import { TensorObject } from '../tensor/tensor.js';

type Affine = (start: Start, by: number) => Start | undefined;

/** Every element times a number. */
const scaled: Affine = (start, by) => {
  switch (start.kind) {
    case 'normal':
      return { kind: 'normal', mean: start.mean * by, deviation: start.deviation * Math.abs(by) };
    case 'uniform': {
      const ends = [start.low * by, start.high * by];
      return { kind: 'uniform', low: Math.min(...ends), high: Math.max(...ends) };
    }
    case 'constant':
      return { kind: 'constant', value: start.value * by };
    default:
      return undefined;
  }
};

/** Every element and a number. */
const moved: Affine = (start, by) => {
  switch (start.kind) {
    case 'normal':
      return { ...start, mean: start.mean + by };
    case 'uniform':
      return { kind: 'uniform', low: start.low + by, high: start.high + by };
    case 'constant':
      return { kind: 'constant', value: start.value + by };
    default:
      return undefined;
  }
};

const WITH_NUMBER: Readonly<Record<string, Affine>> = {
  mul: scaled,
  div: (start, by) => (by === 0 ? undefined : scaled(start, 1 / by)),
  add: moved,
  sub: (start, by) => moved(start, -by),
};

/** Either side may be the number. */
const COMMUTES = new Set(['mul', 'add']);

/** What only arranges elements that were drawn one by one leaves them so. */
const ARRANGES = new Set(['unsqueeze', 'squeeze', 'view', 'reshape', 'flatten', 'transpose', 't', 'permute']);

/** How the elements of a result start, where they are drawn ones multiplied by or added to a number, or rearranged. */
export function startOfResult(name: string, args: readonly PyValue[], keywords: number): Start | undefined {
  const [first, second] = args;
  if (first instanceof TensorObject && ARRANGES.has(name)) return first.startStill;
  const rule = Object.hasOwn(WITH_NUMBER, name) ? WITH_NUMBER[name] : undefined;
  if (rule === undefined || keywords > 0 || args.length !== 2) return undefined;
  if (first instanceof TensorObject && isNumber(second)) return of(first, rule, Number(second));
  if (COMMUTES.has(name) && second instanceof TensorObject && isNumber(first))
    return of(second, rule, Number(first));
  return undefined;
}

function of(tensor: TensorObject, rule: Affine, by: number): Start | undefined {
  const { startStill } = tensor;
  return startStill && rule(startStill, by);
}

function isNumber(value: PyValue | undefined): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}
