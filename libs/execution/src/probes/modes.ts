import type { ExecutionPlan } from '../plan/plan.js';
import { drawInputs, NotApplicable, type HostTensor } from '../training/objective.js';
import { forwardPass, take } from '../training/pass.js';
import { behaviourOf } from './behaviour.js';
import type { Measurements } from './measurements.js';
import { measured, relativeDifference, siteOf, type Probe, type ProbeContext } from './probe.js';

type Active = Measurements['modes']['active'][number];

/** Training and evaluation should differ where something is random or batch statistics are used, and nowhere else. */
export const modes: Probe<'modes'> = {
  id: 'modes',
  async measure(context) {
    const { plans, random } = context;
    const { training, evaluation } = plans;
    if (!evaluation) throw new NotApplicable('there is no trace in evaluation mode');
    const inputs = drawInputs(training, random);
    const evaluated = await run(context, evaluation, inputs, false, 'first');
    const again = await run(context, evaluation, inputs, false, 'second');
    const trained = await run(context, training, inputs, true, 'first');
    const trainedAgain = await run(context, training, inputs, true, 'second');
    return {
      evaluationRepeats: measured(apart(evaluated, again)),
      trainingRepeats: measured(apart(trained, trainedAgain)),
      difference: measured(apart(evaluated, trained)),
      active: [...activeIn(training, true), ...activeIn(evaluation, false)],
    };
  },
};

async function run(
  { state, random }: ProbeContext,
  plan: ExecutionPlan,
  inputs: readonly HostTensor[],
  training: boolean,
  word: string,
): Promise<readonly Float32Array[]> {
  const { outputs } = forwardPass(plan, state, inputs, { training, random: random.stream(word) });
  const read: Float32Array[] = [];
  for (const data of outputs) read.push(await take(data));
  return read;
}

function apart(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  return a.reduce((largest, values, at) => {
    const difference = relativeDifference(values, b[at] ?? values);
    return Number.isNaN(difference) ? difference : Math.max(largest, difference);
  }, 0);
}

function activeIn(plan: ExecutionPlan, training: boolean): readonly Active[] {
  return plan.steps.flatMap((step) => {
    const behaviour = step.kind === 'call' ? behaviourOf(step, training) : undefined;
    return step.kind === 'call' && behaviour
      ? [{ ...siteOf(step), mode: training ? ('training' as const) : ('evaluation' as const), behaviour }]
      : [];
  });
}
