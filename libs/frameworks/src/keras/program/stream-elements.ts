import { foreignCall } from '../../program/called-name.js';
import { collectedPart } from '../../program/known-data-sets.js';
import { argument, entriesOf, Value } from '../../program/value.js';
import type { CallArguments, Datum } from '../../program/value.js';
import { valuesAmong } from '../../program/values.js';
import type { ArrayFacts, Size } from './array-facts.js';
import type { Of } from './array-items.js';
import { fromCollection, fromFolder, fromPictures } from './folders.js';
import { kerasCall, wholeOf } from './names.js';
import { sizesOf } from './sizes.js';

/** What one turn over a data set gives: an array, several in brackets, several under names. */
export type Element =
  | { readonly kind: 'array'; readonly facts: ArrayFacts }
  | { readonly kind: 'several'; readonly parts: readonly Element[] }
  | { readonly kind: 'named'; readonly entries: readonly (readonly [key: Datum, element: Element])[] };

const UNKNOWN: Element = { kind: 'array', facts: {} };

/** What leaves each element as it is: `as_numpy_iterator` and `iter` go over the same ones. */
const SAME =
  /^(shuffle|repeat|prefetch|cache|take|skip|filter|shard|with_options|concatenate|snapshot|as_numpy_iterator|iter|tqdm|track)$/;

const MOST_DEPTH = 40;

/** What one turn over a data set gives; undefined for what is no data set that is known. */
export function elementOfSet(set: Datum | undefined, of: Of, depth = 0): Element | undefined {
  if (!(set instanceof Value) || set.made.kind !== 'operation' || depth > MOST_DEPTH) return undefined;
  const { made } = set;
  const { args, name } = made;
  const [self, first] = args.positional;
  const before = (): Element | undefined => elementOfSet(self, of, depth + 1);
  const made_ = ofSource(set, of);
  if (made_ !== undefined) return made_;
  const foreign = foreignCall(set)?.name ?? '';
  if (/(^|\.)Dataset\.zip$/.test(foreign)) return zipped(foreignCall(set)?.args.positional ?? [], of, depth);
  if (foreign === 'tqdm.tqdm') return elementOfSet(first, of, depth + 1);
  if (SAME.test(name)) return before();
  switch (name) {
    case 'batch':
    case 'ragged_batch': {
      const isWhole = argument(args, 'drop_remainder', 2) === true;
      return changed(before(), (shape) => [
        isWhole ? wholeOf(argument(args, 'batch_size', 1)) : undefined,
        ...shape,
      ]);
    }
    case 'padded_batch':
      return changed(before(), (shape) => [undefined, ...shape]);
    case 'unbatch':
      return changed(before(), (shape) => shape.slice(1));
    case 'enumerate': {
      // Python's own has the data set in second place, where the first is not known by name.
      const inner = elementOfSet(self, of, depth + 1) ?? elementOfSet(first, of, depth + 1);
      return inner && { kind: 'several', parts: [{ kind: 'array', facts: { shape: [] } }, inner] };
    }
    case 'zip':
      return zipped(args.positional, of, depth);
    case 'map': {
      const gives = args.named.get('gives');
      return gives === undefined ? undefined : structured(gives, of);
    }
    // Two parts of the pictures are given by their folders: one to learn from, one to validate with.
    case 'unpacked':
      return kerasCall(self)?.name === 'image_dataset_from_directory' ? before() : undefined;
    default:
      return undefined;
  }
}

/** What a value is that a turn over a data set gave, or a part of that. */
export function elementBehind(value: Value, of: Of, depth = 0): Element | undefined {
  if (value.made.kind !== 'operation' || depth > MOST_DEPTH) return undefined;
  const { name, args } = value.made;
  const [self, key] = args.positional;
  if (
    name === 'element' ||
    (name === 'next' && !(key instanceof Value && elementOfSet(self, of) === undefined))
  )
    return elementOfSet(self, of) ?? (name === 'next' ? elementOfSet(key, of) : undefined);
  if (name === 'batch given') return { kind: 'array', facts: withoutRows(of(self)) };
  if ((name !== 'unpacked' && name !== 'getitem') || !(self instanceof Value)) return undefined;
  const whole = elementBehind(self, of, depth + 1);
  if (whole?.kind === 'several') return typeof key === 'bigint' ? whole.parts.at(Number(key)) : undefined;
  return whole?.kind === 'named' ? whole.entries.find(([one]) => one === key)?.[1] : undefined;
}

/** Some examples of an array, as a step of training is given them. */
function withoutRows({ shape, scale, targets, set }: ArrayFacts): ArrayFacts {
  return { scale, targets, set, shape: shape && [undefined, ...shape.slice(1)] };
}

/** The data sets that are made of arrays, generators and folders. */
function ofSource(set: Value, of: Of): Element | undefined {
  const collected = collectedPart(set);
  if (collected !== undefined) {
    const stream = fromCollection(collected);
    return stream && pair(rowOf(stream.inputs), rowOf(stream.targets));
  }
  const keras = kerasCall(set);
  if (keras !== undefined) return ofKeras(keras.name, keras.args, of);
  if (set.made.kind === 'operation' && /^flow_from_(directory|dataframe)$/.test(set.made.name)) {
    const [self] = set.made.args.positional;
    const { inputs, targets } = fromFolder(self, set.made.args.named);
    return set.made.args.named.get('class_mode') === null ? array(inputs) : pair(inputs, targets);
  }
  if (set.made.kind === 'operation' && set.made.name === 'flow') {
    const { args } = set.made;
    const [x, y] = [argument(args, 'x', 1), argument(args, 'y', 2)];
    return y === undefined ? array(withoutRows(of(x))) : pair(withoutRows(of(x)), withoutRows(of(y)));
  }
  const call = foreignCall(set);
  switch (call?.name.split('.').slice(-2).join('.')) {
    case 'Dataset.from_tensor_slices':
      return changed(handed(set, call.args.positional[0] ?? null, of), (shape) => shape.slice(1));
    case 'Dataset.from_tensors':
      return handed(set, call.args.positional[0] ?? null, of);
    case 'Dataset.range':
    case 'Dataset.list_files':
      return array({ shape: [] });
    case 'Dataset.from_generator':
      return ofSpecification(call.args, of);
    default:
      return undefined;
  }
}

function ofKeras(name: string, args: CallArguments, of: Of): Element | undefined {
  switch (name) {
    case 'image_dataset_from_directory': {
      const { inputs, targets } = fromPictures(args);
      const isBatched = args.named.get('batch_size') !== null;
      const one = (facts: ArrayFacts): ArrayFacts => (isBatched ? facts : rowOf(facts));
      return args.named.get('label_mode') === null ? array(one(inputs)) : pair(one(inputs), one(targets));
    }
    case 'text_dataset_from_directory': {
      const { targets } = fromPictures(args);
      const texts: ArrayFacts = { shape: [undefined] };
      const isBatched = args.named.get('batch_size') !== null;
      const one = (facts: ArrayFacts): ArrayFacts => (isBatched ? facts : rowOf(facts));
      return args.named.get('label_mode') === null ? array(one(texts)) : pair(one(texts), one(targets));
    }
    case 'TimeseriesGenerator': {
      const data = of(argument(args, 'data', 0)).shape;
      const [length, rate] = [wholeOf(argument(args, 'length', 2)), argument(args, 'sampling_rate', 3) ?? 1n];
      const every = wholeOf(rate);
      const steps = length === undefined || every === undefined ? undefined : Math.ceil(length / every);
      const windows: ArrayFacts = { shape: data && [undefined, steps, ...data.slice(1)] };
      return pair(windows, withoutRows(of(argument(args, 'targets', 1))));
    }
    case 'timeseries_dataset_from_array': {
      const [data, targets] = [of(argument(args, 'data', 0)).shape, argument(args, 'targets', 1) ?? null];
      const length = wholeOf(argument(args, 'sequence_length', 2));
      const windows: ArrayFacts = { shape: data && [undefined, length, ...data.slice(1)] };
      return targets === null ? array(windows) : pair(windows, withoutRows(of(targets)));
    }
    default:
      return undefined;
  }
}

/** `output_signature` and `output_shapes` of a generator. */
function ofSpecification(args: CallArguments, of: Of): Element | undefined {
  const signature = args.named.get('output_signature');
  if (signature !== undefined)
    return each(signature, (one) => {
      const call = foreignCall(one);
      const isDense = call !== undefined && /(^|\.)TensorSpec$/.test(call.name);
      return array({ shape: isDense ? openSizes(argument(call.args, 'shape', 0), of) : undefined });
    });
  const shapes = argument(args, 'output_shapes', 2);
  if (shapes === undefined || shapes === null) return undefined;
  const isSizes = (datum: Datum): boolean =>
    Array.isArray(datum) && datum.every((one: Datum) => one === null || typeof one === 'bigint');
  const walk = (datum: Datum): Element =>
    Array.isArray(datum) && !isSizes(datum)
      ? { kind: 'several', parts: datum.map(walk) }
      : array({ shape: openSizes(foreignCall(datum)?.args.positional[0] ?? datum, of) });
  return walk(shapes);
}

function openSizes(datum: Datum | undefined, of: Of): readonly Size[] | undefined {
  return Array.isArray(datum) ? sizesOf(datum, of) : undefined;
}

/** What a data set is made of. Lists in a tuple are several things, and in a list one: for plain numbers only the text tells which. */
function handed({ span }: Value, datum: Datum, of: Of): Element | undefined {
  const isOpen =
    Array.isArray(datum) && valuesAmong(datum).length === 0 && datum.some((one: Datum) => Array.isArray(one));
  if (!isOpen) return structured(datum, of);
  const bracket = /\(\s*(?:tensors\s*=\s*)?([([])/.exec(span?.text ?? '')?.[1];
  if (bracket === '[') return structured(datum, of);
  return bracket === '('
    ? { kind: 'several', parts: datum.map((one: Datum) => structured(one, of)) }
    : undefined;
}

/** Arrays, in the brackets and under the names that they are given in. */
function structured(datum: Datum, of: Of): Element {
  return each(datum, (one) =>
    one instanceof Value ? (elementBehind(one, of) ?? array(of(one))) : array(of(one)),
  );
}

function each(datum: Datum, leaf: (one: Datum) => Element, depth = 0): Element {
  const entries = entriesOf(datum);
  if (entries !== undefined)
    return { kind: 'named', entries: entries.map(([key, one]) => [key, each(one, leaf, depth + 1)]) };
  if (!Array.isArray(datum) || valuesAmong(datum).length === 0) return leaf(datum);
  // A longer list within another is one that a loop has grown.
  if (depth > 0 && datum.length > 3) return UNKNOWN;
  return { kind: 'several', parts: datum.map((one: Datum) => each(one, leaf, depth + 1)) };
}

/** Data sets side by side: `zip((x, y))`, or one argument each. */
function zipped(given: readonly Datum[], of: Of, depth: number): Element | undefined {
  const [only] = given;
  const sets: readonly Datum[] = given.length === 1 && Array.isArray(only) ? only : given;
  const parts = sets.filter((set) => set instanceof Value).map((set) => elementOfSet(set, of, depth + 1));
  return parts.every((part) => part !== undefined) && parts.length > 0
    ? { kind: 'several', parts }
    : undefined;
}

function changed(
  element: Element | undefined,
  shape: (shape: readonly Size[]) => readonly Size[],
): Element | undefined {
  switch (element?.kind) {
    case undefined:
      return undefined;
    case 'array': {
      const { facts } = element;
      return array({
        scale: facts.scale,
        targets: facts.targets,
        set: facts.set,
        vocabulary: facts.vocabulary,
        shape: facts.shape && shape(facts.shape),
      });
    }
    case 'several':
      return { kind: 'several', parts: element.parts.map((part) => changed(part, shape) ?? UNKNOWN) };
    case 'named':
      return {
        kind: 'named',
        entries: element.entries.map(([key, part]) => [key, changed(part, shape) ?? UNKNOWN]),
      };
  }
}

/** One example. */
function rowOf({ shape, scale, targets, set }: ArrayFacts): ArrayFacts {
  return { scale, targets, set, shape: shape?.slice(1) };
}

function array(facts: ArrayFacts): Element {
  return { kind: 'array', facts };
}

function pair(inputs: ArrayFacts, targets: ArrayFacts): Element {
  return { kind: 'several', parts: [array(inputs), array(targets)] };
}
