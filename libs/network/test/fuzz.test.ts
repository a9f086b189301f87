import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  buildLayer,
  ELLIPSIS,
  evaluateInteger,
  inferLayer,
  inferOperation,
  LAYERS,
  OPERATIONS,
  tensorsOf,
  tensorType,
  type Argument,
  type Inference,
} from '@tensormark/network';

/** Whatever a program may hand to a layer: mostly sensible, sometimes absurd. */
const size = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 6 }).map(BigInt) },
  { weight: 2, arbitrary: fc.integer({ min: -3, max: 0 }).map(BigInt) },
  { weight: 1, arbitrary: fc.constantFrom(10n ** 6n, 10n ** 15n, 10n ** 30n, -(10n ** 18n)) },
);
const tensor = fc
  .tuple(
    fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 5 }),
    fc.constantFrom('float32' as const, 'int64' as const, 'bool' as const, 'float64' as const),
  )
  .map(([shape, dtype]) => tensorType(shape, dtype));
const scalar: fc.Arbitrary<Argument> = fc.oneof(
  { weight: 10, arbitrary: size },
  { weight: 2, arbitrary: fc.double() },
  { weight: 2, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom('same', 'mean', 'none', 'bilinear', 'ij,jk->ik', '...', '') },
  { weight: 1, arbitrary: fc.constant(ELLIPSIS) },
  { weight: 1, arbitrary: fc.constant({ slice: [null, 2n, null] as const }) },
);
const value: fc.Arbitrary<Argument> = fc.oneof(
  { weight: 8, arbitrary: scalar },
  { weight: 5, arbitrary: tensor },
  { weight: 3, arbitrary: fc.array(scalar, { maxLength: 4 }) },
  { weight: 2, arbitrary: fc.array(tensor, { maxLength: 3 }) },
);

/** Sizes are whole and not negative, and work can be counted. */
function isSound({ outputs, costs }: Inference): boolean {
  const sound = tensorsOf(outputs ?? null).every(({ shape }) =>
    shape.every((each) => Number.isSafeInteger(each) && each >= 0),
  );
  return sound && costs.every(({ count }) => evaluateInteger(count) >= 0n);
}

describe('whatever it is given', () => {
  it.each(Object.keys(LAYERS))('%s answers or refuses, and says nothing absurd', (type) => {
    fc.assert(
      fc.property(
        fc.array(scalar, { maxLength: 5 }),
        fc.array(value, { minLength: 1, maxLength: 3 }),
        (args, inputs) => {
          const { layer } = buildLayer(type, { positional: args });
          if (!layer) return true;
          layer.extraRepr();
          layer.attributes();
          const inference = inferLayer(layer, { positional: inputs });
          return inference.error !== undefined || isSound(inference);
        },
      ),
      { numRuns: 50 },
    );
    expect(type).toBeDefined();
  });

  it.each(OPERATIONS.map(({ name }) => name))('%s answers or refuses, and says nothing absurd', (name) => {
    fc.assert(
      fc.property(tensor, fc.array(value, { maxLength: 4 }), (first, others) => {
        const inference = inferOperation(name, { positional: [first, ...others] });
        return inference.error !== undefined || isSound(inference);
      }),
      { numRuns: 50 },
    );
    expect(name).toBeDefined();
  });
});
