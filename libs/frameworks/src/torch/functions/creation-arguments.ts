import { plainInteger, rest, typeOf } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import { DTYPES, isIntegral } from '@tensormark/network';
import type { DType } from '@tensormark/network';
import { readingOf } from '../../trace/reading.js';
import { asCount, asSizes, isSequence } from '../arguments.js';

/** `zeros(2, 3)`, `zeros((2, 3))`, `zeros(size=(2, 3))`. */
export function sizesOf(rt: Runtime, name: string, args: PyValue, size: PyValue): number[] {
  const values = rest(args);
  const [first] = values;
  if (values.length === 0 && size === null) return invalid(rt, name, []);
  const items = values.length === 1 && first !== undefined && isSequence(first) ? first.items : values;
  const bad = items.findIndex(isNoSize);
  if (bad === 0 && items === values) return invalid(rt, name, values);
  if (bad >= 0)
    return rt.raise(
      'TypeError',
      `${name}(): argument 'size' must be tuple of ints, but found element of type ${typeOf(items[bad] ?? null).name} at pos ${bad + 1}`,
    );
  return asSizes(rt, values.length === 0 && size !== null ? [size] : values);
}

function isNoSize(value: PyValue): boolean {
  return value === null || typeof value === 'number' || typeof value === 'string';
}

/** Refuses arguments in words of ours: which signatures PyTorch lists is not known here. */
export function invalid(rt: Runtime, name: string, values: readonly PyValue[]): never {
  const message = `${name}() received an invalid combination of arguments - got (${values.map((value) => typeOf(value).name).join(', ')}), but expected one of:`;
  readingOf(rt).wordedHere.add(message);
  return rt.raise('TypeError', message);
}

/** A number of things that must be whole. */
export function countNamed(rt: Runtime, name: string, argument: string, value: PyValue): number {
  if (isNoSize(value) || isSequence(value))
    return rt.raise('TypeError', `${name}(): argument ${argument} must be int, not ${typeOf(value).name}`);
  return asCount(rt, value);
}

/** What is drawn from the uniform or the normal distribution are no whole numbers. */
export function refuseDrawing(rt: Runtime, name: string, dtype: DType): void {
  if (!isIntegral(dtype)) return;
  const kernel =
    name.startsWith('randn') || name === 'normal_' ? 'normal_kernel_cpu' : 'check_uniform_bounds';
  rt.raise('RuntimeError', `"${kernel}" not implemented for '${DTYPES[dtype].scalarName}'`);
}

/** `randint(high, size)` or `randint(low, high, size)`. */
export function drawnIntegers(
  rt: Runtime,
  low: PyValue,
  high: PyValue,
  size: PyValue,
): { readonly shape: readonly number[]; readonly from: number; readonly to: number } {
  const isPair = size === null;
  const sizes = isPair ? high : size;
  if (isPair && plainInteger(high) !== undefined)
    return rt.raise(
      'TypeError',
      `randint(): argument 'size' (position 2) must be tuple of ints, not ${typeOf(high).name}`,
    );
  if (sizes === null || !isSequence(sizes)) return invalid(rt, 'randint', [low, high, size]);
  const [from, to] = [isPair ? 0n : low, isPair ? low : high];
  const bound = (value: PyValue): number => (typeof value === 'bigint' ? Number(value) : Number.NaN);
  return { shape: asSizes(rt, [sizes]), from: bound(from), to: bound(to) };
}
