import { product, quantity, quotient, power, literal, type Formula } from '../../formula/formula.js';
import { defineLayer } from '../../layer.js';
import { defineOperation } from '../../operation.js';
import type { Reach } from '../../reach.js';
import { sameAs } from '../../shapes.js';
import { formatShape, tensorType, type TensorType } from '../../tensor.js';
import { raise } from '../../values/errors.js';
import { int, tensor } from '../../values/kinds.js';
import { required } from '../../values/signature.js';

function checkRank({ shape }: TensorType, name: string): void {
  if (shape.length < 3)
    raise(
      'RuntimeError',
      `${name} expects input to have at least 3 dimensions, but got input with ${shape.length} dimension(s)`,
    );
}

/** `[C·r², H, W]` to `[C, H·r, W·r]`. @throws Raised as `torch.nn.functional.pixel_shuffle` */
function pixelShuffle(input: TensorType, factor: number): TensorType {
  checkRank(input, 'pixel_shuffle');
  if (factor <= 0)
    raise('RuntimeError', `pixel_shuffle expects a positive upscale_factor, but got ${factor}`);
  const [channels = 0, height = 0, width = 0] = input.shape.slice(-3);
  const square = factor * factor;
  const output = tensorType(
    [...input.shape.slice(0, -3), Math.floor(channels / square), height * factor, width * factor],
    input.dtype,
  );
  if (channels % square !== 0)
    raise(
      'RuntimeError',
      `pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, ` +
        `but input.size(-3)=${channels} is not divisible by ${square}`,
      output,
    );
  return output;
}

/** `[C, H·r, W·r]` to `[C·r², H, W]`. @throws Raised as `torch.nn.functional.pixel_unshuffle` */
function pixelUnshuffle(input: TensorType, factor: number): TensorType {
  checkRank(input, 'pixel_unshuffle');
  if (factor <= 0)
    raise('RuntimeError', `pixel_unshuffle expects a positive downscale_factor, but got ${factor}`);
  const [channels = 0, height = 0, width = 0] = input.shape.slice(-3);
  const output = tensorType(
    [
      ...input.shape.slice(0, -3),
      channels * factor * factor,
      Math.floor(height / factor),
      Math.floor(width / factor),
    ],
    input.dtype,
  );
  const sides = [
    ['height', -2, height],
    ['width', -1, width],
  ] as const;
  for (const [name, at, size] of sides)
    if (size % factor !== 0)
      raise(
        'RuntimeError',
        `pixel_unshuffle expects ${name} to be divisible by downscale_factor, but input.size(${at})=${size} is not divisible by ${factor}`,
        output,
      );
  return output;
}

/** @throws Raised as `torch.nn.functional.channel_shuffle` */
function channelShuffle(input: TensorType, groups: number): TensorType {
  const { shape } = input;
  if (shape.length <= 2)
    raise(
      'RuntimeError',
      `channel_shuffle expects input with > 2 dims, but got input with sizes ${formatShape(shape)}`,
    );
  if (groups <= 0)
    raise(
      'RuntimeError',
      `Number of groups to divide channels in must be positive. Value of groups:${groups}`,
    );
  const channels = shape[1] ?? 0;
  if (channels % groups !== 0)
    raise(
      'RuntimeError',
      `Number of channels must be divisible by groups. Got ${channels} channels and ${groups} groups.`,
      sameAs(input),
    );
  return sameAs(input);
}

/** Each place's `r²` neighbours come from that one place. */
function spread(factor: number): Reach {
  const two = [factor, factor];
  return { kind: 'transposed-window', kernel: two, stride: two, dilation: [1, 1], padding: [0, 0] };
}

function gather(factor: number): Reach {
  const two = [factor, factor];
  return { kind: 'window', kernel: two, stride: two, dilation: [1, 1], padding: [0, 0] };
}

function shuffledShape(input: TensorType, factor: number): readonly Formula[] {
  const [channels = 0, height = 0, width = 0] = input.shape.slice(-3);
  const r = quantity('upscale_factor', factor);
  return [
    ...input.shape.slice(0, -3).map((size) => quantity('batch_size', size)),
    quotient(quantity('channels', channels), power(r, literal(2))),
    product(quantity('in_height', height), r),
    product(quantity('in_width', width), r),
  ];
}

const PixelShuffle = defineLayer({
  type: 'PixelShuffle',
  signature: { upscale_factor: required(int) },
  forward: { input: required(tensor) },
  infer: ({ upscale_factor }, { input }) => pixelShuffle(input, upscale_factor),
  outputShape: ({ upscale_factor }, { input }) => shuffledShape(input, upscale_factor),
  reach: ({ upscale_factor }) => spread(upscale_factor),
});

const PixelUnshuffle = defineLayer({
  type: 'PixelUnshuffle',
  signature: { downscale_factor: required(int) },
  forward: { input: required(tensor) },
  infer: ({ downscale_factor }, { input }) => pixelUnshuffle(input, downscale_factor),
  reach: ({ downscale_factor }) => gather(downscale_factor),
});

const ChannelShuffle = defineLayer({
  type: 'ChannelShuffle',
  signature: { groups: required(int) },
  forward: { input: required(tensor) },
  infer: ({ groups }, { input }) => channelShuffle(input, groups),
});

export const SHUFFLES = { PixelShuffle, PixelUnshuffle, ChannelShuffle };

export const SHUFFLE_OPERATIONS = [
  defineOperation({
    name: 'pixel_shuffle',
    homes: ['torch', 'functional'],
    signature: { input: required(tensor), upscale_factor: required(int) },
    infer: ({ input, upscale_factor }) => pixelShuffle(input, upscale_factor),
    outputShape: ({ input, upscale_factor }) => shuffledShape(input, upscale_factor),
    reach: ({ upscale_factor }) => spread(upscale_factor),
  }),
  defineOperation({
    name: 'pixel_unshuffle',
    homes: ['torch', 'functional'],
    signature: { input: required(tensor), downscale_factor: required(int) },
    infer: ({ input, downscale_factor }) => pixelUnshuffle(input, downscale_factor),
    reach: ({ downscale_factor }) => gather(downscale_factor),
  }),
  defineOperation({
    name: 'channel_shuffle',
    homes: ['torch', 'functional'],
    aliases: ['native_channel_shuffle'],
    signature: { input: required(tensor), groups: required(int) },
    infer: ({ input, groups }) => channelShuffle(input, groups),
  }),
];
