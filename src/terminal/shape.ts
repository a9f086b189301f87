import type { GivenInput } from '@tensormark/frameworks';
import { isDType } from '@tensormark/network';
import { WrongUsage } from '../command.js';

/** A shape as `--input` gives it: `3,32,32`, without the batch. */
export function shapeOf(written: string): number[] {
  const sizes = written
    .replace(/^[([]|[)\]]$/g, '')
    .split(/[,x× ]+/)
    .map(Number);
  if (sizes.length === 0 || sizes.some((size) => !Number.isSafeInteger(size) || size < 1)) {
    throw new WrongUsage(`--input ${written} is no shape; write it as 3,32,32, without the batch`);
  }
  return sizes;
}

/** The same with the type of its elements after a colon, where it is given: `128:int64`. */
export function inputOf(written: string): GivenInput {
  const [shape = '', dtype, ...more] = written.split(':');
  if (dtype === undefined) return shapeOf(shape);
  if (more.length > 0 || !isDType(dtype))
    throw new WrongUsage(`--input ${written} has no element type that is known; write int64 or float32, say`);
  return { shape: shapeOf(shape), dtype };
}
