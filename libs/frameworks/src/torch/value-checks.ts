import type { Runtime } from '@tensormark/python';
import { isIntegral } from '@tensormark/network';
import type { TorchError } from '@tensormark/network';
import { report } from '../trace/reading.js';
import { TensorObject } from './tensor/tensor.js';

/** What PyTorch refuses for the values of small tensors, by layer or operation. */
type ValueCheck = (tensors: readonly TensorObject[]) => Omit<TorchError, 'exact'> | undefined;

/** Classes that no index may reach; the index that means "ignore" is left alone. */
const IGNORED = -100;

const classTarget: ValueCheck = ([input, target]) => {
  const values = target?.known?.toArray();
  if (input === undefined || target === undefined || values === undefined || !isIntegral(target.dtype))
    return undefined;
  const classes = input.shape.length > 1 ? input.shape[1] : input.shape[0];
  const bad = values.find((value) => value !== IGNORED && (value < 0 || value >= (classes ?? Infinity)));
  return bad === undefined ? undefined : { type: 'IndexError', message: `Target ${bad} is out of bounds.` };
};

const probability: ValueCheck = ([input, target]) =>
  input?.shape.join() === target?.shape.join() &&
  input?.dtype === target?.dtype &&
  input?.known?.toArray().some((value) => !(value >= 0 && value <= 1)) === true
    ? { type: 'RuntimeError', message: 'all elements of input should be between 0 and 1' }
    : undefined;

const marginTarget: ValueCheck = (tensors) =>
  classTarget(tensors) && { type: 'RuntimeError', message: 'target out of range' };

const variance: ValueCheck = ([, , given]) =>
  given?.known?.toArray().some((value) => value < 0) === true
    ? { type: 'ValueError', message: 'var has negative entry/entries' }
    : undefined;

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

/** Rows of an embedding are looked up by indices that must be among them. */
export function checkIndices(rt: Runtime, indices: TensorObject | undefined, rows: number): void {
  const bad = indices?.known?.toArray().some((value) => value < 0 || value >= rows);
  if (bad === true) report(rt, { type: 'IndexError', message: 'index out of range in self', exact: true });
}
