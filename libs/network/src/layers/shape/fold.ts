import { defineLayer } from '../../layer.js';
import { defineOperation } from '../../operation.js';
import type { Reach } from '../../reach.js';
import { normalizeDim } from '../../shapes.js';
import { formatShape, tensorType, type TensorType } from '../../tensor.js';
import { tupleRepr } from '../../values/argument.js';
import { raise, raiseAlike } from '../../values/errors.js';
import { intOrTuple, tensor } from '../../values/kinds.js';
import { optional, required } from '../../values/signature.js';
import { slidingSize } from '../convolution/arithmetic.js';

type Spread = number | readonly number[];

interface BlockArguments {
  readonly kernel_size: Spread;
  readonly dilation: Spread;
  readonly padding: Spread;
  readonly stride: Spread;
}

interface Blocks {
  readonly kernel: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: readonly number[];
  readonly stride: readonly number[];
}

function pair(name: string, value: Spread, takesOne = true): readonly number[] {
  if (typeof value === 'number') return [value, value];
  if (value.length === 1 && takesOne) return [value[0] ?? 0, value[0] ?? 0];
  if (value.length !== 2)
    raise('RuntimeError', `It is expected ${name} equals to 2, but got size ${value.length}`);
  return value;
}

function blocksOf(args: BlockArguments, takesOne = true): Blocks {
  const blocks = {
    kernel: pair('kernel_size', args.kernel_size, takesOne),
    dilation: pair('dilation', args.dilation, takesOne),
    padding: pair('padding', args.padding, takesOne),
    stride: pair('stride', args.stride, takesOne),
  };
  const { kernel, dilation, padding, stride } = blocks;
  if (kernel.some((size) => size <= 0))
    raise(
      'RuntimeError',
      `kernel size should be greater than zero, but got kernel_height: ${kernel[0]} kernel_width: ${kernel[1]}`,
    );
  if (dilation.some((size) => size <= 0))
    raise(
      'RuntimeError',
      `dilation should be greater than zero, but got dilation_height: ${dilation[0]} dilation_width: ${dilation[1]}`,
    );
  if (padding.some((size) => size < 0))
    raise(
      'RuntimeError',
      `padding should be non-negative, but got pad_height: ${padding[0]} pad_width: ${padding[1]}`,
    );
  if (stride.some((size) => size <= 0))
    raise(
      'RuntimeError',
      `stride should be greater than zero, but got stride_height: ${stride[0]} stride_width: ${stride[1]}`,
    );
  return blocks;
}

function counts(sizes: readonly number[], { kernel, dilation, padding, stride }: Blocks): readonly number[] {
  return sizes.map((size, axis) =>
    slidingSize({
      size,
      kernel: kernel[axis] ?? 1,
      stride: stride[axis] ?? 1,
      dilation: dilation[axis] ?? 1,
      before: padding[axis] ?? 0,
      after: padding[axis] ?? 0,
    }),
  );
}

/** `[N, C, H, W]` to `[N, C·kernel, blocks]`. @throws Raised as `torch.nn.functional.unfold` */
function unfold(input: TensorType, args: BlockArguments): TensorType {
  const dims = input.shape.length;
  normalizeDim(2, dims);
  const blocks = blocksOf(args, false);
  if (dims !== 3 && dims !== 4)
    raiseAlike('RuntimeError', `Expected 3D or 4D (batch mode) tensor, but got: ${formatShape(input.shape)}`);
  const channels = input.shape.at(-3) ?? 0;
  const spatial = input.shape.slice(-2);
  const places = counts(spatial, blocks);
  const { kernel, dilation, padding } = blocks;
  if (places.some((count) => count < 1))
    raiseAlike(
      'RuntimeError',
      `Given input with spatial size ${tupleRepr(spatial)}, kernel_size=${tupleRepr(kernel)}, dilation=${tupleRepr(dilation)}, ` +
        `padding=${tupleRepr(padding)}, calculated shape of the array of sliding blocks as ${tupleRepr(places)}, ` +
        `but its components must be at least one.`,
    );
  const [kh = 1, kw = 1] = kernel;
  const [bh = 1, bw = 1] = places;
  return tensorType([...input.shape.slice(0, -3), channels * kh * kw, bh * bw], input.dtype);
}

/** `[N, C·kernel, blocks]` to `[N, C, H, W]`. @throws Raised as `torch.nn.functional.fold` */
function fold(input: TensorType, outputSize: Spread, args: BlockArguments): TensorType {
  const { shape } = input;
  const size = pair('output_size', outputSize, false);
  const blocks = blocksOf(args, false);
  const { kernel, dilation, padding, stride } = blocks;
  if ((shape.length !== 2 && shape.length !== 3) || shape.slice(-2).includes(0))
    raise(
      'RuntimeError',
      `Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and non-zero dimensions for input, ` +
        `but got: ${formatShape(shape)}`,
    );
  const [columns = 0, length = 0] = shape.slice(-2);
  const volume = (kernel[0] ?? 1) * (kernel[1] ?? 1);
  const output = tensorType([...shape.slice(0, -2), Math.floor(columns / volume), ...size], input.dtype);
  if (columns % volume !== 0)
    raise(
      'RuntimeError',
      `Expected size of input's dimension 1 to be divisible by the product of kernel_size, ` +
        `but got input.size(1)=${columns} and kernel_size=${tupleRepr(kernel)}.`,
      output,
    );
  const [high = 0, wide = 0] = counts(size, blocks);
  if (high * wide !== length)
    raise(
      'RuntimeError',
      `Given output_size=${tupleRepr(size)}, kernel_size=${tupleRepr(kernel)}, dilation=${tupleRepr(dilation)}, ` +
        `padding=${tupleRepr(padding)}, stride=${tupleRepr(stride)}, expected size of input's dimension 2 to match ` +
        `the calculated number of sliding blocks ${high} * ${wide} = ${high * wide}, but got input.size(2)=${length}.`,
      output,
    );
  return output;
}

function reach(args: BlockArguments): Reach {
  const { kernel, stride, dilation, padding } = blocksOf(args);
  return { kind: 'window', kernel, stride, dilation, padding };
}

const blockSlots = {
  kernel_size: required(intOrTuple),
  dilation: optional(intOrTuple, 1n),
  padding: optional(intOrTuple, 0n),
  stride: optional(intOrTuple, 1n),
};

const Unfold = defineLayer({
  type: 'Unfold',
  signature: blockSlots,
  forward: { input: required(tensor) },
  infer: (config, { input }) => unfold(input, config),
  reach: (config) => reach(config),
});

const Fold = defineLayer({
  type: 'Fold',
  signature: { output_size: required(intOrTuple), ...blockSlots },
  forward: { input: required(tensor) },
  infer: ({ output_size, ...args }, { input }) => fold(input, output_size, args),
});

export const FOLDS = { Fold, Unfold };

export const FOLD_OPERATIONS = [
  defineOperation({
    name: 'unfold',
    homes: ['functional'],
    signature: { input: required(tensor), ...blockSlots },
    infer: ({ input, ...args }) => unfold(input, args),
    reach: (args) => reach(args),
  }),
  defineOperation({
    name: 'fold',
    homes: ['functional'],
    signature: { input: required(tensor), output_size: required(intOrTuple), ...blockSlots },
    infer: ({ input, output_size, ...args }) => fold(input, output_size, args),
  }),
];
