import { foreignCall } from '../../program/called-name.js';
import { collectedPart } from '../../program/known-data-sets.js';
import { argument, Value } from '../../program/value.js';
import type { Datum } from '../../program/value.js';
import type { ArrayFacts } from './array-facts.js';
import { arrayFacts } from './arrays.js';
import { fromCollection, fromFolder, fromPictures, rescaled } from './folders.js';
import { kerasCall } from './names.js';
import { elementOfSet } from './stream-elements.js';
import type { Element } from './stream-elements.js';

/** Examples and their targets, as a stream gives them batch by batch. */
export interface Stream {
  readonly inputs: ArrayFacts;
  readonly targets: ArrayFacts;
  /** What the function of a `map` gives: the two as the program computes them. */
  readonly given?: readonly [x: Datum, y: Datum];
}

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
  const before = /^(batch|unbatch|shuffle|repeat|prefetch|cache|take|skip)$/.test(made.name)
    ? streamOf(self)
    : undefined;
  if (before !== undefined) return before;
  const collected = collectedPart(datum);
  if (collected !== undefined) return fromCollection(collected);
  // Two parts of the pictures are given by their folders: one to learn from, one to validate with.
  if (made.name === 'unpacked' && kerasCall(self)?.name === FOLDER) return streamOf(self);
  if (made.name === 'from_tensor_slices' && Array.isArray(first) && first.length === 2)
    return { inputs: arrayFacts(first[0]), targets: arrayFacts(first[1]) };
  const element = elementOfSet(datum, arrayFacts);
  if (element === undefined || (isOfGenerator(datum) && !isBatched(datum))) return undefined;
  const gives = made.name === 'map' ? made.args.named.get('gives') : undefined;
  const [x, y] = element.kind === 'several' ? element.parts : [element];
  const isBatch = isBatched(datum);
  return {
    inputs: gathered(x, isBatch),
    targets: gathered(y, isBatch),
    ...(Array.isArray(gives) &&
      gives.length === 2 && { given: [gives[0] ?? null, gives[1] ?? null] as const }),
  };
}

/** What a data set gives turn by turn, as the array that it would be gathered in. */
function gathered(element: Element | undefined, isBatched: boolean): ArrayFacts {
  if (element?.kind !== 'array') return {};
  const { shape } = element.facts;
  const rest = isBatched ? shape?.slice(1) : shape;
  return { ...element.facts, shape: rest && [undefined, ...rest] };
}

/** Whether a generator gives its elements, which may be batches by themselves. */
function isOfGenerator(datum: Datum | undefined): boolean {
  let current = datum;
  while (current instanceof Value && current.made.kind === 'operation') {
    if (current.made.name === 'from_generator') return true;
    [current] = current.made.args.positional;
  }
  return false;
}

/** Whether it gives batches: a `tf.data.Dataset` that was told to. */
export function isBatched(datum: Datum | undefined): boolean {
  let current = datum;
  while (current instanceof Value && current.made.kind === 'operation') {
    if (current.made.name === 'batch' || current.made.name === 'padded_batch') return true;
    const read = kerasCall(current);
    if (read?.name === 'TimeseriesGenerator') return true;
    if (read?.name === 'timeseries_dataset_from_array') return read.args.named.get('batch_size') !== null;
    if (current.made.name === 'zip') {
      const given: Datum | undefined = current.made.args.positional.at(-1);
      current = Array.isArray(given) ? given[0] : given;
      continue;
    }
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
