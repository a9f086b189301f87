import type { Program, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { layerMakings } from '../../ask/makings.js';
import { otherNumber } from '../../ask/fixes.js';
import { oncePerProgram } from '../../ask/once.js';
import { places } from '../../ask/places.js';
import { channelsOf, featuresOf } from '../../ask/widths.js';
import type { ErrorCheck } from '../../ask/error-check.js';

/** What a kind of layer takes, and how that is told of a value whose shape is not known. */
const TAKES = [
  {
    check: 'shape-linear-in',
    layer: 'Linear',
    argument: 'in_features',
    unit: 'features',
    widthOf: featuresOf,
  },
  {
    check: 'shape-conv-channels',
    layer: 'Conv2d',
    argument: 'in_channels',
    unit: 'channels',
    widthOf: channelsOf,
  },
  {
    check: 'bn-features',
    layer: 'BatchNorm2d',
    argument: 'num_features',
    unit: 'channels',
    widthOf: channelsOf,
  },
] as const;

/** The same check where shapes are unknown too: by the layer that the input comes of. */
export function followingWidths(check: ErrorCheck): Check {
  return {
    ...check,
    *run(program) {
      const found = [...check.run(program)];
      yield* found;
      const lines = new Set(found.map(({ at }) => at.start));
      for (const one of mismatches(program, check.id)) if (!lines.has(one.at.start)) yield one;
    },
  };
}

/** What layers gave where their input's shape, or the layer itself, is not known; where all is, what PyTorch would raise tells. */
const untold = oncePerProgram((program): readonly Value[] =>
  layerMakings(program).filter(
    ({ made, inputs: [input] }) =>
      made.kind === 'layer' && (input?.shape === undefined || made.module.layer === undefined),
  ),
);

function* mismatches(program: Program, id: string): Generator<Found> {
  const rule = TAKES.find(({ check }) => check === id);
  if (rule === undefined) return;
  const seen = new Set<number>();
  for (const value of untold(program)) {
    const { made, inputs } = value;
    const [input] = inputs;
    if (made.kind !== 'layer' || made.name !== rule.layer || input === undefined) continue;
    const wanted = made.module.sizes[rule.argument];
    const width = rule.widthOf(input);
    const at = made.module.span;
    if (typeof wanted !== 'number' || width === undefined || width.size === wanted || at === undefined)
      continue;
    if (seen.has(at.start)) continue;
    seen.add(at.start);
    const fix = otherNumber(program, made.module, {
      name: rule.argument,
      position: 0,
      from: wanted,
      to: width.size,
    });
    yield {
      at,
      message: `This ${made.name} takes ${wanted} ${rule.unit} and is given ${width.size}.`,
      evidence: [
        places(['it is called here', value.span], ['the layer before it', width.layer.span]),
        {
          kind: 'numbers',
          numbers: [
            { what: `${rule.unit} it takes`, value: wanted },
            { what: `${rule.unit} it is given`, value: width.size },
          ],
        },
      ],
      ...(fix && { fix }),
    };
  }
}
