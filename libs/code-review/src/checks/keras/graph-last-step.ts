import { argument, isValue } from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { everyGraphCall, graphCall } from '../../ask/graphs.js';
import { places, spanOf } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

const STEPS = `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 20, 8])
w = tf.Variable(tf.truncated_normal([64, 5], stddev=0.1))
cell = tf.nn.rnn_cell.BasicLSTMCell(64)
`;

/** `outputs[-1]` of what `dynamic_rnn` gives with the examples first. */
export const lastStepInGraphs: KerasPart = {
  why: 'dynamic_rnn gives (batch, steps, units) unless time_major is set: [-1] is all steps of the last example, and one row for each step goes on.',
  instead: 'Take outputs[:, -1], or the state that dynamic_rnn gives second.',
  wrong: [
    `${STEPS}
outputs, state = tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)
scores = tf.matmul(outputs[-1], w)  # <--
`,
  ],
  right: [
    `${STEPS}
outputs, state = tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)
scores = tf.matmul(outputs[:, -1], w)
turned = tf.transpose(outputs, [1, 0, 2])
others = tf.matmul(turned[-1], w)
`,
    `${STEPS}
outputs, state = tf.nn.dynamic_rnn(cell, tf.transpose(x, [1, 0, 2]), dtype=tf.float32, time_major=True)
scores = tf.matmul(outputs[-1], w)
`,
  ],
  *run(program: Program): Generator<Found> {
    if (!program.source.includes('dynamic_rnn')) return;
    const said = new Set<number>();
    for (const { value } of everyGraphCall(program))
      for (const part of value.inputs) {
        const { made, span } = part;
        if (made.kind !== 'operation' || made.name !== 'getitem' || span === undefined) continue;
        const [from, key] = made.args.positional;
        const run = key === -1n ? stepsOf(from) : undefined;
        if (run === undefined || said.has(span.start)) continue;
        said.add(span.start);
        yield {
          at: span,
          message:
            'This is the last example of the batch, with all its steps, and not the last step of each.',
          evidence: [places(['the recurrent network', spanOf(run)])],
        };
      }
  },
};

/** The `dynamic_rnn`, with the examples first, whose outputs at each step a value is. */
function stepsOf(datum: Datum | undefined): Datum | undefined {
  if (!isValue(datum) || datum.made.kind !== 'operation' || datum.made.name !== 'unpacked') return undefined;
  const [from, which] = datum.made.args.positional;
  const call = which === 0n ? graphCall(from) : undefined;
  if (call?.name !== 'nn.dynamic_rnn' || argument(call.args, 'time_major', 7) !== undefined) return undefined;
  return from;
}
