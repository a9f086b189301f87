import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Rational } from '../src/index.js';

const rational = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 30n }))
  .map(([numerator, denominator]) => Rational.of(numerator, denominator));

describe('exact rational numbers', () => {
  it('are kept in lowest terms with a positive denominator', () => {
    expect(Rational.of(6, -4).toString()).toBe('-3/2');
    expect(Rational.of(512, 8).toString()).toBe('64');
  });

  it('refuse a denominator of zero', () => {
    expect(() => Rational.of(1, 0)).toThrow(RangeError);
  });

  it('round down, up and to the nearest on both sides of zero', () => {
    expect([Rational.of(7, 2), Rational.of(-7, 2)].map((value) => value.floor().toString())).toEqual([
      '3',
      '-4',
    ]);
    expect([Rational.of(7, 2), Rational.of(-7, 2)].map((value) => value.ceiling().toString())).toEqual([
      '4',
      '-3',
    ]);
    expect([Rational.of(5, 2), Rational.of(-5, 2)].map((value) => value.rounded().toString())).toEqual([
      '3',
      '-3',
    ]);
  });

  it('have exact roots or none', () => {
    expect(Rational.of(9, 16).root(2)?.toString()).toBe('3/4');
    expect(Rational.of(-27).root(3)?.toString()).toBe('-3');
    expect(Rational.of(2).root(2)).toBeNull();
    expect(Rational.of(-4).root(2)).toBeNull();
  });

  it('print decimals for people', () => {
    expect(Rational.of(75264).toDecimal()).toBe('75,264');
    expect(Rational.of(-123, 2).toDecimal()).toBe('-61.5');
    expect(Rational.of(7, 3).toDecimal(3)).toBe('2.333…');
  });

  it('come near as doubles, however long they are', () => {
    expect(Rational.of(10n ** 400n, 3n * 10n ** 399n).toNumber()).toBeCloseTo(10 / 3, 12);
    expect(Rational.of(1n, 10n ** 20n).toNumber()).toBeCloseTo(1e-20, 30);
  });

  it('keep the laws of a field', () => {
    fc.assert(
      fc.property(rational, rational, rational, (a, b, c) => {
        expect(
          a
            .plus(b)
            .times(c)
            .equals(a.times(c).plus(b.times(c))),
        ).toBe(true);
        expect(a.minus(b).plus(b).equals(a)).toBe(true);
        expect(b.isZero || a.dividedBy(b).times(b).equals(a)).toBe(true);
        expect(a.compare(b)).toBe(a.minus(b).sign);
      }),
    );
  });

  it('are read back from what they print', () => {
    fc.assert(fc.property(rational, (value) => expect(Rational.parse(value.toString())).toEqual(value)));
  });

  it('take the root of every power', () => {
    fc.assert(
      fc.property(rational, fc.integer({ min: 1, max: 6 }), (value, degree) => {
        const magnitude = value.absolute();
        expect(magnitude.power(degree).root(degree)?.equals(magnitude)).toBe(true);
      }),
    );
  });
});
