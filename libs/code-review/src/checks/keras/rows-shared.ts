import { foreignCall, gatheredFrom, isValue, kerasOf, sliceOf } from '@tensormark/frameworks';
import type { Datum, Fitted, Program, Value } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { applications } from '../../ask/keras-calls.js';
import { places } from '../../ask/places.js';
import { callsOf, statementsOf } from '../../ask/tree.js';
import type { KerasPart } from './in-keras.js';

const BEGINNING = `
import tensorflow as tf
from data import x, y
model = tf.keras.Sequential([tf.keras.layers.Dense(64, activation='relu', input_shape=(20,)), tf.keras.layers.Dense(1)])
model.compile(loss='mse', optimizer='adam')
`;
const FOLDER = `
from tensorflow import keras
from tensorflow.keras.utils import image_dataset_from_directory
model = keras.Sequential([keras.layers.Rescaling(1 / 255), keras.layers.Flatten(), keras.layers.Dense(5, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
`;

/** Validated with rows, or pictures, that are learned from too. */
export const rowsSharedInKeras: KerasPart = {
  wrong: [
    `${BEGINNING}
model.fit(x[:8000], y[:8000], epochs=9, validation_data=(x[6000:], y[6000:]))  # <--
`,
    `${BEGINNING}
train = tf.data.Dataset.from_tensor_slices((x[:8000], y[:8000])).batch(32)
kept = tf.data.Dataset.from_tensor_slices((x[:2000], y[:2000])).batch(32)  # <--
model.fit(train, epochs=9, validation_data=kept)
`,
    `${FOLDER}
train = image_dataset_from_directory('pictures', validation_split=0.2, subset='training', seed=1)
kept = image_dataset_from_directory('pictures', validation_split=0.2, subset='validation', seed=2)  # <--
model.fit(train, epochs=9, validation_data=kept)
`,
    `${FOLDER}
train = image_dataset_from_directory('pictures', validation_split=0.2, subset='training', seed=1)
kept = image_dataset_from_directory('pictures', validation_split=0.2, subset='training', seed=1)  # <--
model.fit(train, epochs=9, validation_data=kept)
`,
  ],
  right: [
    `${BEGINNING}
model.fit(x[:8000], y[:8000], epochs=9, validation_data=(x[8000:], y[8000:]))
model.fit(x[2000:], y[2000:], epochs=9, validation_data=(x[:2000], y[:2000]))
model.fit(x[:-500], y[:-500], epochs=9, validation_data=(x[-500:], y[-500:]))
`,
    `${FOLDER}
train = image_dataset_from_directory('pictures', validation_split=0.2, subset='training', seed=1)
kept = image_dataset_from_directory('pictures', validation_split=0.2, subset='validation', seed=1)
model.fit(train, epochs=9, validation_data=kept)
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const { fits } of kerasOf(program).models)
      for (const fit of fits) {
        const { validation, moment, x } = fit;
        if (validation === undefined || validation.x === x) continue;
        const found =
          sameRows(x, validation.x) ?? samePictures(x, validation.x) ?? sameSequence(program, fit);
        if (found === undefined) continue;
        yield { ...found, evidence: [places(['trained here', moment.span])] };
      }
    yield* rowsOfLoops(program);
  },
};

type Said = Pick<Found, 'at' | 'message'>;

function sameRows(learned: Datum | undefined, kept: Datum | undefined): Said | undefined {
  const [one, other] = [rowsOf(learned), rowsOf(kept)];
  if (one === undefined || other === undefined || one.of !== other.of || !overlap(one, other))
    return undefined;
  const at = other.part.span;
  return at && { at, message: 'Some of the rows to validate with are learned from too.' };
}

interface Rows {
  readonly of: Value;
  readonly part: Value;
  readonly start: Datum;
  readonly stop: Datum;
}

/** Which rows of an array are given, as they are or through a data set. */
function rowsOf(datum: Datum | undefined): Rows | undefined {
  const part = gatheredFrom(datum) ?? datum;
  if (!isValue(part) || part.made.kind !== 'operation' || part.made.name !== 'getitem') return undefined;
  const [of, key] = part.made.args.positional;
  const slice = sliceOf(Array.isArray(key) ? key[0] : key);
  return slice === undefined || !isValue(of) || (slice.step !== null && slice.step !== 1n)
    ? undefined
    : { of, part, start: slice.start, stop: slice.stop };
}

function overlap(one: Rows, other: Rows): boolean {
  if (one.start === other.start && one.stop === other.stop) return one.start !== null || one.stop !== null;
  const [from, to, start, stop] = [
    one.start ?? 0n,
    one.stop ?? Infinity,
    other.start ?? 0n,
    other.stop ?? Infinity,
  ];
  const known = [from, to, start, stop].map((end) =>
    typeof end === 'bigint' || typeof end === 'number' ? Number(end) : Number.NaN,
  );
  const [a = NaN, b = NaN, c = NaN, d = NaN] = known;
  return known.every((end) => end >= 0) && Math.max(a, c) < Math.min(b, d);
}

const FROM_FOLDER = /\.(image|text|audio)_dataset_from_directory$/;

interface Folder {
  readonly of: Value;
  readonly named: ReadonlyMap<string, Datum>;
  readonly directory: Datum | undefined;
  /** Whether each call shuffles the files before it divides them. */
  readonly isDrawn: boolean;
}

function folderOf(datum: Datum | undefined): Folder | undefined {
  let current = datum;
  for (let depth = 0; depth < 12 && isValue(current) && current.made.kind === 'operation'; depth++) {
    const call = foreignCall(current);
    if (call !== undefined && FROM_FOLDER.test(call.name))
      return {
        of: current,
        named: call.args.named,
        directory: call.args.named.get('directory') ?? call.args.positional[0],
        isDrawn: call.args.named.get('shuffle') !== false,
      };
    if (current.made.name === 'flow_from_directory') {
      const { named, positional } = current.made.args;
      return { of: current, named, directory: named.get('directory') ?? positional[1], isDrawn: false };
    }
    if (!/^(map|cache|prefetch|shuffle|repeat|with_options)$/.test(current.made.name)) return undefined;
    [current] = current.made.args.positional;
  }
  return undefined;
}

/** Two parts of one folder that are the same, or are drawn apart. */
function samePictures(learned: Datum | undefined, kept: Datum | undefined): Said | undefined {
  const [one, other] = [folderOf(learned), folderOf(kept)];
  const at = other?.of.span;
  if (one === undefined || other === undefined || at === undefined || one.of === other.of) return undefined;
  if (one.directory === undefined || one.directory !== other.directory) return undefined;
  const [part, second] = [one.named.get('subset'), other.named.get('subset')];
  if (part === undefined && second === undefined)
    return {
      at,
      message: 'This reads the folder that is learned from: it is validated with the same files.',
    };
  if (typeof part !== 'string' || typeof second !== 'string') return undefined;
  if (part === second)
    return {
      at,
      message: `Both are the part "${part}" of the folder: it is validated with what is learned from.`,
    };
  const [seed, again] = [one.named.get('seed'), other.named.get('seed')];
  return one.isDrawn && typeof seed === 'bigint' && typeof again === 'bigint' && seed !== again
    ? { at, message: 'The two parts are drawn with different seeds: files of the one are in the other too.' }
    : undefined;
}

/** Two objects of one class of the program that are made with the same arguments, whatever they are told of shuffling. */
function sameSequence(program: Program, { moment }: Fitted): Said | undefined {
  const fitted = moment.span;
  let call: tree.Call | undefined;
  for (const node of callsOf(program)) {
    if (node.span.start === fitted?.start && node.span.end === fitted.end) call ??= node;
  }
  const [one, other] = [
    call?.args[0] ?? call?.keywords.find(({ name }) => name === 'x' || name === 'generator')?.value,
    call?.keywords.find(({ name }) => name === 'validation_data')?.value,
  ].map((given) => (given?.kind === 'Name' ? madeAs(program, given.id) : undefined));
  if (one === undefined || other === undefined || one === other) return undefined;
  const isSame =
    one.callee.span.text === other.callee.span.text &&
    /^[A-Z]/.test(one.callee.span.text) &&
    one.args.length > 0 &&
    one.args.length === other.args.length &&
    one.args.every(
      (arg, at) => arg.span.text === other.args[at]?.span.text && !arg.span.text.includes('('),
    ) &&
    one.keywords.every(
      ({ name, value }) =>
        name === 'shuffle' ||
        other.keywords.some((two) => two.name === name && two.value.span.text === value.span.text),
    ) &&
    one.keywords.filter(({ name }) => name !== 'shuffle').length ===
      other.keywords.filter(({ name }) => name !== 'shuffle').length;
  return isSame
    ? { at: other.span, message: 'This is made of what is learned from: it is validated with the same.' }
    : undefined;
}

/** The call that is all that a name is ever bound to. */
function madeAs(program: Program, name: string): tree.Call | undefined {
  const bound = statementsOf(program).filter(
    (one): one is tree.Assign => one.kind === 'Assign' && one.targets.some(({ span }) => span.text === name),
  );
  const [only] = bound;
  return bound.length === 1 && only?.value.kind === 'Call' ? only.value : undefined;
}

/** What loops of the program's own learn from, and what they look at afterwards. */
function* rowsOfLoops(program: Program): Generator<Found> {
  if (!program.source.includes('GradientTape')) return;
  const models = new Set(kerasOf(program).models.map(({ value }) => value));
  const sets = { learned: new Set<Datum>(), kept: new Set<Datum>() };
  let at: Span | undefined;
  for (const { callee, args } of applications(program)) {
    const set = models.has(callee) ? setOf(args.positional[0]) : undefined;
    const training = args.named.get('training');
    if (set === undefined || typeof training !== 'boolean') continue;
    (training ? sets.learned : sets.kept).add(set);
  }
  for (const learned of sets.learned)
    for (const kept of sets.kept) {
      const found = learned === kept ? undefined : sameRows(learned, kept);
      if (found === undefined || found.at === at) continue;
      at = 'start' in found.at ? found.at : at;
      yield { ...found, evidence: [] };
    }
}

function setOf(datum: Datum | undefined): Datum | undefined {
  if (!isValue(datum) || datum.made.kind !== 'operation' || datum.made.name !== 'unpacked') return undefined;
  const [of] = datum.made.args.positional;
  return isValue(of) && of.made.kind === 'operation' && of.made.name === 'element'
    ? of.made.args.positional[0]
    : undefined;
}
