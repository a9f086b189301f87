import { Value } from '../../program/value.js';
import type { Datum } from '../../program/value.js';
import type { Size } from './array-facts.js';
import type { Of } from './array-items.js';
import { wholeOf } from './names.js';

/** A size that the program writes down or takes from an array: `28`, `x.shape[1]`, `len(x)`, `x.shape[1] * x.shape[2]`. */
export function sizeOf(datum: Datum | undefined, of: Of): Size {
  if (!(datum instanceof Value)) return wholeOf(datum);
  const { made } = datum;
  if (made.kind !== 'operation') return undefined;
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
    default:
      return undefined;
  }
}

/** Whether it is the shape of something: `x.shape`. */
export function isShape({ made }: Value): boolean {
  return made.kind === 'attribute' && made.name === 'shape';
}

/** Sizes in brackets, or a single one. */
export function sizesOf(datum: Datum | undefined, of: Of): readonly Size[] | undefined {
  if (Array.isArray(datum)) return datum.map((one: Datum) => sizeOf(one, of));
  if (datum instanceof Value && isShape(datum)) return of(datum.inputs[0]).shape;
  const single = sizeOf(datum, of);
  return single === undefined ? undefined : [single];
}
