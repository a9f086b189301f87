import { sliceOf } from '../keras/program/array-items.js';
import { foreignCall } from '../program/called-name.js';
import { argument, isValue } from '../program/value.js';
import type { Datum } from '../program/value.js';
import { graphCall } from './graph-calls.js';
import type { GraphShape, ShapeOf } from './graph-windows.js';

/** A number that a program takes of the shapes of tensors: `x.get_shape().as_list()[1]`, `int(np.prod(x.shape[1:]))`. */
export function staticSize(datum: Datum | undefined, of: ShapeOf): number | undefined {
  if (typeof datum === 'bigint') return Number(datum);
  if (!isValue(datum)) return undefined;
  const { inputs, made } = datum;
  if (made.kind === 'attribute') return made.name === 'value' ? staticSize(inputs[0], of) : undefined;
  if (made.kind !== 'operation') return undefined;
  const [self, second] = made.args.positional;
  switch (made.name) {
    case 'getitem':
    case 'unpacked':
      return typeof second === 'bigint' ? staticSizes(self, of)?.at(Number(second)) : undefined;
    case 'int':
      return staticSize(inputs[0], of);
    case 'mul':
      return elementsOf([staticSize(self, of), staticSize(second, of)]);
    case 'add':
    case 'sub':
    case 'floor_divide':
      return reckoned(made.name, staticSize(self, of), staticSize(second, of));
    case 'len':
      return of(self)?.[0];
    case 'num_elements':
      return multiplied(staticSizes(self, of));
    case 'prod':
      return foreignCall(datum)?.name === 'numpy.prod'
        ? multiplied(staticSizes(foreignCall(datum)?.args.positional[0], of))
        : undefined;
    default:
      return undefined;
  }
}

function reckoned(name: string, one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return undefined;
  if (name === 'floor_divide') return other === 0 ? undefined : Math.floor(one / other);
  return name === 'add' ? one + other : one - other;
}

/** Sizes that are written down, or that a tensor's shape is asked for. */
export function staticSizes(datum: Datum | undefined, of: ShapeOf): GraphShape | undefined {
  if (Array.isArray(datum)) return datum.map((size: Datum) => staticSize(size, of));
  if (!isValue(datum)) return undefined;
  const { inputs, made } = datum;
  if (made.kind === 'attribute') return made.name === 'shape' ? of(inputs[0]) : undefined;
  if (made.kind !== 'operation') return undefined;
  const call = graphCall(datum);
  if (call !== undefined) return call.name === 'shape' ? of(argument(call.args, 'input', 0)) : undefined;
  const [self, second] = made.args.positional;
  if (made.name === 'get_shape') return of(self);
  if (made.name === 'as_list') return staticSizes(self, of);
  const slice = made.name === 'getitem' ? sliceOf(second) : undefined;
  if (slice === undefined || slice.step !== null) return undefined;
  const [start, stop] = [endOf(slice.start), endOf(slice.stop)];
  return start === null || stop === null ? undefined : staticSizes(self, of)?.slice(start, stop);
}

/** An end of a slice: undefined where it is left out, null where it is not known. */
function endOf(datum: Datum): number | undefined | null {
  if (datum === null) return undefined;
  return typeof datum === 'bigint' ? Number(datum) : null;
}

function multiplied(sizes: GraphShape | undefined): number | undefined {
  return sizes && elementsOf(sizes);
}

/** How many elements sizes make; undefined where one of them is not known. */
export function elementsOf(shape: GraphShape): number | undefined {
  return shape.reduce<number | undefined>(
    (so, size) => (so === undefined || size === undefined ? undefined : so * size),
    1,
  );
}

/** The place of an axis among so many, from the end where it is below zero. */
export function placeOfAxis(axis: number, rank: number): number {
  return axis < 0 ? rank + axis : axis;
}
