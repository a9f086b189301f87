import type { Found } from '../../check.js';
import { fitsAfter, usesAfter } from '../../ask/keras.js';
import type { Taught, Trained } from '../../ask/keras.js';
import { places, spanOf } from '../../ask/places.js';
import type { Wrong } from './labels-any-units.js';

/** Labels to validate or evaluate with of another kind than those that are learned from, which go with the loss. */
export function* labelsElsewhere(
  trained: Trained,
  wrongWith: (trained: Trained, fit: Taught) => Wrong | undefined,
): Generator<Found> {
  for (const fit of fitsAfter(trained)) {
    const learned = fit.targets.targets?.kind;
    if (learned === undefined || wrongWith(trained, fit) !== undefined) continue;
    const { validation } = fit;
    const others = [
      ...(validation === undefined ? [] : [{ ...validation, moment: fit.moment }]),
      ...usesAfter(trained).filter(({ kind, moment }) => kind === 'evaluate' && moment.at > fit.moment.at),
    ];
    for (const { x, y, inputs, targets, moment } of others) {
      if (targets.targets === undefined || targets.targets.kind === learned) continue;
      const wrong = wrongWith(trained, { ...fit, x, y, inputs, targets, validation: undefined });
      const at = spanOf(y) ?? moment.span;
      if (wrong?.severity !== 'error' || at === undefined) continue;
      yield {
        at: moment.span ?? at,
        message: `${wrong.message} Those that are learned from are of another kind.`,
        evidence: [places(['the labels', at], ['the loss', trained.compiled.moment.span])],
      };
      return;
    }
  }
}
