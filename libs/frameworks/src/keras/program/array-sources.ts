import { foreignCall } from '../../program/called-name.js';
import { argument, Value } from '../../program/value.js';
import type { CallArguments, Datum } from '../../program/value.js';
import type { ArrayFacts, Size } from './array-facts.js';
import type { Of } from './array-items.js';
import { SAMPLE_DATA } from './data-sets.js';
import type { DataSet } from './data-sets.js';
import { wholeOf } from './names.js';
import { sizeOf, sizesOf } from './sizes.js';

/** `load_digits().data`, `.target` */
export function ofSample(of: Value | undefined, part: string): ArrayFacts | undefined {
  const name = foreignCall(of)?.name ?? '';
  const set = name.startsWith('sklearn.datasets.')
    ? SAMPLE_DATA.get(name.split('.').at(-1) ?? '')
    : undefined;
  if (set === undefined || (part !== 'data' && part !== 'target')) return undefined;
  return ofSet(set, 'all', part === 'data');
}

export function ofSet(set: DataSet, part: 'train' | 'test' | 'all', isX: boolean): ArrayFacts {
  const rows = part === 'test' ? set.rows[1] : set.rows[0];
  const origin = { of: set, part, isX };
  if (!isX)
    return {
      shape: [rows, ...set.target],
      targets:
        set.classes === undefined
          ? { kind: 'real', hasNegative: false }
          : { kind: 'classes', count: set.classes },
      set: origin,
    };
  return {
    shape: set.example.length === 0 ? [rows] : [rows, ...set.example],
    scale: set.isPixels ? 'bytes' : set.example.length === 0 ? undefined : 'raw',
    set: origin,
  };
}

/** How many pictures of digits `input_data.read_data_sets` of TensorFlow's tutorials divides into which parts. */
const DIGITS: Readonly<Record<string, number>> = { train: 55_000, validation: 5000, test: 10_000 };

/** `mnist.train.images`, and what `mnist.train.next_batch(n)` gives. */
export function ofDigits(value: Value): ArrayFacts | undefined {
  const { made, inputs } = value;
  if (made.kind === 'attribute' && (made.name === 'images' || made.name === 'labels')) {
    const part = digitsPart(inputs[0]);
    return part && ofDigitsPart(part.args, part.rows, made.name === 'images');
  }
  if (made.kind !== 'operation' || (made.name !== 'unpacked' && made.name !== 'getitem')) return undefined;
  const [batch, which] = made.args.positional;
  if (!(batch instanceof Value) || batch.made.kind !== 'operation' || batch.made.name !== 'next_batch')
    return undefined;
  const [of, rows] = batch.made.args.positional;
  const part = digitsPart(of);
  return part && (which === 0n || which === 1n)
    ? ofDigitsPart(part.args, wholeOf(rows), which === 0n)
    : undefined;
}

function digitsPart(
  datum: Datum | undefined,
): { readonly args: CallArguments; readonly rows: Size } | undefined {
  if (!(datum instanceof Value) || datum.made.kind !== 'attribute') return undefined;
  const loaded = foreignCall(datum.inputs[0]);
  return loaded !== undefined &&
    (/(^|\.)(input_data|mnist)\.read_data_sets$/.test(loaded.name) ||
      (loaded.name.endsWith('learn.datasets.load_dataset') && loaded.args.positional[0] === 'mnist'))
    ? { args: loaded.args, rows: DIGITS[datum.made.name] }
    : undefined;
}

function ofDigitsPart(args: CallArguments, rows: Size, isX: boolean): ArrayFacts | undefined {
  if (isX)
    return args.named.has('reshape') || args.named.has('dtype')
      ? undefined
      : { shape: [rows, 784], scale: 'unit' };
  const isOneHot = argument(args, 'one_hot', 2) ?? false;
  if (typeof isOneHot !== 'boolean') return undefined;
  return isOneHot
    ? { shape: [rows, 10], targets: { kind: 'one-hot', count: 10 } }
    : { shape: [rows], targets: { kind: 'classes', count: 10 } };
}

/** The places of arguments that say how much is made up. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  make_classification: ['n_samples', 'n_features'],
  make_moons: ['n_samples'],
  make_circles: ['n_samples'],
  make_blobs: ['n_samples', 'n_features', 'centers'],
  make_regression: ['n_samples', 'n_features', 'n_informative', 'n_targets'],
};

/** What scikit-learn makes up. */
export function ofMade(name: string, args: CallArguments, index: number): ArrayFacts | undefined {
  const given = (key: string, usual: number): Size => {
    const datum = argument(args, key, PLACES[name]?.indexOf(key));
    return datum === undefined ? usual : wholeOf(datum);
  };
  const rows = given('n_samples', 100);
  const numbers = (width: Size): ArrayFacts => ({ shape: [rows, width], scale: 'raw' });
  const classes = (count: Size): ArrayFacts => ({ shape: [rows], targets: { kind: 'classes', count } });
  const parts: Readonly<Record<string, () => readonly [ArrayFacts, ArrayFacts]>> = {
    make_classification: () => [numbers(given('n_features', 20)), classes(given('n_classes', 2))],
    make_moons: () => [{ ...numbers(2), scale: 'unit' }, classes(2)],
    make_circles: () => [{ ...numbers(2), scale: 'unit' }, classes(2)],
    make_blobs: () => [numbers(given('n_features', 2)), classes(given('centers', 3))],
    make_regression: () => [
      { ...numbers(given('n_features', 100)), scale: 'standard' },
      {
        shape: given('n_targets', 1) === 1 ? [rows] : [rows, given('n_targets', 1)],
        targets: { kind: 'real', hasNegative: true },
      },
    ],
  };
  return parts[name]?.()[index];
}

function sizesEach(sizes: readonly Datum[], of: Of): ArrayFacts['shape'] {
  // `randn(*x.shape)` is told as one thing that is not known, however many sizes it holds.
  const isSpread = sizes.some((size) => size instanceof Value && size.made.kind === 'unknown');
  return isSpread ? undefined : sizes.map((size) => sizeOf(size, of));
}

export function ofRandom(name: string, args: CallArguments, of: Of): ArrayFacts {
  const { positional, named } = args;
  const asked = named.get('size');
  const at: Readonly<Record<string, number>> = {
    random: 0,
    random_sample: 0,
    normal: 2,
    uniform: 2,
    randint: 2,
    standard_normal: 0,
    choice: 1,
  };
  const shape =
    asked !== undefined
      ? sizesOf(asked, of)
      : name === 'rand' || name === 'randn'
        ? sizesEach(positional, of)
        : sizesOf(positional[at[name] ?? 0], of);
  if (name !== 'randint')
    return {
      shape,
      isRandom: true,
      scale: /^(rand|random|random_sample)$/.test(name)
        ? 'unit'
        : /^(randn|standard_normal)$/.test(name)
          ? 'standard'
          : undefined,
      targets: name === 'choice' ? undefined : { kind: 'real', hasNegative: undefined },
    };
  const low = wholeOf(argument(args, 'low', 0));
  const above = argument(args, 'high', 1);
  const high = wholeOf(above);
  const count = above === undefined || above === null ? low : high;
  const isColumn = shape?.length === 1 || (shape?.length === 2 && shape[1] === 1);
  return {
    shape,
    isRandom: true,
    targets:
      isColumn && count !== undefined && (above === undefined || (low !== undefined && low >= 0))
        ? { kind: 'classes', count }
        : undefined,
    vocabulary: count,
  };
}
