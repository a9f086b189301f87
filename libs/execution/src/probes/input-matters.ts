import { drawInputs, type HostTensor } from '../training/objective.js';
import { forwardPass, take } from '../training/pass.js';
import { measured, relativeDifference, type Probe } from './probe.js';

/** Whether other inputs give other outputs. */
export const inputMatters: Probe<'input-matters'> = {
  id: 'input-matters',
  async measure({ plans, state, random }) {
    const plan = plans.evaluation ?? plans.training;
    const training = plans.evaluation === undefined;
    const inputs = drawInputs(plan, random.stream('first'));
    const others = drawInputs(plan, random.stream('second'));
    const run = async (given: readonly HostTensor[]): Promise<readonly Float32Array[]> => {
      const { outputs } = forwardPass(plan, state, given, { training, random: random.stream('pass') });
      const read: Float32Array[] = [];
      for (const data of outputs) read.push(await take(data));
      return read;
    };
    const before = await run(inputs);
    const apart = (after: readonly Float32Array[]): number =>
      before.reduce((largest, values, at) => {
        const difference = relativeDifference(values, after[at] ?? values);
        return Number.isNaN(difference) ? difference : Math.max(largest, difference);
      }, 0);
    const spread = apart(await run(others));
    const influences = [];
    for (const [at, { name }] of plan.inputs.entries()) {
      const changed = inputs.map((input, other) => (other === at ? (others[other] ?? input) : input));
      influences.push({ name, influence: measured(apart(await run(changed))) });
    }
    return { spread: measured(spread), inputs: influences };
  },
};
