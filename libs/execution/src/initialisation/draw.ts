import { elements, type Shape } from '../engine/shape.js';
import type { Random } from '../engine/random.js';
import { numberOf } from '../plan/numbers.js';
import type { Initial } from '../plan/plan.js';

/** What is taken where a program sets values in a way that is not known. */
const UNKNOWN_DEVIATION = 0.02;

/** A tensor's elements as it starts. */
export function draw(initial: Initial, shape: Shape, random: Random): Float32Array {
  const count = elements(shape);
  switch (initial.kind) {
    case 'uniform': {
      const { low, high } = initial;
      return random.fill(count, (source) => low + (high - low) * source.uniform());
    }
    case 'normal': {
      const { mean, deviation, zeroRow } = initial;
      const values = random.fill(count, (source) => mean + deviation * source.normal());
      const width = count / Math.max(shape[0] ?? 1, 1);
      if (zeroRow !== undefined) values.fill(0, zeroRow * width, (zeroRow + 1) * width);
      return values;
    }
    case 'constant':
      return new Float32Array(count).fill(initial.value);
    case 'values':
      return Float32Array.from(initial.values, numberOf);
    case 'unknown':
      return random.fill(count, (source) => UNKNOWN_DEVIATION * source.normal());
  }
}
