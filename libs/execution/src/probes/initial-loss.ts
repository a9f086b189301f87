import { classCount, drawBatch } from '../training/objective.js';
import { lossAlone, take } from '../training/pass.js';
import { NotApplicable } from '../training/objective.js';
import { measured, type Probe } from './probe.js';

/** So many independent batches: one batch's loss alone says little. */
const BATCHES = 5;

/** The loss of the network as it starts, beside what guessing evenly costs: ln C (Karpathy's first check). */
export const initialLoss: Probe<'initial-loss'> = {
  id: 'initial-loss',
  async measure({ plans, state, objective, random }) {
    if (objective.kind === 'probe') throw new NotApplicable('no loss is known');
    const losses: number[] = [];
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const own = random.stream('batch', batch);
      const drawn = drawBatch(plans.training, objective, own);
      const loss = lossAlone(plans.training, state, drawn, objective, {
        training: true,
        random: own.stream('pass'),
      });
      losses.push((await take(loss))[0] ?? Number.NaN);
    }
    const classes = classCount(objective);
    return {
      loss: measured(losses.reduce((total, loss) => total + loss, 0) / losses.length),
      losses: losses.map(measured),
      ...(classes !== undefined && { classes, expected: Number(Math.log(classes).toPrecision(6)) }),
    };
  },
};
