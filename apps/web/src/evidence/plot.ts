/** The inside of a small plot, in its own units. */
export interface Frame {
  readonly width: number;
  readonly height: number;
}

/** A line through values at even steps: the points of an SVG polyline, 0 (or what lies below it) at the bottom. */
export function lineThrough(values: readonly number[], { width, height }: Frame): string {
  const most = Math.max(...values, Number.MIN_VALUE);
  const least = Math.min(0, ...values);
  const step = width / Math.max(1, values.length - 1);
  return values
    .map((value, at) => `${short(at * step)},${short(height * (1 - (value - least) / (most - least)))}`)
    .join(' ');
}

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Whole powers of ten below and above sizes that are not 0; undefined where all are. */
export function decadesOf(sizes: readonly number[]): readonly [low: number, high: number] | undefined {
  const powers = sizes.filter((size) => size > 0).map((size) => Math.log10(size));
  if (powers.length === 0) return undefined;
  const low = Math.floor(Math.min(...powers) - 0.001);
  return [low, Math.max(Math.ceil(Math.max(...powers)) + 0, low + 1)];
}

/** A bar for each size, its top on a logarithmic scale; a size of 0 has none. */
export function barsOf(sizes: readonly number[], { width, height }: Frame): readonly Bar[] {
  const [low, high] = decadesOf(sizes) ?? [0, 1];
  const slot = width / Math.max(1, sizes.length);
  return sizes.map((size, at) => {
    const tall = size > 0 ? (height * (Math.log10(size) - low)) / (high - low) : 0;
    return {
      x: short((at + 0.1) * slot),
      y: short(height - tall),
      width: short(0.8 * slot),
      height: short(tall),
    };
  });
}

function short(value: number): number {
  return Number(value.toFixed(2));
}
