import type { DType, TensorType } from '@tensormark/network';
import { inputTypesOf } from '../keras/root.js';
import { KerasObject } from '../keras/object.js';
import type { Reading } from '../trace/reading.js';
import { namedModules } from '../torch/nn/module-object.js';
import type { ModuleObject } from '../torch/nn/module-object.js';
import type { InputSource, ReadOptions } from './model-reading.js';

export interface Inputs {
  readonly source: InputSource;
  /** In order of likelihood; the first one without an error of element types is taken. */
  readonly attempts: readonly (readonly TensorType[])[];
}

/** What the network is given: what the caller says, else what the file itself gives it, else what it makes at random. */
export function inputsFor(root: ModuleObject, reading: Reading, options: ReadOptions): Inputs {
  const { inputs, batch = 1 } = options;
  if (root instanceof KerasObject && inputs === undefined) return kerasInputs(root, batch);
  if (inputs !== undefined)
    return {
      source: 'given',
      attempts: typed(
        inputs.map((input) =>
          'shape' in input
            ? { shape: [batch, ...input.shape], dtype: input.dtype }
            : { shape: [batch, ...input] },
        ),
        takesIndices(root),
      ),
    };
  const called = reading.calls.get(root.cls);
  if (called !== undefined) return { source: 'called', attempts: [called] };
  const made = reading.made.findLast(({ shape }) => shape.length > 1);
  if (made === undefined) return { source: 'none', attempts: [] };
  const { shape, integral } = made;
  return { source: 'made', attempts: typed([{ shape }], integral || takesIndices(root)) };
}

/** What a model of Keras begins with, or was called on; nothing where a size of it is open. */
function kerasInputs(root: KerasObject, batch: number): Inputs {
  const types = inputTypesOf(root, batch);
  return types === undefined ? { source: 'none', attempts: [] } : { source: 'called', attempts: [types] };
}

/** Whether the first layer with parameters looks indices up. */
function takesIndices(root: ModuleObject): boolean {
  const first = namedModules(root).find(({ module }) => (module.layer?.parameters.length ?? 0) > 0);
  return /^(keras\.)?Embedding/.test(first?.module.layer?.type ?? '');
}

/** An input whose element type may be open. */
interface Input {
  readonly shape: readonly number[];
  readonly dtype?: DType;
}

/** The likelier element type first, then the other; for several inputs of open type, every mixture of few. */
function typed(inputs: readonly Input[], indicesFirst: boolean): TensorType[][] {
  const order: readonly DType[] = indicesFirst ? ['int64', 'float32'] : ['float32', 'int64'];
  const attempt = (open: (at: number) => DType | undefined): TensorType[] =>
    inputs.map(({ shape, dtype }, at) => ({ shape, dtype: dtype ?? open(at) ?? 'float32' }));
  if (inputs.every(({ dtype }) => dtype !== undefined)) return [attempt(() => undefined)];
  const attempts = order.map((dtype) => attempt(() => dtype));
  if (inputs.length < 2 || inputs.length > 4) return attempts;
  for (let mask = 1; mask < 2 ** inputs.length - 1; mask++)
    attempts.push(attempt((at) => ((mask >> at) & 1 ? 'int64' : 'float32')));
  return attempts;
}

/** Whether an error says that the inputs are of the wrong element type rather than the network wrong. */
export function isTypeTrouble(message: string): boolean {
  return (
    message.includes('to have one of the following scalar types: Long, Int') ||
    message.includes('must have the same dtype') ||
    message.includes('should be the same') ||
    /expected (m1 and m2|scalar type|dtype)/i.test(message) ||
    message.includes('tensors used as indices must be long') ||
    message.includes("not implemented for 'Long'")
  );
}
