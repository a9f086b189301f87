import {
  absolute,
  asNumber,
  callOf,
  exponential,
  logarithm,
  numberOf,
  power,
  product,
  reduced,
  scaled,
  sum,
} from './expression.js';
import type { Expression } from './expression.js';

/** What a function or operator makes of expressions, whichever library's it is; undefined where it is none of this number of arguments. */
type Meaning = (args: readonly Expression[]) => Expression | undefined;

const one =
  (make: (of: Expression) => Expression): Meaning =>
  ([of, ...others]) =>
    of === undefined || others.length > 0 ? undefined : make(of);

const two =
  (make: (left: Expression, right: Expression) => Expression): Meaning =>
  ([left, right, ...others]) =>
    left === undefined || right === undefined || others.length > 0 ? undefined : make(left, right);

/** Where only the first argument is one of the expression: dimensions and the like follow. */
const first =
  (make: (of: Expression) => Expression): Meaning =>
  ([of]) =>
    of === undefined ? undefined : make(of);

const same = first((of) => of);

function subtracted(left: Expression, right: Expression): Expression {
  return sum(left, scaled(right, -1));
}

/** The larger or smaller of two; the same whichever is given first. */
function chosen(name: 'max' | 'min', left: Expression, right: Expression): Expression {
  return left.key < right.key ? callOf(name, left, right) : callOf(name, right, left);
}

const called = (name: string): Meaning => first((of) => callOf(name, of));

const softmax: Meaning = first((of) => callOf('softmax', of));

const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>(
  Object.entries<Meaning>({
    add: two(sum),
    sub: two(subtracted),
    subtract: two(subtracted),
    rsub: two((left, right) => subtracted(right, left)),
    mul: two(product),
    multiply: two(product),
    div: two((left, right) => product(left, power(right, -1))),
    divide: two((left, right) => product(left, power(right, -1))),
    true_divide: two((left, right) => product(left, power(right, -1))),
    truediv: two((left, right) => product(left, power(right, -1))),
    neg: one((of) => scaled(of, -1)),
    negative: one((of) => scaled(of, -1)),
    pow: two(raised),
    square: one((of) => power(of, 2)),
    sqrt: one((of) => power(of, 0.5)),
    rsqrt: one((of) => power(of, -0.5)),
    reciprocal: one((of) => power(of, -1)),
    exp: one(exponential),
    expm1: one((of) => sum(exponential(of), numberOf(-1))),
    log: one(logarithm),
    log1p: one((of) => logarithm(sum(of, numberOf(1)))),
    log2: one((of) => scaled(logarithm(of), 1 / Math.LN2)),
    log10: one((of) => scaled(logarithm(of), 1 / Math.LN10)),
    abs: one(absolute),
    absolute: one(absolute),
    sum: first((of) => reduced('sum', of)),
    mean: first((of) => reduced('mean', of)),
    average: first((of) => reduced('mean', of)),
    std: called('std'),
    var: called('var'),
    variance: called('var'),
    max: ([left, right]) =>
      left === undefined
        ? undefined
        : right === undefined || asNumber(right) !== undefined
          ? callOf('largest', left)
          : chosen('max', left, right),
    amax: called('largest'),
    argmax: called('argmax'),
    maximum: two((left, right) => chosen('max', left, right)),
    minimum: two((left, right) => chosen('min', left, right)),
    relu: one((of) => chosen('max', numberOf(0), of)),
    sigmoid: one((of) => callOf('sigmoid', of)),
    logsigmoid: one((of) => logarithm(callOf('sigmoid', of))),
    log_sigmoid: one((of) => logarithm(callOf('sigmoid', of))),
    tanh: one((of) => callOf('tanh', of)),
    sin: one((of) => callOf('sin', of)),
    cos: one((of) => callOf('cos', of)),
    softmax,
    log_softmax: first((of) => logarithm(callOf('softmax', of))),
    logsumexp: first((of) => logarithm(reduced('sum', exponential(of)))),
    cumprod: called('cumprod'),
    matmul: two((left, right) => callOf('matmul', left, right)),
    mm: two((left, right) => callOf('matmul', left, right)),
    bmm: two((left, right) => callOf('matmul', left, right)),
    dot: two((left, right) => callOf('matmul', left, right)),
    transpose: called('transposed'),
    t: called('transposed'),
    ...Object.fromEntries(
      (
        'to cuda cpu float double half type clone contiguous detach requires_grad cast unsqueeze expand_dims squeeze view reshape flatten ' +
        'expand expand_as view_as identity stop_gradient numpy item convert_to_tensor constant asarray Variable float32'
      )
        .split(' ')
        .map((name) => [name, same]),
    ),
  }),
);

/** What is the same whoever computes it: `tf.reduce_mean` is a mean. */
export function meaningOf(name: string): Meaning | undefined {
  return MEANINGS.get(name) ?? MEANINGS.get(name.replace(/^reduce_/, ''));
}

/** Whether an operation of that name makes an expression of others, and is none that leaves its argument as it is. */
export function isComputing(name: string): boolean {
  const meaning = meaningOf(name);
  return meaning !== undefined && meaning !== same;
}

function raised(base: Expression, exponent: Expression): Expression {
  const number = asNumber(exponent);
  if (number !== undefined) return power(base, number);
  const of = asNumber(base);
  if (of !== undefined && of > 0) return exponential(scaled(exponent, Math.log(of)));
  return callOf('pow', base, exponent);
}
