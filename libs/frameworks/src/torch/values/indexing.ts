import { countOf, Elements } from './elements.js';
import { expanded } from './views.js';

/** Integer indices for some axes, broadcast to one shape; `at` is where the broadcast axes go in the result. */
export interface AdvancedIndex {
  readonly axes: readonly number[];
  readonly indices: readonly Elements[];
  readonly broadcast: readonly number[];
  readonly at: number;
}

/** The storage positions that advanced indexing picks, row-major in the result's shape. */
export function pickedPositions(of: Elements, index: AdvancedIndex, shape: readonly number[]): Int32Array {
  const picked = countOf(index.broadcast);
  const base = new Float64Array(picked);
  for (const [which, axis] of index.axes.entries()) {
    const size = of.shape[axis] ?? 1;
    const stride = of.strides[axis] ?? 0;
    const values = expandedArray(index.indices[which], index.broadcast);
    for (let at = 0; at < picked; at++) {
      const value = values[at] ?? 0;
      base[at]! += (value < 0 ? value + size : value) * stride;
    }
  }
  const kept = of.shape.map((_, axis) => axis).filter((axis) => !index.axes.includes(axis));
  const rest = new Elements(
    of.storage,
    kept.map((axis) => of.shape[axis] ?? 1),
    kept.map((axis) => of.strides[axis] ?? 0),
    of.offset,
  ).positions();
  const outer = countOf(kept.slice(0, index.at).map((axis) => of.shape[axis] ?? 1));
  const inner = rest.length / Math.max(outer, 1);
  const result = new Int32Array(countOf(shape));
  let next = 0;
  for (let o = 0; o < outer; o++)
    for (let p = 0; p < picked; p++)
      for (let i = 0; i < inner; i++) result[next++] = (rest[o * inner + i] ?? 0) + (base[p] ?? 0);
  return result;
}

function expandedArray(of: Elements | undefined, shape: readonly number[]): Float64Array {
  return of === undefined ? new Float64Array(countOf(shape)) : expanded(of, shape).toArray();
}

export function picked(of: Elements, index: AdvancedIndex, shape: readonly number[]): Elements {
  const positions = pickedPositions(of, index, shape);
  const result = new Float64Array(positions.length);
  for (let at = 0; at < result.length; at++) result[at] = of.storage.data[positions[at]!]!;
  return Elements.of(shape, result);
}

/** `torch.gather`: the index tensor says, along one axis, which element each result element is. */
export function gathered(of: Elements, axis: number, index: Elements): Elements {
  const wanted = index.toArray();
  // A number counts as a row of one, as what is gathered from and as the index.
  const strides = index.shape.map((_, at) => (at === axis ? 0 : (of.strides[at] ?? 0)));
  const slots = new Elements(of.storage, index.shape, strides, of.offset).positions();
  const stride = of.strides[axis] ?? 0;
  const result = new Float64Array(wanted.length);
  for (let at = 0; at < result.length; at++) result[at] = of.storage.data[slots[at]! + wanted[at]! * stride]!;
  return Elements.of(index.shape, result);
}

/** Joins tensors along an axis that exists in each. */
export function concatenated(parts: readonly Elements[], axis: number, shape: readonly number[]): Elements {
  const result = Elements.of(shape, new Float64Array(countOf(shape)));
  let start = 0;
  for (const part of parts) {
    const length = part.shape[axis] ?? 0;
    const window = new Elements(
      result.storage,
      part.shape,
      result.strides,
      start * (result.strides[axis] ?? 0),
    );
    window.write(part.toArray());
    start += length;
  }
  return result;
}

/** The indices of elements that are not zero, as rows. */
export function nonzeroIndices(of: Elements): number[][] {
  const rows: number[][] = [];
  const values = of.toArray();
  for (let at = 0; at < values.length; at++) {
    if (values[at] === 0) continue;
    const row: number[] = [];
    let rest = at;
    for (let axis = of.shape.length - 1; axis >= 0; axis--) {
      const size = of.shape[axis] ?? 1;
      row.unshift(rest % size);
      rest = Math.floor(rest / size);
    }
    rows.push(row);
  }
  return rows;
}
