import { argument, isInside, turnsOf } from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { everyGraphCall, shortName } from '../../ask/graphs.js';
import type { GraphCall } from '../../ask/graphs.js';
import { graphRuns, lossOf, trainingSteps } from '../../ask/graph-runs.js';
import type { GraphRun } from '../../ask/graph-runs.js';
import { isMadeOf } from '../../ask/made-of.js';
import { places } from '../../ask/places.js';
import { trains } from './graph-training.js';
import type { KerasPart } from './in-keras.js';

/** Where dropout is wanted when nothing is learned: to draw several answers, as pix2pix's noise. */
const ON_PURPOSE = /monte.?carlo|mc_?drop|uncertain|bayes|generator|discriminator|gan\b|pix2pix/i;

/**
 * Dropout by a number that is fixed in the graph, which the network that answers goes through as the one that learns does.
 */
export function* alwaysDropping(program: Program): Generator<Found> {
  if (!/drop/i.test(program.source) || ON_PURPOSE.test(program.source)) return;
  const dropping = everyGraphCall(program).filter((call) => keptBy(call) !== undefined);
  if (dropping.length === 0) return;
  const steps = trainingSteps(program);
  const losses = steps.flatMap((step) => lossOf(program, step) ?? []);
  const results = steps.map(({ result }) => result);
  const runs = graphRuns(program);
  const learning = runs.filter((run) => trains(run, results));
  const said = new Set<number>();
  for (const call of dropping) {
    const at = call.value.span;
    if (at === undefined || said.has(at.start) || !losses.some((loss) => isMadeOf(loss, call.value)))
      continue;
    const answer = runs.find(
      (run) =>
        !trains(run, results) &&
        run.fetched.some((one) => isMadeOf(one, call.value)) &&
        (isDecided(program, run) || learning.every((other) => isAfter(run, other))),
    );
    if (answer === undefined) continue;
    said.add(at.start);
    yield {
      at,
      message: `Dropout keeps ${keptBy(call) ?? 'some'} of the units whenever this graph is run, where it answers too.`,
      evidence: [places(['run without learning', answer.call.moment.span])],
    };
  }
}

/** What dropout keeps by a number that nothing changes: 0.5 of `tf.nn.dropout(h, 0.5)`. */
function keptBy(call: GraphCall): number | string | undefined {
  const { args } = call;
  switch (shortName(call)) {
    case 'DropoutWrapper': {
      const kept = ['input_keep_prob', 'output_keep_prob', 'state_keep_prob'].map((name, at) =>
        argument(args, name, at + 1),
      );
      return kept.map((one) => share(one)).find((one) => one !== undefined);
    }
    case 'dropout': {
      if (call.name === 'layers.dropout')
        return argument(args, 'training', 3) === true
          ? `1 - ${String(share(argument(args, 'rate', 1)) ?? 0.5)}`
          : undefined;
      if (call.name !== 'nn.dropout') return undefined;
      const rate = share(args.named.get('rate'));
      return rate === undefined ? share(argument(args, 'keep_prob', 1)) : 1 - rate;
    }
    default:
      return undefined;
  }
}

function share(datum: Datum | undefined): number | undefined {
  return typeof datum === 'number' && datum > 0 && datum < 1 ? datum : undefined;
}

/** Whether a run asks for classes: what it computes is compared or the largest of. */
function isDecided(program: Program, { fetched }: GraphRun): boolean {
  const decisions = everyGraphCall(program).filter((call) =>
    /^(equal|arg_?max|in_top_k)$/.test(shortName(call)),
  );
  return fetched.some((one) => decisions.some(({ value }) => one === value || isMadeOf(one, value)));
}

/** Whether a run stands after another, and in none of its loops. */
function isAfter(run: GraphRun, other: GraphRun): boolean {
  const { moment } = run.call;
  return (
    moment.at > other.call.moment.at &&
    turnsOf(other.call.moment).every(({ loop }) => !isInside(moment, loop))
  );
}

const LEARNER = `
import tensorflow as tf
from data import inputs, targets
x, y = tf.placeholder(tf.float32, [None, 8]), tf.placeholder(tf.float32, [None, 1])
h = tf.layers.dense(x, 32, tf.nn.relu)
`;

/** Layers that do otherwise while a network learns, and are never told that it does. */
export const trainMissingInGraphs: KerasPart = {
  why: 'tf.layers.dropout drops nothing and tf.layers.batch_normalization takes its running averages, which stay as they started, unless training is true: its default is False.',
  instead: 'Hand them training=is_training, a placeholder that is fed True where the network learns.',
  wrong: [
    `${LEARNER}
h = tf.layers.dropout(h, 0.5)  # <--
loss = tf.reduce_mean(tf.abs(tf.layers.dense(h, 1) - y))
train = tf.train.AdamOptimizer(0.001).minimize(loss)
`,
  ],
  right: [
    `${LEARNER}
learns = tf.placeholder_with_default(False, [])
h = tf.layers.dropout(h, 0.5, training=learns)
loss = tf.reduce_mean(tf.abs(tf.layers.dense(h, 1) - y))
train = tf.train.AdamOptimizer(0.001).minimize(loss)
`,
  ],
  *run(program: Program): Generator<Found> {
    if (!/layers\.(dropout|batch_normalization)\(/.test(program.source)) return;
    const losses = trainingSteps(program).flatMap((step) => lossOf(program, step) ?? []);
    const said = new Set<number>();
    for (const call of everyGraphCall(program)) {
      const at = call.value.span;
      if (
        !/^layers\.(dropout|batch_normalization)$/.test(call.name) ||
        at === undefined ||
        said.has(at.start)
      )
        continue;
      const isTold = call.args.named.has('training') || call.args.positional.length > 3;
      if (isTold || at.text.includes('**') || !losses.some((loss) => isMadeOf(loss, call.value))) continue;
      said.add(at.start);
      yield {
        at,
        message: `training is not given to ${shortName(call)}, and is False by default: it does as if nothing was learned.`,
        evidence: [],
      };
    }
  },
};
