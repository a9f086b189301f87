import { PyUnknown } from '@tensormark/python';
import type { Keywords, PyValue, Runtime } from '@tensormark/python';
import { isFloatingPoint } from '@tensormark/network';
import type { OperationDefinition } from '@tensormark/network';
import { unknownIn } from '../apply.js';
import { TensorObject } from '../tensor/tensor.js';
import { derived } from './derived.js';

const DROPPING = ['p', 'training', 'inplace'];
const BENDING = ['negative_slope', 'alpha', 'inplace'];

/** Arguments that change what an operation's result holds, and neither its shape nor its type. */
const CHANGING_VALUES: ReadonlyMap<string, readonly string[]> = new Map([
  ...['dropout', 'dropout1d', 'dropout2d', 'dropout3d', 'alpha_dropout', 'feature_alpha_dropout'].map(
    (name) => [name, DROPPING] as const,
  ),
  ...['leaky_relu', 'elu', 'celu'].map((name) => [name, BENDING] as const),
  // A mask is at most of the shape of what is masked.
  ['masked_fill', ['mask', 'value']],
  ['clamp', ['min', 'max']],
  ['clamp_min', ['min']],
  ['clamp_max', ['max']],
]);

/**
 * What an operation gives for a tensor where nothing but such arguments is not known: a tensor of its shape whose elements are not
 * known. Undefined for any other.
 */
export function shapedAlike(
  rt: Runtime,
  { name, signature }: OperationDefinition,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
): PyValue | undefined {
  const changing = CHANGING_VALUES.get(name);
  const [input] = args;
  if (changing === undefined || !(input instanceof TensorObject) || !isFloatingPoint(input.dtype))
    return undefined;
  const names = Object.keys(signature);
  const given = [...args.map((value, at) => [names[at] ?? '', value] as const), ...(keywords ?? [])];
  const isKnownEnough = given.every(
    ([argument, value]) =>
      (value instanceof PyUnknown && changing.includes(argument)) || unknownIn([value]) === undefined,
  );
  return isKnownEnough ? derived(rt, input, input.shape) : undefined;
}
