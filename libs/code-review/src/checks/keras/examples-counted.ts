import { argument, arrayFacts, isValue, kerasOf, layerOf } from '@tensormark/frameworks';
import type { Datum, KerasCall, Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { kerasCalls } from '../../ask/keras-calls.js';
import { places } from '../../ask/places.js';
import { isPartOf, isSameArray } from '../../ask/same-array.js';

/** What a program calls all of its examples, not one of them. */
const ALL =
  /^(x|features|inputs?|data|images?)_?(train|test|val|valid)(ing)?(_?(x|data|set|images?|features))?$|^(train|test|val|valid)(ing)?_?(x|data|set|dataset|features|images|inputs)$/i;

/** `input_shape=x.shape`, `input_dim=x.shape[0]`, `Input((len(x),))`: the number of examples in the place of what each of them is. */
export function* countingExamples(program: Program): Generator<Found> {
  const { models } = kerasOf(program);
  const learned = models.flatMap(({ network, fits }) =>
    fits.map((fit) => ({ fit, first: network?.inputSpan ?? network?.steps[0]?.layer?.span })),
  );
  const said = new Set<number>();
  for (const call of kerasCalls(program)) {
    const at = call.value.span;
    const given = saidIn(call);
    const of = given === undefined ? undefined : countedIn(given);
    if (at === undefined || of === undefined || said.has(at.start)) continue;
    const fit = learned.find(
      ({ first, fit: { x } }) =>
        first?.start === at.start && isValue(x) && (isSameArray(x, of.array) || isPartOf(x, of.array)),
    )?.fit;
    const isNamed = fit === undefined && of.isWhole && isAll(of.array, of.written);
    if (fit === undefined && !isNamed) continue;
    said.add(at.start);
    yield {
      at,
      message: of.isWhole
        ? 'The input shape counts the examples: it is the shape of all of them, not of one.'
        : 'The input shape begins with the number of examples, and is to be the shape of one.',
      ...(isNamed && { severity: 'warning' as const }),
      evidence: fit === undefined ? [] : [places(['all of them are given here', fit.moment.span])],
    };
  }
}

/** The shape of an example that a layer or an `Input` says. */
function saidIn({ name, args, value }: KerasCall): Datum | undefined {
  if (layerOf(value) !== undefined) return args.named.get('input_shape') ?? args.named.get('input_dim');
  return name === 'Input' ? argument(args, 'shape', 0) : undefined;
}

interface Counted {
  readonly array: Value;
  /** Whether it is the whole shape that is given, not only the number of rows. */
  readonly isWhole: boolean;
  /** How the array is written: `x_train`. */
  readonly written: string;
}

/** The array whose whole shape, or number of rows, stands in the place of a shape of one example. */
function countedIn(given: Datum): Counted | undefined {
  const [first, ...more] = Array.isArray(given) ? given : [given];
  // `(x.shape[0], x.shape[1])` says that there is something else after the number of rows only if that is of the same array.
  if (!isValue(first)) return undefined;
  const { made } = first;
  if (made.kind === 'attribute' && made.name === 'shape' && more.length === 0 && !Array.isArray(given))
    return counted(first.inputs[0], true, first);
  const rows = rowsOf(first);
  if (rows === undefined || (more.length > 0 && !more.every((size) => isSizeOf(size, rows))))
    return undefined;
  return counted(rows, false, first);
}

function counted(array: Value | undefined, isWhole: boolean, { span }: Value): Counted | undefined {
  const written = span?.text.replace(/\.shape\b.*$/s, '').trim() ?? '';
  const [rows, width] = arrayFacts(array).shape ?? [];
  // Of a table of distances between examples each has as many numbers as there are examples.
  const isSquare = !isWhole && rows !== undefined && rows === width;
  return array === undefined || isSquare ? undefined : { array, isWhole, written };
}

/** The array of `x.shape[0]` and `len(x)`. */
function rowsOf({ made }: Value): Value | undefined {
  if (made.kind !== 'operation') return undefined;
  const [of, axis] = made.args.positional;
  if (made.name === 'len') return isValue(of) ? of : undefined;
  if ((made.name !== 'getitem' && made.name !== 'unpacked') || axis !== 0n) return undefined;
  return isValue(of) && of.made.kind === 'attribute' && of.made.name === 'shape' ? of.inputs[0] : undefined;
}

function isSizeOf(datum: Datum, array: Value): boolean {
  if (typeof datum === 'bigint') return true;
  if (!isValue(datum) || datum.made.kind !== 'operation') return false;
  const [of] = datum.made.args.positional;
  return isValue(of) && of.made.kind === 'attribute' && of.made.name === 'shape' && of.inputs[0] === array;
}

/** Whether it is what is called all of the examples: a name that nothing here defines, or an array made of what is not known. */
function isAll({ made }: Value, written: string): boolean {
  return made.kind !== 'operation' || /^(array|asarray|call)$/.test(made.name)
    ? ALL.test(written.replace(/\.values$/, ''))
    : false;
}
