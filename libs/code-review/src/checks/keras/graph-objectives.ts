import {
  argument,
  axisOf,
  combines,
  elementsOf,
  graphShape,
  isValue,
  optimizerOf,
  rangeOf,
} from '@tensormark/frameworks';
import type { Called, Datum, Program, Range, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { everyGraphCall, graphCall, shortName } from '../../ask/graphs.js';
import type { GraphCall } from '../../ask/graphs.js';
import { graphRuns, lossOf, trainingSteps } from '../../ask/graph-runs.js';
import { places, spanOf } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

const NETWORK = `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 4])
labels = tf.placeholder(tf.float32, [None, 3])
w1 = tf.Variable(tf.truncated_normal([4, 16], stddev=0.1))
w2 = tf.Variable(tf.truncated_normal([16, 3], stddev=0.1))
scores = tf.matmul(tf.nn.relu(tf.matmul(x, w1)), w2)
`;

/** A softmax that is written out, over the examples of the batch. */
export const softmaxDimInGraphs: KerasPart = {
  instead:
    'Sum over the classes: tf.reduce_sum(tf.exp(scores), axis=1, keepdims=True), or use tf.nn.softmax.',
  wrong: [
    `${NETWORK}
chances = tf.exp(scores) / tf.reduce_sum(tf.exp(scores), axis=0, keepdims=True)  # <--
likely = tf.reduce_max(chances, 1)
`,
  ],
  right: [
    `${NETWORK}
chances = tf.exp(scores) / tf.reduce_sum(tf.exp(scores), axis=1, keepdims=True)
`,
  ],
  *run(program: Program): Generator<Found> {
    const said = new Set<number>();
    for (const call of everyGraphCall(program)) {
      const { span } = call.value;
      if (shortName(call) !== 'reduce_sum' || axisOf(call) !== 0 || span === undefined) continue;
      const [of] = call.args.positional;
      const shape = graphShape(of);
      if (!isExp(of) || shape?.length !== 2 || shape[0] !== undefined || (shape[1] ?? 0) < 2) continue;
      const isDivisor = everyGraphCall(program).some(({ value }) =>
        [value, ...value.inputs].some((one) => isShare(one, call)),
      );
      if (!isDivisor || said.has(span.start)) continue;
      said.add(span.start);
      yield {
        at: span,
        message:
          'This softmax goes over the examples of the batch: the chances of one example do not add up to 1.',
        evidence: [],
      };
    }
  },
};

function isExp(datum: Datum | undefined): boolean {
  const call = graphCall(datum);
  return call !== undefined && shortName(call) === 'exp';
}

/** Whether a value is exp(…) divided by that sum. */
function isShare(value: Value, sum: GraphCall): boolean {
  const called = graphCall(value);
  const name =
    called === undefined && value.made.kind === 'operation' ? value.made.name : called && shortName(called);
  if (!/^(div|truediv|divide)$/.test(name ?? '')) return false;
  const pair = combines(value);
  return isExp(pair?.[0]) && pair?.[1] === sum.value;
}

/** Squared differences of what a softmax gives. */
export const lossTaskInGraphs: KerasPart = {
  why: 'Squared differences hardly push where a softmax is sure and wrong: what is learned slows down just there.',
  instead: 'Use tf.nn.softmax_cross_entropy_with_logits of the scores.',
  wrong: [
    `${NETWORK}
chances = tf.nn.softmax(scores)
loss = tf.losses.mean_squared_error(labels, chances)  # <--
train = tf.train.AdamOptimizer(0.001).minimize(loss)
`,
    `${NETWORK}
chances = tf.nn.softmax(scores)
loss = tf.reduce_mean(tf.square(chances - labels))  # <--
train = tf.train.AdamOptimizer(0.001).minimize(loss)
`,
  ],
  right: [
    `${NETWORK}
loss = tf.losses.softmax_cross_entropy(labels, scores)
train = tf.train.AdamOptimizer(0.001).minimize(loss)
brier = tf.reduce_mean(tf.square(tf.nn.softmax(scores) - labels))
`,
  ],
  *run(program: Program): Generator<Found> {
    const steps = trainingSteps(program).flatMap((step) => lossOf(program, step) ?? []);
    if (steps.length === 0) return;
    const said = new Set<number>();
    for (const call of everyGraphCall(program)) {
      const { value } = call;
      const pair = squaredPair(call);
      if (pair === undefined || value.span === undefined || said.has(value.span.start)) continue;
      const chances = pair.find((one) => isSoftmax(one));
      if (chances === undefined || !pair.some((one) => graphCall(one)?.name === 'placeholder')) continue;
      if ((graphShape(chances)?.at(-1) ?? 2) < 2) continue;
      if (!steps.some((loss) => loss === value || comesOf(loss, (one) => one === value))) continue;
      said.add(value.span.start);
      yield {
        at: value.span,
        message: 'Squared differences are taken of what a softmax gives, where classes are learned.',
        evidence: [places(['the softmax', spanOf(chances)])],
      };
    }
  },
};

function isSoftmax(datum: Datum | undefined): boolean {
  const call = graphCall(datum);
  return call !== undefined && call.name === 'nn.softmax';
}

/** The two whose squared difference a call gives. */
function squaredPair(call: GraphCall): readonly (Datum | undefined)[] | undefined {
  const { args } = call;
  switch (shortName(call)) {
    case 'mean_squared_error':
      return [argument(args, 'labels', 0), argument(args, 'predictions', 1)];
    case 'squared_difference':
      return [argument(args, 'x', 0), argument(args, 'y', 1)];
    case 'square':
      return differenceOf(argument(args, 'x', 0));
    case 'pow':
      return isTwo(argument(args, 'y', 1)) ? differenceOf(argument(args, 'x', 0)) : undefined;
    default:
      return undefined;
  }
}

function isTwo(datum: Datum | undefined): boolean {
  return datum === 2n || datum === 2;
}

function differenceOf(datum: Datum | undefined): readonly (Datum | undefined)[] | undefined {
  if (!isValue(datum)) return undefined;
  const call = graphCall(datum);
  const name = call === undefined ? datum.made.kind === 'operation' && datum.made.name : shortName(call);
  return name === 'sub' || name === 'subtract' ? combines(datum) : undefined;
}

/** What a step of plain gradient descent may be at most, by the curvature that the data themselves give. */
const MOST = 1;

/** A rate that the inputs of a line that is fitted make diverge. */
export const rateForDataInGraphs: KerasPart = {
  why: 'A step of gradient descent grows with the squares of the inputs: where rate times that is above 1, each step overshoots by more than it mends, and the loss goes to infinity and nan.',
  instead: 'Bring the inputs to about -1 to 1, or take a rate as many times smaller.',
  wrong: [
    `
import numpy as np
import tensorflow as tf
xs = np.arange(100.0)
x = tf.placeholder(tf.float32)
y = tf.placeholder(tf.float32)
w = tf.Variable(0.0)
b = tf.Variable(0.0)
loss = tf.reduce_mean(tf.square(x * w + b - y))
train = tf.train.GradientDescentOptimizer(0.01).minimize(loss)  # <--
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(100):
        sess.run(train, feed_dict={x: xs, y: 3 * xs + 1})
`,
  ],
  right: [
    `
import numpy as np
import tensorflow as tf
xs = np.arange(100.0) / 100
x = tf.placeholder(tf.float32)
y = tf.placeholder(tf.float32)
w = tf.Variable(0.0)
b = tf.Variable(0.0)
loss = tf.reduce_mean(tf.square(x * w + b - y))
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(100):
        sess.run(train, feed_dict={x: xs, y: 3 * xs + 1})
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const step of trainingSteps(program)) {
      const optimizer = optimizerOf(step.args.positional[0]);
      const [loss, at] = [lossOf(program, step), step.moment.span];
      if (optimizer?.type !== 'SGD' || optimizer.rate === undefined || loss === undefined || at === undefined)
        continue;
      const line = lineIn(loss);
      const inputs = line && fedRange(program, step, line.input);
      if (line === undefined || inputs === undefined) continue;
      const grows = optimizer.rate * inputs.meanSquare * line.factor;
      if (grows <= MOST) continue;
      yield {
        at,
        message: `Steps of ${optimizer.rate} of the gradient diverge here: the inputs go up to ${Number(
          Math.max(Math.abs(inputs.low), Math.abs(inputs.high)).toPrecision(3),
        )}.`,
        severity: grows > 4 * MOST ? 'warning' : 'design',
        evidence: [
          { kind: 'numbers', numbers: [{ what: 'learning rate', value: optimizer.rate }] },
          places(['the loss', loss.span]),
        ],
      };
    }
  },
};

/** The numbers that are fed for an input where the step is run. */
function fedRange(program: Program, step: Called, input: Value): Range | undefined {
  for (const { fetched, fed } of graphRuns(program)) {
    if (!fetched.some((one) => one === step.result)) continue;
    const given = fed?.find(([key]) => key === input)?.[1];
    return given === undefined ? undefined : rangeOf(given);
  }
  return undefined;
}

interface Line {
  readonly input: Value;
  /** By what the mean of the squared differences is multiplied. */
  readonly factor: number;
}

/** The mean of squared differences to a line, or their sum, times a number. */
function lineIn(loss: Value, depth = 0): Line | undefined {
  if (depth > 4) return undefined;
  const call = graphCall(loss);
  if (call === undefined) {
    const pair = combines(loss);
    const name = loss.made.kind === 'operation' ? loss.made.name : '';
    const number = pair?.find((one) => typeof one === 'number' || typeof one === 'bigint');
    const rest = pair?.find((one) => isValue(one));
    if (number === undefined || !isValue(rest) || !/^(mul|div)$/.test(name)) return undefined;
    const line = lineIn(rest, depth + 1);
    const by = Number(number);
    return line && { ...line, factor: line.factor * (name === 'mul' ? by : 1 / by) };
  }
  const short = shortName(call);
  if (short === 'mean_squared_error') return fitted(squaredPair(call), 1);
  if ((short !== 'reduce_mean' && short !== 'reduce_sum') || axisOf(call) !== null) return undefined;
  const [of] = call.args.positional;
  const squares = graphCall(of);
  if (squares === undefined) return undefined;
  const many = short === 'reduce_mean' ? 1 : elementsOf(graphShape(of) ?? [undefined]);
  return many === undefined ? undefined : fitted(squaredPair(squares), many);
}

/** A product of one input and a variable, and perhaps another one added. */
function fitted(pair: readonly (Datum | undefined)[] | undefined, factor: number): Line | undefined {
  for (const datum of pair ?? []) {
    const input = inputOf(datum);
    if (input !== undefined) return { input, factor };
  }
  return undefined;
}

function inputOf(datum: Datum | undefined): Value | undefined {
  if (!isValue(datum)) return undefined;
  const call = graphCall(datum);
  const name = call === undefined ? datum.made.kind === 'operation' && datum.made.name : shortName(call);
  const pair = name === 'matmul' && call !== undefined ? call.args.positional : combines(datum);
  if (pair === undefined) return undefined;
  if (name === 'add') return pair.flatMap((one) => inputOf(one) ?? [])[0];
  if (name !== 'mul' && name !== 'multiply' && name !== 'matmul') return undefined;
  const input = pair.find((one) => graphCall(one)?.name === 'placeholder');
  return isValue(input) && pair.some((one) => graphCall(one)?.name === 'Variable') ? input : undefined;
}
