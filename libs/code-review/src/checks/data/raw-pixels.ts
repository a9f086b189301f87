import { foreignCall, isValue } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { layerCalls } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';

/** Operations that leave the range of numbers as it is. */
const KEEPS =
  /^(float|FloatTensor|Tensor|tensor|as_tensor|from_numpy|to|type|astype|double|view|reshape|flatten|squeeze|unsqueeze|permute|transpose|getitem|cuda|cpu|numpy|clone|contiguous|Flatten|array|asarray|expand|unpacked)$/;
const CONVERTS = /^(float|FloatTensor|Tensor|tensor|as_tensor|from_numpy|to|type|astype|double)$/;
const SETS = /^torchvision\.datasets\.(E?MNIST|FashionMNIST|KMNIST|QMNIST|CIFAR100?|SVHN|STL10)$/;

/** Pictures taken out of a published data set as bytes, that a first layer is given without being divided. */
export function* rawPixels(program: Program): Generator<Found> {
  if (!/MNIST|CIFAR|SVHN|STL10|load_data/.test(program.source)) return;
  const seen = new Set<number>();
  for (const { module, args } of layerCalls(program, 'Linear', 'Conv2d', 'LSTM', 'GRU', 'RNN')) {
    const [given] = args.positional;
    if (!isValue(given)) continue;
    const converted = conversionOf(given);
    const at = converted?.span;
    if (at === undefined || seen.has(at.start)) continue;
    seen.add(at.start);
    yield {
      at,
      message:
        'Pixels from 0 to 255 go into the network as they are; divided by 255 they are easier to learn from.',
      severity: 'design',
      evidence: [places(['the layer that takes them', module.span])],
    };
  }
}

/** Where the bytes that a value stands for were made floats, if nothing but its shape was changed since. */
function conversionOf(value: Value): Value | undefined {
  let converted: Value | undefined;
  let current: Value | undefined = value;
  for (let depth = 0; current !== undefined && depth < 60; depth++) {
    if (isBytes(current)) return converted;
    const isPassed = current.made.kind === 'batch' || KEEPS.test(makerOf(current));
    if (!isPassed) return undefined;
    if (CONVERTS.test(makerOf(current))) converted = current;
    [current] = current.inputs;
  }
  return undefined;
}

/** `MNIST(…).data`, or the pictures that `mnist.load_data()` of Keras gives. */
function isBytes(value: Value): boolean {
  const [of] = value.inputs;
  if (value.made.kind === 'attribute')
    return /^(data|train_data|test_data)$/.test(value.made.name) && SETS.test(foreignCall(of)?.name ?? '');
  if (value.made.kind !== 'operation' || value.made.name !== 'unpacked' || of === undefined) return false;
  const [pair] = of.inputs;
  return (
    value.made.args.positional[1] === 0n &&
    makerOf(of) === 'unpacked' &&
    /\bkeras\.datasets\.\w+\.load_data$/.test(foreignCall(pair)?.name ?? '')
  );
}
