import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { analyseItems } from '../src/index.js';
import { type Paper, sumsOf } from './sums-of.js';

const PARTS = [
  { part: '1.a', available: 4 },
  { part: '1.b', available: 2.5 },
  { part: '2', available: 10 },
];

const paper = (...marks: readonly (number | null)[]): Paper =>
  new Map(PARTS.map(({ part }, at) => [part, marks[at] ?? null]));

const analysisOf = (parts: Parameters<typeof sumsOf>[0], papers: readonly Paper[]) =>
  analyseItems(sumsOf(parts, papers));

/** Twelve papers whose figures were worked out with NumPy (variances with n - 1). */
const PAPERS = [
  paper(2.5, 1, 5.5),
  paper(2.5, 1, 5.5),
  paper(1, 1, 3),
  paper(1.5, 0.5, 4),
  paper(2, 1, 1.5),
  paper(1, 1, 4),
  paper(1.5, 1.5, 4.5),
  paper(3, 2.5, 7),
  paper(2, 1.5, 4),
  paper(1.5, 1, 4.5),
  paper(2, 1.5, 8),
  paper(1.5, 2, 6.5),
];

describe('item analysis', () => {
  it('twelve-papers-agree-with-numpy', () => {
    const analysis = analysisOf(PARTS, PAPERS);
    expect(analysis.papers).toBe(12);
    expect(analysis.available).toBe(16.5);
    expect(analysis.mean).toBeCloseTo(7.958333333, 9);
    expect(analysis.standardDeviation).toBeCloseTo(2.508696994, 9);
    // By Python's statistics.
    expect(analysis.range).toEqual({ lowest: 4.5, median: 7.5, highest: 12.5 });
    expect(analysis.parts.map(({ range }) => range?.median)).toEqual([1.75, 1, 4.5]);
    expect(analysis.reliability).toBeCloseTo(0.577791153, 9);
    expect(analysis.standardError).toBeCloseTo(2.508696994 * Math.sqrt(1 - 0.577791153), 8);
    const [first, second, third] = analysis.parts;
    expect(first?.facility).toBeCloseTo(0.458333333, 9);
    expect(second?.facility).toBeCloseTo(0.516666667, 9);
    expect(third?.facility).toBeCloseTo(0.483333333, 9);
    expect(first?.discrimination).toBeCloseTo(0.479902071, 9);
    expect(second?.discrimination).toBeCloseTo(0.621998742, 9);
    expect(third?.discrimination).toBeCloseTo(0.609661687, 9);
  });

  it('papers-not-wholly-marked-count-for-their-parts-alone', () => {
    const analysis = analysisOf(PARTS, [...PAPERS, paper(4, null, null)]);
    expect(analysis.papers).toBe(12);
    expect(analysis.mean).toBeCloseTo(7.958333333, 9);
    expect(analysis.parts.map(({ marked }) => marked)).toEqual([13, 12, 12]);
  });

  it('few-papers-say-nothing-of-discrimination-or-reliability', () => {
    const analysis = analysisOf(PARTS, PAPERS.slice(0, 9));
    expect(analysis.reliability).toBeNull();
    expect(analysis.parts.map(({ discrimination }) => discrimination)).toEqual([null, null, null]);
    expect(analysis.mean).not.toBeNull();
  });

  it('nobody-and-nothing-are-no-numbers', () => {
    expect(analysisOf(PARTS, [])).toMatchObject({
      papers: 0,
      mean: null,
      range: null,
      standardDeviation: null,
    });
    expect(analysisOf([], PAPERS)).toMatchObject({ papers: 0, mean: null, parts: [] });
  });

  it('all-the-same-marks-have-no-discrimination', () => {
    const same = Array.from({ length: 20 }, () => paper(2, 1, 5));
    const analysis = analysisOf(PARTS, same);
    expect(analysis.reliability).toBeNull();
    expect(analysis.parts.every(({ discrimination }) => discrimination === null)).toBe(true);
  });

  it('full-and-no-marks-fall-into-the-last-and-the-first-tenth', () => {
    const { parts } = analysisOf([{ part: '1.a', available: 4 }], [paper(4), paper(0), paper(3.6)]);
    expect(parts[0]?.distribution).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
  });

  it('every-paper-is-in-one-tenth-and-facility-lies-between-nothing-and-all', () => {
    const marks = fc.tuple(
      fc.integer({ min: 0, max: 4000 }),
      fc.integer({ min: 0, max: 2500 }),
      fc.integer({ min: 0, max: 10_000 }),
    );
    fc.assert(
      fc.property(fc.array(marks, { maxLength: 30 }), (all) => {
        const analysis = analysisOf(
          PARTS,
          all.map((each) => paper(...each.map((thousandths) => thousandths / 1000))),
        );
        for (const { distribution, marked, facility, discrimination } of analysis.parts) {
          expect(distribution.reduce((sum, count) => sum + count, 0)).toBe(marked);
          if (facility !== null) expect(facility >= 0 && facility <= 1).toBe(true);
          if (discrimination !== null) expect(Math.abs(discrimination)).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });

  it('agrees-with-the-definitions-worked-out-mark-by-mark', () => {
    const thousandth = (max: number) => fc.integer({ min: 0, max }).map((each) => each / 1000);
    const marks = fc.tuple(thousandth(4000), thousandth(2500), thousandth(10_000));
    fc.assert(
      fc.property(fc.array(marks, { minLength: 10, maxLength: 40 }), (all) => {
        const { reliability, standardDeviation, parts } = analysisOf(
          PARTS,
          all.map((each) => paper(...each)),
        );
        const totals = all.map((each) => each[0] + each[1] + each[2]);
        const column = (at: 0 | 1 | 2) => all.map((each) => each[at]);
        const [one, two, three] = [column(0), column(1), column(2)].map(varianceOf);
        expect(agree(standardDeviation, Math.sqrt(varianceOf(totals)))).toBe(true);
        const alpha = (3 / 2) * (1 - ((one ?? 0) + (two ?? 0) + (three ?? 0)) / varianceOf(totals));
        expect(agree(reliability, alpha)).toBe(true);
        for (const [at, { discrimination }] of parts.entries()) {
          const here = column(at === 0 ? 0 : at === 1 ? 1 : 2);
          const rest = totals.map((total, row) => total - (here[row] ?? 0));
          const r = correlationOf(here, rest);
          expect(agree(discrimination, r)).toBe(true);
        }
      }),
    );
  });
});

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function covarianceOf(one: readonly number[], other: readonly number[]): number {
  const [ofOne, ofOther] = [meanOf(one), meanOf(other)];
  const products = one.map((value, at) => (value - ofOne) * ((other[at] ?? 0) - ofOther));
  return products.reduce((sum, value) => sum + value, 0) / (one.length - 1);
}

const varianceOf = (values: readonly number[]) => covarianceOf(values, values);

const correlationOf = (one: readonly number[], other: readonly number[]) =>
  covarianceOf(one, other) / Math.sqrt(varianceOf(one) * varianceOf(other));

/** Nothing is said where nothing varies, which floats may miss by a little. */
function agree(said: number | null, defined: number): boolean {
  if (said !== null) return Math.abs(said - defined) < 1e-6;
  return !Number.isFinite(defined) || Math.abs(defined) < 1e-6 || Math.abs(defined) > 1 - 1e-6;
}
