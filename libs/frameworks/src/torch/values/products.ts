import type { DType } from '@tensormark/network';
import { countOf, Elements, elementsOf } from './elements.js';
import { expanded } from './views.js';

const MOST_STEPS = 1_000_000;

/** Matrix products of two tensors of at least two axes, leading axes broadcast to those of `shape`. */
export function multiplied(
  left: Elements,
  right: Elements,
  shape: readonly number[],
  dtype: DType,
): Elements | undefined {
  const [rows, columns] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
  const inner = left.shape.at(-1) ?? 1;
  if (countOf(shape) * inner > MOST_STEPS) return undefined;
  const lead = shape.slice(0, -2);
  const a = expanded(left, [...lead, rows, inner]).toArray();
  const b = expanded(right, [...lead, inner, columns]).toArray();
  const result = new Float64Array(countOf(shape));
  for (let matrix = 0; matrix < countOf(lead); matrix++) {
    const [aStart, bStart] = [matrix * rows * inner, matrix * inner * columns];
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        let total = 0;
        for (let k = 0; k < inner; k++)
          total += a[aStart + row * inner + k]! * b[bStart + k * columns + column]!;
        result[(matrix * rows + row) * columns + column] = total;
      }
  }
  return elementsOf(shape, result, dtype);
}
