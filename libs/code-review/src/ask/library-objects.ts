import { foreignCall, isValue, kerasCall, offeringOf, plainPath } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import { attributesOf } from './attribute-names.js';

/** The class that the methods of an object are listed under. */
export function plainOwner(path: string): string {
  const plain = plainPath(path);
  return /^keras\.(models\.)?(Model|Sequential)$/.test(plain) ? 'keras.Model' : plain;
}

/** What gives an object of a class without being it. */
const GIVERS: readonly (readonly [RegExp, string])[] = [
  [
    /^(.*\bkeras)\.(?:models\.(?:load_model|model_from_json|clone_model)|applications\.(?:\w+\.)?[A-Z]\w*)$/,
    '$1.Model',
  ],
  [/^(tensorflow\.(?:compat\.v1\.)?data\.Dataset)\.(?:from_\w+|range|zip|list_files)$/, '$1'],
  [/^pandas\.read_(?:csv|excel|table)$/, 'pandas.DataFrame'],
];

/** With these a table is read piece by piece, by an object of another class. */
const PIECES = ['chunksize', 'iterator'];

/** What a data set gives that is one again. */
const AGAIN =
  /^(map|batch|shuffle|repeat|prefetch|cache|take|skip|filter|padded_batch|unbatch|shard|concatenate)$/;

/** The class of an object by what made it; undefined where nobody knows. */
export function classOf(datum: Datum | undefined, depth = 0): string | undefined {
  if (!isValue(datum) || depth > 20) return undefined;
  const call = foreignCall(datum);
  if (call !== undefined) {
    const { name } = call;
    if (PIECES.some((piece) => call.args.named.has(piece))) return undefined;
    for (const [pattern, made] of GIVERS) if (pattern.test(name)) return name.replace(pattern, made);
    return offeringOf(`${plainOwner(name)}#`) === undefined ? undefined : name;
  }
  if (datum.made.kind !== 'operation' || !AGAIN.test(datum.made.name)) return undefined;
  const before = classOf(datum.made.args.positional[0], depth + 1);
  return before?.endsWith('data.Dataset') === true ? before : undefined;
}

/** Functions of NumPy that give an array, whatever they are given. */
const GIVE_ARRAYS =
  /^numpy\.(?:(?:as|asany)?array|(?:zeros|ones|empty|full)(?:_like)?|arange|linspace|eye|identity|concatenate|[vhd]?stack|column_stack|expand_dims|tile|repeat|loadtxt|random\.permutation)$/;

/** Those of Keras that do. */
const GIVE_ARRAYS_IN_KERAS = /^(to_categorical|pad_sequences|img_to_array)$/;

/** What of an array gives one again. */
const ARRAY_AGAIN = /^(astype|reshape|flatten|ravel|copy|transpose|squeeze|swapaxes|neg)$/;

/** Whether a value is NumPy's array, by what made it. */
export function isArray(datum: Datum | undefined, depth = 0): boolean {
  if (!isValue(datum) || datum.made.kind !== 'operation' || depth > 20) return false;
  const { name, args } = datum.made;
  const [self, other] = args.positional;
  const call = foreignCall(datum);
  if (call !== undefined)
    return (
      GIVE_ARRAYS.test(call.name) ||
      (/^numpy\.random\.(rand|randn)$/.test(call.name) && call.args.positional.length > 0) ||
      (/^numpy\.random\.(normal|uniform|randint|random)$/.test(call.name) && call.args.named.has('size')) ||
      GIVE_ARRAYS_IN_KERAS.test(kerasCall(datum)?.name ?? '')
    );
  switch (name) {
    case 'unpacked':
      return isValue(self) && isPartOfArrays(self, other, depth);
    case 'getitem':
      // A slice of an array is one; a number may be.
      return (
        !isValue(other) && typeof other === 'object' && !Array.isArray(other) && isArray(self, depth + 1)
      );
    case 'predict':
      return classOf(self)?.endsWith('.Sequential') === true;
    case 'div':
    case 'sub':
    case 'mul':
    case 'add':
      return isArray(self, depth + 1) && (typeof other === 'number' || typeof other === 'bigint');
    default:
      return ARRAY_AGAIN.test(name) && isArray(self, depth + 1);
  }
}

/** Published data sets of Keras's, halves and all, and the parts of arrays that are split. */
function isPartOfArrays(whole: Value, place: Datum | undefined, depth: number): boolean {
  const [outer] = whole.made.kind === 'operation' ? whole.made.args.positional : [];
  if (whole.made.kind === 'operation' && whole.made.name === 'unpacked')
    return /\bkeras\.datasets\.\w+\.load_data$/.test(foreignCall(outer)?.name ?? '');
  const call = foreignCall(whole);
  if (call?.name !== 'sklearn.model_selection.train_test_split' || typeof place !== 'bigint') return false;
  return isArray(call.args.positional[Math.floor(Number(place) / 2)], depth + 1);
}

/** An object whose attributes are all known. */
export interface KnownObject {
  readonly what: string;
  readonly names: ReadonlySet<string>;
  /** Whether it may have others, as a table has columns: then only a slip in the name of a method is one. */
  readonly isOpen: boolean;
}

const listed = new Map<string, ReadonlySet<string>>();

/** All attributes of a class, gathered when a program first has an object of it. */
function namesOf(owner: string): ReadonlySet<string> {
  let names = listed.get(owner);
  if (names === undefined) {
    names = new Set([...(offeringOf(`${owner}#`)?.names.keys() ?? []), ...(attributesOf(owner) ?? [])]);
    listed.set(owner, names);
  }
  return names;
}

/** What an object is, where all of its attributes are known by what made it. */
export function knownObject(datum: Datum | undefined): KnownObject | undefined {
  if (isArray(datum)) return known('a NumPy array', attributesOf('ndarray'), false);
  const made = classOf(datum);
  if (made !== undefined)
    return known(`a ${made.split('.').at(-1) ?? made}`, namesOf(plainOwner(made)), true);
  const keras = kerasCall(datum);
  if (keras?.group === 'metrics' && /^[A-Z]/.test(keras.name))
    return known('a metric of Keras’s', attributesOf('keras.Metric'), true);
  if (
    keras?.group === 'optimizers' &&
    /^[A-Z]/.test(keras.name) &&
    !/(Decay|Schedule|Restarts)$/.test(keras.name)
  )
    return known('an optimizer of Keras’s', attributesOf('keras.Optimizer'), true);
  return undefined;
}

function known(
  what: string,
  names: ReadonlySet<string> | undefined,
  isOpen: boolean,
): KnownObject | undefined {
  return names && { what, names, isOpen };
}
