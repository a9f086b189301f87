import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import { places } from '../../ask/places.js';
import { callsOf, statementAt, targetsOf } from '../../ask/tree.js';
import { writtenArgument } from '../../ask/torch-calls.js';
import type { Check } from '../../check.js';

const TRAINED = (minimize: string): string => `
import tensorflow as tf
x, y = tf.placeholder(tf.float32, [None, 4]), tf.placeholder(tf.float32, [None, 1])
loss = tf.reduce_mean(tf.square(tf.layers.dense(x, 1) - y))
step = tf.Variable(0, trainable=False)
rate = tf.train.exponential_decay(0.1, step, 1000, 0.96)${minimize.includes('step') ? '' : '  # <--'}
train = tf.train.GradientDescentOptimizer(rate).${minimize}
`;

export const decayUnstepped: Check = {
  id: 'decay-unstepped',
  title: 'A learning rate that falls by a step nobody counts',
  severity: 'warning',
  why: 'The rate is worked out of the step, and that stays 0: nothing adds to it, so that the rate never falls.',
  instead: 'Give the step to the optimiser, which counts it: optimizer.minimize(loss, global_step=step).',
  needs: 'A schedule of tf.train with a variable of the program’s own, and optimisers that are given none.',
  wrong: [TRAINED('minimize(loss)')],
  right: [TRAINED('minimize(loss, global_step=step)'), TRAINED('minimize(loss, step)')],
  *run(program) {
    if (
      !/\b(exponential|polynomial|cosine|natural_exp|inverse_time|piecewise)_(decay|constant\w*)\(/.test(
        program.source,
      )
    )
      return;
    for (const call of callsOf(program)) {
      const schedule = SCHEDULE.exec(call.callee.span.text)?.[1];
      if (schedule === undefined) continue;
      const step = schedule.startsWith('piecewise')
        ? writtenArgument(call, 0, 'x')
        : writtenArgument(call, 1, 'global_step');
      if (step?.kind !== 'Name' || !isOwnVariable(program, step) || isCounted(program, step.id)) continue;
      yield {
        at: call.span,
        message: `Nothing counts ${step.id}, so that the rate stays what it is at the start.`,
        evidence: [places(['the step', step.span])],
      };
    }
  },
};

const SCHEDULE =
  /^tf\.(?:compat\.v1\.)?train\.(exponential_decay|polynomial_decay|cosine_decay|natural_exp_decay|inverse_time_decay|piecewise_constant)$/;

/** Whether it is a variable that the program makes, once. */
function isOwnVariable(program: Program, { id }: tree.Name): boolean {
  const made = callsOf(program).filter(({ callee, span }) => {
    if (!/(^|\.)(Variable|get_variable|create_global_step|get_or_create_global_step)$/.test(callee.span.text))
      return false;
    const statement = statementAt(program, span);
    return statement !== undefined && targetsOf(statement).includes(id);
  });
  return made.length === 1;
}

/** Whether anything but schedules is given the step, by which it could be counted. */
function isCounted({ source }: Program, name: string): boolean {
  const rest = source
    .replaceAll(/#[^\n]*/g, '')
    .replaceAll(/\b\w+_(?:decay|constant)\([^()]*(?:\([^()]*\)[^()]*)*\)/g, '');
  const said = rest.match(new RegExp(String.raw`\b${name}\b`, 'g'))?.length ?? 0;
  return said > 1 || /global_step/.test(rest.replaceAll(new RegExp(String.raw`\b${name}\b`, 'g'), ''));
}
