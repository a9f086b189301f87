export type Shape = readonly number[];

export function elements(shape: Shape): number {
  let count = 1;
  for (const size of shape) count *= size;
  return count;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** An axis counted from the front. @throws RangeError where there is none, which shape inference has ruled out */
export function axisOf(dim: number, rank: number): number {
  const axis = dim < 0 ? dim + Math.max(rank, 1) : dim;
  if (axis < 0 || axis >= Math.max(rank, 1)) throw new RangeError(`there is no dimension ${dim} of ${rank}`);
  return axis;
}

/** The shape two broadcast to. @throws RangeError where they do not, which shape inference has ruled out */
export function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const first = a[a.length - rank + axis] ?? 1;
    const second = b[b.length - rank + axis] ?? 1;
    if (first !== second && first !== 1 && second !== 1)
      throw new RangeError(`[${a.join(', ')}] and [${b.join(', ')}] do not broadcast`);
    return first === 1 ? second : first;
  });
}

/** A shape with an axis in the middle: what comes before, the axis, what comes after. */
export function around(shape: Shape, axis: number): readonly [number, number, number] {
  return [elements(shape.slice(0, axis)), shape[axis] ?? 1, elements(shape.slice(axis + 1))];
}

export function identity(rank: number): number[] {
  return Array.from({ length: rank }, (_, axis) => axis);
}
