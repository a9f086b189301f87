import { foreignCall } from '../../program/called-name.js';
import { argument, Value } from '../../program/value.js';
import type { CallArguments, Datum, Making } from '../../program/value.js';
import { arrayFacts } from './arrays.js';
import type { ArrayFacts, Scale, Size, Targets } from './array-facts.js';
import { collectedPart } from '../../program/known-data-sets.js';
import type { CollectedPart } from '../../program/known-data-sets.js';
import { ofSet } from './array-sources.js';
import { KERAS_DATA } from './data-sets.js';
import { kerasCall, numberOf, wholeOf } from './names.js';

/** Examples and their targets, as a stream gives them batch by batch. */
export interface Stream {
  readonly inputs: ArrayFacts;
  readonly targets: ArrayFacts;
  /** What the function of a `map` gives: the two as the program computes them. */
  readonly given?: readonly [x: Datum, y: Datum];
}

type Operation = Extract<Making, { readonly kind: 'operation' }>;

const FOLDER = 'image_dataset_from_directory';
const TEXTS = 'text_dataset_from_directory';

/** What a generator or `tf.data.Dataset` gives. */
export function streamOf(datum: Datum | undefined): Stream | undefined {
  if (!(datum instanceof Value) || datum.made.kind !== 'operation') return undefined;
  const { made } = datum;
  const [self, first] = made.args.positional;
  const folder = kerasCall(datum);
  if (folder?.name === FOLDER) return fromPictures(folder.args);
  if (folder?.name === TEXTS)
    return { inputs: { shape: [undefined] }, targets: fromPictures(folder.args).targets };
  if (/^flow_from_(directory|dataframe)$/.test(made.name)) return fromFolder(self, made.args.named);
  if (made.name === 'flow') {
    const y = argument(made.args, 'y', 2);
    return { inputs: rescaled(self, arrayFacts(first ?? made.args.named.get('x'))), targets: arrayFacts(y) };
  }
  if (/^(batch|shuffle|repeat|prefetch|cache|take|skip)$/.test(made.name)) return streamOf(self);
  const collected = collectedPart(datum);
  if (collected !== undefined) return fromCollection(collected);
  // Two parts of the pictures are given by their folders: one to learn from, one to validate with.
  if (made.name === 'unpacked' && kerasCall(self)?.name === FOLDER) return streamOf(self);
  const gives = made.name === 'map' ? made.args.named.get('gives') : undefined;
  if (Array.isArray(gives) && gives.length === 2) {
    const [x = null, y = null] = gives;
    return { inputs: ofElement(x, isBatched(self)), targets: ofElement(y, isBatched(self)), given: [x, y] };
  }
  if (made.name === 'from_tensor_slices' && Array.isArray(first) && first.length === 2)
    return { inputs: arrayFacts(first[0]), targets: arrayFacts(first[1]) };
  return undefined;
}

/** Elements of a data set as the array that they are gathered in. */
function ofElement(datum: Datum | undefined, isBatched: boolean): ArrayFacts {
  const left = leftAsGiven(datum);
  if (left !== undefined) return left;
  const facts = arrayFacts(datum);
  const { shape } = facts;
  return { ...facts, shape: isBatched || shape === undefined ? undefined : [undefined, ...shape] };
}

/** A part that the function of a `map` hands on as the stream gave it. */
function leftAsGiven(datum: Datum | undefined): ArrayFacts | undefined {
  const part =
    datum instanceof Value && isOperation(datum, 'element') ? datum.made.args.positional[0] : undefined;
  if (!(part instanceof Value) || !isOperation(part, 'part')) return undefined;
  const [of, index] = part.made.args.positional;
  const stream = streamOf(of);
  return index === 0n ? stream?.inputs : stream?.targets;
}

function isOperation(value: Value, name: string): value is Value & { readonly made: Operation } {
  return value.made.kind === 'operation' && value.made.name === name;
}

/** Whether it gives batches: a `tf.data.Dataset` that was told to. */
export function isBatched(datum: Datum | undefined): boolean {
  let current = datum;
  while (current instanceof Value && current.made.kind === 'operation') {
    if (current.made.name === 'batch') return true;
    const read = kerasCall(current);
    if (read?.name === FOLDER || read?.name === TEXTS) return read.args.named.get('batch_size') !== null;
    [current] = current.made.args.positional;
  }
  return false;
}

/** The array that a `tf.data.Dataset` goes over, all of it; undefined where it is not known or only a part. */
export function gatheredFrom(datum: Datum | undefined): Datum | undefined {
  let current = datum;
  for (let depth = 0; depth < 20 && current instanceof Value && current.made.kind === 'operation'; depth++) {
    const call = foreignCall(current);
    if (call !== undefined) {
      const [first] = call.args.positional;
      if (!/(^|\.)from_tensor_slices$/.test(call.name)) return undefined;
      return Array.isArray(first) ? first[0] : first;
    }
    if (!/^(batch|shuffle|repeat|prefetch|cache|map)$/.test(current.made.name)) return undefined;
    [current] = current.made.args.positional;
  }
  return undefined;
}

function fromCollection({ name, part }: CollectedPart): Stream | undefined {
  const set = typeof name === 'string' ? KERAS_DATA.get(name) : undefined;
  if (set?.isPixels !== true) return undefined;
  const [inputs, targets] = [true, false].map((isX) => ofSet(set, part ?? 'train', isX));
  if (inputs === undefined || targets === undefined) return undefined;
  // Pictures without colours have a last dimension of 1 there.
  const shape = inputs.shape?.length === 3 ? [...inputs.shape, 1] : inputs.shape;
  return {
    inputs: { ...inputs, shape: shape?.with(0, undefined) },
    targets: { ...targets, shape: [undefined] },
  };
}

function fromFolder(generator: Datum | undefined, named: ReadonlyMap<string, Datum>): Stream {
  const mode = named.get('class_mode') ?? 'categorical';
  const size = named.get('target_size');
  const [height, width] = Array.isArray(size)
    ? size.map(wholeOf)
    : named.has('target_size')
      ? []
      : [256, 256];
  const depth = named.get('color_mode') === 'grayscale' ? 1 : named.has('color_mode') ? undefined : 3;
  const names = named.get('classes');
  const count = Array.isArray(names) ? names.length : undefined;
  return {
    inputs: rescaled(generator, { shape: [undefined, height, width, depth], scale: 'bytes' }),
    targets: ofLabels(mode, count),
  };
}

/** Labels of pictures in folders, by the way they are asked for. */
function ofLabels(mode: Datum, count: Size): ArrayFacts {
  const targets: Targets | undefined =
    mode === 'categorical'
      ? { kind: 'one-hot', count }
      : mode === 'binary'
        ? { kind: 'classes', count: count ?? 2 }
        : mode === 'sparse' || mode === 'int'
          ? { kind: 'classes', count }
          : undefined;
  return targets === undefined
    ? {}
    : { targets, shape: targets.kind === 'classes' ? [undefined] : [undefined, count] };
}

/** `image_dataset_from_directory` */
function fromPictures(args: CallArguments): Stream {
  const { named } = args;
  const size = named.get('image_size');
  const [height, width] = Array.isArray(size) ? size.map(wholeOf) : named.has('image_size') ? [] : [256, 256];
  const depth =
    named.get('color_mode') === 'grayscale' ? 1 : named.get('color_mode') === undefined ? 3 : undefined;
  const names = named.get('class_names');
  return {
    inputs: { shape: [undefined, height, width, depth], scale: 'bytes' },
    targets: ofLabels(
      argument(args, 'label_mode', 2) ?? 'int',
      Array.isArray(names) ? names.length : undefined,
    ),
  };
}

/** What `ImageDataGenerator` makes of the numbers. */
function rescaled(generator: Datum | undefined, facts: ArrayFacts): ArrayFacts {
  const made = kerasCall(generator);
  if (made?.name !== 'ImageDataGenerator') return { ...facts, scale: undefined };
  const { named } = made.args;
  const isOther = [
    'preprocessing_function',
    'featurewise_center',
    'samplewise_center',
    'zca_whitening',
    'featurewise_std_normalization',
    'samplewise_std_normalization',
  ].some((name) => (named.get(name) ?? false) !== false);
  if (isOther) return { ...facts, scale: undefined };
  const rescale = named.get('rescale');
  if (rescale === undefined || rescale === null) return facts;
  const by = numberOf(rescale);
  const scale: Scale | undefined =
    by === undefined ? undefined : by < 0.02 && facts.scale === 'bytes' ? 'unit' : undefined;
  const isTwice = by !== undefined && by < 0.02 && facts.scale === 'unit' && facts.set?.of.isPixels === true;
  return { ...facts, scale, ...(isTwice && generator instanceof Value && { scaledAgain: generator }) };
}
