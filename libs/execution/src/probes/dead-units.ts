import * as tf from '@tensorflow/tfjs-core';
import { as, maximum, type Data } from '../engine/arrays.js';
import { tidied } from '../engine/scope.js';
import { identity } from '../engine/shape.js';
import { standard, type Value } from '../engine/value.js';
import type { CallStep } from '../plan/plan.js';
import { drawInputs } from '../training/objective.js';
import { forwardPass, free, take } from '../training/pass.js';
import { siteOf, type Probe } from './probe.js';

const BATCHES = 6;

/** Rectifiers, whose units are dead where they give 0 for everything. */
const RECTIFIERS = new Set(['ReLU', 'relu', 'ReLU6', 'relu6', 'Threshold', 'threshold']);
/** Where a sigmoid's or a tangent's middle lies, and how far from it a unit is saturated: within 1 % of a bound. */
const SATURATING: Readonly<Record<string, { readonly middle: number; readonly far: number }>> = {
  Sigmoid: { middle: 0.5, far: 0.49 },
  sigmoid: { middle: 0.5, far: 0.49 },
  Tanh: { middle: 0, far: 0.98 },
  tanh: { middle: 0, far: 0.98 },
};

interface Watched {
  readonly step: CallStep;
  readonly kind: 'zero' | 'saturated';
  /** By unit, whether it was alive in some batch. */
  readonly alive: boolean[];
}

/** Units that give the same whatever comes in. */
export const deadUnits: Probe<'dead-units'> = {
  id: 'dead-units',
  async measure({ plans, state, random }) {
    const plan = plans.training;
    const watched = new Map<number, Watched>();
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const own = random.stream('batch', batch);
      const seen: CallStep[] = [];
      const passed = forwardPass(plan, state, drawInputs(plan, own), {
        training: true,
        random: own.stream('pass'),
        watch: (step, [value]) => {
          const data = value && signOfLife(step, value);
          if (!data) return [];
          seen.push(step);
          return [data];
        },
      });
      free(...passed.outputs);
      for (const [at, data] of passed.watched.entries()) {
        const step = seen[at];
        if (!step) continue;
        const values = await take(data);
        const kind = RECTIFIERS.has(step.operation) ? 'zero' : 'saturated';
        const known = watched.get(step.id) ?? { step, kind, alive: [] };
        watched.set(step.id, known);
        for (const [unit, value] of values.entries())
          known.alive[unit] = (known.alive[unit] ?? false) || value !== 0;
      }
    }
    return {
      activations: [...watched.values()].map(({ step, kind, alive }) => ({
        ...siteOf(step),
        kind,
        units: alive.length,
        dead: alive.filter((unit) => !unit).length,
      })),
      batches: BATCHES,
    };
  },
};

/** By unit, something other than 0 where it lives. */
function signOfLife(step: CallStep, value: Value): Data | undefined {
  const saturating = SATURATING[step.operation];
  if (!saturating && !RECTIFIERS.has(step.operation)) return undefined;
  const { shape } = value;
  if (shape.length < 2) return undefined;
  // Maps and rows have their units second; sequences of features have them last.
  const unit = shape.length === 3 ? 2 : 1;
  const axes = identity(shape.length).filter((axis) => axis !== unit);
  return tidied(() => {
    const flat = as(standard(value), [value.data.size]);
    const alive = saturating
      ? tf.cast(tf.lessEqual(tf.abs(tf.sub(flat, saturating.middle)), saturating.far), 'float32')
      : tf.abs(flat);
    return maximum(alive, shape, axes);
  });
}
