import { foreignCall } from '../../program/called-name.js';
import type { NamedCall } from '../../program/called-name.js';
import { argument, Value } from '../../program/value.js';
import type { CallArguments, Datum } from '../../program/value.js';
import { valuesAmong } from '../../program/values.js';
import { rearranged, transposed } from './array-axes.js';
import { ofElements } from './array-elements.js';
import { NOTHING } from './array-facts.js';
import type { ArrayFacts, Scale, Size } from './array-facts.js';
import { isOpaque, ofItem } from './array-items.js';
import type { Of } from './array-items.js';
import {
  eitherWith,
  expanded,
  flat,
  reduced,
  reshaped,
  stacked,
  together,
  withColumns,
  withRows,
} from './array-shapes.js';
import { ofNumpy } from './array-numpy.js';
import { oneHotRows, ofPart } from './array-parts.js';
import { ofPicture, ofPictureMethod } from './array-pictures.js';
import { realOf, transformedBy } from './array-preprocessors.js';
import { ofDigits, ofRandom, ofSample } from './array-sources.js';
import { isFromFolder, ofWords, wordsOf } from './array-layers.js';
import { kerasCall, numberOf, wholeOf } from './names.js';
import { sizeOf, sizesOf } from './sizes.js';
import { shapeOfCall } from '../../tensorflow/graph-rules.js';
import { tensorCall } from '../../tensorflow/graph-calls.js';
import { elementBehind } from './stream-elements.js';

const known = new WeakMap<Value, ArrayFacts>();

const MOST_DEPTH = 80;

/** What is known of an array of the program. */
export function arrayFacts(datum: Datum | undefined, depth = 0): ArrayFacts {
  if (datum instanceof Value) {
    let facts = known.get(datum);
    if (facts === undefined) {
      facts = depth > MOST_DEPTH ? NOTHING : derive(datum, depth + 1);
      known.set(datum, facts);
    }
    return facts;
  }
  if (Array.isArray(datum)) return ofList(datum, depth);
  if (isOpaque(datum) && datum.holds?.kind === 'array') {
    const { shape } = datum.holds;
    const elements = datum.holds.elements();
    const facts = elements === undefined ? { ...NOTHING, shape } : ofElements(shape, elements);
    // Two pictures or sequences are what a loop over what is not known has gathered in two turns.
    return shape.length > 2 && shape[0] === 2 ? { ...facts, shape: [undefined, ...shape.slice(1)] } : facts;
  }
  return NOTHING;
}

/** A list of numbers, or of lists of them, as the array it becomes. */
function ofList(items: readonly Datum[], depth: number): ArrayFacts {
  const numbers = items.map(numberOf);
  if (items.length > 0 && numbers.every((number) => number !== undefined))
    return ofElements([items.length], numbers);
  const rows = items.map((item): ArrayFacts =>
    Array.isArray(item)
      ? ofList(item, depth + 1)
      : item instanceof Value
        ? arrayFacts(item, depth + 1)
        : NOTHING,
  );
  const [first] = rows;
  // A list that grew in a loop has as many items as turns were run.
  if (valuesAmong(items).length > 0)
    return first !== undefined && rows.every(({ scale }) => scale === first.scale)
      ? {
          scale: first.scale === 'raw' ? undefined : first.scale,
          ...(first.shape !== undefined &&
            rows.every(({ shape }) => shape?.join() === first.shape?.join()) && {
              shape: [undefined, ...first.shape],
            }),
        }
      : NOTHING;
  if (first?.shape === undefined || rows.some(({ shape }) => shape?.join() !== first.shape?.join()))
    return NOTHING;
  const elements = rows.flatMap((row) => row.elements ?? []);
  return ofElements([items.length, ...first.shape], elements);
}

function derive(value: Value, depth: number): ArrayFacts {
  const { made, inputs } = value;
  const of = (datum: Datum | undefined): ArrayFacts => arrayFacts(datum, depth);
  const digits = ofDigits(value);
  if (digits !== undefined) return digits;
  if (made.kind === 'attribute') {
    const sample = ofSample(inputs[0], made.name);
    if (sample !== undefined) return sample;
    if (made.name === 'classes' && isFromFolder(inputs[0]))
      return { shape: [undefined], targets: { kind: 'classes', count: undefined } };
    if (made.name === 'T') return transposed(of(inputs[0]));
    return made.name === 'values' ? of(inputs[0]) : NOTHING;
  }
  if (made.kind === 'unknown')
    return isTable(value) ? { isTable: true } : { shape: notComputed(made.reason) };
  if (made.kind !== 'operation') return NOTHING;
  const words = ofWords(value);
  if (words !== undefined) return words;
  const element = elementBehind(value, of);
  if (element !== undefined) return element.kind === 'array' ? element.facts : NOTHING;
  const foreign = foreignCall(value);
  if (foreign !== undefined) {
    const keras = kerasCall(value);
    const facts = ofFunction(keras === undefined ? foreign : { ...foreign, name: keras.name }, value, of);
    if (facts.shape !== undefined) return facts;
    const shape = foreign.name.startsWith('numpy.')
      ? ofNumpy(foreign.name.split('.').at(-1) ?? '', foreign.args, of)
      : ofTensors(value, of);
    return shape === undefined ? facts : { ...shape, ...facts, shape: shape.shape };
  }
  const [self, ...rest] = made.args.positional;
  const drawn = ofGenerator(made.name, self, { positional: rest, named: made.args.named }, of);
  if (drawn !== undefined) return drawn;
  if (made.name === 'getitem') {
    const rows = oneHotRows(self, rest[0], of);
    if (rows !== undefined) return rows;
  }
  if (made.name === 'unpacked' || (made.name === 'getitem' && typeof rest[0] === 'bigint')) {
    const part = ofPart(self, wholeOf(rest[0]), of);
    if (part !== undefined) return part;
  }
  return ofMethod(made.name, self, { positional: rest, named: made.args.named }, value, of);
}

/** What `np.random.default_rng()` draws. */
function ofGenerator(
  name: string,
  self: Datum | undefined,
  args: CallArguments,
  of: Of,
): ArrayFacts | undefined {
  if (!/^numpy\.random\.(default_rng|RandomState)$/.test(foreignCall(self)?.name ?? '')) return undefined;
  if (name === 'permutation') return ofNumpy(name, args, of);
  const [drawn] = RANDOM.exec(`numpy.random.${name === 'integers' ? 'randint' : name}`)?.slice(1) ?? [];
  return drawn === undefined ? undefined : ofRandom(drawn, args, of);
}

/** What a function of TensorFlow gives, of arrays as of tensors. */
function ofTensors(value: Value, of: Of): ArrayFacts | undefined {
  const call = tensorCall(value);
  const shape = call && shapeOfCall(call, (datum) => tensorShape(datum, of));
  return shape && { shape };
}

/** The shape of something that TensorFlow makes a tensor of: a list that may have grown is of any length. */
function tensorShape(datum: Datum | undefined, of: Of): ArrayFacts['shape'] {
  if (numberOf(datum) !== undefined || typeof datum === 'boolean') return [];
  return of(datum).shape;
}

/** `df`: in a fragment that does not say where it comes from a table of pandas all the same. */
function isTable({ made, span }: Value): boolean {
  return (
    made.kind === 'unknown' &&
    made.reason === 'unbound' &&
    /^(df|df_?\w+|\w+_df|data_?frame)$/i.test(span?.text ?? '')
  );
}

/** The shape of an array that is too large for its elements to be read: `np.zeros((60000, 28, 28))`. */
function notComputed(reason: string): readonly Size[] | undefined {
  return /^an array of shape \(([\d, ]*)\) is not computed$/.exec(reason)?.[1]?.split(', ').map(Number);
}

const RANDOM =
  /^numpy\.random\.(?:\w+\.)?(rand|randn|random|random_sample|normal|uniform|randint|standard_normal|choice)$/;

/** What a function that is known by its name gives. */
function ofFunction({ name, args }: NamedCall, value: Value, of: Of): ArrayFacts {
  const [first, second] = args.positional;
  const random = RANDOM.exec(name);
  if (random !== null) return ofRandom(random[1] ?? '', args, of);
  const short = name.split('.').at(-1) ?? '';
  const before = (): ArrayFacts => of(first);
  switch (short) {
    case 'to_categorical': {
      const facts = before();
      const count =
        wholeOf(argument(args, 'num_classes', 1) ?? argument(args, 'nb_classes', 1)) ??
        (facts.targets?.kind === 'classes' ? facts.targets.count : undefined);
      return {
        // Of what are columns already each number gets columns again.
        shape:
          facts.targets?.kind === 'one-hot' && facts.shape === undefined
            ? [undefined, facts.targets.count, count]
            : withColumns(facts, count),
        targets: { kind: 'one-hot', count },
        set: facts.set,
        split: facts.split,
      };
    }
    case 'one_hot':
      return name.startsWith('tensorflow')
        ? { targets: { kind: 'one-hot', count: wholeOf(argument(args, 'depth', 1)) } }
        : NOTHING;
    case 'get_dummies': {
      const facts = before();
      const count = facts.targets?.kind === 'classes' ? facts.targets.count : undefined;
      // Some columns of a table: what comes is a wider one.
      if (args.named.has('columns') || isWide(facts))
        return { scale: facts.scale, isTable: facts.isTable, shape: [undefined, undefined] };
      return facts.targets?.kind === 'classes' || facts.isColumn === true
        ? { shape: [facts.shape?.[0], count], targets: { kind: 'one-hot', count } }
        : NOTHING;
    }
    case 'pad_sequences': {
      const facts = before();
      // Numbers that are no whole ones are asked for where it is vectors that are padded.
      const isOfTokens = /^(undefined|u?int\d*)$/.test(String(argument(args, 'dtype', 2)));
      return {
        ...(isOfTokens && { shape: [facts.shape?.[0], wholeOf(argument(args, 'maxlen', 1))] }),
        vocabulary: facts.vocabulary,
        set: facts.set,
        split: facts.split,
      };
    }
    case 'expand_dims':
      return expanded(before(), wholeOf(argument(args, 'axis', 1)));
    case 'reshape':
      return reshaped(before(), sizesOf(argument(args, 'newshape', 1) ?? argument(args, 'shape', 1), of));
    case 'array':
    case 'asarray':
    case 'asanyarray':
    case 'copy':
    case 'convert_to_tensor':
    case 'cast':
    case 'DataFrame':
    case 'Series':
      return before();
    case 'ravel':
      return { ...before(), shape: flat(before().shape) };
    case 'transpose':
    case 'swapaxes':
    case 'moveaxis':
    case 'squeeze':
      return rearranged(short, before(), { ...args, positional: args.positional.slice(1) }) ?? NOTHING;
    case 'normalize':
      return { ...before(), scale: 'unit' };
    case 'divide':
    case 'true_divide':
      return divided(before(), second, value);
    case 'sum':
    case 'mean':
      return name.startsWith('numpy.') ? reduced(before(), argument(args, 'axis', 1), args) : NOTHING;
    case 'argmax':
    case 'argmin': {
      const facts = before();
      const { shape } = reduced(facts, argument(args, 'axis', 1), args);
      return name.startsWith('numpy.') && facts.targets?.kind === 'one-hot' && shape?.length === 1
        ? { shape, targets: { kind: 'classes', count: facts.targets.count } }
        : name.startsWith('numpy.')
          ? { shape }
          : NOTHING;
    }
    case 'zeros':
    case 'ones':
    case 'empty':
    case 'ndarray':
      return name.startsWith('numpy.') ? { shape: sizesOf(argument(args, 'shape', 0), of) } : NOTHING;
    case 'arange':
      return name.startsWith('numpy.') && args.positional.length === 1
        ? { shape: [wholeOf(first)] }
        : NOTHING;
    case 'sin':
    case 'cos':
      return { shape: before().shape, targets: { kind: 'real', hasNegative: undefined }, scale: 'unit' };
    case 'concatenate':
    case 'vstack': {
      const parts = Array.isArray(first) ? first.map(of) : [];
      const [one] = parts;
      if (one === undefined) return NOTHING;
      const isAlike = parts.every(({ scale }) => scale === one.scale);
      return {
        scale: isAlike ? one.scale : undefined,
        shape: short === 'vstack' || isAlongRows(args) ? stacked(parts) : undefined,
      };
    }
    case 'preprocess_input':
      return { shape: before().shape };
    case 'img_to_array': {
      const facts = before();
      return facts.shape?.length === 2 ? { ...facts, shape: [...facts.shape, 1] } : facts;
    }
    case 'cvtColor':
    case 'resize':
    case 'imresize':
    case 'imread':
    case 'load_img':
    case 'open':
      return ofPicture(short, name, args, before()) ?? NOTHING;
    case 'loadtxt':
    case 'genfromtxt':
    case 'read_csv':
      return { scale: 'raw', shape: [undefined, undefined] };
    default:
      return NOTHING;
  }
}

/** Whether it is a table of several columns. */
function isWide({ shape, isTable }: ArrayFacts): boolean {
  return shape?.length === 2 || isTable === true;
}

function isAlongRows(args: CallArguments): boolean {
  return (argument(args, 'axis', 1) ?? 0n) === 0n;
}

/** What numbers are after another is taken off them. */
function lowered(scale: Scale | undefined, by: number | undefined): Scale | undefined {
  if (scale === 'bytes') return by !== undefined && by >= 100 && by <= 128 ? 'bytes about 0' : undefined;
  if (scale === 'unit' && by !== undefined && by >= 0.4 && by <= 1) return 'signed';
  return scale === 'raw' ? undefined : scale;
}

/** Divided by a number, or by what the numbers themselves give. */
function divided(facts: ArrayFacts, by: Datum | undefined, at: Value): ArrayFacts {
  const { elements: _, ...rest } = facts;
  const number = numberOf(by);
  if (facts.targets?.kind === 'classes' && number !== undefined && number > 1)
    return { ...rest, targets: undefined, targetsScaled: at };
  const isLarge = number !== undefined && number >= 100 && number <= 256;
  if (isLarge && facts.scale === 'unit' && facts.set?.of.isPixels === true)
    return { ...rest, scaledAgain: at };
  if (facts.scale === 'bytes about 0') return { ...rest, scale: isLarge ? 'signed' : undefined };
  if (facts.scale === 'signed')
    return { ...rest, scale: number !== undefined && number >= 0.5 ? 'signed' : undefined };
  if (facts.scale === 'bytes')
    return { ...rest, scale: isLarge || number === undefined ? 'unit' : undefined };
  return {
    ...rest,
    scale: number === undefined ? 'unit' : undefined,
    targets: number === 1 ? facts.targets : realOf(facts),
  };
}

/** One row of an array, with what is known of all of them. */
function elementOf({ shape, scale, targets, set }: ArrayFacts): ArrayFacts {
  return { shape: shape?.slice(1), scale, targets, set };
}

/** What a method or operator gives, of what it is called on. */
function ofMethod(
  name: string,
  self: Datum | undefined,
  args: CallArguments,
  value: Value,
  of: Of,
): ArrayFacts {
  const { positional } = args;
  const [first] = positional;
  switch (name) {
    case 'element':
      return elementOf(of(self));
    case 'reshape':
      return reshaped(
        of(self),
        positional.length < 2 && typeof first !== 'bigint'
          ? sizesOf(first ?? argument(args, 'newshape') ?? argument(args, 'shape'), of)
          : positional.map((size) => sizeOf(size, of)),
      );
    case 'flatten':
    case 'ravel':
      return { ...of(self), shape: flat(of(self).shape) };
    // NumPy's own, of a list of what is not known.
    case 'array':
    case 'asarray':
    case 'astype':
    case 'copy':
    case 'numpy':
    case 'to_numpy':
    case 'values':
    case 'round':
    case 'sample':
    case 'dropna':
    case 'fillna':
    case 'toarray':
    case 'as_matrix':
      return of(self);
    // A column may hold lists, of which an array has one more dimension.
    case 'tolist': {
      const facts = of(self);
      return facts.isColumn === true ? { ...facts, shape: undefined } : facts;
    }
    case 'transpose':
    case 'swapaxes':
    case 'squeeze':
      return rearranged(name, of(self), args) ?? NOTHING;
    case 'resize':
    case 'convert':
      return ofPictureMethod(name, of(self), first);
    case 'div':
      return self instanceof Value ? divided(of(self), first, value) : NOTHING;
    case 'sub': {
      const facts = of(self);
      const { elements: _, targets: __, ...rest } = facts;
      return {
        ...rest,
        scale: lowered(facts.scale, numberOf(first)),
        shape: eitherWith(shapeOf(self, of), shapeOf(first, of)),
      };
    }
    case 'mul': {
      const facts = of(self instanceof Value ? self : first);
      const by = numberOf(self instanceof Value ? first : self);
      const { elements: _, targets: __, ...rest } = facts;
      return {
        ...rest,
        shape: eitherWith(shapeOf(self, of), shapeOf(first, of)),
        scale:
          facts.scale === 'bytes' && by !== undefined && by < 0.02
            ? 'unit'
            : facts.scale === 'signed' && by !== undefined && by > 0 && by <= 2
              ? 'signed'
              : undefined,
      };
    }
    case 'add':
      // Lists put one after the other.
      return Array.isArray(self) || Array.isArray(first)
        ? NOTHING
        : { shape: eitherWith(shapeOf(self, of), shapeOf(first, of)) };
    case 'eq':
    case 'ne':
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
    case 'bitwise_and':
    case 'bitwise_or':
      return { shape: together(shapeOf(self, of), shapeOf(first, of)) };
    case 'neg':
    case 'bitwise_not':
    case 'pow':
    case 'abs':
    case 'floor_divide':
    case 'remainder':
      return { shape: eitherWith(shapeOf(self, of), shapeOf(first, of)) };
    case 'clip':
      return ofNumpy(name, { ...args, positional: [self ?? null, ...positional] }, of) ?? NOTHING;
    case 'std':
    case 'var':
    case 'argmax':
    case 'argmin':
    case 'any':
    case 'all':
    case 'sum':
    case 'mean':
    case 'max':
    case 'min':
      return reduced(of(self), argument(args, 'axis', 0), args);
    case 'fit_transform':
    case 'transform':
      return transformedBy(self, of(first));
    case 'texts_to_sequences':
      return { split: of(first).split, vocabulary: wordsOf(self) };
    case 'texts_to_matrix':
      return { split: of(first).split };
    case 'getitem':
      return ofItem(self, first, of);
    case 'drop':
      return { scale: of(self).scale, ...(isWide(of(self)) && { shape: [undefined, undefined] }) };
    case 'head':
    case 'tail':
      return withRows(of(self), undefined);
    // NumPy's own functions, of what is not known.
    case 'concatenate':
    case 'vstack':
    case 'expand_dims':
      return ofFunction(
        { name: `numpy.${name}`, args: { positional: [self ?? null, ...positional], named: args.named } },
        value,
        of,
      );
    default:
      return NOTHING;
  }
}

function shapeOf(datum: Datum | undefined, of: Of): ArrayFacts['shape'] {
  return numberOf(datum) === undefined ? of(datum).shape : [];
}
