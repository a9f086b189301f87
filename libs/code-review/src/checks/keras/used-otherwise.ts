import type { Example, Used } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { evidenceOf, shown } from './shape-words.js';
import { agrees, isAlike, same } from './shapes-alike.js';

/** What is predicted from or measured, where it has not the shape that the network is made for. */
export function* usedOtherwise(
  wanted: Example,
  uses: readonly Pick<Used, 'inputs' | 'moment'>[],
): Generator<Found> {
  const said = new Set<number>();
  for (const { inputs, moment } of uses) {
    const given = inputs.shape?.slice(1);
    const at = moment.span;
    if (given === undefined || at === undefined || said.has(at.start)) continue;
    if (isAlike(wanted, given) || agrees(wanted, given)) continue;
    said.add(at.start);
    const isSingle = given.length === wanted.length - 1 && same(wanted, inputs.shape ?? []);
    yield {
      at,
      message: isSingle
        ? `One example of ${shown(wanted)} is handed on here, with no batch around it.`
        : `The network takes examples of ${shown(wanted)}, and is given ${shown(given)} here.`,
      evidence: [...evidenceOf('an example', given)],
    };
  }
}
