import { eachElement } from '../costs.js';
import { product, quantity } from '../formula/formula.js';
import type { TensorType } from '../tensor.js';
import { isSequence } from '../values/argument.js';
import { raise, raiseAlike } from '../values/errors.js';
import { anything, bool } from '../values/kinds.js';
import { optional, required } from '../values/signature.js';
import { whole } from './kinds.js';
import { defineKerasLayer, shapeText, type KerasCall } from './layer.js';

/** @throws Raised where there are fewer than two tensors to merge */
function checkSeveral({ inputs, given, name }: KerasCall, least = 2): void {
  if (inputs.length >= least && isSequence(given['inputs'] ?? null)) return;
  raiseAlike(
    'ValueError',
    `A merge layer should be called on a list of at least ${least} inputs. Layer "${name}" received ${inputs.length} input${inputs.length === 1 ? '' : 's'}`,
    inputs[0],
  );
}

/** The shape that tensors broadcast to, in the words of Keras's merging layers. @throws Raised */
function broadcast(inputs: readonly TensorType[]): readonly number[] {
  const [first, ...others] = inputs.map(({ shape }) => shape);
  return others.reduce((one, other) => {
    const [longer, shorter] = one.length >= other.length ? [one, other] : [other, one];
    const lead = longer.length - shorter.length;
    return longer.map((size, axis) => {
      const beside = shorter[axis - lead] ?? 1;
      if (size !== beside && size !== 1 && beside !== 1)
        raise(
          'ValueError',
          `Inputs have incompatible shapes. Received shapes ${shapeText(one.slice(1))} and ${shapeText(other.slice(1))}`,
          { shape: longer, dtype: 'float32' },
        );
      return Math.max(size, beside);
    });
  }, first ?? []);
}

function elementwise(type: string) {
  return defineKerasLayer({
    type,
    signature: {},
    infer(_, call) {
      checkSeveral(call);
      return { shape: broadcast(call.inputs), dtype: 'float32' };
    },
    costs: (_, { inputs }, [output]) => eachElement('elementwise', output, Math.max(inputs.length - 1, 1)),
  });
}

const Subtract = defineKerasLayer({
  type: 'Subtract',
  signature: {},
  infer(_, call) {
    checkSeveral(call);
    if (call.inputs.length !== 2)
      raise(
        'ValueError',
        `A \`Subtract\` layer should be called on exactly 2 inputs. Received: input_shape=[${call.inputs.map(({ shape }) => shapeText(shape)).join(', ')}]`,
        call.first,
      );
    return { shape: broadcast(call.inputs), dtype: 'float32' };
  },
  costs: (_, __, [output]) => eachElement('elementwise', output),
});

const Concatenate = defineKerasLayer({
  type: 'Concatenate',
  signature: { axis: optional(whole, -1n) },
  formerly: { concat_axis: 'axis' },
  infer({ axis }, call) {
    const { inputs, first } = call;
    checkSeveral(call, 1);
    const rank = first.shape.length;
    const at = axis < 0 ? axis + rank : axis;
    const whole = first.shape.map((size, dim) =>
      dim === at ? inputs.reduce((total, { shape }) => total + (shape[dim] ?? 0), 0) : size,
    );
    const fits = inputs.every(
      ({ shape }) =>
        shape.length === rank && shape.every((size, dim) => dim === at || size === first.shape[dim]),
    );
    if (!fits || at < 0 || at >= rank)
      raise(
        'ValueError',
        `A \`Concatenate\` layer requires inputs with matching shapes except for the concatenation axis. Received: input_shape=[${inputs.map(({ shape }) => shapeText(shape)).join(', ')}]`,
        { shape: whole, dtype: 'float32' },
      );
    return { shape: whole, dtype: first.dtype };
  },
});

const Dot = defineKerasLayer({
  type: 'Dot',
  signature: { axes: required(anything), normalize: optional(bool, false) },
  infer({ axes }, call) {
    checkSeveral(call);
    const [one, other = one] = call.inputs;
    const [a, b] = (isSequence(axes) ? axes : [axes, axes]).map(Number);
    if (one === undefined || other === undefined || a === undefined || b === undefined)
      return raiseAlike('ValueError', 'A `Dot` layer should be called on exactly 2 inputs.');
    const first = one.shape.filter((_, axis) => axis !== (a < 0 ? a + one.shape.length : a));
    const second = other.shape.filter((_, axis) => axis > 0 && axis !== (b < 0 ? b + other.shape.length : b));
    const shape = [...first, ...second];
    const output: TensorType = { shape: shape.length === 1 ? [...shape, 1] : shape, dtype: 'float32' };
    if (one.shape.at(a) !== other.shape.at(b))
      raise(
        'ValueError',
        `Incompatible input shapes: axis values ${one.shape.at(a)} (at axis ${a}) != ${other.shape.at(b)} (at axis ${b}). Full input shapes: ${shapeText(one.shape)}, ${shapeText(other.shape)}`,
        output,
      );
    return output;
  },
  costs({ axes }, { first }, [output]) {
    const a = Number(isSequence(axes) ? axes[0] : axes);
    return output === undefined
      ? []
      : [
          {
            kind: 'multiply-accumulate',
            count: product(
              ...output.shape.map((size) => quantity('elements', size)),
              quantity('inner_size', first.shape.at(a) ?? 0),
            ),
          },
        ];
  },
});

export const KERAS_MERGES = {
  Add: elementwise('Add'),
  Subtract,
  Multiply: elementwise('Multiply'),
  Average: elementwise('Average'),
  Maximum: elementwise('Maximum'),
  Minimum: elementwise('Minimum'),
  Concatenate,
  Dot,
};
