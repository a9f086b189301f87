import type { Keywords, PyValue, Runtime } from '@tensormark/python';
import { Raised } from '@tensormark/network';
import type { CallArguments, Layer, TorchError } from '@tensormark/network';
import { readingOf } from '../trace/reading.js';
import { toArgument } from '../torch/convert.js';
import type { TensorObject } from '../torch/tensor/tensor.js';
import type { KerasObject } from './object.js';
import { KerasTensor, OPEN_SIZE } from './tensor.js';

/** As much work as so many steps of the program. */
const STEPS_OF_A_LAYER = 100;

/** The layer with the weights that its first call gives it; the layer as it is where it can have none. */
export function installed(
  rt: Runtime,
  self: KerasObject,
  layer: Layer,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
  refuse: (error: TorchError) => void,
): Layer {
  if (!layer.uninitialized) return layer;
  const call: CallArguments = {
    positional: args.map((value) => toArgument(rt, value, type)),
    named: Object.fromEntries(
      [...(keywords ?? [])].map(([name, value]) => [name, toArgument(rt, value, type)]),
    ),
  };
  try {
    const built = layer.materialize(call);
    if (built === undefined) return layer;
    const open = built.parameters.some(({ shape }) =>
      shape.some((size) => size >= OPEN_SIZE && size % OPEN_SIZE === 0),
    );
    if (open) {
      refuse({
        type: 'ValueError',
        message: `The last dimension of the inputs to layer "${self.label}" should be defined. Found None.`,
        exact: false,
      });
      self.unreadable = rt.unknown(`the weights of ${self.label}, whose input's size is not known`);
      return layer;
    }
    install(rt, self, built);
    return built;
  } catch (raised) {
    if (!(raised instanceof Raised)) throw raised;
    refuse(raised.error);
    self.unreadable ??= rt.unknown(`the weights of ${self.label}, which could not be built`);
    return layer;
  }
}

function type({
  shape,
  dtype,
}: TensorObject): TensorObject | { shape: readonly number[]; dtype: TensorObject['dtype'] } {
  return { shape, dtype };
}

/** Gives a layer its weights. */
export function install(rt: Runtime, self: KerasObject, layer: Layer): void {
  rt.step(STEPS_OF_A_LAYER + 8 * layer.parameters.length);
  rt.allocate(300 * layer.parameters.length);
  const { parameters } = self.registries ?? self.initialise(rt);
  self.layer = layer;
  self.built = true;
  for (const spec of layer.parameters) {
    const tensor = new KerasTensor(spec);
    tensor.learns = spec.trainable ?? true;
    tensor.requiresGrad = tensor.learns && self.trainable;
    parameters.set(rt, spec.name, tensor);
  }
  readingOf(rt).trace?.redeclare(self);
}
