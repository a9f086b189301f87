import { raiseAlike } from '../values/errors.js';

/** How a window of Keras treats the borders. */
export type Padding = 'valid' | 'same' | 'causal';

/** A window that slides along one dimension. */
export interface Sliding {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: Padding;
}

/** How far a window reaches: `dilation · (kernel − 1) + 1`. */
export function spanOf({ kernel, dilation }: Pick<Sliding, 'kernel' | 'dilation'>): number {
  return dilation * (kernel - 1) + 1;
}

/** How many places a window takes: `⌈n / s⌉` where the borders are padded, `⌊(n − span) / s⌋ + 1` where not. */
export function placesOf(sliding: Sliding): number {
  const { size, stride, padding } = sliding;
  return padding === 'valid' ? Math.floor((size - spanOf(sliding)) / stride) + 1 : Math.ceil(size / stride);
}

/** What stands before the first element: the smaller half of what is padded, all of it where causal. */
export function paddingBefore(sliding: Sliding): number {
  const { size, stride, padding } = sliding;
  if (padding === 'valid') return 0;
  const span = spanOf(sliding);
  if (padding === 'causal') return span - 1;
  return Math.floor(Math.max((placesOf(sliding) - 1) * stride + span - size, 0) / 2);
}

/** @throws Raised where a window is wider than what it slides over; what it then gives is taken for one place. */
export function checkFits(
  slidings: readonly Sliding[],
  name: string,
  assume: (places: readonly number[]) => readonly number[],
): void {
  const tooSmall = slidings.find((sliding) => sliding.padding === 'valid' && sliding.size < spanOf(sliding));
  if (tooSmall === undefined) return;
  raiseAlike(
    'ValueError',
    `Negative dimension size caused by subtracting ${spanOf(tooSmall)} from ${tooSmall.size} in layer "${name}"`,
    {
      shape: assume(slidings.map((sliding) => Math.max(placesOf(sliding), 1))),
      dtype: 'float32',
    },
  );
}
