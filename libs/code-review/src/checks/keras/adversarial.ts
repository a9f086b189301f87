import {
  application,
  argument,
  arrayFacts,
  foreignCall,
  isValue,
  kerasOf,
  lossOf,
} from '@tensormark/frameworks';
import type { Datum, KerasModel, Program, Value } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Found } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { networkOfVariables } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import { signedTerms } from '../../ask/signed-terms.js';
import { gradientsAsked } from '../../ask/tapes.js';
import { sameForBoth } from './graph-adversaries.js';
import type { KerasPart } from './in-keras.js';

const TAPE = `
import tensorflow as tf
from data import batches
maker = tf.keras.Sequential([tf.keras.layers.Dense(64, activation='relu'), tf.keras.layers.Dense(20)])
judge = tf.keras.Sequential([tf.keras.layers.Dense(64, activation='relu'), tf.keras.layers.Dense(1)])
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
maker_steps, judge_steps = tf.keras.optimizers.Adam(), tf.keras.optimizers.Adam()
for real in batches:
    with tf.GradientTape() as judging, tf.GradientTape() as making:
        made = maker(tf.random.normal([32, 8]))
        on_made, on_real = judge(made), judge(real)
        of_real = bce(tf.ones_like(on_real), on_real)
        of_made = bce(tf.zeros_like(on_made), on_made)
        judge_loss = of_real + of_made
        maker_loss = bce(tf.ones_like(on_made), on_made)
    judge_steps.apply_gradients(zip(judging.gradient(judge_loss, judge.trainable_variables), judge.trainable_variables))
    maker_steps.apply_gradients(zip(making.gradient(maker_loss, maker.trainable_variables), maker.trainable_variables))
`;
const BATCHES = `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from data import batches
maker = Sequential([Dense(64, activation='relu', input_dim=8), Dense(20)])
judge = Sequential([Dense(64, activation='relu', input_dim=20), Dense(1, activation='sigmoid')])
judge.compile(loss='binary_crossentropy', optimizer='adam')
judge.trainable = False
both = Sequential([maker, judge])
both.compile(loss='binary_crossentropy', optimizer='adam')
ones, zeros = np.ones((32, 1)), np.zeros((32, 1))
for real in batches:
    made = maker.predict(np.random.normal(size=(32, 8)))
    judge.train_on_batch(real, ones)
    judge.train_on_batch(made, zeros)
    both.train_on_batch(np.random.normal(size=(32, 8)), ones)
`;
const RIGHT = [
  TAPE,
  BATCHES,
  TAPE.replace('maker_loss = bce(tf.ones_like', 'maker_loss = -bce(tf.zeros_like'),
];

/** What is wanted of what a discriminator says, once. */
interface Wanted {
  readonly by: 'judge' | 'maker';
  readonly judge: Value;
  readonly isMade: boolean;
  readonly label: 0 | 1;
  readonly at: Span;
}

export const judgeTargetInKeras: KerasPart = {
  instead: 'Give what was generated the other target: tf.zeros_like(prediction).',
  wrong: [
    TAPE.replace(
      'of_made = bce(tf.zeros_like(on_made), on_made)',
      'of_made = bce(tf.ones_like(on_made), on_made)  # <--',
    ),
    BATCHES.replace('judge.train_on_batch(made, zeros)', 'judge.train_on_batch(made, ones)  # <--'),
  ],
  right: RIGHT,
  *run(program: Program): Generator<Found> {
    const all = wantedIn(program);
    const judged = all.filter((one) => one.by === 'judge' && one.isMade);
    const twice = judged.find(
      ({ judge, label }) => label === 1 && judged.some((other) => other.judge === judge && other.label === 0),
    );
    if (
      twice !== undefined &&
      !all.some((one) => one.by === 'judge' && one.judge === twice.judge && !one.isMade)
    ) {
      yield {
        at: twice.at,
        message: 'What was generated is to be called 1 here and 0 elsewhere, and nothing real is looked at.',
        evidence: [places(['called 0', judged.find(({ label }) => label === 0)?.at])],
      };
      return;
    }
    for (const made of judged) {
      const real = all.find((one) => one.by === 'judge' && !one.isMade && one.judge === made.judge);
      if (real === undefined || real.label !== made.label) continue;
      yield {
        at: made.at,
        message: `What was generated is to be called ${made.label}, as what is real is.`,
        evidence: [places(['what is real', real.at])],
      };
      return;
    }
  },
};

const GRAPH = `
import tensorflow as tf
from networks import make, judge
z, real = tf.placeholder(tf.float32, [None, 8]), tf.placeholder(tf.float32, [None, 64])
on_real, on_made = judge(real), judge(make(z))
def entropy(scores, wanted):
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=scores, labels=wanted))
judge_loss = entropy(on_real, tf.ones_like(on_real) * 0.9) + entropy(on_made, tf.zeros_like(on_made))
make_loss = entropy(on_made, tf.ones_like(on_made))
of_judge = [one for one in tf.trainable_variables() if 'judge' in one.name]
of_make = [one for one in tf.trainable_variables() if 'make' in one.name]
judge_step = tf.train.AdamOptimizer(1e-3).minimize(judge_loss, var_list=of_judge)
make_step = tf.train.AdamOptimizer(1e-3).minimize(make_loss, var_list=of_make)
`;

export const generatorTargetInKeras: KerasPart = {
  wrong: [
    TAPE.replace(
      'maker_loss = bce(tf.ones_like(on_made), on_made)',
      'maker_loss = bce(tf.zeros_like(on_made), on_made)  # <--',
    ),
    BATCHES.replace('size=(32, 8)), ones)', 'size=(32, 8)), zeros)  # <--'),
    GRAPH.replace('tf.ones_like(on_made))', 'tf.zeros_like(on_made))  # <--'),
  ],
  right: [...RIGHT, GRAPH],
  *run(program: Program): Generator<Found> {
    yield* sameForBoth(program);
    const all = wantedIn(program);
    for (const maker of all.filter((one) => one.by === 'maker')) {
      const of = all.filter((one) => one.by === 'judge' && one.judge === maker.judge);
      const [made, real] = [of.find((one) => one.isMade), of.find((one) => !one.isMade)];
      if (made?.label !== maker.label || real === undefined || real.label === made.label) continue;
      yield {
        at: maker.at,
        message: `The generator is to make what it generates come out as ${maker.label}, as the discriminator is.`,
        evidence: [places(['the discriminator’s target', made.at])],
      };
      return;
    }
  },
};

function wantedIn(program: Program): readonly Wanted[] {
  const { models } = kerasOf(program);
  return models.length < 2 ? [] : [...wantedByTapes(program, models), ...wantedByBatches(program, models)];
}

function wantedByTapes(program: Program, models: readonly KerasModel[]): Wanted[] {
  const networks = new Set(models.map(({ value }) => value));
  return gradientsAsked(program).flatMap(({ sources, target }) => {
    const by = networkOfVariables(sources);
    if (by === undefined || !networks.has(by)) return [];
    return signedTerms(target).flatMap(({ sign, value }): Wanted[] => {
      const said = entropyIn(value);
      const judged = application(behind(said?.given));
      const label = labelIn(said?.labels);
      const at = value.span;
      if (judged === undefined || label === undefined || at === undefined || !networks.has(judged.callee))
        return [];
      const [of] = judged.args.positional;
      const isMade = isValue(of) && comesOf(of, (one) => networks.has(application(one)?.callee ?? one));
      return [
        {
          by: judged.callee === by ? 'judge' : 'maker',
          judge: judged.callee,
          isMade,
          label: sign === 1 ? label : label === 1 ? 0 : 1,
          at,
        },
      ];
    });
  });
}

function wantedByBatches(program: Program, models: readonly KerasModel[]): Wanted[] {
  if (!program.source.includes('train_on_batch')) return [];
  return models.flatMap(({ fits, network, value }) => {
    const last = network?.steps.at(-1)?.network;
    const judge = network?.steps.length === 2 && last !== undefined ? last.value : value;
    return fits.flatMap(({ call, moment, x, y }): Wanted[] => {
      const label = labelIn(y);
      if (call.name !== 'train_on_batch' || label === undefined || moment.span === undefined) return [];
      const isMade =
        isValue(x) && comesOf(x, ({ made }) => made.kind === 'operation' && made.name === 'predict');
      // Examples and what is made of them in one batch have no one target.
      return [{ by: judge === value ? 'judge' : 'maker', judge, isMade, label, at: moment.span }];
    });
  });
}

/** A cross entropy, with its labels and what it is given. */
function entropyIn(
  value: Value,
): { readonly labels: Datum | undefined; readonly given: Datum | undefined } | undefined {
  const applied = application(value);
  if (applied !== undefined)
    return lossOf(applied.callee)?.name === 'binary_crossentropy'
      ? { labels: argument(applied.args, 'y_true', 0), given: argument(applied.args, 'y_pred', 1) }
      : undefined;
  const call = foreignCall(value);
  if (call === undefined) return undefined;
  if (/\.(losses|metrics|backend)\.binary_crossentropy$/.test(call.name))
    return { labels: argument(call.args, 'y_true', 0), given: argument(call.args, 'y_pred', 1) };
  return call.name.endsWith('.sigmoid_cross_entropy_with_logits')
    ? { labels: argument(call.args, 'labels', 0), given: argument(call.args, 'logits', 1) }
    : undefined;
}

function behind(datum: Datum | undefined): Datum | undefined {
  const call = foreignCall(datum);
  return call !== undefined && /\.(sigmoid|reshape|squeeze|cast)$/.test(call.name)
    ? call.args.positional[0]
    : datum;
}

/** Whether all targets are near 1 or near 0: `tf.ones_like(x)`, also smoothed a little. */
function labelIn(datum: Datum | undefined): 0 | 1 | undefined {
  const number = constantIn(datum);
  return number === undefined
    ? undefined
    : number > 0.6 && number <= 1.3
      ? 1
      : number >= 0 && number < 0.4
        ? 0
        : undefined;
}

function constantIn(datum: Datum | undefined, depth = 0): number | undefined {
  if (typeof datum === 'bigint' || typeof datum === 'number') return Number(datum);
  if (depth > 6) return undefined;
  if (!isValue(datum)) {
    const [first, ...rest] = arrayFacts(datum).elements ?? [];
    return rest.every((one) => one === first) ? first : undefined;
  }
  const call = foreignCall(datum);
  if (call !== undefined) {
    const short = call.name.split('.').at(-1) ?? '';
    if (/^zeros(_like)?$/.test(short)) return 0;
    if (/^ones(_like)?$/.test(short)) return 1;
    return short === 'constant' || short === 'cast' || short === 'convert_to_tensor'
      ? constantIn(call.args.positional[0], depth + 1)
      : undefined;
  }
  if (datum.made.kind !== 'operation') return undefined;
  const [one, two] = datum.made.args.positional.map((part) => constantIn(part, depth + 1));
  if (one === undefined || two === undefined) return undefined;
  const { name } = datum.made;
  return name === 'mul' ? one * two : name === 'add' ? one + two : name === 'sub' ? one - two : undefined;
}
