import type { ExecutionPlan } from '../plan/plan.js';
import { drawBatch } from '../training/objective.js';
import { free, lossPass, take } from '../training/pass.js';
import type { Measurements } from './measurements.js';
import { largestOf, measured, rootMeanSquare, type Probe } from './probe.js';

/** A gradient that is 0 on one batch by chance is not on several. */
const BATCHES = 3;

/** Whether each parameter gets a gradient, and how its size goes with depth. */
export const gradientFlow: Probe<'gradients'> = {
  id: 'gradients',
  async measure({ plans, state, objective, random }) {
    const plan = plans.training;
    const totals = plan.parameters.map(() => ({ reached: false, squares: 0, largest: 0 }));
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const own = random.stream('batch', batch);
      const passed = lossPass(plan, state, drawBatch(plan, objective, own), objective, {
        training: true,
        random: own.stream('pass'),
      });
      free(passed.loss, ...passed.outputs, ...passed.buffers.values());
      for (const [at, data] of passed.gradients) {
        const values = await take(data);
        const total = totals[at];
        if (!total) continue;
        total.reached = true;
        total.squares += rootMeanSquare(values) ** 2;
        const largest = largestOf(values);
        total.largest = Number.isNaN(largest) ? largest : Math.max(total.largest, largest);
      }
    }
    const depths = depthsOf(plan);
    const parameters = [];
    for (const [at, parameter] of plan.parameters.entries()) {
      const { names, role, shape, trainable, place } = parameter;
      const name = names[0];
      const total = totals[at];
      if (name === undefined || !total) continue;
      const own = await state.parameters[at]?.data();
      const depth = depths.get(at);
      parameters.push({
        parameter: name,
        role,
        elements: shape.reduce((count, size) => count * size, 1),
        trainable,
        state: stateOf(total),
        size: measured(Math.sqrt(total.squares / BATCHES)),
        parameterSize: measured(rootMeanSquare(own ?? [])),
        ...(depth !== undefined && { depth }),
        ...(place && { place }),
      });
    }
    const slope = slopeOf(parameters);
    return { parameters, batches: BATCHES, ...(slope !== undefined && { slope }) };
  },
};

type Row = Measurements['gradients']['parameters'][number];

function stateOf({
  reached,
  largest,
}: {
  readonly reached: boolean;
  readonly largest: number;
}): Row['state'] {
  if (!reached) return 'unreached';
  if (!Number.isFinite(largest)) return 'not-finite';
  return largest === 0 ? 'zero' : 'flows';
}

/** Calls with parameters are counted in the order of execution; a parameter has the place of the first that uses it. */
function depthsOf(plan: ExecutionPlan): ReadonlyMap<number, number> {
  const depths = new Map<number, number>();
  let depth = 0;
  for (const step of plan.steps) {
    const used =
      step.kind === 'call'
        ? Object.values(step.parameters)
        : step.kind === 'state' && 'parameter' in step.of
          ? [step.of.parameter]
          : [];
    if (used.length === 0) continue;
    for (const at of used) if (!depths.has(at)) depths.set(at, depth);
    depth += 1;
  }
  return depths;
}

/** Least squares of log10 of the gradient's size against depth, from 0 to 1. */
function slopeOf(rows: readonly Row[]): number | undefined {
  const points = rows.flatMap(({ role, elements, depth, state, size }) =>
    role === 'weight' && elements > 1 && state === 'flows' && depth !== undefined && Number(size) > 0
      ? [{ x: depth, y: Math.log10(Number(size)) }]
      : [],
  );
  const last = Math.max(...points.map(({ x }) => x));
  if (points.length < 3 || !(last > 0)) return undefined;
  const meanX = points.reduce((total, { x }) => total + x / last, 0) / points.length;
  const meanY = points.reduce((total, { y }) => total + y, 0) / points.length;
  let covariance = 0;
  let variance = 0;
  for (const { x, y } of points) {
    covariance += (x / last - meanX) * (y - meanY);
    variance += (x / last - meanX) ** 2;
  }
  return variance === 0 ? undefined : Number((covariance / variance).toPrecision(4));
}
