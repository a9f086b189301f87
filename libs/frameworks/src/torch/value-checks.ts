import type { PyValue, Runtime } from '@tensormark/python';
import { isIntegral } from '@tensormark/network';
import type { TorchError } from '@tensormark/network';
import { report } from '../trace/reading.js';
import { TensorObject } from './tensor/tensor.js';

/** What PyTorch refuses for the values of small tensors, by layer or operation. */
type ValueCheck = (tensors: readonly TensorObject[]) => Omit<TorchError, 'exact'> | undefined;

/** Classes that no index may reach; the index that means "ignore" is left alone. */
const IGNORED = -100;

const classTarget: ValueCheck = (tensors) => classesIn(tensors, IGNORED);

function classesIn(
  [input, target]: readonly TensorObject[],
  ignored: number | undefined,
): Omit<TorchError, 'exact'> | undefined {
  const values = target?.known?.toArray();
  if (input === undefined || target === undefined || values === undefined || !isIntegral(target.dtype))
    return undefined;
  const classes = input.shape.length > 1 ? input.shape[1] : input.shape[0];
  const bad = values.find((value) => value !== ignored && (value < 0 || value >= (classes ?? Infinity)));
  return bad === undefined ? undefined : { type: 'IndexError', message: `Target ${bad} is out of bounds.` };
}

const probability: ValueCheck = ([input, target]) =>
  input?.shape.join() === target?.shape.join() &&
  input?.dtype === target?.dtype &&
  input?.known?.toArray().some((value) => !(value >= 0 && value <= 1)) === true
    ? { type: 'RuntimeError', message: 'all elements of input should be between 0 and 1' }
    : undefined;

const marginTarget: ValueCheck = (tensors) =>
  classesIn(tensors, undefined) && { type: 'RuntimeError', message: 'target out of range' };

const variance: ValueCheck = ([, , given]) =>
  given?.known?.toArray().some((value) => value < 0) === true
    ? { type: 'ValueError', message: 'var has negative entry/entries' }
    : undefined;

/** The places that an operation looks up must be there: `dim` may be anything that is a whole number. */
export function checkPlaces(rt: Runtime, name: string, args: readonly PyValue[]): void {
  if (name !== 'index_select' && name !== 'gather' && name !== 'scatter' && name !== 'scatter_add') return;
  const [input, dim, index] = args;
  if (!(input instanceof TensorObject && index instanceof TensorObject) || typeof dim !== 'bigint') return;
  const rank = input.shape.length;
  const axis = Number(dim) + (dim < 0n ? rank : 0);
  const size = input.shape[axis] ?? 1;
  const bad = index.known?.toArray().find((value) => value < 0 || value >= size);
  if (bad === undefined) return;
  const message =
    name !== 'index_select'
      ? `index ${bad} is out of bounds for dimension ${axis} with size ${size}`
      : 'index out of range in self';
  const type = name === 'index_select' ? 'IndexError' : 'RuntimeError';
  report(rt, { type, message, exact: name !== 'index_select' });
}

const CHECKS: Readonly<Record<string, ValueCheck>> = {
  CrossEntropyLoss: classTarget,
  cross_entropy: classTarget,
  NLLLoss: classTarget,
  nll_loss: classTarget,
  BCELoss: probability,
  MultiMarginLoss: marginTarget,
  multi_margin_loss: marginTarget,
  GaussianNLLLoss: variance,
  gaussian_nll_loss: variance,
  binary_cross_entropy: probability,
};

export function checkValues(rt: Runtime, name: string, tensors: readonly TensorObject[]): void {
  if (!Object.hasOwn(CHECKS, name)) return;
  const error = CHECKS[name]?.(tensors);
  if (error !== undefined) report(rt, { ...error, exact: true });
}

const DIVIDING = new Set(['remainder', 'fmod', 'floor_divide']);

/** Whole numbers are not divided by zero. */
export function checkDivisor(rt: Runtime, name: string, [dividend, divisor]: readonly PyValue[]): void {
  if (!DIVIDING.has(name)) return;
  const isWhole = (value: PyValue | undefined): boolean =>
    value instanceof TensorObject
      ? isIntegral(value.dtype)
      : typeof value === 'bigint' || typeof value === 'boolean';
  if (!isWhole(dividend) || !isWhole(divisor)) return;
  const isZero =
    divisor instanceof TensorObject
      ? divisor.known?.toArray().includes(0) === true
      : divisor === 0n || divisor === false;
  if (isZero) report(rt, { type: 'RuntimeError', message: 'ZeroDivisionError', exact: true });
}

/** Rows of an embedding are looked up by indices that must be among them. */
export function checkIndices(rt: Runtime, indices: TensorObject | undefined, rows: number): void {
  const bad = indices?.known?.toArray().some((value) => value < 0 || value >= rows);
  if (bad === true) report(rt, { type: 'IndexError', message: 'index out of range in self', exact: true });
}
