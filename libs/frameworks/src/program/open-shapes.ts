import type { DType } from '@tensormark/network';
import { arrayFacts } from '../keras/program/arrays.js';
import { drawnArray } from './drawn-arrays.js';
import { foreignCall } from './called-name.js';
import { isState } from './states.js';
import { layerShape } from './layer-shapes.js';
import type { OpenShape, OpenSize } from './open-sizes.js';
import { windowLength } from './windows.js';
import { isOpenList, isSlice, Value } from './value.js';
import type { CallArguments, Datum, Making } from './value.js';

const known = new WeakMap<Value, OpenShape | undefined>();

const MOST_DEPTH = 40;

/**
 * The shape of an array or tensor as far as what made it says: `np.array(windows)` of windows of 12 rows has some rows of 12. How
 * many things a loop has gathered is not known.
 */
export function openShape(datum: Datum | undefined, depth = 0): OpenShape | undefined {
  if (!(datum instanceof Value)) return undefined;
  if (datum.shape !== undefined) return datum.shape;
  if (depth > MOST_DEPTH) return undefined;
  if (known.has(datum)) return known.get(datum);
  known.set(datum, undefined);
  const { made } = datum;
  const own =
    made.kind === 'operation'
      ? openShapeOf(made.name, made.args, depth + 1)
      : made.kind === 'layer'
        ? layerShape(made, givenTo(datum, depth + 1), isState(datum))
        : made.kind === 'batch'
          ? batchShape(made, openShape(datum.inputs[0], depth + 1))
          : undefined;
  const shape = own ?? drawnArray(datum)?.shape ?? (isOwn(made) ? undefined : arrayFacts(datum).shape);
  known.set(datum, shape);
  return shape;
}

/** What a layer is given: a packed sequence stands for one of three dimensions. */
function givenTo({ inputs: [of] }: Value, depth: number): OpenShape | undefined {
  const isPacked = of?.made.kind === 'operation' && of.made.name === 'pack_padded_sequence';
  return openShape(of, depth) ?? (isPacked ? [undefined, undefined, undefined] : undefined);
}

/** Examples put together have one dimension more; what a function of the program's own has put together is as it is. */
function batchShape(
  { loader }: Making & { readonly kind: 'batch' },
  example: OpenShape | undefined,
): OpenShape | undefined {
  if (example === undefined) return undefined;
  return loader.named.has('collate_fn') ? example : [undefined, ...example];
}

/** Whether what is known of arrays otherwise is of no use: sums may be of lists, and several numbers alone a list of rows. */
function isOwn(made: Making): boolean {
  return (made.kind === 'operation' && ARITHMETIC.includes(made.name)) || takesSeveral(made);
}

/** Whether it is taken by several numbers alone, which may be a list of rows as well. */
function takesSeveral(made: Making): boolean {
  const key = made.kind === 'operation' && made.name === 'getitem' ? made.args.positional[1] : undefined;
  return Array.isArray(key) && key.every((one: Datum) => one !== null && isNumber(one));
}

/** The same of what an operation gives. */
export function openShapeOf(name: string, args: CallArguments, depth = 0): OpenShape | undefined {
  const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
  return rule?.(args, depth);
}

type Rule = (args: CallArguments, depth: number) => OpenShape | undefined;

const same: Rule = ({ positional: [of] }, depth) => openShape(of, depth);

/** A list of things of one shape, that a loop may have gathered. */
const gathered: Rule = ({ positional }, depth) => {
  const [of] = positional.length > 1 && !(positional[0] instanceof Value) ? positional.slice(-1) : positional;
  if (!Array.isArray(of)) return openShape(of, depth);
  const [first, ...more] = of.map((one: Datum) => openShape(one, depth));
  if (first === undefined || more.some((shape) => shape?.join() !== first.join())) return undefined;
  return [undefined, ...first];
};

/** The same along a dimension of its own. */
const stacked: Rule = (args, depth) => {
  const shape = gathered({ ...args, positional: args.positional.slice(0, 1) }, depth);
  const dim = args.named.get('dim') ?? args.named.get('axis') ?? args.positional[1] ?? 0n;
  if (shape === undefined || !Array.isArray(args.positional[0])) return shape;
  if (typeof dim !== 'bigint') return undefined;
  const [count, ...sizes] = shape;
  const place = dim < 0n ? shape.length + Number(dim) : Number(dim);
  return place < 0 || place > sizes.length ? undefined : sizes.toSpliced(place, 0, count);
};

const ofClass: Rule = ({ positional: [, of], named }, depth) =>
  of === undefined ? undefined : gathered({ positional: [of], named }, depth);

/** Python's own `int(x)` gives one number, and a tensor's method one for each. */
const counted: Rule = ({ positional: [of] }, depth) => (of instanceof Value ? openShape(of, depth) : []);

/** `x[i]`, `x[i : i + 12]`, `x[:, 0]`, `x[..., None]`. */
const item: Rule = (args, depth) => {
  const [of, key] = args.positional;
  if (takesSeveral({ kind: 'operation', name: 'getitem', args })) return undefined;
  const shape = openShape(of, depth);
  if (shape === undefined || key === undefined) return undefined;
  const sizes: OpenSize[] = [];
  let axis = 0;
  for (const one of Array.isArray(key) ? key : [key]) {
    if (one === null) sizes.push(1);
    else if (axis >= shape.length) return undefined;
    else if (isNumber(one)) axis++;
    else if (isSlice(one)) sizes.push(sliceLength(one, shape[axis++]));
    else return undefined;
  }
  return [...sizes, ...shape.slice(axis)];
};

const laidOut: Rule = ({ positional: [of, ...rest], named }, depth) => {
  const given =
    named.get('shape') ?? named.get('size') ?? named.get('newshape') ?? (rest.length === 1 ? rest[0] : rest);
  const sizes: readonly (Datum | undefined)[] = Array.isArray(given) ? given : [given];
  if (sizes.length === 0) return undefined;
  const wanted = sizes.map((size): OpenSize | null =>
    typeof size === 'bigint' ? Number(size) : size instanceof Value ? undefined : null,
  );
  if (wanted.includes(null)) return undefined;
  const count = openShape(of, depth)?.reduce<OpenSize>(
    (so, size) => (so === undefined || size === undefined ? undefined : so * size),
    1,
  );
  const told = wanted.reduce<OpenSize>((so, size) => {
    if (size === -1) return so;
    return so === undefined || size === undefined || size === null ? undefined : so * size;
  }, 1);
  const rest_ =
    count !== undefined && told !== undefined && told > 0 && count % told === 0 ? count / told : undefined;
  return wanted.map((size) => (size === -1 ? rest_ : (size ?? undefined)));
};

const unsqueezed: Rule = ({ positional: [of, dim], named }, depth) => {
  const shape = openShape(of, depth);
  const at = named.get('dim') ?? named.get('axis') ?? dim;
  if (shape === undefined || typeof at !== 'bigint') return undefined;
  const place = at < 0n ? shape.length + 1 + Number(at) : Number(at);
  return place < 0 || place > shape.length ? undefined : shape.toSpliced(place, 0, 1);
};

const turned: Rule = ({ positional: [of, ...given] }, depth) => {
  const shape = openShape(of, depth);
  const axes = (given.length === 1 && Array.isArray(given[0]) ? given[0] : given) as readonly Datum[];
  if (shape === undefined || axes.length !== shape.length) return undefined;
  const sizes = axes.map((axis) => (typeof axis === 'bigint' ? shape.at(Number(axis)) : NaN));
  return sizes.some(Number.isNaN) ? undefined : sizes;
};

/** Arrays with others, or with numbers; lists put one after the other are none of these. */
const between: Rule = ({ positional: [one, other] }, depth) => {
  const of = (datum: Datum | undefined): OpenShape | undefined =>
    typeof datum === 'number' || typeof datum === 'bigint' ? [] : openShape(datum, depth);
  const [left, right] = [of(one), of(other)];
  if (left === undefined || right === undefined) return undefined;
  const rank = Math.max(left.length, right.length);
  const sizes = Array.from({ length: rank }, (_, at): OpenSize | null => {
    const [a, b] = [left, right].map((shape) =>
      at < rank - shape.length ? 1 : shape[at - rank + shape.length],
    );
    if (a === b || b === 1) return a;
    return a === 1 ? b : a === undefined || b === undefined ? undefined : null;
  });
  return sizes.includes(null) ? undefined : sizes.map((size) => size ?? undefined);
};

const ARITHMETIC = ['add', 'sub', 'mul', 'div', 'pow', 'gt', 'ge', 'lt', 'le'];
const squeezed: Rule = ({ positional: [of, dim], named }, depth) => {
  const shape = openShape(of, depth);
  const at = named.get('dim') ?? dim;
  if (shape === undefined || typeof at !== 'bigint') return undefined;
  const place = at < 0n ? shape.length + Number(at) : Number(at);
  return shape[place] === 1 ? shape.toSpliced(place, 1) : undefined;
};

const exchanged: Rule = ({ positional: [of, one, other] }, depth) => {
  const shape = openShape(of, depth);
  if (shape === undefined || typeof one !== 'bigint' || typeof other !== 'bigint') return undefined;
  const [a, b] = [one, other].map((axis) => (axis < 0n ? shape.length + Number(axis) : Number(axis)));
  if (a === undefined || b === undefined || a >= shape.length || b >= shape.length) return undefined;
  return shape.map((size, at) => (at === a ? shape[b] : at === b ? shape[a] : size));
};

const joined: Rule = ({ positional: [list, dim], named }, depth) => {
  const axis = named.get('dim') ?? named.get('axis') ?? dim ?? 0n;
  if (!Array.isArray(list) || typeof axis !== 'bigint') return undefined;
  const shapes = list.map((one: Datum) => openShape(one, depth));
  const [first] = shapes;
  if (first === undefined || shapes.some((shape) => shape?.length !== first.length)) return undefined;
  const place = axis < 0n ? first.length + Number(axis) : Number(axis);
  return first.map((_, at) => {
    const sizes = shapes.map((shape) => shape?.[at]);
    const isKnown = sizes.every((size) => size !== undefined);
    if (at === place)
      return isKnown && !isOpenList(list)
        ? sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0)
        : undefined;
    return sizes.find((size) => size !== undefined);
  });
};

/** One of two: what they share is known. */
const either: Rule = ({ positional: [one, other] }, depth) => {
  const [a, b] = [openShape(one, depth), openShape(other, depth)];
  if (a === undefined || a.length !== b?.length) return undefined;
  return a.map((size, at) => (size === b[at] ? size : undefined));
};

/** Sequences filled up to the longest of them. */
const filledUp: Rule = ({ positional: [list] }, depth) => {
  const [first] = Array.isArray(list) ? (list as readonly Datum[]) : [];
  const shape = openShape(first, depth);
  return shape === undefined || shape.length === 0 ? undefined : [undefined, undefined, ...shape.slice(1)];
};

const SAME =
  'float double half long int bool byte to cpu cuda detach clone contiguous numpy astype copy requires_grad_ Variable pack_padded_sequence pad_packed_sequence relu sigmoid tanh exp log sqrt abs softmax log_softmax dropout gelu leaky_relu elu silu masked_fill clone'.split(
    ' ',
  );
const MADE_OF = ['array', 'asarray', 'tensor', 'as_tensor', 'from_numpy'];
const CLASSES = ['Tensor', 'FloatTensor', 'DoubleTensor', 'LongTensor', 'IntTensor'];

const RULES: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(SAME.map((name) => [name, same])),
  ...Object.fromEntries(MADE_OF.map((name) => [name, gathered])),
  ...Object.fromEntries(CLASSES.map((name) => [name, ofClass])),
  ...Object.fromEntries(ARITHMETIC.map((name) => [name, between])),
  either,
  stack: stacked,
  fit_transform: scaled,
  transform: scaled,
  getitem: item,
  int: counted,
  float: counted,
  view: laidOut,
  reshape: laidOut,
  unsqueeze: unsqueezed,
  expand_dims: unsqueezed,
  permute: turned,
  squeeze: squeezed,
  transpose: exchanged,
  cat: joined,
  pad_sequence: filledUp,
};

/** A scaler of scikit-learn's gives a table as it was given one. */
function scaled({ positional: [scaler, of] }: CallArguments, depth: number): OpenShape | undefined {
  return /\.preprocessing\.\w*Scaler$/.test(foreignCall(scaler)?.name ?? '')
    ? openShape(of, depth)
    : undefined;
}

/** Why a whole number is not known: by the words of what has drawn it. */
const DRAWN_WHOLE = /^random\.(randrange|randint|getrandbits) /;

/** A number of one row: written, or counted by a loop, and others a fixed number away from it. */
function isNumber(datum: Datum, depth = 0): boolean {
  if (typeof datum === 'bigint') return true;
  if (!(datum instanceof Value) || depth > 4) return false;
  if (datum.made.kind === 'unknown') return DRAWN_WHOLE.test(datum.made.reason);
  if (datum.made.kind !== 'operation') return false;
  const { name, args } = datum.made;
  const [of, by] = args.positional;
  if (name === 'element')
    return of instanceof Value && of.made.kind === 'operation' && of.made.name === 'range';
  return (
    (name === 'add' || name === 'sub') &&
    [of, by].every((one) => one !== undefined && isNumber(one, depth + 1))
  );
}

function sliceLength(key: Datum, size: OpenSize): OpenSize {
  const window = windowLength(key);
  if (window !== undefined) return window;
  if (
    typeof key !== 'object' ||
    key === null ||
    !('kind' in key) ||
    key.kind !== 'other' ||
    key.holds?.kind !== 'slice'
  )
    return undefined;
  const { start, stop, step } = key.holds;
  if (step !== null) return undefined;
  const [from, to] = [start ?? 0n, stop ?? (size === undefined ? null : BigInt(size))];
  if (typeof from !== 'bigint' || typeof to !== 'bigint') return undefined;
  const place = (at: bigint): OpenSize =>
    at >= 0n ? Number(at) : size === undefined ? undefined : size + Number(at);
  const [first, last] = [place(from), place(to)];
  if (first === undefined || last === undefined) return undefined;
  // Beyond the end of what is not known there may be fewer.
  if (size === undefined) return undefined;
  return Math.max(0, Math.min(last, size) - first);
}

const AS_TYPE =
  /\.astype\(\s*(?:dtype\s*=\s*)?(?:np\.|numpy\.|['"])?(float32|float64|float|int64|int32|int|uint8|long)['"]?\s*\)$/;
const NUMPY: Readonly<Record<string, DType>> = { float: 'float64', int: 'int64', long: 'int64' };
const KEEPING =
  /^(getitem|unpacked|element|reshape|transpose|copy|array|asarray|squeeze|expand_dims|flatten|ravel|stack|concatenate|vstack)$/;

/** The type of an array's elements, as far as what made it says. */
export function arrayType(datum: Datum | undefined, depth = 0): DType | undefined {
  if (Array.isArray(datum)) {
    const [first, ...more] = datum.map((one: Datum) => arrayType(one, depth + 1));
    return more.every((one) => one === first) ? first : undefined;
  }
  if (!(datum instanceof Value) || depth > MOST_DEPTH) return undefined;
  if (datum.dtype !== undefined) return datum.dtype;
  const drawn = drawnArray(datum);
  if (drawn !== undefined) return drawn.dtype;
  const { made, span, inputs } = datum;
  if (made.kind === 'attribute')
    return /^(values|T)$/.test(made.name) ? arrayType(inputs[0], depth + 1) : undefined;
  if (made.kind !== 'operation' || made.args.named.has('dtype')) return undefined;
  const [of, other] = made.args.positional;
  if (made.name === 'astype') {
    const told = AS_TYPE.exec(span?.text ?? '')?.[1];
    return told === undefined ? undefined : (NUMPY[told] ?? (told as DType));
  }
  if (/^(fit_)?transform$/.test(made.name)) {
    const before = /\.preprocessing\.\w*Scaler$/.test(foreignCall(of)?.name ?? '')
      ? arrayType(other, depth + 1)
      : undefined;
    return before?.startsWith('int') === true ? 'float64' : before;
  }
  if (made.name === 'unpacked') {
    const split = foreignCall(of);
    if (split?.name.endsWith('train_test_split') === true && typeof other === 'bigint')
      return arrayType(split.args.positional[Number(other / 2n)], depth + 1);
  }
  if (foreignCall(datum) !== undefined) return undefined;
  return KEEPING.test(made.name) ? arrayType(of, depth + 1) : undefined;
}
