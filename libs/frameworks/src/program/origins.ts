import { PyList, PyTuple, PyUnknown } from '@tensormark/python';
import type { Keywords, PyValue, Runtime } from '@tensormark/python';
import { isFloatingPoint } from '@tensormark/network';
import { readingOf } from '../trace/reading.js';
import { plainName } from './calls.js';
import { TensorObject } from '../torch/tensor/tensor.js';
import { markState } from './states.js';
import { toldTensor } from './told-shapes.js';
import { NOTHING_NAMED } from './value.js';
import type { CallArguments, Making, Value } from './value.js';
import { valuesAmong } from './values.js';
import { isOfOpenList } from './either.js';
import type { Values } from './values.js';

/**
 * Gives what a call came to its origin: new tensors, those written in place, and an unknown that only passed through,
 * which becomes one of its own. All that one call gives has one making.
 */
export function withOrigin(
  rt: Runtime,
  values: Values,
  made: Making,
  inputs: readonly Value[],
  inPlace: boolean,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
  result: PyValue,
): PyValue {
  if (isOfOpenList('name' in made ? (made.name ?? '') : '', result, args, keywords))
    return values.unknown(rt, 'made of a list of any length', made, inputs);
  const claim = (value: PyValue, depth: number): PyValue => {
    if (value instanceof TensorObject) {
      if (inPlace ? value === args[0] : !values.has(value) && !args.includes(value) && !value.isParameter)
        values.set(rt, value, made, inputs);
      return value;
    }
    if (value instanceof PyUnknown) {
      const told = depth === 0 ? toldBy(made) : undefined;
      if (told !== undefined) {
        values.set(rt, told, made, inputs);
        return told;
      }
      const given = keywords === undefined ? args : [...args, ...keywords.values()];
      return values.has(value) && !given.includes(value) && !passesOn(given, value)
        ? value
        : values.unknown(rt, value.reason, made, inputs);
    }
    if ((value instanceof PyTuple || value instanceof PyList) && depth < 3 && !args.includes(value))
      for (const item of value.items.slice(0, 64)) if (isFollowedIn(item)) claim(item, depth + 1);
    return value;
  };
  return claim(result, 0);
}

/**
 * `outputs[t] = scores`: a tensor, and what it is a view of, comes of what is written into it from now on, as gradients do.
 * What learns by itself stays what it is, and so does what is written where no gradients are kept.
 */
export function writtenInto(
  rt: Runtime,
  values: Values,
  given: CallArguments,
  [self, , by]: readonly PyValue[],
): void {
  if (!(self instanceof TensorObject) || !(by instanceof TensorObject || by instanceof PyUnknown)) return;
  if (by instanceof TensorObject && !by.requiresGrad) return;
  const inputs = valuesAmong(given.positional);
  for (const tensor of [self, self.viewOf]) {
    const isOwn = tensor === undefined || tensor.isParameter || (tensor.requiresGrad && !tensor.computed);
    if (isOwn || !readingOf(rt).gradients || !isFloatingPoint(tensor.dtype)) continue;
    const before = values.valueOf(rt, tensor);
    const making: Making = { kind: 'operation', name: 'setitem', args: given };
    values.set(rt, tensor, making, [before, ...inputs.filter((one) => one !== before)]);
  }
}

/** A tensor of a shape that the call says which gave nothing known. */
function toldBy(made: Making): TensorObject | undefined {
  return made.kind === 'operation' ? toldTensor(made.name, made.args) : undefined;
}

/** What is looked into of a tuple or list: `(output, (h, c))` of an LSTM has tensors within a tuple. */
function isFollowedIn(item: PyValue): boolean {
  return item instanceof TensorObject || item instanceof PyTuple;
}

/** A tensor that was made of nothing but plain values: `torch.zeros(2, 3, device=device)`. */
export function madeFresh(
  rt: Runtime,
  values: Values,
  name: string,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
  result: PyValue,
): PyValue {
  if (!(result instanceof TensorObject) || result.isParameter || values.has(result) || result.requiresGrad)
    return result;
  const given = values.arguments(rt, args, keywords);
  if (isOfOpenList(name, result, args, keywords))
    return values.unknown(
      rt,
      'made of a list of any length',
      { kind: 'fresh', by: plainName(name), args: given },
      [],
    );
  values.set(rt, result, { kind: 'fresh', by: plainName(name), args: given }, []);
  return result;
}

/** What a layer that gives several things gives of something unknown: each of them unknown. */
export function unknownParts(
  rt: Runtime,
  values: Values,
  made: Making & { readonly kind: 'layer' },
  inputs: readonly Value[],
  reason: string,
): PyTuple | undefined {
  const part = (): PyUnknown => values.unknown(rt, reason, made, inputs);
  const state = (): PyUnknown => {
    const unknown = part();
    markState(values.valueOf(rt, unknown));
    return unknown;
  };
  switch (made.name) {
    case 'RNN':
    case 'GRU':
      return new PyTuple([part(), state()]);
    case 'MultiheadAttention':
      return new PyTuple([part(), part()]);
    case 'LSTM':
      return new PyTuple([part(), new PyTuple([state(), state()])]);
    default:
      return undefined;
  }
}

/** Whether an unknown was among what was given: `np.array([[a, b], [c, d]])` of the unknown `a` gives that one. */
function passesOn(args: readonly PyValue[], value: PyUnknown, depth = 0): boolean {
  return args.some(
    (arg) =>
      (arg instanceof PyTuple || arg instanceof PyList) &&
      (arg.items.includes(value) || (depth < 3 && passesOn(arg.items.slice(0, 64), value, depth + 1))),
  );
}

/** Made by an operation that is no call of the program's. */
export function operation(name: string, positional: readonly Value[]): Making {
  return { kind: 'operation', name, args: { positional, named: NOTHING_NAMED } };
}

/** What a property of a tensor gives: its gradient, or a view of it. */
export function propertyRead(
  rt: Runtime,
  values: Values,
  name: string,
  instance: PyValue,
  value: PyValue,
): PyValue {
  if (!(instance instanceof TensorObject)) return value;
  const isGradient = name === 'grad';
  if (isGradient && (!instance.requiresGrad || value instanceof TensorObject)) return value;
  const given = isGradient ? new TensorObject(instance) : value;
  if (!(given instanceof TensorObject) || given === instance || values.has(given)) return given;
  const from = values.valueOf(rt, instance);
  values.set(rt, given, operation(name, [from]), [from]);
  return given;
}
