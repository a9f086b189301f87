import type { DType } from '@tensormark/network';
import { LEGACY } from '../torch/tensor/legacy-types.js';
import { TensorObject } from '../torch/tensor/tensor.js';
import { drawnArray } from './drawn-arrays.js';
import { pictureOf } from './pictures.js';
import { Value } from './value.js';
import type { CallArguments, Datum } from './value.js';
import { followTransforms, transformsIn } from './vision-transforms.js';
import { windowLength } from './windows.js';
import { arrayType, openShapeOf } from './open-shapes.js';

/** A tensor's shape and type, as far as the call that makes it of something unknown says them. */
interface Told {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/**
 * What stands for the result of a call that came to nothing known, where the call itself says what shape it has: a view of given sizes,
 * a picture of a size that has become a tensor, a window of a known length out of a row of numbers.
 */
export function toldTensor(name: string, args: CallArguments): TensorObject | undefined {
  const told = (Object.hasOwn(RULES, name) ? RULES[name]?.(args) : undefined) ?? toldByOrigin(name, args);
  return told === undefined ? undefined : new TensorObject(told);
}

/** Classes that make tensors of what they are given, by the type of what they hold. */
const OF_CLASSES: ReadonlyMap<string, DType> = new Map([...Object.entries(LEGACY), ['Tensor', 'float32']]);

/** Functions that do so, and keep the type of it. */
const OF_ARRAYS = new Set(['tensor', 'as_tensor', 'from_numpy']);

function isMadeTensor(maker: string): boolean {
  return OF_CLASSES.has(maker) || OF_ARRAYS.has(maker);
}

/** A tensor of an array, or a part of one, of which every size follows from what made it: `windows[i]`, of windows of 12 rows. */
function toldByOrigin(name: string, args: CallArguments): Told | undefined {
  const dtype = typeByOrigin(name, args);
  const shape = dtype === undefined ? undefined : openShapeOf(name, args);
  if (dtype === undefined || shape === undefined) return undefined;
  const sizes = shape.filter((size) => size !== undefined);
  return sizes.length === shape.length && sizes.every((size) => size > 0)
    ? { shape: sizes, dtype }
    : undefined;
}

/** Of what type a tensor is that is made of an array, or of a tensor; undefined for what is none. */
function typeByOrigin(name: string, { positional: [of, by], named }: CallArguments): DType | undefined {
  const ofClass = OF_CLASSES.get(name);
  if (ofClass !== undefined) return ofClass;
  if (OF_ARRAYS.has(name)) return typeNamed(named.get('dtype')) ?? arrayType(of);
  // A row that was drawn, of a tensor that is known.
  const isPicked = name === 'getitem' && of instanceof Value && of.shape !== undefined;
  if (!(of instanceof Value) || !(isPicked || isTensor(of))) return undefined;
  if (BESIDE_NUMBERS.has(name)) return isPlain(by) ? floatOf(of) : undefined;
  return CONVERTING[name] ?? (KEEPING_TENSORS.has(name) ? typeOf(of) : undefined);
}

const KEEPING_TENSORS = new Set('getitem unsqueeze permute view reshape detach clone contiguous'.split(' '));

/** Operations that leave a tensor's shape, and floats as they are, where the other of the two is a number. */
const BESIDE_NUMBERS = new Set(['add', 'sub', 'mul', 'div']);

function isPlain(datum: Datum | undefined): boolean {
  return typeof datum === 'number' || typeof datum === 'bigint';
}

function floatOf(value: Value): DType | undefined {
  const dtype = typeOf(value);
  return dtype === 'float32' || dtype === 'float64' ? dtype : undefined;
}

/** Whether something of which the shape is not known is a tensor: it was made one. */
function isTensor({ made }: Value, depth = 0): boolean {
  if (made.kind !== 'operation' || depth > 12) return false;
  const [first, second] = made.args.positional;
  if (BESIDE_NUMBERS.has(made.name) && isPlain(second))
    return first instanceof Value && isTensor(first, depth + 1);
  if (isMadeTensor(made.name)) return true;
  const of = made.args.positional[0];
  return (
    (KEEPING_TENSORS.has(made.name) || Object.hasOwn(CONVERTING, made.name)) &&
    of instanceof Value &&
    isTensor(of, depth + 1)
  );
}

type Rule = (args: CallArguments) => Told | undefined;

/** `x.view(128, 17)`: every size is written, and the type is known. */
const laidOut: Rule = ({ positional, named }) => {
  const [of, ...rest] = positional;
  const dtype = of instanceof Value ? typeOf(of) : undefined;
  if (dtype === undefined) return undefined;
  const given = named.get('shape') ?? named.get('size') ?? (rest.length === 1 ? rest[0] : rest);
  const sizes = Array.isArray(given) ? given : [given];
  const shape = sizes.map((size: Datum | undefined) => (typeof size === 'bigint' ? Number(size) : -1));
  if (shape.length === 0 || shape.some((size) => size < 1)) return undefined;
  return { shape, dtype };
};

/** `torch.from_numpy(np.array(picture))`, `torch.tensor(np.random.randn(8, 3))`. */
const ofArray: Rule = ({ positional: [of], named }) => {
  const array = of instanceof Value ? arrayIn(of) : undefined;
  return array && { shape: array.shape, dtype: typeNamed(named.get('dtype')) ?? array.dtype };
};

/** `torch.FloatTensor(np.random.randn(8, 3))`: the class, and what it is made of. */
const ofClass =
  (dtype: DType): Rule =>
  ({ positional: [, of] }) => {
    const array = of instanceof Value ? arrayIn(of) : undefined;
    return array && { shape: array.shape, dtype };
  };

function arrayIn(value: Value): Told | undefined {
  return drawnArray(value);
}

/** A picture through transforms of torchvision's. */
const transformed: Rule = ({ positional: [callee, picture] }) => {
  const transforms = callee === undefined ? undefined : transformsIn(callee);
  const start = picture instanceof Value ? pictureOf(picture) : undefined;
  if (transforms === undefined || start === undefined) return undefined;
  const { kind, channels, height, width } = followTransforms(start, transforms).picture ?? {};
  if (kind !== 'tensor' || channels === undefined || height === undefined || width === undefined)
    return undefined;
  return { shape: [channels, height, width], dtype: 'float32' };
};

/** `data[i : i + 32]` of a row of numbers: 32 of them, wherever it begins. */
const window: Rule = ({ positional: [of, key] }) => {
  const length = windowLength(key);
  if (length === undefined || !(of instanceof Value) || !isRow(of)) return undefined;
  const dtype = typeOf(of);
  return dtype === undefined ? undefined : { shape: [length], dtype };
};

const RULES: Readonly<Record<string, Rule>> = {
  view: laidOut,
  reshape: laidOut,
  from_numpy: ofArray,
  tensor: ofArray,
  as_tensor: ofArray,
  call: transformed,
  getitem: window,
  ...Object.fromEntries(Array.from(OF_CLASSES, ([name, dtype]) => [name, ofClass(dtype)])),
};

/** What gives a part of a row, or the row otherwise, and has one dimension as well. */
const KEEPING_ROWS = new Set(['long', 'float', 'int', 'contiguous', 'detach', 'clone', 'cpu', 'cuda', 'to']);

/** Whether it is a tensor of one dimension whose length is not known: numbers of letters or words, one after another. */
function isRow(value: Value, depth = 0): boolean {
  const { made } = value;
  if (made.kind !== 'operation' || depth > 12) return false;
  const [of, key] = made.args.positional.filter((each) => !isType(each));
  if (isMadeTensor(made.name)) return of !== undefined && isListOfNumbers(of);
  if (!(of instanceof Value)) return false;
  if (made.name === 'getitem')
    return (
      typeof key === 'object' && key !== null && 'kind' in key && key.kind === 'other' && isRow(of, depth + 1)
    );
  return KEEPING_ROWS.has(made.name) && isRow(of, depth + 1);
}

function isType(datum: Datum): boolean {
  return typeof datum === 'object' && datum !== null && 'type' in datum && datum.type === 'type';
}

/** A list that a comprehension makes of numbers, one for each of what it goes over, or what a tokenizer gives for a text. */
function isListOfNumbers(datum: Datum): boolean {
  if (!(datum instanceof Value) || datum.made.kind !== 'operation') return false;
  const { name, args } = datum.made;
  if (name === 'comprehension') {
    const [items] = args.positional;
    return Array.isArray(items) && items.length === 1 && items.every(isNumber);
  }
  return /^encode(_ordinary)?$/.test(name) && args.named.size === 0;
}

/** A number looked up: `stoi[c]`, of a dict that a comprehension numbers; `ord(c)`. */
function isNumber(datum: Datum): boolean {
  if (typeof datum === 'bigint') return true;
  if (!(datum instanceof Value) || datum.made.kind !== 'operation') return false;
  const { name, args } = datum.made;
  if (name === 'ord' || name === 'int') return true;
  if (name !== 'getitem') return false;
  const [table, key] = args.positional;
  const isTable =
    table instanceof Value && table.made.kind === 'operation' && table.made.name === 'comprehension';
  return isTable && key instanceof Value;
}

const CONVERTING: Readonly<Record<string, DType>> = {
  float: 'float32',
  double: 'float64',
  half: 'float16',
  long: 'int64',
  bool: 'bool',
  byte: 'uint8',
};
const KEEPING_TYPE = new Set(
  'view reshape getitem unpacked element unsqueeze squeeze permute transpose t contiguous detach clone cpu cuda flatten expand repeat'.split(
    ' ',
  ),
);
/** Layers that give floats whatever else is not known of them. */
const LAYERS = /^(Linear|Conv|Embedding|BatchNorm|LayerNorm|LSTM|GRU|RNN|Dropout)/;

/** The type of a tensor of which the shape is not known. */
export function typeOf(value: Value, depth = 0): DType | undefined {
  const { made } = value;
  if (value.dtype !== undefined) return value.dtype;
  if (made.kind === 'layer') return LAYERS.test(made.name) ? 'float32' : undefined;
  if (made.kind !== 'operation' || depth > 12) return undefined;
  const { name, args } = made;
  const ofClass = OF_CLASSES.get(name);
  if (ofClass !== undefined) return ofClass;
  const named = typeNamed(args.named.get('dtype'));
  if (OF_ARRAYS.has(name)) return named ?? arrayType(args.positional[0]);
  const converted = CONVERTING[name];
  if (converted !== undefined) return converted;
  const [of, to] = args.positional;
  if (name === 'to' || name === 'type') {
    const told = named ?? typeNamed(to);
    if (told !== undefined) return told;
    if (name === 'type' || !(of instanceof Value)) return undefined;
    return typeOf(of, depth + 1);
  }
  if (BESIDE_NUMBERS.has(name)) return isPlain(to) && of instanceof Value ? floatOf(of) : undefined;
  return KEEPING_TYPE.has(name) && of instanceof Value ? typeOf(of, depth + 1) : undefined;
}

const TYPES: ReadonlyMap<string, DType> = new Map(
  (
    ['float32', 'float64', 'float16', 'bfloat16', 'int64', 'int32', 'int16', 'int8', 'uint8', 'bool'] as const
  ).map((type) => [`torch.${type}`, type]),
);

/** `torch.float32`, as a datum has it. */
function typeNamed(datum: Datum | undefined): DType | undefined {
  return typeof datum === 'string' ? TYPES.get(datum) : undefined;
}
