import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readLayers } from '@tensormark/network';
import {
  blindSpots,
  buildReference,
  PYTORCH,
  questionOfNode,
  resolvableSpots,
  surroundingsOf,
  type Question,
} from '../src/index.js';

interface Description {
  readonly input: readonly number[];
  readonly layers: readonly Readonly<Record<string, Readonly<Record<string, unknown>>>>[];
}

/** What errors make of the parameters of each layer, as a question about them all. */
function questionsOf(description: unknown): readonly Question[] | undefined {
  const reading = readLayers(description);
  if (reading.kind === 'refused') return undefined;
  const { network } = reading;
  const asks = [...network.modules.keys()]
    .filter((of) => of !== '')
    .map((of) => ({ id: of, says: of, what: 'parameters' as const, of }));
  const building = buildReference(network, asks, PYTORCH);
  if (building.kind !== 'reference') return undefined;
  const { reference } = building;
  return [...reference.asked.values()].flatMap(({ nodes }) =>
    nodes.flatMap((id) => questionOfNode(reference, id, { surroundings: surroundingsOf(network) }) ?? []),
  );
}

/** The description with one number changed, as an examiner would type it. */
function changed(description: unknown, [key, ...rest]: readonly (string | number)[], to: number): unknown {
  if (key === undefined) return to;
  if (Array.isArray(description)) {
    const items: readonly unknown[] = description;
    return items.map((item, at) => (at === key ? changed(item, rest, to) : item));
  }
  if (typeof description !== 'object' || description === null) throw new Error(`there is no ${key}`);
  return Object.fromEntries(
    Object.entries(description).map(([name, value]: [string, unknown]) => [
      name,
      name === key ? changed(value, rest, to) : value,
    ]),
  );
}

const convolution = fc
  .record({
    out_channels: fc.constantFrom(3, 4, 8, 16),
    kernel_size: fc.constantFrom(1, 1, 3, 5),
    bias: fc.boolean(),
  })
  .map((named) => ({ Conv2d: { ...named, padding: 0 } }));

/** Square layers, kernels of one and images of three channels come up often. */
const description: fc.Arbitrary<Description> = fc.record({
  input: fc.constantFrom([3, 16, 16], [4, 16, 16], [1, 20, 20]),
  layers: fc.array(convolution, { minLength: 1, maxLength: 2 }),
});

/** One change tells each of two pairs apart that share an error, and makes the other two alike. */
const ALIKE_IN_A_CHAIN: Description = {
  input: [3, 16, 16],
  layers: [{ Conv2d: { out_channels: 3, kernel_size: 3, bias: false, padding: 0 } }],
};

const written = (errors: readonly { readonly id: string }[]): string =>
  errors
    .map(({ id }) => id)
    .toSorted()
    .join(' ');

describe('the change that is proposed for numbers which hide errors', () => {
  it('makes them show or differ, and is typed in one place', () => {
    fc.assert(
      fc.property(description, (given) => {
        const spots = resolvableSpots(given, questionsOf, () => true);
        for (const { spot, proposal } of spots) {
          const after = questionsOf(changed(given, proposal.path, proposal.to));
          const left = blindSpots(after ?? []);
          const still = left.filter(({ kind }) => kind === spot.kind);
          expect(after).toBeDefined();
          for (const { errors } of still) {
            // Of errors that stay together none may be two of those said to be told apart.
            const together = errors.filter(({ id }) => spot.errors.some((error) => error.id === id));
            expect(together.length).toBeLessThan(spot.kind === 'hidden' ? 1 : 2);
          }
          expect(still.map(({ errors }) => written(errors))).not.toContain(written(spot.errors));
        }
      }),
      {
        numRuns: Number(process.env['RUNS'] ?? 40),
        seed: Number(process.env['SEED'] ?? 1),
        examples: [[ALIKE_IN_A_CHAIN]],
      },
    );
  });

  it.each<[string, Description, string]>([
    [
      'a-kernel-of-one-hides-an-unsquared-kernel',
      { input: [5, 16, 16], layers: [{ Conv2d: { out_channels: 7, kernel_size: 1 } }] },
      'hidden',
    ],
    [
      'an-image-of-three-channels-and-kernels-of-three',
      { input: [3, 16, 16], layers: [{ Conv2d: { out_channels: 7, kernel_size: 3 } }] },
      'alike',
    ],
    [
      'a-square-layer-hides-swapped-channels',
      { input: [8, 16, 16], layers: [{ Conv2d: { out_channels: 8, kernel_size: 5 } }] },
      'hidden',
    ],
  ])('%s', (_, given, kind) => {
    const spots = resolvableSpots(given, questionsOf, () => true);
    expect(spots.map(({ spot }) => spot.kind)).toContain(kind);
  });
});
