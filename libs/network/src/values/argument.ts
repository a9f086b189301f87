import type { TensorType } from '../tensor.js';
import { asList, isList } from './lists.js';

/**
 * A value given to a layer or operation, told apart as Python tells them: a bigint is an `int`, a number is a `float`,
 * an array is a tuple or list.
 */
export type Argument =
  | null
  | boolean
  | bigint
  | number
  | string
  | TensorType
  | ModuleArgument
  | Opaque
  | Slice
  | readonly Argument[];

/** What PyTorch takes and this room does not look into: a callable, a device, a generator. */
export interface Opaque {
  /** How it is called, as `relu` of `activation=F.relu`. */
  readonly opaque: string;
}

/** Python's `start:stop:step`, null where left out. */
export interface Slice {
  readonly slice: readonly [start: bigint | null, stop: bigint | null, step: bigint | null];
}

/** Python's `...`. */
export const ELLIPSIS: Opaque = { opaque: 'Ellipsis' };

export function isSlice(value: unknown): value is Slice {
  return typeof value === 'object' && value !== null && 'slice' in value && !Array.isArray(value);
}

/** A module given as an argument, as `nn.TransformerEncoder` takes one: a `Layer`. */
export interface ModuleArgument {
  readonly type: string;
  readonly definition: object;
  extraRepr(): string;
}

export function isTensor(value: unknown): value is TensorType {
  return typeof value === 'object' && value !== null && 'shape' in value && 'dtype' in value;
}

export function isModule(value: unknown): value is ModuleArgument {
  return typeof value === 'object' && value !== null && 'definition' in value;
}

export function isSequence(value: Argument): value is readonly Argument[] {
  return Array.isArray(value);
}

/** The Python type's name, as messages print it. */
export function typeName(value: Argument): string {
  if (value === null) return 'NoneType';
  if (isSequence(value)) return isList(value) ? 'list' : 'tuple';
  if (isTensor(value)) return 'Tensor';
  if (isModule(value)) return value.type;
  if (isSlice(value)) return 'slice';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return 'float';
    case 'string':
      return 'str';
    default:
      return 'function';
  }
}

/** A value as Python's `repr` writes it: `True`, `(3, 3)`, `1e-05`. */
export function pythonRepr(value: Argument): string {
  if (value === null) return 'None';
  if (isSequence(value)) {
    const items = value.map(pythonRepr);
    if (isList(value)) return `[${items.join(', ')}]`;
    return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
  }
  if (isTensor(value)) return `tensor(${value.shape.join(', ')})`;
  if (isModule(value)) return `${value.type}(${value.extraRepr()})`;
  if (isSlice(value)) return `slice(${value.slice.map(pythonRepr).join(', ')})`;
  switch (typeof value) {
    case 'boolean':
      return value ? 'True' : 'False';
    case 'bigint':
      return value.toString();
    case 'number':
      return floatRepr(value);
    case 'string':
      return `'${value}'`;
    default:
      return value.opaque;
  }
}

/** A tuple of ints as Python prints it: `(3, 3)`. */
export function tupleRepr(values: readonly number[]): string {
  return pythonRepr(values.map(BigInt));
}

/** Ints as a program gave them: `(3, 3)` or `[3, 3]`. */
export function givenRepr(values: readonly number[]): string {
  const items = values.map(BigInt);
  return pythonRepr(isList(values) ? asList(items) : items);
}

/** A float as Python prints it: the shortest digits that read back the same, `1e-05` below 1e-4, `1e+16` from 1e16. */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const magnitude = Math.abs(value);
  if (magnitude < 1e-4 || magnitude >= 1e16) {
    const [digits, exponent = ''] = value.toExponential().split('e');
    return `${digits}e${exponent.slice(0, 1)}${exponent.slice(1).padStart(2, '0')}`;
  }
  return Number.isInteger(value) ? `${value}.0` : value.toString();
}
