import { axisOf, graphShape, isValue, optimizerOf } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { fedShape } from '../../ask/fed-shapes.js';
import { graphCall, shortName } from '../../ask/graphs.js';
import { graphRuns, lossOf, trainingSteps } from '../../ask/graph-runs.js';
import { places } from '../../ask/places.js';
import { GRAPH, placeholdersOf } from './graph-training.js';

export const lossSummed: Check = {
  id: 'loss-summed',
  title: 'A loss that is the sum over the batch',
  severity: 'remark',
  why: 'The gradient of a sum grows with the number of examples: the same rate that suits a small batch makes a large one diverge.',
  instead: 'Take the mean over the examples: tf.reduce_mean.',
  needs: 'A step for a sum over all of a tensor whose first size is the batch, or over that axis.',
  wrong: [
    `${GRAPH}
total = tf.reduce_sum(tf.square(tf.matmul(x, w) - y))  # <--
train = tf.train.GradientDescentOptimizer(0.1).minimize(total)
`,
    `${GRAPH}
each = tf.reduce_mean(tf.square(tf.matmul(x, w) - y), axis=1)
total = tf.reduce_sum(each)  # <--
train = tf.train.GradientDescentOptimizer(0.1).minimize(total)
`,
  ],
  right: [
    `${GRAPH}
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
`,
  ],
  *run(program) {
    const said = new Set<Value>();
    for (const step of trainingSteps(program)) {
      const loss = lossOf(program, step);
      const sum = loss && summedIn(loss);
      if (sum?.span === undefined || said.has(sum)) continue;
      said.add(sum);
      const optimizer = optimizerOf(step.args.positional[0]);
      const rate = optimizer?.type === 'SGD' ? (optimizer.rate ?? 0) : 0;
      const isLarge = rate >= 0.05 || rate * (rowsFed(program, sum) ?? 0) >= 2;
      yield {
        at: sum.span,
        ...(isLarge && { severity: 'design' as const }),
        message: 'The loss is summed over the examples of the batch.',
        evidence: [places(['the step', step.moment.span])],
      };
    }
  },
};

/** How many examples are fed at once. */
function rowsFed(program: Program, sum: Value): number | undefined {
  const placeholders = placeholdersOf([sum]);
  for (const { fed } of graphRuns(program))
    for (const [key, value] of fed ?? []) {
      const rows = placeholders.some((one) => one === key) ? fedShape(value)?.[0] : undefined;
      if (rows !== undefined) return rows;
    }
  return undefined;
}

/** A sum over the examples in a loss: over everything, or over the first axis, whatever is done with it after. */
function summedIn(loss: Value, depth = 0): Value | undefined {
  if (depth > 8) return undefined;
  const call = graphCall(loss);
  const within = (datum: Datum | undefined): Value | undefined =>
    isValue(datum) ? summedIn(datum, depth + 1) : undefined;
  if (call === undefined) {
    const { made } = loss;
    if (made.kind !== 'operation' || !/^(sub|neg|add)$/.test(made.name)) return undefined;
    return made.args.positional.map(within).find((one) => one !== undefined);
  }
  const short = shortName(call);
  const [of] = call.args.positional;
  if (/^(negative|identity|reduce_mean)$/.test(short)) return within(of);
  if (/^(add|subtract)$/.test(short))
    return call.args.positional.map(within).find((one) => one !== undefined);
  if (short !== 'reduce_sum' || placeholdersOf([loss]).length === 0) return undefined;
  const axis = axisOf(call);
  const shape = graphShape(of);
  if (axis === null) return shape?.length === 0 || (shape?.[0] ?? 0) > 0 ? undefined : loss;
  return axis === 0 &&
    shape !== undefined &&
    shape.length === 2 &&
    shape[0] === undefined &&
    (shape[1] ?? 0) > 1
    ? loss
    : undefined;
}
