import { drawBatch } from '../training/objective.js';
import { free, lossPass } from '../training/pass.js';
import { Optimiser } from '../training/optimiser.js';
import { measured, type Probe } from './probe.js';

const STEPS = 2;

/** How far the optimiser moves each parameter. */
export const parametersMove: Probe<'parameters-move'> = {
  id: 'parameters-move',
  async measure({ plans, state, objective, optimiser, random }) {
    const plan = plans.training;
    const moved = state.copy();
    const mover = new Optimiser(optimiser, plan);
    try {
      for (let step = 0; step < STEPS; step += 1) {
        const own = random.stream('batch', step);
        const passed = lossPass(plan, moved, drawBatch(plan, objective, own), objective, {
          training: true,
          random: own.stream('pass'),
        });
        mover.step(moved, passed.gradients);
        free(passed.loss, ...passed.outputs, ...passed.gradients.values());
        for (const [at, data] of passed.buffers) moved.setBuffer(at, data);
      }
      const parameters = [];
      for (const [at, { names, trainable }] of plan.parameters.entries()) {
        const name = names[0];
        const [before, after] = [await state.parameters[at]?.data(), await moved.parameters[at]?.data()];
        if (name === undefined || !before || !after) continue;
        parameters.push({ parameter: name, trainable, ...changeOf(before, after) });
      }
      return { optimiser, steps: STEPS, parameters };
    } finally {
      mover.dispose();
      moved.dispose();
    }
  },
};

function changeOf(before: ArrayLike<number>, after: ArrayLike<number>) {
  let largest = 0;
  let squares = 0;
  let size = 0;
  for (let at = 0; at < before.length; at += 1) {
    const was = before[at] ?? 0;
    const change = Math.abs((after[at] ?? 0) - was);
    largest = Number.isNaN(change) ? change : Math.max(largest, change);
    squares += change ** 2;
    size += was ** 2;
  }
  const relative = squares === 0 ? 0 : Math.sqrt(squares / (size === 0 ? 1 : size));
  return { change: measured(largest), relative: measured(relative) };
}
