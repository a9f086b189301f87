import * as tf from '@tensorflow/tfjs-core';
import { isFloatingPoint } from '@tensormark/network';
import { pairwise, type Data } from '../engine/arrays.js';
import {
  abs,
  add,
  binary,
  choose,
  div,
  exp,
  float,
  log,
  mul,
  neg,
  relu,
  scale,
  shift,
  smooth,
  square,
  sub,
  unary,
  type Binary,
} from '../engine/elementwise.js';
import { gather } from '../engine/lookup.js';
import { logSoftmax, mean, sum } from '../engine/reductions.js';
import { elements, sameShape } from '../engine/shape.js';
import { expand, move, reshape } from '../engine/structure.js';
import { constant, scalar, standard, type Value } from '../engine/value.js';
import { executor, type Executor, type RunningCall } from '../running/call.js';
import { cosine } from './products.js';
import { pNorm } from './normalisation.js';

/** How elements' losses become one; the deprecated arguments win where they are given. */
function reductionOf(call: RunningCall): string {
  const given = (name: string): boolean | null => {
    const value = call.has(name) ? call.raw(name) : null;
    return typeof value === 'boolean' ? value : null;
  };
  const [average, reduce] = [given('size_average'), given('reduce')];
  if (average === null && reduce === null) return call.text('reduction');
  if (reduce === false) return 'none';
  return average === false ? 'sum' : 'mean';
}

export function reduced(call: RunningCall, each: Value): Value {
  switch (reductionOf(call)) {
    case 'none':
      return each;
    case 'sum':
      return sum(each);
    case 'batchmean':
      return scale(sum(each), 1 / Math.max(each.shape[0] ?? 1, 1));
    default:
      return mean(each);
  }
}

/** Scores with classes last, `[rows, classes]`, and as many targets. */
interface Classified {
  readonly scores: Value;
  readonly rows: number;
  readonly classes: number;
  /** The shape of the targets. */
  readonly shape: readonly number[];
}

function classified(input: Value): Classified {
  const { shape } = input;
  const axis = shape.length === 1 ? 0 : 1;
  const classes = shape[axis] ?? 1;
  const outer = shape.filter((_, at) => at !== axis);
  const rows = elements(outer);
  return {
    scores: reshape(move(input, axis, shape.length - 1), [rows, classes]),
    rows,
    classes,
    shape: outer,
  };
}

/** Minus the chosen log-probability, weighted by class; an ignored target counts for nothing. */
function likelihood(call: RunningCall, logs: Value, { rows, classes, shape }: Classified): Value {
  const target = reshape(call.value('target'), [rows, 1]);
  const ignored = call.number('ignore_index');
  const weight = call.state('weight');
  const smoothing = call.has('label_smoothing') ? call.number('label_smoothing') : 0;
  const counts = constant(
    tf.tidy(() => float(tf.notEqual(standard(target), ignored))),
    [rows, 1],
  );
  const chosen = constant(
    tf.tidy(() =>
      tf.where(tf.equal(standard(target), ignored), tf.zerosLike(standard(target)), standard(target)),
    ),
    [rows, 1],
    'int64',
  );
  const perClass = weight ? expand(reshape(weight, [1, classes]), [rows, classes]) : null;
  const own = perClass ? mul(gather(perClass, 1, chosen), counts) : counts;
  const picked = mul(neg(gather(logs, 1, chosen)), own);
  const total = sum(own);
  const straight = reduceWeighted(call, reshape(picked, shape), total);
  if (smoothing === 0) return straight;
  const all = neg(perClass ? mul(logs, perClass) : logs);
  const spread = mul(sum(all, [1], true), counts);
  const even = reduceWeighted(call, reshape(spread, shape), total);
  return add(scale(straight, 1 - smoothing), scale(even, smoothing / classes));
}

/** The mean over what counts, by its weight. */
function reduceWeighted(call: RunningCall, each: Value, total: Value): Value {
  const reduction = reductionOf(call);
  if (reduction === 'none') return each;
  return reduction === 'sum' ? sum(each) : div(sum(each), total);
}

function crossEntropy(call: RunningCall): Value {
  const input = call.value('input');
  const target = call.value('target');
  const rows = classified(input);
  const logs = logSoftmax(rows.scores, 1);
  if (sameShape(input.shape, target.shape) && isFloatingPoint(target.dtype))
    return fromProbabilities(call, logs, rows);
  return likelihood(call, logs, rows);
}

function fromProbabilities(call: RunningCall, logs: Value, { rows, classes, shape }: Classified): Value {
  const given = classified(call.value('target')).scores;
  const smoothing = call.number('label_smoothing');
  const wanted = smoothing === 0 ? given : shift(scale(given, 1 - smoothing), smoothing / classes);
  const weight = call.state('weight');
  const weighted = weight ? mul(wanted, reshape(weight, [1, classes])) : wanted;
  const each = neg(sum(mul(logs, weighted), [1]));
  const reduction = reductionOf(call);
  if (reduction === 'none') return reshape(each, shape);
  return reduction === 'sum' ? sum(each) : scale(sum(each), 1 / rows);
}

function weighted(call: RunningCall, each: Value): Value {
  const weight = call.state('weight');
  return weight ? mul(each, weight) : each;
}

const clampedLog = (x: Data): Data => tf.maximum(tf.log(x), -100);

/** Logarithms are kept above −100, as PyTorch does; the gradient of what lies below is PyTorch's too. */
const CROSS_ENTROPY: Binary = {
  value: (p, t) => tf.neg(tf.add(tf.mul(t, clampedLog(p)), tf.mul(tf.sub(1, t), clampedLog(tf.sub(1, p))))),
  derivatives: [
    (g, p, t) => {
      const slack = p.map((data) => tf.maximum(tf.mul(data, tf.sub(1, data)), 1e-12));
      return g.with(tf.mul, p.with(tf.sub, t).with(tf.div, slack));
    },
    (g, p) =>
      g.with(
        tf.mul,
        p.map((data) => tf.sub(tf.log(tf.sub(1, data)), tf.log(data))),
      ),
  ],
};

function binaryCrossEntropy(call: RunningCall): Value {
  return reduced(call, weighted(call, binary(call.value('input'), call.value('target'), CROSS_ENTROPY)));
}

function binaryWithLogits(call: RunningCall): Value {
  const [input, target] = [call.value('input'), call.value('target')];
  const positive = call.state('pos_weight');
  const soft = softplus(neg(input));
  // (1 − t)·x + w·softplus(−x), with w = 1 + (p − 1)·t.
  const linear = mul(sub(scalar(1), target), input);
  const factor = positive ? shift(mul(shift(positive, -1), target), 1) : null;
  const each = add(linear, factor ? mul(factor, soft) : soft);
  return reduced(call, weighted(call, each));
}

function softplus(x: Value): Value {
  return unary(
    x,
    smooth(
      (data) => tf.add(tf.relu(data), tf.log1p(tf.exp(tf.neg(tf.abs(data))))),
      (data) => tf.sigmoid(data),
    ),
  );
}

function difference(call: RunningCall): Value {
  return sub(call.value('input'), call.value('target'));
}

/** Quadratic within `width` of 0, linear outside. */
function huber(x: Value, width: number, factor: number): Value {
  return unary(
    x,
    smooth(
      (data) => {
        const size = tf.abs(data);
        const inside = tf.mul(tf.square(data), 0.5 * factor);
        return tf.where(tf.less(size, width), inside, tf.mul(tf.sub(size, 0.5 * width), width * factor));
      },
      (data) => tf.mul(tf.minimum(tf.maximum(data, -width), width), factor),
    ),
  );
}

function smoothL1(call: RunningCall): Value {
  const beta = call.number('beta');
  const x = difference(call);
  return reduced(call, beta === 0 ? abs(x) : huber(x, beta, 1 / beta));
}

/** `t (log t − x)`, 0 where the target is 0. */
function divergence(call: RunningCall): Value {
  const [input, target] = [call.value('input'), call.value('target')];
  if (call.flag('log_target')) return reduced(call, mul(exp(target), sub(target, input)));
  const entropy = unary(
    target,
    smooth(
      (t) => tf.where(tf.greater(t, 0), tf.mul(t, tf.log(tf.maximum(t, 1e-38))), tf.zerosLike(t)),
      (t) => tf.where(tf.greater(t, 0), tf.add(tf.log(tf.maximum(t, 1e-38)), 1), tf.zerosLike(t)),
    ),
  );
  return reduced(call, sub(entropy, mul(target, input)));
}

function poisson(call: RunningCall): Value {
  if (call.flag('full')) return call.refuse("it adds Stirling's term (full=True)");
  const [input, target] = [call.value('input'), call.value('target')];
  const each = call.flag('log_input')
    ? sub(exp(input), mul(target, input))
    : sub(input, mul(target, log(shift(input, call.number('eps')))));
  return reduced(call, each);
}

function gaussian(call: RunningCall): Value {
  const [input, target, given] = [call.value('input'), call.value('target'), call.value('var')];
  const variance = given.shape.length < input.shape.length ? reshape(given, [...given.shape, 1]) : given;
  const eps = call.number('eps');
  // The bound lets gradients through as if it were not there.
  const bounded = unary(variance, { value: (x) => tf.maximum(x, eps), back: (g) => g });
  const each = scale(add(log(bounded), div(square(sub(input, target)), bounded)), 0.5);
  return reduced(call, call.flag('full') ? shift(each, 0.5 * Math.log(2 * Math.PI)) : each);
}

function hingeEmbedding(call: RunningCall): Value {
  const [input, target] = [call.value('input'), call.value('target')];
  const positive = unary(target, { value: (t) => float(tf.equal(t, 1)) });
  const zero = scalar(0);
  const close = choose(positive, input, zero);
  const negative = unary(target, { value: (t) => float(tf.equal(t, -1)) });
  const far = choose(negative, relu(shift(neg(input), call.number('margin'))), zero);
  return reduced(call, add(close, far));
}

function marginRanking(call: RunningCall): Value {
  const apart = mul(neg(call.value('target')), sub(call.value('input1'), call.value('input2')));
  return reduced(call, relu(shift(apart, call.number('margin'))));
}

function cosineEmbedding(call: RunningCall): Value {
  const similarity = cosine(call.value('input1'), call.value('input2'), -1, 1e-8);
  const target = call.value('target');
  const alike = unary(target, { value: (t) => float(tf.equal(t, 1)) });
  const each = choose(alike, sub(scalar(1), similarity), relu(shift(similarity, -call.number('margin'))));
  return reduced(call, each);
}

function tripletMargin(call: RunningCall): Value {
  const eps = call.number('eps');
  const distance = (a: Value, b: Value): Value => pNorm(shift(sub(a, b), eps), call.number('p'), [-1], false);
  const [anchor, positive, negative] = [call.value('anchor'), call.value('positive'), call.value('negative')];
  const near = distance(anchor, positive);
  let far = distance(anchor, negative);
  if (call.flag('swap')) {
    const other = distance(positive, negative);
    const closer = constant(
      tf.tidy(() => float(pairwise(tf.less, standard(other), other.shape, standard(far), far.shape))),
      far.shape,
    );
    far = choose(closer, other, far);
  }
  return reduced(call, relu(shift(sub(near, far), call.number('margin'))));
}

function multiMargin(call: RunningCall): Value {
  const { scores, rows, classes, shape } = classified(call.value('input'));
  const target = reshape(call.value('target'), [rows, 1]);
  const own = gather(scores, 1, target);
  const apart = relu(shift(sub(scores, own), call.number('margin')));
  const raised = call.number('p') === 2 ? square(apart) : apart;
  const weight = call.state('weight');
  const scaled = weight
    ? mul(raised, gather(expand(reshape(weight, [1, classes]), [rows, classes]), 1, target))
    : raised;
  // The target's own term is a constant that is no part of the sum.
  const places = constant(
    tf.tidy(() => tf.reshape(tf.range(0, classes, 1, 'float32'), [1, classes])),
    [1, classes],
  );
  const others = constant(
    float(pairwise(tf.notEqual, standard(places), [1, classes], standard(target), [rows, 1])),
    [rows, classes],
  );
  return reduced(call, reshape(scale(sum(mul(scaled, others), [1]), 1 / classes), shape));
}

function multiLabelSoft(call: RunningCall): Value {
  const [input, target] = [call.value('input'), call.value('target')];
  const each = add(mul(target, softplus(neg(input))), mul(sub(scalar(1), target), softplus(input)));
  return reduced(call, mean(weighted(call, each), [-1]));
}

export const LOSSES: readonly Executor[] = [
  executor(['CrossEntropyLoss', 'cross_entropy'], crossEntropy),
  executor(['NLLLoss', 'nll_loss'], (call) => {
    const rows = classified(call.value('input'));
    return likelihood(call, rows.scores, rows);
  }),
  executor(['BCELoss', 'binary_cross_entropy'], binaryCrossEntropy),
  executor(['BCEWithLogitsLoss', 'binary_cross_entropy_with_logits'], binaryWithLogits),
  executor(['MSELoss', 'mse_loss'], (call) => reduced(call, square(difference(call)))),
  executor(['L1Loss', 'l1_loss'], (call) => reduced(call, abs(difference(call)))),
  executor(['SmoothL1Loss', 'smooth_l1_loss'], smoothL1),
  executor(['HuberLoss', 'huber_loss'], (call) =>
    reduced(call, huber(difference(call), call.number('delta'), 1)),
  ),
  executor(['KLDivLoss', 'kl_div'], divergence),
  executor(['PoissonNLLLoss', 'poisson_nll_loss'], poisson),
  executor(['GaussianNLLLoss', 'gaussian_nll_loss'], gaussian),
  executor(['SoftMarginLoss', 'soft_margin_loss'], (call) =>
    reduced(call, softplus(neg(mul(call.value('target'), call.value('input'))))),
  ),
  executor(['HingeEmbeddingLoss', 'hinge_embedding_loss'], hingeEmbedding),
  executor(['MarginRankingLoss', 'margin_ranking_loss'], marginRanking),
  executor(['CosineEmbeddingLoss', 'cosine_embedding_loss'], cosineEmbedding),
  executor(['TripletMarginLoss', 'triplet_margin_loss'], tripletMargin),
  executor(['MultiMarginLoss', 'multi_margin_loss'], multiMargin),
  executor(['MultiLabelSoftMarginLoss', 'multilabel_soft_margin_loss'], multiLabelSoft),
];
