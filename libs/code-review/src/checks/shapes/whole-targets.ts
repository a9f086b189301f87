import { isValue } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import { comesOf } from '../../ask/ancestry.js';
import { numbersOf } from '../../ask/facts.js';
import { lossesNamed, titleOf } from '../../ask/losses.js';
import { places } from '../../ask/places.js';
import { backwardsOf } from '../../ask/training.js';
import type { Found } from '../../check.js';

/**
 * Whole numbers as targets of losses whose gradient has the type of the targets, where a shape is not known; where both
 * are, reading itself meets the error.
 */
export function* wholeTargets(program: Program): Generator<Found> {
  for (const loss of lossesNamed(program, 'mse_loss', 'huber_loss')) {
    const { input, target } = loss;
    const at = loss.moment.span;
    if (input === undefined || !isValue(target) || at === undefined || numbersOf(target) !== 'int64')
      continue;
    if (input.shape !== undefined && target.shape !== undefined) continue;
    const isOfNetwork = comesOf(input, ({ made }) => made.kind === 'layer');
    const isLearned = backwardsOf(program).some(
      ({ on }) => on !== undefined && comesOf(on, (value) => value === loss.result),
    );
    if (!isOfNetwork || !isLearned) continue;
    yield {
      at,
      message: `${titleOf(loss)} takes targets that are floating point, and is given int64: backward() raises an error.`,
      evidence: [
        places(['the targets', target.span]),
        { kind: 'error', type: 'RuntimeError', message: 'Found dtype Long but expected Float', exact: true },
      ],
    };
  }
}
