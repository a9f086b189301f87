import { PyList, PyRange, PyTuple } from '../../objects/containers.js';
import { raise } from '../../objects/exceptions.js';
import { builtinClass, unbox } from '../../objects/classes.js';
import { PyObject } from '../../objects/object.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { PyUnknown } from '../../objects/unknown.js';
import { asInteger } from '../../operations/conversion.js';
import { specialMethod } from '../../operations/attributes.js';
import { toArray } from '../../operations/iteration.js';
import { BOOL, BY_NAME, FLOAT64, INT64, numberOf, scalarOf, typeOfScalar } from './dtypes.js';
import type { DType } from './dtypes.js';

/** Larger arrays are not computed: they are data, not structure. */
export const MAX_ELEMENTS = 900_000;
/** A list of more numbers was not written down: it is one number over and over, and takes longer to read than all the rest. */
const MOST_OF_LISTS = 100_000;

export const ndarrayClass = builtinClass('ndarray', { module: 'numpy' });
ndarrayClass.written = 'c-named-with-module';
ndarrayClass.open = true;

/** Thrown to give an unknown as the result of whatever was being computed. */
export class GiveUp {
  constructor(readonly reason: string | PyUnknown) {}
}

/** Buffers that something unknown was written into: of their elements no more than the shape and type is known. */
const UNKNOWN = new WeakSet<readonly number[]>();

/** Numbers in a shape; views share their buffer. */
export class NdArray extends PyObject {
  #shape: readonly number[];
  #strides: readonly number[];

  constructor(
    readonly buffer: number[],
    shape: readonly number[],
    readonly dtype: DType,
    strides: readonly number[] = stridesOf(shape),
    readonly offset = 0,
  ) {
    super(ndarrayClass);
    this.#shape = shape;
    this.#strides = strides;
  }

  get shape(): readonly number[] {
    return this.#shape;
  }

  /** Whether its elements are known; its shape always is. */
  get isKnown(): boolean {
    return !UNKNOWN.has(this.buffer);
  }

  /** Something unknown is written into it, and so seen by all views of the same buffer. */
  forget(): this {
    UNKNOWN.add(this.buffer);
    return this;
  }

  get strides(): readonly number[] {
    return this.#strides;
  }

  /** Another shape of as many elements, taken in place; they have to lie in order. */
  takeShape(shape: readonly number[]): void {
    this.#shape = shape;
    this.#strides = stridesOf(shape);
  }

  /** Another shape in place: elements too many go, those that lack are 0. Only for an array of its whole buffer. */
  resize(shape: readonly number[]): void {
    const size = sizeOf(shape);
    for (let at = this.size; at < size; at++) this.buffer.push(0);
    this.buffer.length = size;
    this.takeShape(shape);
  }

  get size(): number {
    return sizeOf(this.shape);
  }

  /** Whether the elements lie in the buffer one after the other. */
  get isContiguous(): boolean {
    const plain = stridesOf(this.shape);
    return this.shape.every((length, axis) => length <= 1 || this.strides[axis] === plain[axis]);
  }

  /** Positions in the buffer, in row-major order. */
  positions(): number[] {
    let positions = [this.offset];
    for (const [axis, length] of this.shape.entries()) {
      const stride = this.strides[axis] ?? 0;
      const next: number[] = [];
      for (const position of positions)
        for (let index = 0; index < length; index++) next.push(position + index * stride);
      positions = next;
    }
    return positions;
  }

  /** The elements in row-major order. */
  values(): number[] {
    return this.positions().map((position) => this.buffer[position] ?? 0);
  }

  view(shape: readonly number[], strides: readonly number[], offset: number): NdArray {
    return new NdArray(this.buffer, shape, this.dtype, strides, offset);
  }

  /** With another shape: a view if the elements lie in order, else a copy. */
  reshaped(shape: readonly number[]): NdArray {
    return this.isContiguous
      ? this.view(shape, stridesOf(shape), this.offset)
      : new NdArray(this.values(), shape, this.dtype);
  }

  /** Element by element into another type (or the same), always a copy. */
  as(dtype: DType): NdArray {
    const convert = (value: number): number =>
      dtype.fit(dtype.kind === 'integer' && this.dtype.kind === 'float' ? truncated(value) : value);
    return new NdArray(this.values().map(convert), this.shape, dtype);
  }
}

function truncated(value: number): number {
  return Number.isFinite(value)
    ? Math.trunc(value)
    : raise('ValueError', 'cannot convert float NaN to integer');
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

export function stridesOf(shape: readonly number[]): number[] {
  const strides: number[] = Array.from({ length: shape.length }, () => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--)
    strides[axis] = (strides[axis + 1] ?? 1) * (shape[axis + 1] ?? 1);
  return strides;
}

/** A fresh array; gives up where it would be too large to bother. */
export function makeArray(
  rt: Runtime,
  shape: readonly number[],
  dtype: DType,
  value: (index: number) => number,
): NdArray {
  const size = checkSize(rt, shape);
  return new NdArray(
    Array.from({ length: size }, (_, index) => dtype.fit(value(index))),
    shape,
    dtype,
  );
}

export function checkSize(rt: Runtime, shape: readonly number[]): number {
  if (shape.some((length) => length < 0)) return raise('ValueError', 'negative dimensions are not allowed');
  const size = sizeOf(shape);
  if (size > MAX_ELEMENTS) throw new GiveUp(`an array of shape (${shape.join(', ')}) is not computed`);
  rt.step(Math.ceil(size / 8));
  rt.allocate(size * 8);
  return size;
}

/** What an array of no dimensions is to Python, else the array. */
export function unwrap(array: NdArray): PyValue {
  if (array.shape.length === 0 && !array.isKnown) throw new GiveUp('an element that is not known');
  return array.shape.length === 0 ? scalarOf(array.dtype, array.buffer[array.offset] ?? 0) : array;
}

/** A shape argument: an int or a sequence of them. */
export function readShape(rt: Runtime, value: PyValue): number[] {
  if (value instanceof PyUnknown) throw new GiveUp(value);
  if (value instanceof PyList || value instanceof PyTuple || value instanceof NdArray)
    return toArray(rt, value).map((item) => readLength(rt, item));
  return [readLength(rt, value)];
}

export function readLength(rt: Runtime, value: PyValue): number {
  if (value instanceof PyUnknown) throw new GiveUp(value);
  return Number(asInteger(rt, value));
}

/** An array of numbers that a host has; `dtype` is NumPy's name of the type. */
export function arrayOfNumbers(values: number[], shape: readonly number[], dtype: string): NdArray {
  return new NdArray(values, shape, BY_NAME.get(dtype) ?? FLOAT64);
}

/** What an object itself gives for an array: `__array__`. */
function ownArray(rt: Runtime, value: PyValue): NdArray | undefined {
  if (!(value instanceof PyObject) || value instanceof PyUnknown || value instanceof NdArray)
    return undefined;
  const method = specialMethod(rt, value, '__array__');
  if (method === undefined) return undefined;
  const array = rt.call(method, []);
  if (array instanceof NdArray) return array;
  throw new GiveUp(array instanceof PyUnknown ? array : 'an array of something other than numbers');
}

/** Any number or nested sequence of numbers as an array; gives up on what holds anything else. */
export function asArray(rt: Runtime, value: PyValue, dtype?: DType): NdArray {
  const given = value instanceof NdArray ? value : ownArray(rt, value);
  if (given !== undefined) return dtype === undefined || dtype === given.dtype ? given : given.as(dtype);
  const found = { shape: [] as number[], values: [] as number[], type: undefined as DType | undefined };
  gather(rt, value, 0, found);
  const type = dtype ?? found.type ?? FLOAT64;
  checkSize(rt, found.shape);
  return new NdArray(
    found.values.map((item) => type.fit(type.kind === 'integer' ? Math.trunc(item) : item)),
    found.shape,
    type,
  );
}

interface Gathered {
  readonly shape: number[];
  readonly values: number[];
  type: DType | undefined;
}

function gather(rt: Runtime, value: PyValue, depth: number, into: Gathered): void {
  rt.step();
  const array = value instanceof NdArray ? value : ownArray(rt, value);
  const inner = array === undefined ? value : array.shape.length === 0 ? unwrap(array) : array;
  if (inner instanceof PyUnknown) throw new GiveUp(inner);
  if (
    inner instanceof PyList ||
    inner instanceof PyTuple ||
    inner instanceof PyRange ||
    inner instanceof NdArray
  ) {
    if (inner instanceof PyList && inner.grownByUnknown)
      throw new GiveUp('an array of a list of which nobody knows how long it is');
    const items = toArray(rt, inner);
    if (items.length > MAX_ELEMENTS || depth > 32) throw new GiveUp('an array this large is not computed');
    const known = into.shape[depth];
    if (array === undefined && sizeOf(into.shape.slice(0, depth)) * items.length > MOST_OF_LISTS)
      throw new GiveUp('an array of a list this long is not computed');
    if (known === undefined && into.values.length === 0) into.shape[depth] = items.length;
    else if (known !== items.length) {
      raise(
        'ValueError',
        `setting an array element with a sequence. The requested array has an inhomogeneous shape after ${depth} dimensions. The detected shape was ${rt.show(new PyTuple(into.shape.slice(0, depth).map(BigInt)))} + inhomogeneous part.`,
      );
    }
    if (inner instanceof NdArray) merge(into, inner.dtype);
    for (const item of items) gather(rt, item, depth + 1, into);
    return;
  }
  const number = numberOf(inner);
  if (number === undefined) throw new GiveUp('an array of something other than numbers');
  if (depth < into.shape.length) raise('ValueError', 'setting an array element with a sequence.');
  const plain = unbox(inner);
  const own = typeof plain === 'boolean' ? BOOL : typeof plain === 'bigint' ? INT64 : FLOAT64;
  merge(into, typeOfScalar(inner) ?? own);
  into.values.push(number);
}

function merge(into: Gathered, type: DType): void {
  if (into.type === undefined || into.type.kind === 'bool') into.type = type;
  else if (type.kind === 'float' && into.type.kind !== 'float') into.type = FLOAT64;
  else if (type.size > into.type.size && type.kind === into.type.kind) into.type = type;
}

/** An axis argument, counted from the front. */
export function readAxis(rt: Runtime, value: PyValue, dimensions: number): number {
  const axis = readLength(rt, value);
  if (axis < -dimensions || axis >= dimensions) {
    return raise('ValueError', `axis ${axis} is out of bounds for array of dimension ${dimensions}`);
  }
  return axis < 0 ? axis + dimensions : axis;
}
