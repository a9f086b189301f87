import { Optimiser } from '../training/optimiser.js';
import {
  classCount,
  classesOf,
  comparedOutput,
  drawBatch,
  NotApplicable,
  type Batch,
} from '../training/objective.js';
import { free, lossPass, take } from '../training/pass.js';
import type { Measurements } from './measurements.js';
import { measured, type Probe, type ProbeContext } from './probe.js';

/** Fitted: the loss has come down to this share of where guessing evenly, or the start, has it. */
const FITTED = 0.05;

/** A network that learns anything can learn one small batch by heart. */
export const overfit: Probe<'overfit'> = {
  id: 'overfit',
  async measure(context) {
    const { plans, state, objective, optimiser, random } = context;
    if (objective.kind === 'probe') throw new NotApplicable('no loss is known');
    const plan = plans.training;
    const batch = drawBatch(plan, objective, random);
    const trained = state.copy();
    const mover = new Optimiser(optimiser, plan);
    try {
      return await fit(context, batch, trained, mover);
    } finally {
      mover.dispose();
      trained.dispose();
    }
  },
};

type Overfit = Measurements['overfit'];

async function fit(
  { plans, objective, optimiser, optimiserGiven, overfitSteps, random, now, until }: ProbeContext,
  batch: Batch,
  state: ProbeContext['state'],
  mover: Optimiser,
): Promise<Overfit> {
  const plan = plans.training;
  const losses: number[] = [];
  let ended: Overfit['ended'] = 'steps';
  let target = 0;
  let accuracy: number | undefined;
  for (let step = 0; step <= overfitSteps; step += 1) {
    const passed = lossPass(plan, state, batch, objective, {
      training: true,
      random: random.stream('step', step),
    });
    const loss = (await passed.loss.data())[0] ?? Number.NaN;
    losses.push(loss);
    accuracy = await accuracyOf(plans, objective, batch, passed.outputs);
    if (step === 0) target = FITTED * (guessing(objective) ?? Math.abs(loss));
    const over = endOf(loss, target, step, overfitSteps, now() > until);
    if (over === undefined) mover.step(state, passed.gradients);
    free(passed.loss, ...passed.outputs, ...passed.gradients.values());
    for (const [at, data] of passed.buffers) state.setBuffer(at, data);
    if (over !== undefined) {
      ended = over;
      break;
    }
  }
  return {
    optimiser,
    given: optimiserGiven,
    batch: plans.batch,
    losses: losses.map(measured),
    first: measured(losses[0] ?? Number.NaN),
    last: measured(losses.at(-1) ?? Number.NaN),
    least: measured(Math.min(...losses.filter((loss) => !Number.isNaN(loss)))),
    ...(accuracy !== undefined && { accuracy }),
    ended,
    target: Number(target.toPrecision(4)),
  };
}

function endOf(
  loss: number,
  target: number,
  step: number,
  most: number,
  late: boolean,
): Overfit['ended'] | undefined {
  if (!Number.isFinite(loss)) return 'not-finite';
  if (loss <= target) return 'fitted';
  if (step === most) return 'steps';
  return late ? 'time' : undefined;
}

function guessing(objective: ProbeContext['objective']): number | undefined {
  const classes = classCount(objective);
  return classes === undefined || classes < 2 ? undefined : Math.log(classes);
}

/** The share of places whose highest score is the target's. */
async function accuracyOf(
  { training: plan }: ProbeContext['plans'],
  objective: ProbeContext['objective'],
  { target }: Batch,
  outputs: readonly Parameters<typeof take>[0][],
): Promise<number | undefined> {
  if (classCount(objective) === undefined || objective.kind !== 'loss' || !target) return undefined;
  const shape = comparedOutput(plan, objective)?.shape;
  const data = outputs[objective.output];
  if (!shape || !data) return undefined;
  const scores = await data.data();
  const { classes } = classesOf(shape);
  const inner = shape.slice(shape.length === 1 ? 1 : 2).reduce((product, size) => product * size, 1);
  let right = 0;
  for (const [at, wanted] of target.values.entries()) {
    const start = Math.floor(at / inner) * classes * inner + (at % inner);
    let best = 0;
    for (let each = 1; each < classes; each += 1)
      if ((scores[start + each * inner] ?? 0) > (scores[start + best * inner] ?? 0)) best = each;
    if (best === wanted) right += 1;
  }
  return Number((right / target.values.length).toPrecision(4));
}
