import {
  buildLayer,
  ELLIPSIS,
  NetworkBuilder,
  type Argument,
  type Applied,
  type DType,
  type Network,
  type Tensor,
} from '@tensormark/network';

/** One call as PyTorch computed it; `fixtures/generate-operations.py` says how. */
export interface RecordedCase {
  readonly name: string;
  readonly layer?: string;
  readonly operation?: string;
  readonly args: readonly Encoded[];
  readonly kw: Readonly<Record<string, Encoded>>;
  readonly call?: readonly Encoded[];
  readonly named?: Readonly<Record<string, Encoded>>;
  readonly training?: boolean;
  readonly spread?: number;
  readonly inputs: readonly InputSpec[];
  readonly outputs: readonly (readonly RecordedNumber[])[];
  readonly gradients: readonly (readonly RecordedNumber[] | null)[];
  readonly parameters?: Readonly<Record<string, readonly RecordedNumber[] | null>>;
  readonly buffers?: Readonly<Record<string, readonly RecordedNumber[]>>;
}

export type RecordedNumber = number | string;

type InputSpec =
  readonly number[] | { readonly shape: readonly number[]; readonly kind: string; readonly below?: number };

type Encoded =
  | null
  | boolean
  | number
  | string
  | { readonly t: number }
  | { readonly f: number | string }
  | { readonly s: readonly [number | null, number | null, number | null] }
  | { readonly o: string }
  | readonly Encoded[];

/** The fixture's formula for elements. */
export function elementsBy(count: number, seed: number, spread = 1.5): Float64Array {
  return Float64Array.from({ length: count }, (_, at) => Math.sin(at * 12.9898 + seed * 78.233) * spread);
}

export interface Input {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly values: Float64Array;
}

export function inputOf(spec: InputSpec, at: number): Input {
  const plain = 'kind' in spec ? spec : { shape: spec, kind: 'float' };
  const { shape, kind } = plain;
  const count = shape.reduce((product, size) => product * size, 1);
  const values = elementsBy(count, 3 + at, kind === 'float' ? 1.5 : 1);
  const below = 'below' in plain ? (plain.below ?? 1) : 1;
  const change: Readonly<Record<string, (value: number) => number>> = {
    float: (value) => value,
    int: (value) => Math.floor(((value + 1) / 2) * below * 0.9999),
    bool: (value) => (value > -0.3 ? 1 : 0),
    positive: (value) => Math.abs(value) + 0.1,
    given: (value) => Math.abs(value) + 0.1,
    unit: (value) => ((value + 1) / 2) * 0.9 + 0.05,
    wanted: (value) => ((value + 1) / 2) * 0.9 + 0.05,
    signs: (value) => (value > 0 ? 1 : -1),
    small: (value) => value * 0.2,
  };
  const by = change[kind];
  if (!by) throw new Error(`there is no kind of input ${kind}`);
  const dtype = kind === 'int' ? 'int64' : kind === 'bool' ? 'bool' : 'float32';
  return { shape, dtype, values: values.map(by) };
}

function decode(value: Encoded, tensors: readonly Tensor[]): Argument {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return BigInt(value);
  if (isList(value)) return value.map((item) => decode(item, tensors));
  if ('t' in value) return tensors[value.t] ?? null;
  if ('f' in value) return Number(String(value.f).replace('inf', 'Infinity'));
  if ('s' in value) {
    const [start, stop, step] = value.s;
    const bound = (at: number | null): bigint | null => (at === null ? null : BigInt(at));
    return { slice: [bound(start), bound(stop), bound(step)] };
  }
  return ELLIPSIS;
}

function isList(value: Encoded): value is readonly Encoded[] {
  return Array.isArray(value);
}

function decodeAll(
  values: Readonly<Record<string, Encoded>>,
  tensors: readonly Tensor[],
): Record<string, Argument> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, decode(value, tensors)]));
}

/** The case as a network of one call. */
export function networkOf(recorded: RecordedCase, inputs: readonly Input[]): Network {
  const builder = new NetworkBuilder();
  const tensors = inputs.map(({ shape, dtype }, at) => builder.input({ shape, dtype }, `x${at}`));
  const applied = apply(builder, recorded, tensors);
  if (applied.error) throw new Error(`${applied.error.type}: ${applied.error.message}`);
  builder.output(applied.outputs ?? null);
  return builder.build();
}

function apply(builder: NetworkBuilder, recorded: RecordedCase, tensors: readonly Tensor[]): Applied {
  const args = recorded.args.map((value) => decode(value, tensors));
  const training = recorded.training ?? true;
  if (recorded.layer === undefined)
    return builder.apply(
      recorded.operation ?? '',
      { positional: args, named: decodeAll(recorded.kw, tensors) },
      { training },
    );
  const built = buildLayer(recorded.layer, { positional: args, named: decodeAll(recorded.kw, []) });
  if (built.error) throw new Error(`${built.error.type}: ${built.error.message}`);
  return builder.applyLayer(
    built.layer,
    {
      positional: (recorded.call ?? []).map((value) => decode(value, tensors)),
      named: decodeAll(recorded.named ?? {}, tensors),
    },
    { modulePath: 'layer', training },
  );
}
