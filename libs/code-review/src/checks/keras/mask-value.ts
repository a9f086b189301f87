import { argument, foreignCall, isValue, kerasOf } from '@tensormark/frameworks';
import type { Datum, KerasLayer, Program, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { layersOf } from '../../ask/keras.js';
import { places } from '../../ask/places.js';

const BEGINNING = `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense, Embedding, LSTM, Masking
from keras.preprocessing.sequence import pad_sequences
from sklearn.preprocessing import MinMaxScaler
y = np.load('y.npy')
model = Sequential()
`;

const END = `
model.add(LSTM(32))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=20)
`;

export const maskValue: Check = {
  id: 'mask-value',
  title: 'A mask that leaves out other steps than the padding',
  severity: 'warning',
  why: 'Masking leaves out the steps all of whose numbers are its mask_value: padding of another number is learned from, and real steps of that number are not.',
  instead:
    'Pad with a number that no real step has, and give Masking the same; after an Embedding, use its mask_zero=True.',
  needs: 'A Masking layer, with what comes before it or the data that the network is given known.',
  wrong: [
    `${BEGINNING}
x = pad_sequences(np.load('rows.npy', allow_pickle=True), maxlen=50, dtype='float32', padding='post')
model.add(Masking(mask_value=-1.0, input_shape=(50, 3)))  # <--
${END}`,
    `${BEGINNING}
x = pad_sequences(np.load('words.npy', allow_pickle=True), maxlen=50)
model.add(Embedding(5000, 32, input_length=50))
model.add(Masking(mask_value=0))  # <--
${END}`,
    `${BEGINNING}
x = MinMaxScaler().fit_transform(np.load('prices.npy').reshape(-1, 1)).reshape(-1, 50, 1)
model.add(Masking(mask_value=0., input_shape=(50, 1)))  # <--
${END}`,
  ],
  right: [
    `${BEGINNING}
x = pad_sequences(np.load('rows.npy', allow_pickle=True), maxlen=50, dtype='float32', value=-1.0)
model.add(Masking(mask_value=-1.0, input_shape=(50, 3)))
${END}`,
    `${BEGINNING}
x = pad_sequences(np.load('words.npy', allow_pickle=True), maxlen=50)
model.add(Embedding(5000, 32, input_length=50, mask_zero=True))
${END}`,
    `${BEGINNING}
x = MinMaxScaler((0.1, 1)).fit_transform(np.load('prices.npy').reshape(-1, 1)).reshape(-1, 50, 1)
model.add(Masking(mask_value=0., input_shape=(50, 1)))
${END}`,
  ],
  *run(program) {
    if (!program.source.includes('Masking')) return;
    for (const { network, fits } of kerasOf(program).models) {
      const steps = network === undefined ? [] : layersOf(network);
      for (const [at, { layer, given }] of steps.entries()) {
        if (layer?.type !== 'Masking' || layer.span === undefined) continue;
        const mask = maskOf(layer);
        if (mask === undefined) continue;
        const before = steps.slice(0, at).findLast((step) => step.layer?.type !== 'InputLayer')?.layer;
        const isFirst = at === 0 || steps.slice(0, at).every((step) => step.layer?.type === 'InputLayer');
        const found =
          before?.type === 'Embedding'
            ? afterEmbedding(before)
            : isFirst
              ? firstOf(
                  fits.map(({ x }) => otherPadding(x, mask) ?? realZeros(program, x, mask, given?.at(-1))),
                )
              : undefined;
        if (found !== undefined) yield { at: layer.span, ...found };
      }
    }
  },
};

type Other = Pick<Found, 'message' | 'evidence'>;

function firstOf<Item>(items: readonly (Item | undefined)[]): Item | undefined {
  return items.find((item) => item !== undefined);
}

function maskOf({ args }: KerasLayer): number | undefined {
  const given = argument(args, 'mask_value', 0) ?? 0;
  return typeof given === 'bigint' ? Number(given) : typeof given === 'number' ? given : undefined;
}

function afterEmbedding(before: KerasLayer): Other | undefined {
  if (before.args.named.get('mask_zero') === true) return undefined;
  return {
    message:
      'The Embedding before has learned a row for 0 as for every other word, so that no step is all of this number.',
    evidence: [places(['the Embedding', before.span])],
  };
}

const KEEPS = /^(reshape|astype|array|asarray|getitem|unpacked|expand_dims|copy)$/;

/** `pad_sequences` whose padding is another number, with nothing computed after it. */
function otherPadding(x: Datum | undefined, mask: number): Other | undefined {
  let current: Datum | undefined = x;
  for (let depth = 0; isValue(current) && depth < 30; depth++) {
    const call = foreignCall(current);
    if (call?.name.endsWith('.pad_sequences') === true) {
      const value = call.args.named.get('value') ?? 0;
      const padding = typeof value === 'bigint' ? Number(value) : value;
      return typeof padding !== 'number' || padding === mask
        ? undefined
        : {
            message: `The rows are padded with ${padding}, and the steps that are left out are those of ${mask}.`,
            evidence: [places(['they are padded', current.span])],
          };
    }
    current = beforeIt(current);
  }
  return undefined;
}

/** What a value was taken from without a change of its numbers. */
function beforeIt(value: Value): Datum | undefined {
  const { made } = value;
  if (made.kind !== 'operation' || !KEEPS.test(made.name)) return undefined;
  const [of, index] = (foreignCall(value) ?? made).args.positional;
  const split = made.name === 'unpacked' ? foreignCall(of) : undefined;
  if (split === undefined) return of;
  return split.name.endsWith('.train_test_split') && typeof index === 'bigint'
    ? split.args.positional[Number(index) >> 1]
    : undefined;
}

/** One series brought to between 0 and 1, so that its lowest steps are 0 too. */
function realZeros(
  program: Program,
  x: Datum | undefined,
  mask: number,
  width: number | undefined,
): Other | undefined {
  if (mask !== 0 || width !== 1 || !program.source.includes('MinMaxScaler') || !isValue(x)) return undefined;
  let scaler: Value | undefined;
  comesOf(x, (one) => {
    const [by] = one.made.kind === 'operation' ? one.made.args.positional : [];
    const call = /^(fit_)?transform$/.test(one.made.kind === 'operation' ? one.made.name : '')
      ? foreignCall(by)
      : undefined;
    if (call?.name !== 'sklearn.preprocessing.MinMaxScaler' || !isValue(by)) return false;
    if (isFromZero(argument(call.args, 'feature_range', 0))) scaler = by;
    return true;
  });
  return scaler === undefined
    ? undefined
    : {
        message:
          'The series is brought to between 0 and 1, and its lowest steps are left out as if they were padding.',
        evidence: [places(['it is brought there', scaler.span])],
      };
}

function isFromZero(range: Datum | undefined): boolean {
  if (range === undefined) return true;
  const [low]: readonly Datum[] = Array.isArray(range) ? range : [];
  return low === 0n || low === 0;
}
