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
