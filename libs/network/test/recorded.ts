import { readFileSync } from 'node:fs';
import {
  ELLIPSIS,
  isTensor,
  type Argument,
  type DType,
  type Result,
  type TorchError,
} from '@tensormark/network';

/** How the fixtures write Python's values; see fixtures/generate-layers.py. */
export type Encoded =
  | null
  | boolean
  | number
  | string
  | { readonly float: number }
  | { readonly tensor: number[]; readonly dtype: DType }
  | { readonly ellipsis: true }
  | { readonly slice: readonly [number | null, number | null, number | null] }
  | readonly Encoded[];

export type Shapes = null | { readonly s: readonly number[]; readonly d?: string } | readonly Shapes[];

/** What PyTorch 1.13 itself said. */
export interface Answer {
  readonly init?: readonly [string, string];
  readonly error?: readonly [string, string];
  readonly repr?: string;
  readonly state?: readonly State[];
  readonly out?: Shapes;
}

export type State = readonly [name: string, shape: readonly number[], kind: 'p' | 'b'];

/** The cases of a fixture; each test knows their form. */
export function recorded(name: string): readonly unknown[] {
  const text = readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { cases: unknown[] }).cases;
}

export function decode(value: Encoded): Argument {
  if (typeof value === 'number') return BigInt(value);
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(decode);
  if ('float' in value) return value.float;
  if ('ellipsis' in value) return ELLIPSIS;
  if ('slice' in value) {
    const [start, stop, step] = value.slice;
    return { slice: [bound(start), bound(stop), bound(step)] };
  }
  return { shape: value.tensor, dtype: value.dtype };
}

function isList(value: Encoded): value is readonly Encoded[] {
  return Array.isArray(value);
}

function bound(value: number | null): bigint | null {
  return value === null ? null : BigInt(value);
}

export function decodeAll(values: Readonly<Record<string, Encoded>>): Record<string, Argument> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, decode(value)]));
}

export function encodeShapes(result: Result): Shapes {
  if (result === null) return null;
  if (!isTensor(result)) return result.map(encodeShapes);
  return result.dtype === 'float32' ? { s: [...result.shape] } : { s: [...result.shape], d: result.dtype };
}

/** `ValueError: …`; of an error whose words are not claimed to be PyTorch's, its type alone. */
export function said(error: TorchError | undefined): string | undefined {
  if (!error) return undefined;
  return error.exact ? `${error.type}: ${error.message}` : error.type;
}

/** The recorded words, cut down to the type where no more is claimed. */
export function toCompare(words: string | undefined, error: TorchError | undefined): string | undefined {
  return words !== undefined && error?.exact === false ? words.slice(0, words.indexOf(':')) : words;
}
