import { foreignCall } from '../../program/called-name.js';
import { Value } from '../../program/value.js';
import type { Datum } from '../../program/value.js';
import { MOST_ITEMS, valuesAmong } from '../../program/values.js';
import { transposed } from './array-axes.js';
import { ofElements } from './array-elements.js';
import { NOTHING } from './array-facts.js';
import type { ArrayFacts, Size } from './array-facts.js';
import { isOpaque } from './array-items.js';
import type { Of } from './array-items.js';
import { ofNumpy } from './array-numpy.js';
import { oneHotRows, ofPart } from './array-parts.js';
import { ofOutput, ofPrediction } from './predictions.js';
import { ofDigits, ofSample } from './array-sources.js';
import { isFromFolder, ofWords } from './array-layers.js';
import { kerasCall, numberOf, wholeOf } from './names.js';
import { shapeOfCall } from '../../tensorflow/graph-rules.js';
import { tensorCall } from '../../tensorflow/graph-calls.js';
import { elementBehind } from './stream-elements.js';
import { ofFunction, ofGenerator } from './array-functions.js';
import { ofMethod } from './array-methods.js';

const known = new WeakMap<Value, ArrayFacts>();

const MOST_DEPTH = 80;

/** What every table or array has, so that it is no column of one. */
const OF_ALL =
  /^(shape|index|columns|dtypes?|size|ndim|empty|i?loc|i?at|style|attrs|axes|flags?|plot|real|imag|data|base|nbytes|itemsize|strides)$/;

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
  // Of a longer one only the first items are kept.
  if (items.length >= MOST_ITEMS) return longList(items, depth);
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

function longList([first]: readonly Datum[], depth: number): ArrayFacts {
  const row =
    numberOf(first) !== undefined ? [] : Array.isArray(first) ? ofList(first, depth + 1).shape : undefined;
  return row === undefined ? NOTHING : { shape: [undefined, ...row] };
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
    if (made.name === 'values') return of(inputs[0]);
    if (OF_ALL.test(made.name)) return NOTHING;
    const { split, isTable: hasColumns } = of(inputs[0]);
    return { split, isColumn: hasColumns };
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
  const args = { positional: rest, named: made.args.named };
  const predicted = ofPrediction(made.name, self, args, of);
  if (predicted !== undefined) return predicted;
  const drawn = ofGenerator(made.name, self, args, of);
  if (drawn !== undefined) return drawn;
  if (made.name === 'getitem') {
    const rows = oneHotRows(self, rest[0], of);
    if (rows !== undefined) return rows;
  }
  if (made.name === 'unpacked' || (made.name === 'getitem' && typeof rest[0] === 'bigint')) {
    const part = ofOutput(self, wholeOf(rest[0])) ?? ofPart(self, wholeOf(rest[0]), of);
    if (part !== undefined) return part;
  }
  return ofMethod(made.name, self, args, value, of);
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
