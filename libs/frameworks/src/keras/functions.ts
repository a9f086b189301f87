import { keywords, NdArray, nativeFunction, PyList, PyTuple, PyUnknown, rest } from '@tensormark/python';
import type { NativeFunction, PyValue, Runtime } from '@tensormark/python';
import { operation } from '@tensormark/network';
import { applyKeras } from './operations.js';
import { shapeFrom } from './shapes.js';
import { KerasTensor } from './tensor.js';

type Named = ReadonlyMap<string, PyValue>;

/** A function of TensorFlow, `keras.ops` or the old backend, on tensors of known shape. */
type Body = (rt: Runtime, args: readonly PyValue[], named: Named) => PyValue;

/** One argument by its names or its place. */
function argument(args: readonly PyValue[], named: Named, at: number, ...names: readonly string[]): PyValue {
  for (const name of names) {
    const found = named.get(name);
    if (found !== undefined) return found;
  }
  return args[at] ?? null;
}

/** What it is done to: numbers and arrays of known shape are tensors too. */
function tensor(args: readonly PyValue[], named: Named, at = 0): PyValue {
  return asTensor(
    argument(
      args,
      named,
      at,
      'x',
      'input',
      'inputs',
      'tensor',
      'input_tensor',
      'features',
      'logits',
      'a',
      'value',
    ),
  );
}

function asTensor(value: PyValue): PyValue {
  return value instanceof NdArray ? KerasTensor.of(value.shape) : value;
}

/** Functions of each element, by the operation of the network's table. */
const POINTWISE: Readonly<Record<string, string>> = {
  relu: 'relu',
  relu6: 'relu6',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  softplus: 'softplus',
  silu: 'silu',
  swish: 'silu',
  gelu: 'gelu',
  elu: 'elu',
  selu: 'selu',
  leaky_relu: 'leaky_relu',
  exp: 'exp',
  log: 'log',
  sqrt: 'sqrt',
  square: 'square',
  abs: 'abs',
  sin: 'sin',
  cos: 'cos',
  negative: 'neg',
  rsqrt: 'rsqrt',
};

const BINARY: Readonly<Record<string, string>> = {
  add: 'add',
  subtract: 'sub',
  multiply: 'mul',
  divide: 'div',
  maximum: 'maximum',
  minimum: 'minimum',
  matmul: 'matmul',
  pow: 'pow',
};

const REDUCTIONS: Readonly<Record<string, string>> = {
  reduce_mean: 'mean',
  reduce_sum: 'sum',
  reduce_max: 'amax',
  reduce_min: 'amin',
  mean: 'mean',
  sum: 'sum',
  max: 'amax',
  min: 'amin',
};

const joined =
  (name: 'cat' | 'stack', usual: bigint): Body =>
  (rt, args, named) => {
    const items = argument(args, named, 0, 'values', 'xs', 'tensors', 'x');
    const axis = argument(args, named, 1, 'axis');
    return applyKeras(rt, name, [items, axis ?? usual]);
  };

const reduced =
  (name: string): Body =>
  (rt, args, named) => {
    const axis = argument(args, named, 1, 'axis', 'reduction_indices');
    const keepdim = argument(args, named, 2, 'keepdims') === true;
    return applyKeras(rt, name, [tensor(args, named), ...(axis === null ? [] : [axis, keepdim])]);
  };

/** Sizes that are not known are left to what the others leave. */
function reshaped(rt: Runtime, args: readonly PyValue[], named: Named): PyValue {
  const shape = argument(args, named, 1, 'shape', 'newshape');
  if (!(shape instanceof PyList || shape instanceof PyTuple)) return rt.unknown('a shape that is not known');
  const unknown = shape.items.filter((item) => item instanceof PyUnknown || item === null);
  const isOneLeft = unknown.length === 1 && !shape.items.includes(-1n);
  const sizes = shape.items.map((item) => (isOneLeft && unknown.includes(item) ? -1n : item));
  return applyKeras(rt, 'reshape', [tensor(args, named), new PyTuple(sizes)]);
}

function transposed(rt: Runtime, args: readonly PyValue[], named: Named): PyValue {
  const of = tensor(args, named);
  const perm = argument(args, named, 1, 'perm', 'axes', 'pattern');
  if (!(of instanceof KerasTensor)) return of;
  const all = of.shape.map((_, axis) => BigInt(of.shape.length - 1 - axis));
  return applyKeras(rt, 'permute', [of, perm ?? new PyTuple(all)]);
}

const made =
  (fill: string): Body =>
  (rt, args, named) => {
    const sizes = shapeFrom(rt, argument(args, named, 0, 'shape'));
    if (sizes === undefined || sizes.includes(null))
      return rt.unknown(`${fill} of a shape that is not known`);
    return KerasTensor.of(sizes);
  };

/** The sizes of a tensor, those that are open each something unknown. */
function sizesOf(rt: Runtime, args: readonly PyValue[], named: Named): PyValue {
  const of = tensor(args, named);
  if (!(of instanceof KerasTensor)) return of;
  return new PyTuple(
    of.sizes.map((size) => (size === null ? rt.unknown('a size that is open') : BigInt(size))),
  );
}

/** `arange(start, stop, step)`: as many numbers as there are on the way. */
function counted(rt: Runtime, args: readonly PyValue[], named: Named): PyValue {
  const [from, to] = [argument(args, named, 0, 'start'), argument(args, named, 1, 'stop', 'limit')];
  const step = argument(args, named, 2, 'step', 'delta') ?? 1n;
  const [start, stop] = to === null ? [0n, from] : [from, to];
  if (typeof start !== 'bigint' || typeof stop !== 'bigint' || typeof step !== 'bigint' || step <= 0n)
    return rt.unknown('numbers whose count is not known');
  const count = stop > start ? (stop - start + step - 1n) / step : 0n;
  return KerasTensor.of([Number(count)], 'int32');
}

const handedOn: Body = (_rt, args, named) => tensor(args, named);

const TABLE: Readonly<Record<string, Body>> = {
  ...Object.fromEntries(
    Object.entries(POINTWISE)
      .filter(([, name]) => operation(name) !== undefined)
      .map(([own, name]): [string, Body] => [
        own,
        (rt, args, named) => applyKeras(rt, name, [tensor(args, named)]),
      ]),
  ),
  ...Object.fromEntries(
    Object.entries(BINARY).map(([own, name]): [string, Body] => [
      own,
      (rt, args, named) => {
        const other = asTensor(argument(args, named, 1, 'y', 'b', 'x2'));
        return applyKeras(rt, name, [asTensor(argument(args, named, 0, 'x', 'a', 'x1')), other]);
      },
    ]),
  ),
  ...Object.fromEntries(Object.entries(REDUCTIONS).map(([own, name]) => [own, reduced(name)])),
  softmax: (rt, args, named) =>
    applyKeras(rt, 'softmax', [tensor(args, named), argument(args, named, 1, 'axis') ?? -1n]),
  concat: joined('cat', 0n),
  concatenate: joined('cat', -1n),
  stack: joined('stack', 0n),
  reshape: reshaped,
  transpose: transposed,
  permute_dimensions: transposed,
  expand_dims: (rt, args, named) =>
    applyKeras(rt, 'unsqueeze', [tensor(args, named), argument(args, named, 1, 'axis') ?? -1n]),
  squeeze: (rt, args, named) => {
    const axis = argument(args, named, 1, 'axis');
    return applyKeras(rt, 'squeeze', [tensor(args, named), ...(axis === null ? [] : [axis])]);
  },
  shape: sizesOf,
  arange: counted,
  range: counted,
  int_shape: (_rt, args, named) => {
    const of = tensor(args, named);
    return of instanceof KerasTensor
      ? new PyTuple(of.sizes.map((size) => (size === null ? null : BigInt(size))))
      : of;
  },
  zeros: made('zeros'),
  ones: made('ones'),
  cast: handedOn,
  identity: handedOn,
  stop_gradient: handedOn,
  convert_to_tensor: handedOn,
};

/** The functions of these names, as a program calls them. */
export function functionsNamed(names: readonly string[]): Readonly<Record<string, NativeFunction>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const body = TABLE[name];
      return body === undefined
        ? []
        : [
            [
              name,
              nativeFunction(
                `${name}(*args, **kwargs)`,
                (rt, args, kwargs) => body(rt, rest(args ?? null), keywords(kwargs ?? null)),
                { unknowns: 'accept' },
              ),
            ],
          ];
    }),
  );
}

/** Every function there is, for modules that have all of them. */
export const FUNCTION_NAMES: readonly string[] = Object.keys(TABLE);

/** `tf.random.normal(shape)` */
export const drawn = nativeFunction(
  'normal(shape, *args, **kwargs)',
  (rt, shape) => made('random numbers')(rt, [shape ?? null], new Map()),
  { unknowns: 'accept' },
);
