import type { TensorType } from '../tensor.js';
import { nullable } from '../values/kinds.js';
import { optional } from '../values/signature.js';
import { oneOf } from './kinds.js';

/** Where the channels of a picture stand: last, unless a layer says otherwise. */
export type DataFormat = 'channels_last' | 'channels_first' | null;

export const dataFormat = optional(nullable(oneOf('channels_last', 'channels_first')), null);

/** A batch of maps taken apart, wherever its channels stand. */
export interface Maps {
  readonly batch: number;
  readonly spatial: readonly number[];
  readonly channels: number;
}

/** Takes an input of the right rank apart. */
export function mapsOf({ shape }: TensorType, format: DataFormat): Maps {
  const [batch = 1, ...rest] = shape;
  return format === 'channels_first'
    ? { batch, channels: rest[0] ?? 1, spatial: rest.slice(1) }
    : { batch, channels: rest.at(-1) ?? 1, spatial: rest.slice(0, -1) };
}

/** The shape of maps, their channels where the layer has them. */
export function shapeOf({ batch, spatial, channels }: Maps, format: DataFormat): readonly number[] {
  return format === 'channels_first' ? [batch, channels, ...spatial] : [batch, ...spatial, channels];
}

/** The axis of the channels, counted from the end where they stand last. */
export function channelAxis(format: DataFormat): number {
  return format === 'channels_first' ? 1 : -1;
}

/** The maps that were meant where the axis of the channels is missing, as of grey pictures. */
export function withChannels(input: TensorType, rank: number, format: DataFormat): TensorType {
  const { shape, dtype } = input;
  const missing = rank + 2 - shape.length;
  if (missing <= 0) return input;
  const [batch = 1, ...rest] = shape;
  const ones = Array.from({ length: missing }, () => 1);
  return {
    shape: format === 'channels_first' ? [batch, ...ones, ...rest] : [batch, ...rest, ...ones],
    dtype,
  };
}
