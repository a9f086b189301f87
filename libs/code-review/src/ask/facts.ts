import { argument, foreignCall, isValue, openShape } from '@tensormark/frameworks';
import type { CallArguments, Datum, Program, Value } from '@tensormark/frameworks';
import { eventsOf } from './events.js';

/** Numbers of a kind that losses and layers tell apart. */
export type NumberKind = 'int64' | 'float32' | 'float64';

/** Operations that keep how many dimensions there are and what the elements are. */
const KEEPS =
  /^(to|cuda|cpu|float|double|long|int|half|type|astype|numpy|values|to_numpy|from_numpy|tensor|as_tensor|FloatTensor|LongTensor|DoubleTensor|IntTensor|Tensor|Variable|clone|detach|contiguous|requires_grad|copy|neg|sub|add|mul|div|relu|ReLU|sigmoid|Sigmoid|tanh|Tanh|dropout|Dropout|Linear|LeakyReLU|BatchNorm1d|LayerNorm|ELU|GELU|softmax|Softmax|log_softmax|LogSoftmax|fillna|array|asarray|T|drop_duplicates|dropna|sample|nan_to_num|clamp|clip|RNN|LSTM|GRU|gt|lt|ge|le|eq|ne)$/;

/**
 * How many dimensions a value has, by where it comes from, where its shape is not known: columns of a table, parts of a
 * split, arrays indexed in two dimensions.
 */
export function rankOf(value: Value, depth = 0): number | undefined {
  if (value.shape !== undefined) return value.shape.length;
  if (depth > 60) return undefined;
  return openShape(value)?.length ?? rankByOrigin(value, depth);
}

function rankByOrigin(value: Value, depth: number): number | undefined {
  const { made, inputs } = value;
  const [first] = inputs;
  const of = (datum: Datum | undefined): number | undefined =>
    isValue(datum) ? rankOf(datum, depth + 1) : undefined;
  if (made.kind === 'batch') {
    const item = of(first);
    return item === undefined ? undefined : item + 1;
  }
  if (made.kind === 'layer') return KEEPS.test(made.name) ? of(first) : undefined;
  if (made.kind === 'attribute')
    return rankOfSample(first, made.name) ?? (/^(values|T|data)$/.test(made.name) ? of(first) : undefined);
  if (made.kind !== 'operation') return undefined;
  const foreign = foreignCall(value);
  if (foreign !== undefined) return rankOfForeign(foreign.name, foreign.args, of);
  if (isTable(value) || isScaled(value)) return 2;
  const [self, key] = made.args.positional;
  switch (made.name) {
    case 'getitem':
      return rankOfItem(self, key, of);
    case 'unpacked': {
      const split = isValue(self) ? foreignCall(self) : undefined;
      const made = rankOfMade(split, key);
      if (made !== undefined) return made;
      if (split?.name !== 'sklearn.model_selection.train_test_split' || typeof key !== 'bigint')
        return undefined;
      return of(split.args.positional[Number(key / 2n)]);
    }
    case 'fit_transform':
    case 'transform':
      return of(key);
    case 'drop':
      return isTable(self) ? 2 : undefined;
    case 'unsqueeze': {
      const before = of(self);
      return before === undefined ? undefined : before + 1;
    }
    case 'squeeze': {
      const before = of(self);
      // Only a dimension that is named is sure to be the one that goes.
      return before === undefined || key === undefined ? undefined : before - 1;
    }
    case 'view':
    case 'reshape': {
      const sizes = Array.isArray(key) ? key : made.args.positional.slice(1);
      return sizes.length > 0 && sizes.every((size: Datum) => typeof size === 'bigint' || isValue(size))
        ? sizes.length
        : undefined;
    }
    case 'ravel':
      return 1;
    default:
      // A list of several has one dimension more than each of them.
      return KEEPS.test(made.name) && !Array.isArray(self) ? of(first) : undefined;
  }
}

const SAMPLES =
  /^sklearn\.datasets\.(load_(iris|wine|digits|breast_cancer|diabetes|boston)|fetch_california_housing)$/;

/** A part of one of scikit-learn's sample data: a table of features, and one target an example. */
function rankOfSample(of: Value | undefined, part: string): number | undefined {
  if (part !== 'data' && part !== 'target') return undefined;
  const call = foreignCall(of);
  if (call === undefined || !SAMPLES.test(call.name) || call.args.named.size > 0) return undefined;
  return part === 'data' ? 2 : 1;
}

/** The same of data that it makes, or gives as a pair. */
function rankOfMade(call: ReturnType<typeof foreignCall>, key: Datum | undefined): number | undefined {
  if (call === undefined || (key !== 0n && key !== 1n)) return undefined;
  const isPair = SAMPLES.test(call.name) && call.args.named.get('return_X_y') === true;
  const isMade =
    /^sklearn\.datasets\.make_(classification|regression|moons|circles|blobs)$/.test(call.name) &&
    !call.args.named.has('n_targets') &&
    !call.args.named.has('return_centers');
  return isPair || isMade ? (key === 0n ? 2 : 1) : undefined;
}

/** Of how many dimensions something of a given size is: a number or several. */
function rankOfSize(size: Datum | undefined): number | undefined {
  return Array.isArray(size) ? size.length : typeof size === 'bigint' ? 1 : undefined;
}

function rankOfForeign(
  name: string,
  { positional: given, named }: CallArguments,
  of: (datum: Datum | undefined) => number | undefined,
): number | undefined {
  if (/^numpy\.random\.(randn|rand)$/.test(name)) return given.length;
  if (/^numpy\.random\.(randint|normal|uniform)$/.test(name))
    return rankOfSize(named.get('size') ?? given[2]);
  if (name === 'numpy.random.random') return rankOfSize(named.get('size') ?? given[0]);
  if (/^numpy\.(array|asarray)$/.test(name)) return of(given[0]);
  return /^pandas\.read_\w+$/.test(name) ? 2 : undefined;
}

/** Whether something is a table of pandas, or one made of it row by row. */
function isTable(datum: Datum | undefined): boolean {
  let current = datum;
  for (let depth = 0; isValue(current) && depth < 20; depth++) {
    if (/^pandas\.read_\w+$/.test(foreignCall(current)?.name ?? '')) return true;
    const { made, inputs }: Value = current;
    if (made.kind !== 'operation') return false;
    if (made.name === 'merge' && made.args.positional.some((one) => one !== current && isTable(one)))
      return true;
    if (
      !/^(drop|dropna|fillna|sample|copy|reset_index|merge|sort_values|rename|astype|query|head)$/.test(
        made.name,
      )
    )
      return false;
    [current] = inputs;
  }
  return false;
}

/** Whether a scaler of scikit-learn's gives it: a table of examples by features, whatever it was given. */
export function isScaled({ made, inputs }: Value): boolean {
  return (
    made.kind === 'operation' &&
    /^(fit_transform|transform)$/.test(made.name) &&
    /scaler/i.test(inputs[0]?.span?.text ?? '')
  );
}

function isSlice(datum: Datum | undefined): boolean {
  return (
    typeof datum === 'object' &&
    datum !== null &&
    'kind' in datum &&
    datum.kind === 'other' &&
    datum.type === 'slice'
  );
}

function rankOfItem(
  self: Datum | undefined,
  key: Datum | undefined,
  of: (datum: Datum | undefined) => number | undefined,
): number | undefined {
  // A column by its name, several of them, or rows that a condition picks out.
  if (isTable(self)) return typeof key === 'string' ? 1 : Array.isArray(key) || isValue(key) ? 2 : undefined;
  const isLocated = isValue(self) && self.made.kind === 'attribute' && self.made.name === 'iloc';
  const before = isLocated ? 2 : of(self);
  if (isSlice(key)) return before;
  if (typeof key === 'bigint') return before === undefined ? undefined : before - 1;
  if (isValue(key)) return before;
  if (!Array.isArray(key)) return undefined;
  const numbers = key.filter((one: Datum) => typeof one === 'bigint').length;
  if (key.length === before && key.every((one: Datum) => typeof one === 'bigint' || isSlice(one)))
    return before - numbers;
  if (key.length !== 2) return undefined;
  const [rows, columns] = key;
  // Indexed in two dimensions, it has two: a slice of rows and one number, which takes one away.
  if (!isSlice(rows) || (before !== undefined && before !== 2)) return undefined;
  if (typeof columns === 'bigint') return 1;
  return isSlice(columns) || Array.isArray(columns) ? 2 : undefined;
}

/** Of what kind a value's numbers are, where what made them says so. */
export function numbersOf(value: Value, depth = 0): NumberKind | undefined {
  if (value.dtype !== undefined)
    return value.dtype === 'int64' || value.dtype === 'float32' || value.dtype === 'float64'
      ? value.dtype
      : undefined;
  if (depth > 60) return undefined;
  const { made, inputs } = value;
  const [first] = inputs;
  const before = (): NumberKind | undefined => (isValue(first) ? numbersOf(first, depth + 1) : undefined);
  if (made.kind === 'batch') return before();
  if (made.kind === 'attribute') {
    const sample = made.name === 'data' ? foreignCall(first) : undefined;
    if (sample !== undefined && SAMPLES.test(sample.name) && sample.args.named.size === 0) return 'float64';
    return /^(T|data|values)$/.test(made.name) ? before() : undefined;
  }
  if (made.kind === 'layer')
    return /^(Linear|Conv[123]d|LSTM|GRU|RNN)$/.test(made.name) ? 'float32' : undefined;
  if (made.kind !== 'operation') return undefined;
  if (made.name === 'unpacked') return numbersOfPart(made.args.positional[0], made.args.positional[1], depth);
  if (isScaled(value)) return 'float64';
  const foreign = foreignCall(value);
  if (foreign !== undefined)
    return /^numpy\.random\.(randn|rand|normal|uniform|random)$/.test(foreign.name)
      ? 'float64'
      : foreign.name === 'numpy.random.randint'
        ? 'int64'
        : undefined;
  const asked =
    argument(made.args, 'dtype') ??
    (made.name === 'astype' || made.name === 'to' || made.name === 'type'
      ? made.args.positional[1]
      : undefined);
  if (asked !== undefined) {
    const kind = kindNamed(asked, value.span?.text ?? '');
    if (kind !== undefined || made.name !== 'to') return kind;
  }
  switch (made.name) {
    case 'LongTensor':
    case 'long':
      return 'int64';
    case 'FloatTensor':
    case 'Tensor':
    case 'float':
      return 'float32';
    case 'double':
    case 'DoubleTensor':
      return 'float64';
    case 'getitem':
    case 'unsqueeze':
    case 'squeeze':
    case 'view':
    case 'reshape':
    case 'from_numpy':
    case 'tensor':
    case 'as_tensor':
    case 'to':
    case 'cuda':
    case 'cpu':
    case 'clone':
    case 'detach':
    case 'flatten':
    case 'contiguous':
      return before();
    default:
      return undefined;
  }
}

/** Of one of scikit-learn's pairs of features and targets, or of a part of what it splits. */
function numbersOfPart(
  whole: Datum | undefined,
  key: Datum | undefined,
  depth: number,
): NumberKind | undefined {
  const call = isValue(whole) ? foreignCall(whole) : undefined;
  if (call === undefined || typeof key !== 'bigint') return undefined;
  if (call.name === 'sklearn.model_selection.train_test_split') {
    const part = call.args.positional[Number(key / 2n)];
    return isValue(part) ? numbersOf(part, depth + 1) : undefined;
  }
  return rankOfMade(call, key) === 2 ? 'float64' : undefined;
}

function kindNamed(datum: Datum, text: string): NumberKind | undefined {
  const name = typeof datum === 'string' ? datum : text;
  if (/\b(torch\.)?(long|int64)\b|LongTensor/.test(name)) return 'int64';
  if (/\b(torch\.float|torch\.float32|float32)\b|FloatTensor/.test(name)) return 'float32';
  return /\b(double|float64)\b/.test(name) ? 'float64' : undefined;
}

/** Whether the program leaves numbers as PyTorch makes them. */
export function hasUsualNumbers(program: Program): boolean {
  return (
    !/set_default_dtype|set_default_tensor_type|autocast|\.double\(\)|\.half\(\)|\.to\((dtype=)?torch\.(double|float64|half|float16|bfloat16)\b/.test(
      program.source,
    ) || eventsOf(program, 'module-call').length === 0
  );
}
