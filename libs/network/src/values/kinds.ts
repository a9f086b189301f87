import { isDType, type DType, type TensorType } from '../tensor.js';
import { isSequence, isTensor, typeName, type Argument, type Opaque } from './argument.js';
import { raise, raiseAlike } from './errors.js';
import { asList, isList } from './lists.js';

/** What a parameter of a signature accepts, and how the value is read into the type that rules work with. */
export interface Kind<T> {
  /** For people: `int`, `int or tuple of 2 ints`. */
  readonly expects: string;
  /** @throws Raised where the value is of another kind. */
  read(value: Argument, name: string): T;
  /** The value as the module's attribute holds it, where that is not the value as given (`kernel_size` as a pair). */
  attribute?(value: T): Argument;
}

function refuse(name: string, expected: string, value: Argument): never {
  return raiseAlike('TypeError', `${name} must be ${expected}, not ${typeName(value)}`);
}

function toInt(value: Argument, name: string, expects: string): number {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'bigint') return refuse(name, expects, value);
  const small = Number(value);
  if (!Number.isSafeInteger(small)) return raiseAlike('RuntimeError', `${name} is too large: ${value}`);
  return small;
}

export const int: Kind<number> = {
  expects: 'int',
  read: (value, name) => toInt(value, name, 'int'),
  attribute: (value) => BigInt(value),
};

/** A float; an int is taken as one, as Python takes it. */
export const float: Kind<number> = {
  expects: 'float',
  read(value, name) {
    if (typeof value === 'number') return value;
    if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
    return refuse(name, 'a number', value);
  },
};

/** True or false; PyTorch takes anything with a truth value and means that. */
export const bool: Kind<boolean> = {
  expects: 'bool',
  read(value, name) {
    if (typeof value === 'boolean') return value;
    if (value === null || value === 0n || value === 0 || value === '') return false;
    if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'string') return true;
    if (isSequence(value)) return value.length > 0;
    if (isTensor(value)) return truthOfTensor(value);
    return refuse(name, 'bool', value);
  },
};

/** A tensor of one element may be true or false; of several it is neither. @throws Raised */
function truthOfTensor({ shape }: TensorType): boolean {
  const count = shape.reduce((product, size) => product * size, 1);
  if (count > 1) raise('RuntimeError', 'Boolean value of Tensor with more than one value is ambiguous');
  if (count === 0) raise('RuntimeError', 'Boolean value of Tensor with no values is ambiguous');
  return true;
}

/** True or false, not asked before it is used: a constructor keeps whatever it is given. */
export const keptBool: Kind<boolean> = {
  expects: 'bool',
  read: (value, name) => (isTensor(value) ? true : bool.read(value, name)),
};

/** A number that a constructor keeps without a look at it: a tensor is no error there, and no number known here. */
export const keptFloat: Kind<number> = {
  expects: 'float',
  read: (value, name) => (isTensor(value) ? Number.NaN : float.read(value, name)),
};

/** A word that a constructor keeps without a look at it. */
export const keptString: Kind<string> = {
  expects: 'str',
  read: (value) => (typeof value === 'string' ? value : typeName(value)),
};

export const string: Kind<string> = {
  expects: 'str',
  read: (value, name) => (typeof value === 'string' ? value : refuse(name, 'str', value)),
};

/** One of several words; which others PyTorch refuses in which words is for the layer to say. */
export const dtype: Kind<DType | null> = {
  expects: 'torch.dtype',
  read(value, name) {
    if (value === null) return null;
    if (typeof value === 'string') {
      const short = value.startsWith('torch.') ? value.slice('torch.'.length) : value;
      if (isDType(short)) return short;
    }
    return refuse(name, 'torch.dtype', value);
  },
};

/** Where a tensor lives: taken and not looked into. */
export const device: Kind<Argument> = { expects: 'torch.device', read: (value) => value };

/** Anything at all, kept as given: a callable, a process group. */
export const anything: Kind<Argument> = { expects: 'anything', read: (value) => value };

export const tensor: Kind<TensorType> = {
  expects: 'Tensor',
  read: (value, name) => (isTensor(value) ? value : refuse(`argument '${name}'`, 'Tensor', value)),
};

export const tensors: Kind<readonly TensorType[]> = {
  expects: 'tuple of Tensors',
  read(value, name) {
    if (!isSequence(value)) return refuse(`argument '${name}'`, 'tuple of Tensors', value);
    return value.map((item) => tensor.read(item, name));
  },
};

/** A tensor or a Python number, as in `x + 1`. */
export const tensorOrNumber: Kind<TensorType | bigint | number | boolean> = {
  expects: 'Tensor or number',
  read(value, name) {
    if (
      isTensor(value) ||
      typeof value === 'bigint' ||
      typeof value === 'number' ||
      typeof value === 'boolean'
    )
      return value;
    return refuse(`argument '${name}'`, 'Tensor', value);
  },
};

/** A callable or the name of one. */
export const callable: Kind<string | Opaque> = {
  expects: 'str or callable',
  read(value, name) {
    if (typeof value === 'string') return value;
    if (typeof value === 'object' && value !== null && 'opaque' in value) return value;
    return refuse(name, 'a string or a function', value);
  },
};

export const ints: Kind<readonly number[]> = {
  expects: 'tuple of ints',
  read: (value, name) => readInts(value, name, 'tuple of ints'),
  attribute: (value) => value.map(BigInt),
};

/** An int or several, always several to the rules. */
export const intOrInts: Kind<readonly number[]> = {
  expects: 'int or tuple of ints',
  read: (value, name) =>
    isSequence(value)
      ? readInts(value, name, 'int or tuple of ints')
      : [toInt(value, name, 'int or tuple of ints')],
};

/** An int or a tuple, kept as given where PyTorch itself keeps it (`nn.MaxPool2d.kernel_size`). */
export const intOrTuple: Kind<number | readonly number[]> = {
  expects: 'int or tuple of ints',
  read: (value, name) =>
    isSequence(value) ? readInts(value, name, 'tuple of ints') : toInt(value, name, 'int or tuple of ints'),
};

function readInts(value: Argument, name: string, expects: string): readonly number[] {
  if (!isSequence(value)) return refuse(name, expects, value);
  const read = value.map((item) => toInt(item, name, expects));
  return isList(value) ? asList(read) : read;
}

/** Several ints out of others, a list where those are. */
export function sliced(values: readonly number[], start: number): readonly number[] {
  const rest = values.slice(start);
  return isList(values) ? asList(rest) : rest;
}

/** An int repeated to so many, or a tuple as it is: PyTorch's `_single`, `_pair`, `_triple`, which don't check its length. */
export function repeated(count: number): Kind<readonly number[]> {
  const expects = `int or tuple of ${count} ints`;
  return {
    expects,
    read(value, name) {
      if (isSequence(value)) return readInts(value, name, expects);
      return Array.from({ length: count }, toIntOnce(value, name, expects));
    },
    attribute: (value) => value.map(BigInt),
  };
}

function toIntOnce(value: Argument, name: string, expects: string): () => number {
  const int = toInt(value, name, expects);
  return () => int;
}

export function nullable<T>(kind: Kind<T>): Kind<T | null> {
  const { attribute } = kind;
  return {
    expects: `${kind.expects}, or None`,
    read: (value, name) => (value === null ? null : kind.read(value, name)),
    ...(attribute && { attribute: (value: T | null) => (value === null ? null : attribute(value)) }),
  };
}

export function either<A, B>(
  first: Kind<A>,
  isFirst: (value: Argument) => boolean,
  second: Kind<B>,
): Kind<A | B> {
  return {
    expects: `${first.expects} or ${second.expects}`,
    read: (value, name) => (isFirst(value) ? first.read(value, name) : second.read(value, name)),
  };
}

export const isString = (value: Argument): boolean => typeof value === 'string';
