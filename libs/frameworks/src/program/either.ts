import { isOpen, PyTuple, PyUnknown } from '@tensormark/python';
import type { Keywords, PyObject, PyValue, Runtime } from '@tensormark/python';
import { TensorObject } from '../torch/tensor/tensor.js';
import { NOTHING_NAMED } from './value.js';
import { valuesAmong } from './values.js';
import type { Values } from './values.js';

/**
 * A tensor that is one of two, by a condition or a number of turns that is not known: what they do not share of a shape is not known, nor
 * whether it is a tensor where the other is a tuple. One that may be something unknown may need gradients.
 */
export function eitherTensor(
  rt: Runtime,
  values: Values,
  one: PyObject,
  other: PyObject,
): PyUnknown | undefined {
  if (one instanceof PyUnknown || other instanceof PyUnknown) {
    for (const tensor of [one, other]) if (tensor instanceof TensorObject) tensor.mayNeedGradients = true;
    return undefined;
  }
  if (!(one instanceof TensorObject && other instanceof TensorObject) && !areMixed(one, other))
    return undefined;
  if (one instanceof TensorObject && other instanceof TensorObject && areOfOneShape(one, other))
    return undefined;
  const positional = [values.datum(rt, one), values.datum(rt, other)];
  return values.unknown(
    rt,
    'a tensor that differs with a condition',
    { kind: 'operation', name: 'either', args: { positional, named: NOTHING_NAMED } },
    valuesAmong(positional),
  );
}

function areOfOneShape({ shape }: TensorObject, other: TensorObject): boolean {
  return shape.length === other.shape.length && shape.every((size, at) => size === other.shape[at]);
}

/** Whether one is a tensor and the other a tuple that holds one. */
function areMixed(one: PyObject, other: PyObject): boolean {
  const [tensor, tuple] = one instanceof TensorObject ? [one, other] : [other, one];
  return (
    tensor instanceof TensorObject &&
    tuple instanceof PyTuple &&
    tuple.items.some((item) => item instanceof TensorObject)
  );
}

/** What norms are of gives one number, however many there are. */
const OF_ANY_NUMBER = /norm|clip_grad|backward/;

/** Whether a tensor was made of a list of which nobody knows how long it is: so many as reading has gathered say nothing of its shape. */
export function isOfOpenList(
  name: string,
  result: PyValue,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
): result is TensorObject {
  if (!(result instanceof TensorObject) || result.shape.length === 0 || OF_ANY_NUMBER.test(name))
    return false;
  return (
    args.some((arg) => isOpen(arg)) ||
    (keywords !== undefined && [...keywords.values()].some((arg) => isOpen(arg)))
  );
}
