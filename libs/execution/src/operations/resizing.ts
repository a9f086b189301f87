import { matrixOf, mix, type Matrix } from '../engine/linear-map.js';
import { elements } from '../engine/shape.js';
import { permute, reshape } from '../engine/structure.js';
import type { Value } from '../engine/value.js';
import { executor, numberIn, type Executor, type RunningCall } from '../running/call.js';
import { adaptiveAverage } from './pooling.js';

interface Resizing {
  readonly mode: string;
  readonly align: boolean;
  /** By axis, the factor that was asked for; null where a size was. */
  readonly factors: readonly (number | null)[];
}

/** Places of the input that an output mixes, by PyTorch's rules, worked in float32 as there. */
function matrixFor(size: number, outputs: number, factor: number | null, { mode, align }: Resizing): Matrix {
  const ratio = Math.fround(factor === null ? size / outputs : 1 / factor);
  const last = size - 1;
  if (mode === 'nearest')
    return matrixOf(outputs, size, (row) => [[Math.min(Math.floor(Math.fround(row * ratio)), last), 1]]);
  if (mode === 'nearest-exact')
    return matrixOf(outputs, size, (row) => [
      [Math.min(Math.floor(Math.fround((row + 0.5) * ratio)), last), 1],
    ]);
  const aligned = outputs > 1 ? last / (outputs - 1) : 0;
  const source = (row: number): number => (align ? row * aligned : (row + 0.5) * ratio - 0.5);
  if (mode === 'bicubic') return matrixOf(outputs, size, (row) => cubic(source(row), last));
  return matrixOf(outputs, size, (row) => {
    const place = Math.max(source(row), 0);
    const below = Math.min(Math.floor(place), last);
    const share = Math.min(Math.max(place - below, 0), 1);
    return [
      [below, 1 - share],
      [Math.min(below + 1, last), share],
    ];
  });
}

const SHARPNESS = -0.75;

/** Keys (1981), with the border repeated. */
function cubic(place: number, last: number): readonly (readonly [number, number])[] {
  const below = Math.floor(place);
  const weight = (distance: number): number => {
    const d = Math.abs(distance);
    if (d <= 1) return ((SHARPNESS + 2) * d - (SHARPNESS + 3)) * d * d + 1;
    return (((d - 5) * d + 8) * d - 4) * SHARPNESS;
  };
  return [-1, 0, 1, 2].map((at) => [Math.min(Math.max(below + at, 0), last), weight(place - (below + at))]);
}

function resized(x: Value, sizes: readonly number[], resizing: Resizing): Value {
  if (resizing.mode === 'area') return adaptiveAverage(x, sizes);
  return sizes.reduce(
    (current, outputs, axis) =>
      mix(
        current,
        axis + 2,
        matrixFor(x.shape[axis + 2] ?? 1, outputs, resizing.factors[axis] ?? null, resizing),
      ),
    x,
  );
}

function interpolate(call: RunningCall, mode: string, align: boolean): Value {
  if (call.has('antialias') && call.flag('antialias')) return call.refuse('it smooths against aliasing');
  if (mode === 'lanczos') return call.refuse('it interpolates by Lanczos');
  const x = call.value('input');
  const sizes = call.shape.slice(2);
  const given = call.raw('scale_factor');
  const kept = !(call.has('recompute_scale_factor') && call.flag('recompute_scale_factor'));
  const factors =
    given === null || !kept
      ? []
      : typeof given === 'object'
        ? call.numbers('scale_factor')
        : sizes.map(() => numberIn(given) ?? 1);
  return resized(x, sizes, { mode, align, factors });
}

/** `[C·r², H, W]` to `[C, H·r, W·r]`. */
function pixelShuffle(x: Value, factor: number): Value {
  const lead = x.shape.slice(0, -3);
  const [channels = 1, height = 1, width = 1] = x.shape.slice(-3);
  const n = elements(lead);
  const out = channels / (factor * factor);
  const apart = reshape(x, [n, out, factor, factor, height, width]);
  return reshape(permute(apart, [0, 1, 4, 2, 5, 3]), [...lead, out, height * factor, width * factor]);
}

function pixelUnshuffle(x: Value, factor: number): Value {
  const lead = x.shape.slice(0, -3);
  const [channels = 1, height = 1, width = 1] = x.shape.slice(-3);
  const n = elements(lead);
  const [high, wide] = [height / factor, width / factor];
  const apart = reshape(x, [n, channels, high, factor, wide, factor]);
  return reshape(permute(apart, [0, 1, 3, 5, 2, 4]), [...lead, channels * factor * factor, high, wide]);
}

function channelShuffle(x: Value, groups: number): Value {
  const [n = 1, channels = 1, ...rest] = x.shape;
  const apart = reshape(x, [n, groups, channels / groups, elements(rest)]);
  return reshape(permute(apart, [0, 2, 1, 3]), x.shape);
}

export const RESIZING: readonly Executor[] = [
  executor(['Upsample', 'interpolate', 'upsample'], (call) =>
    interpolate(call, call.text('mode'), call.flag('align_corners')),
  ),
  executor('UpsamplingNearest2d', (call) => interpolate(call, 'nearest', false)),
  executor('UpsamplingBilinear2d', (call) => interpolate(call, 'bilinear', true)),
  executor(['PixelShuffle', 'pixel_shuffle'], (call) =>
    pixelShuffle(call.value('input'), call.number('upscale_factor')),
  ),
  executor(['PixelUnshuffle', 'pixel_unshuffle'], (call) =>
    pixelUnshuffle(call.value('input'), call.number('downscale_factor')),
  ),
  executor(['ChannelShuffle', 'channel_shuffle', 'native_channel_shuffle'], (call) =>
    channelShuffle(call.value('input'), call.number('groups')),
  ),
];
