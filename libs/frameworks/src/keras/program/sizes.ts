import { foreignCall } from '../../program/called-name.js';
import { Value } from '../../program/value.js';
import type { Datum } from '../../program/value.js';
import type { Size } from './array-facts.js';
import { sliceOf } from './array-items.js';
import type { Of } from './array-items.js';
import { wholeOf } from './names.js';

/** A size that the program writes down or takes from an array: `28`, `x.shape[1]`, `len(x)`, `x.shape[1] * x.shape[2]`. */
export function sizeOf(datum: Datum | undefined, of: Of): Size {
  if (!(datum instanceof Value)) return wholeOf(datum);
  const { made } = datum;
  if (made.kind !== 'operation') return undefined;
  const call = foreignCall(datum);
  if (call !== undefined)
    return /^numpy\.prod(uct)?$/.test(call.name) ? productOf(call.args.positional, of) : undefined;
  const [first, second] = made.args.positional;
  switch (made.name) {
    case 'len':
      return of(first).shape?.[0];
    case 'getitem':
    case 'unpacked': {
      const axis = wholeOf(second);
      return axis === undefined || !(first instanceof Value) || !isShape(first)
        ? undefined
        : of(first.inputs[0]).shape?.at(axis);
    }
    case 'mul': {
      const [one, other] = [sizeOf(first, of), sizeOf(second, of)];
      return one === undefined || other === undefined ? undefined : one * other;
    }
    case 'add':
    case 'sub':
    case 'floor_divide': {
      const [one, other] = [sizeOf(first, of), sizeOf(second, of)];
      if (one === undefined || other === undefined) return undefined;
      if (made.name === 'floor_divide') return other === 0 ? undefined : Math.floor(one / other);
      return made.name === 'add' ? one + other : one - other;
    }
    case 'int':
      return sizeOf(first, of);
    case 'prod':
      return productOf(made.args.positional, of);
    default:
      return undefined;
  }
}

/** Whether it is the shape of something: `x.shape`. */
export function isShape({ made }: Value): boolean {
  return made.kind === 'attribute' && made.name === 'shape';
}

/** `np.prod(x.shape[1:])` */
function productOf([sizes, ...more]: readonly Datum[], of: Of): Size {
  return more.length > 0
    ? undefined
    : sizesOf(sizes, of)?.reduce<Size>(
        (so, size) => (so === undefined || size === undefined ? undefined : so * size),
        1,
      );
}

/** Sizes in brackets, a shape or a part of one, `(len(x),) + x.shape[1:]`, or a single one. */
export function sizesOf(datum: Datum | undefined, of: Of): readonly Size[] | undefined {
  if (Array.isArray(datum)) return datum.map((one: Datum) => sizeOf(one, of));
  if (datum instanceof Value && isShape(datum)) return of(datum.inputs[0]).shape;
  if (datum instanceof Value && datum.made.kind === 'operation') {
    const [first, second] = datum.made.args.positional;
    const part = datum.made.name === 'getitem' ? sliceOf(second) : undefined;
    if (part !== undefined) return cut(sizesOf(first, of), part);
    if (datum.made.name === 'add' && (Array.isArray(first) || Array.isArray(second))) {
      const [one, other] = [sizesOf(first, of), sizesOf(second, of)];
      return one && other && [...one, ...other];
    }
  }
  const single = sizeOf(datum, of);
  return single === undefined ? undefined : [single];
}

/** A part of a shape: `x.shape[1:]`, `x.shape[:-1]`. */
function cut(
  sizes: readonly Size[] | undefined,
  { start, stop, step }: { readonly start: Datum; readonly stop: Datum; readonly step: Datum },
): readonly Size[] | undefined {
  const [from, to] = [start === null ? 0 : wholeOf(start), stop === null ? undefined : wholeOf(stop)];
  return step !== null || from === undefined || (stop !== null && to === undefined)
    ? undefined
    : sizes?.slice(from, to);
}
