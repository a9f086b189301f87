import { contiguousStrides, Elements } from './elements.js';

/** Views: the same storage seen in another shape. Axes are non-negative and shapes are valid: the callers checked. */

export function permuted(of: Elements, axes: readonly number[]): Elements {
  return new Elements(
    of.storage,
    axes.map((axis) => of.shape[axis] ?? 1),
    axes.map((axis) => of.strides[axis] ?? 0),
    of.offset,
  );
}

/** `tensor[start:stop:step]` along one axis, `length` elements of it. */
export function sliced(of: Elements, axis: number, start: number, step: number, length: number): Elements {
  const stride = of.strides[axis] ?? 0;
  return new Elements(
    of.storage,
    of.shape.with(axis, length),
    of.strides.with(axis, stride * step),
    of.offset + start * stride,
  );
}

/** `tensor[index]` along one axis, which disappears. */
export function selected(of: Elements, axis: number, index: number): Elements {
  return new Elements(
    of.storage,
    of.shape.toSpliced(axis, 1),
    of.strides.toSpliced(axis, 1),
    of.offset + index * (of.strides[axis] ?? 0),
  );
}

export function unsqueezed(of: Elements, axis: number): Elements {
  return new Elements(
    of.storage,
    of.shape.toSpliced(axis, 0, 1),
    of.strides.toSpliced(axis, 0, 0),
    of.offset,
  );
}

/** Broadcasts to a shape, new axes in front, size 1 stretched by a stride of 0. */
export function expanded(of: Elements, shape: readonly number[]): Elements {
  const missing = shape.length - of.shape.length;
  const strides = shape.map((size, axis) => {
    const own = axis - missing;
    return own < 0 || (of.shape[own] === 1 && size !== 1) ? 0 : (of.strides[own] ?? 0);
  });
  return new Elements(of.storage, shape, strides, of.offset);
}

export function diagonalOf(
  of: Elements,
  first: number,
  second: number,
  shift: number,
  length: number,
): Elements {
  const [a, b] = [of.strides[first] ?? 0, of.strides[second] ?? 0];
  const rest = of.shape.map((_, axis) => axis).filter((axis) => axis !== first && axis !== second);
  return new Elements(
    of.storage,
    [...rest.map((axis) => of.shape[axis] ?? 1), length],
    [...rest.map((axis) => of.strides[axis] ?? 0), a + b],
    of.offset + (shift >= 0 ? shift * b : -shift * a),
  );
}

/** A view in another shape, or undefined where the strides do not allow one (`reshape` copies then). */
export function viewed(of: Elements, shape: readonly number[]): Elements | undefined {
  if (of.isContiguous) return new Elements(of.storage, shape, contiguousStrides(shape), of.offset);
  const strides = viewStrides(of, shape);
  return strides && new Elements(of.storage, shape, strides, of.offset);
}

/** Groups of old axes that lie evenly in memory are re-divided among the new ones. */
function viewStrides(of: Elements, shape: readonly number[]): number[] | undefined {
  const axes = of.shape
    .map((size, axis) => ({ size, stride: of.strides[axis] ?? 0 }))
    .filter(({ size }) => size !== 1);
  const strides: number[] = Array.from({ length: shape.length }, () => 1);
  let target = shape.length - 1;
  while (axes.length > 0) {
    const last = axes.pop();
    if (last === undefined) break;
    let { size: room } = last;
    while (axes.at(-1) !== undefined && axes.at(-1)?.stride === last.stride * room)
      room *= axes.pop()?.size ?? 1;
    let { stride } = last;
    while (room > 1) {
      const size = shape[target];
      if (size === undefined || room % size !== 0) return undefined;
      strides[target] = stride;
      stride *= size;
      room /= size;
      target--;
    }
  }
  return strides;
}

/** In the given shape: a view where possible, else a copy. */
export function reshaped(of: Elements, shape: readonly number[]): Elements {
  return viewed(of, shape) ?? Elements.of(shape, of.toArray().slice());
}
