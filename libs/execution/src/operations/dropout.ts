import { add, mul, scale, shift } from '../engine/elementwise.js';
import type { Random } from '../engine/random.js';
import { elements, type Shape } from '../engine/shape.js';
import { hosted, type Value } from '../engine/value.js';
import { executor, type Executor, type RunningCall } from '../running/call.js';

/** 1 with probability 1 − p, else 0. */
function kept(shape: Shape, p: number, random: Random): Value {
  return hosted(
    random.fill(elements(shape), (source) => (source.uniform() < p ? 0 : 1)),
    shape,
  );
}

/** Inverted dropout: what is kept is scaled up by 1 / (1 − p). */
export function dropout(x: Value, p: number, random: Random, maskShape: Shape = x.shape): Value {
  if (p === 0) return x;
  if (p === 1) return scale(x, 0);
  return mul(x, scale(kept(maskShape, p, random), 1 / (1 - p)));
}

/** Whole channels share their fate; over three dimensions a tensor without a batch has its channels in front. */
function channelMask(x: Value, spatial: number | null): Shape {
  const unbatched = spatial !== null && x.shape.length === spatial + 1 && spatial !== 2;
  const lead = unbatched ? 1 : 2;
  return x.shape.map((size, axis) => (axis < lead ? size : 1));
}

/** Klambauer et al. (2017): what is dropped takes SELU's lowest value, and mean and variance are kept. */
const ALPHA = -1.7580993408473766;

function alphaDropout(x: Value, p: number, random: Random, maskShape: Shape): Value {
  if (p === 0) return x;
  if (p === 1) return scale(x, 0);
  const a = 1 / Math.sqrt((ALPHA * ALPHA * p + 1) * (1 - p));
  const b = -a * ALPHA * p;
  const mask = kept(maskShape, p, random);
  const lowered = scale(shift(mask, -1), -ALPHA);
  return shift(scale(add(mul(x, mask), lowered), a), b);
}

function active(call: RunningCall): boolean {
  return call.has('training') ? call.flag('training') : call.training;
}

type Kind = readonly [names: readonly string[], spatial: number | null | 'elements'];

const KINDS: readonly Kind[] = [
  [['Dropout', 'dropout'], 'elements'],
  [['Dropout1d', 'dropout1d'], 1],
  [['Dropout2d', 'dropout2d'], 2],
  [['Dropout3d', 'dropout3d'], 3],
];
const ALPHA_KINDS: readonly Kind[] = [
  [['AlphaDropout', 'alpha_dropout'], 'elements'],
  [['FeatureAlphaDropout', 'feature_alpha_dropout'], null],
];

function maskOf(x: Value, spatial: Kind[1]): Shape {
  return spatial === 'elements' ? x.shape : channelMask(x, spatial);
}

export const DROPOUTS: readonly Executor[] = [
  ...KINDS.map(([names, spatial]) =>
    executor(names, (call) => {
      const x = call.value('input');
      return active(call) ? dropout(x, call.number('p'), call.random, maskOf(x, spatial)) : x;
    }),
  ),
  ...ALPHA_KINDS.map(([names, spatial]) =>
    executor(names, (call) => {
      const x = call.value('input');
      return active(call) ? alphaDropout(x, call.number('p'), call.random, maskOf(x, spatial)) : x;
    }),
  ),
];
