import { isInside, isValue, turnsOf } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { callsOfUnknown, eventsOf } from '../../ask/events.js';
import { learnerAsked } from '../../ask/learners.js';
import { isOverTests } from '../../ask/over-tests.js';
import { places } from '../../ask/places.js';
import { backwardsOf } from '../../ask/training.js';

/**
 * A network of another file that a program trains, puts into training mode again and again, as only one needs it that acts otherwise
 * in evaluation, and never puts into that: where it is asked over a loader to test with.
 */
export function* learnersInTraining(program: Program): Generator<Found> {
  if (/\.train\s*\(\s*(False|mode\b|\w*train\w*)|monte|uncertain|\bfreeze_bn/i.test(program.source)) return;
  const put = eventsOf(program, 'mode').find(({ of, training, moment }) => {
    return training === true && isValue(of) && turnsOf(moment).length > 0;
  });
  const others = eventsOf(program, 'mode').filter(({ training }) => training !== true);
  const backwards = backwardsOf(program);
  if (put === undefined || backwards.length === 0) return;
  for (const { result, moment } of callsOfUnknown(program)) {
    const { span } = moment;
    const loop = turnsOf(moment)[0]?.loop;
    if (!isValue(result) || span === undefined || loop === undefined) continue;
    if (span.source.file !== program.file || backwards.some((event) => isInside(event.moment, loop)))
      continue;
    if (!isOverTests(program, span) || learnerAsked(program, result) === undefined) continue;
    const epochs = turnsOf(moment).at(-1)?.loop ?? loop;
    if (others.some((mode) => mode.moment.at < moment.at || isInside(mode.moment, epochs))) continue;
    yield {
      at: span,
      message:
        'The network is put into training mode for every epoch, and into evaluation mode nowhere before: it is evaluated here as it is trained.',
      evidence: [places(['it is put into training mode', put.moment.span])],
    };
    return;
  }
}
