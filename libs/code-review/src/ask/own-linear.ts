import { isValue } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import { comesOf, makerOf } from './ancestry.js';
import { operandsOf } from './makings.js';

/** A product with a parameter that a program writes itself: `x @ self.weight + self.bias`. */
export interface OwnLinear {
  readonly weight: Value;
  readonly input: Value;
  readonly product: Value;
}

const PRODUCTS = /^(matmul|mm|spmm|bmm)$/;

const FILLS =
  /^(xavier|kaiming|uniform|normal|orthogonal|trunc_normal|zeros?|ones|constant|sparse|fill|copy)(_|$)/;

/** Whether it is a parameter, however it was filled at the start. */
function isParameter(value: Value): boolean {
  let current: Value | undefined = value;
  for (let depth = 0; depth < 4 && current !== undefined; depth++) {
    if (current.made.kind === 'parameter') return true;
    if (!FILLS.test(makerOf(current))) return false;
    [current] = current.inputs;
  }
  return false;
}

/** Whether nothing that learns is behind a value. */
function isGiven(value: Value): boolean {
  return !comesOf(
    value,
    ({ made, requiresGrad }) =>
      made.kind === 'parameter' || made.kind === 'layer' || made.kind === 'module' || requiresGrad === true,
  );
}

/**
 * The product with a parameter that a value is, behind biases, and products with what does not learn, as graphs' matrices are:
 * `adjacency @ (x @ weight) + bias`.
 */
export function ownLinear(value: Value): OwnLinear | undefined {
  let current = value;
  for (let depth = 0; depth < 6; depth++) {
    const name = makerOf(current);
    const operands = operandsOf(current).filter(isValue);
    const [one, other] = operands;
    if (one === undefined || other === undefined || operands.length !== 2) return undefined;
    if (name === 'add') {
      if (isParameter(one) === isParameter(other)) return undefined;
      current = isParameter(one) ? other : one;
    } else if (PRODUCTS.test(name)) {
      if (isParameter(other) && !isParameter(one)) return { weight: other, input: one, product: current };
      if (!isGiven(one)) return undefined;
      current = other;
    } else return undefined;
  }
  return undefined;
}
