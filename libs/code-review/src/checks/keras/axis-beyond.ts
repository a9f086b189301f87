import { argument, arrayFacts, foreignCall, graphShape, isValue, shownShape } from '@tensormark/frameworks';
import type { Called, Datum, GraphShape, Program } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { places, spanOf } from '../../ask/places.js';

/** What goes along one axis of what it is given, with the place of the axis, counted with what it is given. */
const ALONG: Readonly<Record<string, number>> = {
  sum: 1,
  mean: 1,
  std: 1,
  var: 1,
  max: 1,
  min: 1,
  argmax: 1,
  argmin: 1,
  cumsum: 1,
  reduce_sum: 1,
  reduce_mean: 1,
  reduce_max: 1,
  reduce_min: 1,
  reduce_std: 1,
  squeeze: 1,
  softmax: 1,
};

export const axisBeyond: Check = {
  id: 'axis-beyond',
  title: 'An axis that an array does not have',
  severity: 'error',
  why: 'Axes are counted from 0, or from the last with -1: one beyond them raises an error.',
  instead: 'Give one of the axes that the array has.',
  needs: 'An array or tensor whose number of dimensions is known, and an axis that is written down.',
  wrong: [
    `
import numpy as np
from keras.models import Sequential
x = np.random.rand(300, 8)
print(x.std(axis=2))  # <--
`,
    `
import numpy as np
import tensorflow as tf
x = np.random.rand(300, 8)
print(tf.reduce_mean(tf.nn.relu(x), axis=2))  # <--
`,
  ],
  right: [
    `
import numpy as np
import tensorflow as tf
x = np.random.rand(300, 8)
print(x.std(axis=1), x.mean(-2), tf.reduce_mean(tf.nn.relu(x), axis=-1))
`,
    `
import numpy as np
def expected(net, state, values=np.linspace(-10, 10, 51)):
    return np.sum(np.multiply(np.vstack(net.predict(state)), values), axis=1)
`,
  ],
  *run(program: Program): Generator<Found> {
    const said = new Set<number>();
    for (const call of callsNamed(program, ...Object.keys(ALONG))) {
      const at = call.moment.span;
      const [shape, axis, of] = given(call);
      if (shape === undefined || axis === undefined || at === undefined || said.has(at.start)) continue;
      if (axis >= -shape.length && axis < shape.length) continue;
      said.add(at.start);
      yield {
        at,
        message: `Axis ${axis} is asked for of ${shownShape(shape)}, which has ${shape.length === 1 ? 'one axis' : `${shape.length} axes`}.`,
        evidence: [places(['what it is asked of', spanOf(of)])],
      };
    }
  },
};

/** The shape that an axis is asked for of, and the axis. */
function given({ args, name, result }: Called): readonly [GraphShape?, number?, Datum?] {
  const foreign = foreignCall(result);
  const isTensors = foreign !== undefined && !foreign.name.startsWith('numpy.');
  if (isTensors && !foreign.name.startsWith('tensorflow.')) return [];
  const taken = foreign?.args ?? args;
  const of = taken.positional[0];
  const axis = argument(taken, 'axis', ALONG[name]);
  if (!isValue(of) || typeof axis !== 'bigint') return [];
  const shape = isTensors ? graphShape(of) : arrayFacts(of).shape;
  // Of one number there is nothing to go along, which some functions let pass.
  return shape === undefined || shape.length === 0 ? [] : [shape, Number(axis), of];
}
