import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseMarks, type Marks } from '../src/marks.js';
import { comparePaper, gradeOf, type ComparedPart } from '../src/scheme-change/compare.js';

const marks = (text: string): Marks => parseMarks(text) ?? 0n;
const GRADES = [
  { grade: 'pass', from: marks('2') },
  { grade: 'good', from: marks('3.5') },
  { grade: 'fail', from: 0n },
];
const grades = { before: GRADES, after: GRADES };

function part(before: string | null, after: string | null, mark: ComparedPart['mark'] = null): ComparedPart {
  return {
    part: '1',
    before: before === null ? null : marks(before),
    after: after === null ? null : marks(after),
    mark,
  };
}
const person = (given: string, confirmed = false) => ({ marks: marks(given), confirmed });

describe('a changed scheme and one paper', () => {
  it.each<[string, ComparedPart, 'keep' | 'follow', string, string | null, string | null]>([
    ['proposal-stays', part('1', '1'), 'keep', 'same', '1', '1'],
    ['proposal-changes', part('1', '1.5'), 'keep', 'changes', '1', '1.5'],
    ['proposal-falls-open', part('1', null), 'keep', 'opens', '1', null],
    ['open-part-is-settled', part(null, '1'), 'keep', 'settles', null, '1'],
    ['person-stays', part('1', '1.5', person('2')), 'follow', 'kept', '2', '2'],
    ['person-stays-where-nothing-changes', part('1', '1', person('2')), 'follow', 'same', '2', '2'],
    ['confirmed-is-kept', part('1', '1.5', person('1', true)), 'keep', 'kept', '1', '1'],
    ['confirmed-follows', part('1', '1.5', person('1', true)), 'follow', 'changes', '1', '1.5'],
    ['confirmed-follows-no-unknown', part('1', null, person('1', true)), 'follow', 'kept', '1', '1'],
  ])('%s', (_name, given, confirmed, fate, before, after) => {
    const [change] = comparePaper([given], confirmed, grades).parts;
    expect(change).toMatchObject({
      fate,
      before: before === null ? null : marks(before),
      after: after === null ? null : marks(after),
    });
  });

  it('who-crosses-a-grade-boundary-is-seen', () => {
    expect(comparePaper([part('1.5', '2'), part('0.499', '0')], 'keep', grades)).toMatchObject({
      before: marks('1.999'),
      after: marks('2'),
      gradeBefore: 'fail',
      gradeAfter: 'pass',
    });
  });

  it('a-paper-with-an-open-part-has-no-grade-yet', () => {
    expect(comparePaper([part('3.5', null), part('1', '1')], 'keep', grades)).toMatchObject({
      gradeBefore: 'good',
      gradeAfter: null,
      openAfter: 1,
      after: marks('1'),
    });
  });

  it('grades-begin-at-their-boundary-in-whatever-order-they-stand', () => {
    expect(gradeOf(marks('3.5'), GRADES)).toBe('good');
    expect(gradeOf(marks('3.499'), GRADES)).toBe('pass');
    expect(gradeOf(marks('1'), [{ grade: 'pass', from: marks('2') }])).toBeNull();
  });

  it('keeping-what-was-confirmed-no-persons-mark-ever-moves', () => {
    const value = fc.option(fc.bigInt({ min: 0n, max: 10_000n }));
    const mark = fc.option(
      fc.record({ marks: fc.bigInt({ min: 0n, max: 10_000n }), confirmed: fc.boolean() }),
    );
    const papers = fc.array(fc.record({ part: fc.constant('1'), before: value, after: value, mark }));
    fc.assert(
      fc.property(papers, fc.constantFrom('keep' as const, 'follow' as const), (parts, confirmed) => {
        const changed = comparePaper(parts, confirmed, grades);
        parts.forEach(({ mark: given }, at) => {
          if (given === null || (given.confirmed && confirmed === 'follow')) return;
          expect(changed.parts[at]).toMatchObject({ before: given.marks, after: given.marks });
        });
        expect(changed.after - changed.before).toBe(
          changed.parts.reduce((sum, each) => sum + (each.after ?? 0n) - (each.before ?? 0n), 0n),
        );
      }),
    );
  });
});
