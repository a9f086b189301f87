import { foreignName, isRandom, isValue, transformsIn } from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { dataOf } from '../../ask/data-sets.js';
import { isOfTesting } from '../../ask/gone-over.js';
import { places } from '../../ask/places.js';
import { classesOf, statementsOf, targetsOf } from '../../ask/tree.js';

/** A data set of the program's own, by its name one to test with, that is given transforms of which one is random. */
export function* augmentedTests(program: Program): Generator<Found> {
  if (!/Random/.test(program.source) || !/torchvision/.test(program.source)) return;
  // Of published sets whose transforms are known the check itself tells.
  if (program.loaders.some((loader) => dataOf(loader)?.transforms?.some(isRandom) === true)) return;
  const own = classesOf(program).filter(({ bases }) =>
    bases.some(({ span }) => span.text.endsWith('Dataset')),
  );
  const random = new Map<string, Datum>();
  for (const made of statementsOf(program)) {
    const [name, ...more] = targetsOf(made);
    if (made.kind !== 'Assign' || name === undefined || more.length > 0 || !isOfTesting(name)) continue;
    if (!/Compose\(/.test(made.value.span.text) || /train/i.test(name)) continue;
    const call = callsNamed(program, '').find(({ moment }) => moment.span?.start === made.value.span.start);
    if (call?.result !== undefined) random.set(name, call.result);
  }
  for (const [name, transforms] of random) {
    const drawn = isValue(transforms)
      ? transformsIn(transforms)?.find(({ name: one }) =>
          /^(Random(?!Apply|Choice|Order)|ColorJitter|AutoAugment)/.test(one),
        )
      : undefined;
    if (drawn?.span === undefined || foreignName(transforms) !== undefined) continue;
    const isGiven = new RegExp(
      String.raw`\b(${[...own.map(({ name: cls }) => cls), 'ImageFolder', String.raw`\w*[dD]ataset\w*`, String.raw`datasets\.\w+`].join('|')})\([^)]*(?<!\w)${name}\b`,
    );
    const given = statementsOf(program).find(
      (one) =>
        (one.kind === 'Assign' || one.kind === 'Expr' || one.kind === 'Return') &&
        isGiven.test(one.span.text),
    );
    if (given === undefined) continue;
    yield {
      at: drawn.span,
      message: `${name} goes through ${drawn.name}, which gives another picture each time.`,
      evidence: [places(['it is given here', given.span])],
    };
  }
}
