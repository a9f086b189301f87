import { describe, expect, it } from '@jest/globals';
import {
  buildLayer,
  inferLayer,
  inferOperation,
  tensorType,
  type Argument,
  type CallArguments,
  type TensorType,
} from '@tensormark/network';
import { layerOf, named, python } from './assembled.js';

type Plain = Parameters<typeof python>[0];

/** What PyTorch 2.13 itself does, to the letter. */
function error(
  type: string,
  positional: readonly Plain[],
  inputs: readonly Argument[] | null = null,
  options: Readonly<Record<string, Plain>> = {},
): string | undefined {
  const built = buildLayer(type, { positional: positional.map(python), named: named(options) });
  if (built.error) return `${built.error.type}: ${built.error.message}`;
  if (inputs === null) return undefined;
  const { error: raised } = inferLayer(built.layer, { positional: inputs });
  return raised && `${raised.type}: ${raised.message}`;
}

function of(...shape: readonly number[]): TensorType {
  return tensorType(shape);
}

function long(...shape: readonly number[]): TensorType {
  return tensorType(shape, 'int64');
}

describe('errors of PyTorch 2.13', () => {
  it.each([
    [
      'CrossEntropyLoss',
      [],
      [of(1, 5), long()],
      'ValueError: Expected input batch_size (1) to match target batch_size (0).',
    ],
    [
      'CrossEntropyLoss',
      [],
      [of(4, 1), long(4, 1)],
      'RuntimeError: Expected floating point type for target with class probabilities, got Long',
    ],
    [
      'BatchNorm1d',
      [3],
      [of(1, 3)],
      'ValueError: Expected more than 1 value per channel when training, got input size torch.Size([1, 3])',
    ],
    ['BatchNorm1d', [3], [of(2, 3, 8, 8)], 'ValueError: expected 2D or 3D input (got 4D input)'],
    ['Dropout', [1.5], null, 'ValueError: dropout probability has to be between 0 and 1, but got 1.5'],
    [
      'Embedding',
      [3, 2],
      [of(2)],
      "RuntimeError: Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got torch.FloatTensor instead (while checking arguments for embedding)",
    ],
    [
      'Conv2d',
      [3, 8, 3],
      [of(1, 32, 32, 3)],
      'RuntimeError: Given groups=1, weight of size [8, 3, 3, 3], expected input[1, 32, 32, 3] to have 3 channels, but got 32 channels instead',
    ],
    [
      'Conv2d',
      [3, 8, 3],
      [of(2, 784)],
      'RuntimeError: Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: [2, 784]',
    ],
    [
      'Linear',
      [2, 2],
      [long(1, 2)],
      'RuntimeError: mat1 and mat2 must have the same dtype, but got Long and Float',
    ],
    [
      'Linear',
      [784, 10],
      [of(4, 1, 28, 28)],
      'RuntimeError: mat1 and mat2 shapes cannot be multiplied (112x28 and 784x10)',
    ],
    ['GroupNorm', [3, 8], null, 'ValueError: num_channels (8) must be divisible by num_groups (3)'],
    [
      'Conv2d',
      [1, 1, 5],
      [of(1, 1, 3, 3)],
      "RuntimeError: Calculated padded input size per channel: (3 x 3). Kernel size: (5 x 5). Kernel size can't be greater than actual input size",
    ],
    [
      'ConvTranspose2d',
      [8, 4, 3],
      [of(1, 4, 5, 5)],
      'RuntimeError: Given transposed=1, weight of size [8, 4, 3, 3], expected input[1, 4, 5, 5] to have 8 channels, but got 4 channels instead',
    ],
    [
      'RNN',
      [5, 6],
      [of(3, 2, 5), of(2, 1, 6)],
      'RuntimeError: Expected hidden size (1, 2, 6), got [2, 1, 6]',
    ],
    [
      'Bilinear',
      [2, 3, 4],
      [of(1, 2), of(1, 2)],
      'RuntimeError: bilinear(): input2 size does not match weight size: got 2 but expected 3',
    ],
  ] as const)('%s(%j)', (type, positional, inputs, words) => {
    expect(error(type, positional, inputs)).toBe(words);
  });

  it('says what a transformer with indivisible heads says', () => {
    expect(error('Transformer', [], null, { d_model: 10, nhead: 3 })).toBe(
      'AssertionError: embed_dim must be divisible by num_heads',
    );
  });

  it('lists the modes that upsampling has', () => {
    expect(error('Upsample', [], [of(2, 3)], { scale_factor: 2 })).toBe(
      'NotImplementedError: Input Error: Only 3D, 4D and 5D input Tensors supported (got 2D) for the modes: nearest | linear | bilinear | bicubic | trilinear | lanczos | area | nearest-exact (got nearest)',
    );
  });

  it.each([
    [
      'stack',
      [[of(2), of(3)]],
      'RuntimeError: stack expects each tensor to be equal size, but got [2] at entry 0 and [3] at entry 1',
    ],
    [
      'add',
      [of(2, 3), of(2, 4)],
      'RuntimeError: The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1',
    ],
    ['dot', [of(2, 2), of(2, 2)], 'RuntimeError: 1D tensors expected, but got 2D and 2D tensors'],
    ['view', [of(2, 3), 4n, 2n], "RuntimeError: shape '[4, 2]' is invalid for input of size 6"],
    [
      'getitem',
      [of(), 0n],
      'IndexError: invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number',
    ],
  ] as const)('%s', (name, positional, words) => {
    const { error: raised } = inferOperation(name, { positional });
    expect(raised && `${raised.type}: ${raised.message}`).toBe(words);
  });
});

function warningsOf(call: CallArguments, name: string): readonly string[] {
  return inferOperation(name, call).warnings.map(({ message }) => message);
}

describe('warnings of PyTorch 2.13', () => {
  it('of a target that broadcasts', () => {
    expect(warningsOf({ positional: [of(4, 1), of(4)] }, 'mse_loss')).toEqual([
      'Using a target size (torch.Size([4])) that is different to the input size (torch.Size([4, 1])). This will likely lead to incorrect results due to broadcasting. Please ensure they have the same size.',
    ]);
  });

  it('of a softmax without a dimension', () => {
    expect(warningsOf({ positional: [of(2, 3, 4)] }, 'softmax')).toEqual([
      'Implicit dimension choice for softmax has been deprecated. Change the call to include dim=X as an argument.',
    ]);
  });

  it('of a divergence reduced by its mean', () => {
    expect(warningsOf({ positional: [of(2, 3), of(2, 3)] }, 'kl_div')[0]).toMatch(
      /^reduction: 'mean' divides the total loss/,
    );
  });
});

describe('after an error', () => {
  it('the next layer can be reached', () => {
    const layer = layerOf('Linear', [784, 10]);
    const { error: raised, outputs } = inferLayer(layer, { positional: [of(4, 1, 28, 28)] });
    expect(raised?.exact).toBe(true);
    expect(outputs).toEqual(of(4, 1, 28, 10));
  });

  it('what depends on values is no error', () => {
    const { error: raised, undetermined } = inferOperation('getitem', {
      positional: [of(4, 3), tensorType([4], 'bool')],
    });
    expect(raised).toBeUndefined();
    expect(undetermined).toMatch(/depends on its values/);
  });
});
