import { drawInputs } from '../training/objective.js';
import { forwardPass, take } from '../training/pass.js';
import { measured, outputShapes, type Probe } from './probe.js';

/** Whether it runs at all, and how large what it gives is. */
export const forward: Probe<'forward'> = {
  id: 'forward',
  async measure({ plans, state, random, now }) {
    const plan = plans.training;
    const inputs = drawInputs(plan, random);
    const start = now();
    const passed = forwardPass(plan, state, inputs, { training: true, random: random.stream('pass') });
    const outputs = [];
    for (const data of passed.outputs) {
      const values = await take(data);
      outputs.push(summary(values));
    }
    const milliseconds = Math.round(now() - start);
    const shapes = outputShapes(plan);
    return {
      outputs: outputs.map((output, at) => ({ ...output, shape: shapes[at] ?? [] })),
      milliseconds,
    };
  },
};

function summary(values: Float32Array) {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  let total = 0;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
    total += value;
  }
  const mean = total / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return {
    least: measured(least),
    most: measured(most),
    mean: measured(mean),
    deviation: measured(Math.sqrt(squares / values.length)),
  };
}
